"""An office's node and its centre."""

from tests.centre.divided import divided
from tests.sync.pair import pair

__all__ = ["divided", "pair"]
