"""The line outside of one machine: PostgreSQL below the centre, TLS before it."""

from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from tests.centre.front import Front, certificate
from tests.centre.house import Centre
from tests.support import Node


def ids(node: Node) -> list[str]:
    database = pysqlite3.connect(node.data / "office.db", timeout=10)
    rows = [row[0] for row in database.execute("SELECT event_id FROM outbox_event ORDER BY epoch, seq")]
    database.close()
    return rows


@pytest.fixture
def office(tmp_path: Path) -> Node:
    """Prepared, not started: rounds are made by hand."""
    return Node(tmp_path / "node").prepare()


def test_two_offices_on_postgresql(postgres: str, tmp_path: Path, office: Node):
    centre = Centre(tmp_path / "centre", database=postgres).prepare("kaltim", "rohil").start()
    try:
        other = Node(tmp_path / "rohil", office="rohil").prepare()
        for node in (office, other):
            centre.enrol(node)
            assert node.run("sync", "now").returncode == 0
            assert centre.held(node.office) == ids(node)
        office.token()
        done = office.run("sync", "now")
        assert (done.returncode, done.stdout.split()[:2]) == (0, ["sent", "1"])
        assert centre.held() == ids(office)
        assert centre.rows("SELECT office_id, backlog FROM centre_node ORDER BY office_id") == [("kaltim", 0), ("rohil", 0)]
    finally:
        assert centre.stop() == 0


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path / "centre").prepare().start()
    yield made
    made.stop()


def test_only_who_has_a_certificate_that_is_trusted_hears_anything(tmp_path: Path, centre: Centre, office: Node):
    own, other = (certificate(tmp_path, name) for name in ("localhost", "lain.test"))
    front, stranger = Front(centre.port, own), Front(centre.port, other)
    code = centre.code()
    office.env["KIOSK_CENTRE_CA"] = str(own)
    refused = office.run("sync", "enrol", code, "--centre", f"https://localhost:{stranger.port}")
    assert refused.stderr.startswith("SYNC-0526"), refused.stderr
    del office.env["KIOSK_CENTRE_CA"]
    refused = office.run("sync", "enrol", code, "--centre", f"https://localhost:{front.port}")
    assert refused.stderr.startswith("SYNC-0526"), refused.stderr  # nobody vouches for it
    office.env["KIOSK_CENTRE_CA"] = str(tmp_path / "localhost.key")
    assert office.run("sync", "enrol", code, "--centre", f"https://localhost:{front.port}").stderr.startswith("SYNC-0527")
    office.env["KIOSK_CENTRE_CA"] = str(own)
    assert office.run("sync", "enrol", code, "--centre", f"https://localhost:{front.port}").returncode == 0  # the code was not used up
    assert office.run("sync", "now").returncode == 0
    assert centre.held() == ids(office)
    front.close()
    stranger.close()
