"""A real centre and a real node: enrolment, what arrives, what is refused."""

import http.client
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pysqlite3
import pytest

from kiosk.core.ids import new_id
from tests.centre.house import Centre
from tests.support import Node, free_port

SOON_S = 30


def soon(true: Callable[[], bool], within: float = SOON_S) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def rows(node: Node, asked: str) -> list[tuple]:
    database = pysqlite3.connect(node.data / "office.db", timeout=10)
    found = database.execute(asked).fetchall()
    database.close()
    return found


def ids(node: Node) -> list[str]:
    """Ids of what happened at the node, in order."""
    return [row[0] for row in rows(node, "SELECT event_id FROM outbox_event ORDER BY epoch, seq")]


def state(node: Node) -> str:
    return rows(node, "SELECT state FROM centre_line")[0][0]


def told(node: Node) -> dict:
    done = node.run("sync", "status", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def take(node: Node, count: int) -> None:
    bearer = {"authorization": f"Bearer {node.token()}"}
    for _ in range(count):
        assert node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).status == 201


def test_what_happens_arrives_by_itself_once_and_in_order(both: tuple[Centre, Node]):
    centre, node = both
    take(node, 5)
    soon(lambda: centre.held() == ids(node))
    soon(lambda: rows(node, "SELECT seq FROM centre_line") == rows(node, "SELECT seq FROM chain_head"))
    said = told(node)
    assert (said["state"], said["code"], said["centre"], said["waiting"]) == ("current", "", centre.url, 0)
    assert said["last_contact"]
    assert node.run("sync", "pending").stdout.split() == ["0", "in", "all"]


def test_a_centre_that_was_killed_is_found_again_and_nothing_is_lost(both: tuple[Centre, Node]):
    centre, node = both
    centre.kill()
    take(node, 3)
    soon(lambda: state(node) == "unreachable")
    said = told(node)
    assert said["code"] == "SYNC-0504"
    assert said["waiting"] >= 3
    waiting = json.loads(node.run("sync", "pending", "--json").stdout)
    assert {one["kind"] for one in waiting} >= {"ticket.taken"}
    refused = node.run("sync", "now")
    assert (refused.returncode, refused.stderr[:9]) == (1, "SYNC-0504")
    centre.start()
    done = node.run("sync", "now", "--json")  # beside the node that runs: twice does no harm
    assert done.returncode == 0, done.stderr
    soon(lambda: state(node) == "current" and centre.held() == ids(node))


def test_a_code_works_once_and_a_second_enrolment_must_be_meant(both: tuple[Centre, Node]):
    centre, node = both
    code = centre.code()
    refused = node.run("sync", "enrol", code, "--centre", centre.url)
    assert (refused.returncode, refused.stderr[:9]) == (1, "SYNC-0408")
    other = node.run("sync", "enrol", centre.code("rohil"), "--centre", centre.url, "--again")
    assert "SYNC-0406" in other.stderr
    refused = node.run("sync", "enrol", "7GQ0-K2ZD", "--centre", centre.url, "--again")
    assert (refused.returncode, "SYNC-0404" in refused.stderr) == (1, True)
    assert node.run("sync", "enrol", code, "--centre", centre.url, "--again").returncode == 0
    assert "SYNC-0404" in node.run("sync", "enrol", code, "--centre", centre.url, "--again").stderr
    take(node, 1)
    soon(lambda: sorted(centre.held()) == sorted(ids(node)))  # each once, although all was sent again under a new name


def test_a_revoked_node_keeps_everything_and_says_what_to_do(both: tuple[Centre, Node]):
    centre, node = both
    mine = rows(node, "SELECT node_id FROM centre_line")[0][0]
    assert mine in centre.run("nodes").stdout
    assert centre.run("revoke", mine).returncode == 0
    again = centre.run("revoke", mine)
    assert (again.returncode, again.stderr[:11]) == (1, "CENTRE-0405")
    take(node, 2)
    soon(lambda: state(node) == "revoked")
    said = told(node)
    assert (said["code"], said["waiting"] >= 2) == ("SYNC-0403", True)
    assert "kiosk sync enrol" in said["to_do"]
    assert len(centre.held()) < len(ids(node))
    centre.enrol(node, "--again")
    soon(lambda: sorted(centre.held()) == sorted(ids(node)))
    soon(lambda: state(node) == "current")


@pytest.mark.parametrize(
    ("address", "code"),
    [("http://pusat.example", "SYNC-0426"), ("http://localhost:{closed}", "SYNC-0504"), ("http://localhost:{node}", "SYNC-0505")],
)
def test_what_is_no_centre_is_a_code_and_a_sentence(both: tuple[Centre, Node], address: str, code: str):
    _, node = both
    where = address.format(closed=free_port(), node=node.port)
    refused = node.run("sync", "enrol", "7GQ0-K2ZD", "--centre", where, "--again")
    assert refused.returncode == 1
    assert refused.stderr.startswith(code), refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_cannot_be_is_refused_before_it_is_read(both: tuple[Centre, Node]):
    centre, _ = both
    line = http.client.HTTPConnection("127.0.0.1", centre.port, timeout=10)
    line.putrequest("POST", "/api/v1/sync/hello")
    line.putheader("content-length", "1100000")
    line.endheaders()  # and not one byte of it
    large = line.getresponse()
    assert (large.status, json.loads(large.read())["code"]) == (413, "HTTP-0413")
    line.close()
    unsigned = centre.call("POST", "/api/v1/sync/hello", {})
    assert (unsigned.status, unsigned.body["code"]) == (401, "SYNC-0401")
    assert centre.get("/nothing").body["code"] == "HTTP-0404"
    assert centre.get("/healthz").body == {"ok": True}


def test_the_commands_say_what_is_wrong(tmp_path: Path, both: tuple[Centre, Node]):
    centre, _ = both
    alone = Node(tmp_path / "node")
    assert alone.run("migrate").returncode == 0
    assert alone.run("sync", "now").stderr.startswith("SYNC-0405")
    second = Centre(centre.data, port=free_port()).run("serve")
    assert second.stderr.startswith("START-0409")
    taken = Centre(tmp_path / "c", port=centre.port).run("serve")
    assert re.match(r"START-0098: .*KIOSK_CENTRE_PORT", taken.stderr)
    gone = Centre(tmp_path / "c", database=f"postgresql://127.0.0.1:{free_port()}/x").run("migrate")
    assert gone.stderr.startswith("CENTRE-0503")
    assert Centre(tmp_path / "c").prepare().run("code", "nowhere").stderr.startswith("CENTRE-0404")
    (tmp_path / "c/centre-key.pem").write_text("x")
    assert Centre(tmp_path / "c").run("serve").stderr.startswith("CENTRE-0500")


def test_it_ends_cleanly(tmp_path: Path):
    centre = Centre(tmp_path).start()
    assert centre.stop() == 0
    assert (tmp_path / "centre-key.pem").stat().st_mode & 0o777 == 0o600
    assert "Traceback" not in (tmp_path / "centre.log").read_text()
