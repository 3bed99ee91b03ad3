"""A real centre and a real node: the centre's rows are the office's, also after the node came back from an older copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.ids import new_id
from tests.centre.house import Centre
from tests.centre.test_server import rows, soon
from tests.support import Node

TICKETS = "SELECT id, queue, lane, serial, status, current_queue, joined_at FROM ticket ORDER BY id"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Centre, Node]]:
    centre = Centre(tmp_path / "centre").prepare("kaltim").start()
    node = Node(tmp_path / "node", env={"KIOSK_RATE_LIMITS": "off"}).prepare()
    centre.enrol(node)
    yield centre, node
    node.stop()
    centre.stop()


def test_a_node_from_yesterday_s_copy_takes_its_history_back_and_the_centre_has_the_same_rows(own: tuple[Centre, Node], tmp_path: Path):
    centre, node = own
    shutil.copy(node.data / "office.db", tmp_path / "copy.db")  # nobody has it open
    node.start()
    bearer = {"authorization": f"Bearer {node.token()}"}

    def take() -> str:
        return str(node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).body["number"])

    assert [take(), take(), take()] == ["A-001", "A-002", "A-003"]
    soon(lambda: centre.rows(TICKETS) == rows(node, TICKETS))
    said = node.run("audit", "verify")
    assert said.returncode == 0, said.stderr
    assert "countersigned by the centre: 1." in said.stdout
    node.stop()
    for rest in ("-wal", "-shm"):
        (node.data / f"office.db{rest}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "copy.db", node.data / "office.db")
    node.start()
    soon(lambda: len(rows(node, TICKETS)) == 3)
    bearer = {"authorization": f"Bearer {node.token()}"}  # what was enrolled since the copy must be enrolled again
    assert take() == "A-R2-001"
    soon(lambda: centre.rows(TICKETS) == rows(node, TICKETS))
    assert centre.rows("SELECT kind FROM centre_unapplied") == []
    assert rows(node, "SELECT kind FROM unapplied_event") == []
    assert node.run("audit", "verify").returncode == 0
    assert centre.rows("SELECT count(*) FROM centre_event WHERE kind = 'office.rejoined'") == [(1,)]
