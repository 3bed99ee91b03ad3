"""An office's node and its centre."""

from tests.sync.pair import pair

__all__ = ["pair"]
