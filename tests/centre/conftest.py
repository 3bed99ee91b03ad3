"""An office's node and its centre: in one process, or as two."""

from collections.abc import Iterator

import pytest

from tests.centre.house import Centre
from tests.support import Node
from tests.sync.pair import pair

__all__ = ["both", "pair"]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, Node]]:
    """A running centre (SQLite) and the running, enrolled node of Kaltim, shared by a module."""
    folder = tmp_path_factory.mktemp("both")
    centre = Centre(folder / "centre").prepare("kaltim", "rohil").start()
    node = Node(folder / "node", env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    centre.enrol(node)
    yield centre, node
    node.stop()
    centre.stop()
