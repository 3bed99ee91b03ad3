"""Every route over real HTTP as nobody: what visitors may read is there, nothing is written, nothing of the staff's is told."""

import json
import urllib.request
from collections.abc import Iterator

import pysqlite3
import pytest

from kiosk.core import schema
from kiosk.core.ids import new_id
from kiosk.pages import PAGES
from tests.support import Node

PUBLIC_READS = {
    "/api/v1/office", "/api/v1/catalogue", "/api/v1/catalogue/{service_id}", "/api/v1/catalogue/{service_id}/qr.svg", "/api/v1/queues",
    "/api/v1/tickets/{ticket_id}", "/api/v1/tickets/{ticket_id}/qr.svg", "/api/v1/board", "/api/v1/board/stream",
    "/api/v1/checklists", "/api/v1/notices", "/api/v1/speech", "/api/v1/speech/{name}", "/api/v1/setup", "/api/v1/survey", "/api/v1/trust",
    "/api/v1/survey/index",
}  # fmt: skip
ERROR_KEYS = {"code", "message", "reference"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """An office as it is installed: not the demonstration."""
    node = Node(tmp_path_factory.mktemp("plain"), env={"KIOSK_DEMO": "off", "KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield node
    node.stop()


def rows(node: Node) -> dict[str, int]:
    database = pysqlite3.connect(node.data / "office.db")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counted = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    database.close()
    return counted


def operations(node: Node) -> list[tuple[str, str]]:
    paths = node.get("/api/v1/openapi.json").body["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def test_nobody_reads_only_what_is_public_and_writes_nothing(plain: Node):
    before, found = rows(plain), operations(plain)
    assert len(found) >= 14
    bodies = [None, {}, {"id": new_id(), "queue": "A"}, {"account": "x", "pin": "123456"}]
    for method, path in found:
        address = path.replace("{service_id}", "kaltim-undian-gratis-berhadiah").replace("{ticket_id}", new_id()).replace("{name}", "x.ogg")
        if path.endswith("/stream"):
            continue  # read below
        for body in [None] if method == "GET" else bodies:
            answer = plain.call(method, address, body)
            if method == "GET" and path in PUBLIC_READS:
                assert answer.status in {200, 404}, (path, answer)
            elif path == "/api/v1/staff/accounts":
                assert answer.body == []  # the office computer lists who may sign in; the demonstration's people may not here
            else:
                assert answer.status in {204, 401, 403, 404, 405, 422, 429}, (method, path, answer)
            if answer.status >= 400:
                assert set(answer.body) == ERROR_KEYS, (path, answer)
            assert "Petugas" not in json.dumps(answer.body if "/staff" in path else None)
    attempts = {"pin_guard", "place_guard"}  # a wrong PIN is remembered: that is its purpose
    assert {k: v for k, v in rows(plain).items() if k not in attempts} == {k: v for k, v in before.items() if k not in attempts}


def test_every_public_read_is_in_the_description(plain: Node):
    assert {path for method, path in operations(plain) if method == "GET"} >= PUBLIC_READS


def test_the_stream_tells_the_board_and_no_ticket_ids(plain: Node):
    ticket = new_id()
    plain.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "A"}, {"authorization": f"Bearer {plain.token()}"})
    with urllib.request.urlopen(plain.url + "/api/v1/board/stream", timeout=20) as stream:
        lines = [stream.readline() for _ in range(2)]
    assert lines[1].startswith(b"data: {")
    assert ticket.encode() not in lines[1]


@pytest.mark.parametrize("path", [path for path, (_, _, whom) in PAGES.items() if whom == "staff"])
def test_a_staff_page_holds_no_office_data_of_its_own(plain: Node, path: str):
    """The exported page is the same for everybody; what officers see comes after the guard."""
    page = plain.get(path)
    assert page.status == 200
    for word in ("Petugas Informasi", "dpmpstsp", "disalin apa adanya"):
        assert word not in page.body


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "HTTP-0404"),
        ("DELETE", "/api/v1/queues", 404, "HTTP-0404"),
        ("GET", "/api/v1/catalogue/nothing", 404, "CATALOGUE-0404"),
        ("GET", "/api/v1/tickets/nothing", 422, "ID-0422"),
        ("GET", f"/api/v1/tickets/{new_id()}", 404, "TICKET-0404"),
        ("GET", "/api/v1/catalogue?q=" + "a" * 101, 422, "CATALOGUE-0422"),
        ("GET", "/api/v1/speech/..%2f..%2foffice.db", 404, "HTTP-0404"),
        ("GET", "/..%2f..%2fetc%2fpasswd", 404, None),
    ],
)
def test_a_wrong_address_gets_a_code_and_a_sentence(plain: Node, method: str, path: str, status: int, code: str | None):
    answer = plain.call(method, path)
    assert answer.status == status, answer
    if code:
        assert answer.body["code"] == code
        assert answer.body["message"]
        assert answer.body["reference"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"id": new_id(), "queue": "Z"}, 404, "QUEUE-0404"),
        ({"id": new_id(), "queue": "C"}, 403, "QUEUE-0403"),
        ({"id": "1; DROP TABLE ticket", "queue": "A"}, 422, "ID-0422"),
        ({"id": new_id()}, 422, "HTTP-0422"),
        ({"id": new_id(), "queue": "A", "name": "Budi"}, 422, "HTTP-0422"),
        ({"id": new_id(), "queue": "A", "more": "x" * 70_000}, 413, "HTTP-0413"),
    ],
)
def test_a_wrong_ticket_gets_a_code_and_a_sentence(node: Node, body: dict, status: int, code: str):
    bearer = {"authorization": f"Bearer {node.token()}"}
    answer = node.call("POST", "/api/v1/tickets", body, bearer)
    assert (answer.status, answer.body["code"]) == (status, code), answer
    english = node.call("POST", "/api/v1/tickets", body, {**bearer, "accept-language": "en"})
    assert english.body["message"] != answer.body["message"]


def test_the_same_id_for_another_queue_is_a_conflict_and_the_ticket_stays(node: Node):
    bearer, ticket = {"authorization": f"Bearer {node.token()}"}, new_id()
    first = node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "A"}, bearer)
    other = node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "B"}, bearer)
    assert (other.status, other.body["code"]) == (409, "TICKET-0409")
    assert node.get(f"/api/v1/tickets/{ticket}").body["number"] == first.body["number"]


def test_health_readiness_and_metrics(node: Node):
    assert node.get("/healthz").body == {"ok": True}
    ready = node.get("/readyz").body
    assert ready["ok"] is True
    assert ready["database"] == "ok"
    assert ready["migration"] == schema.known()[-1]
    assert ready["build"].startswith("0.1.0+")
    assert "kiosk_writes_total" in node.get("/metrics").body


def test_a_forged_host_changes_no_address_in_a_code(node: Node):
    bearer = {"authorization": f"Bearer {node.token()}", "host": "evil.example"}
    answer = node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer)
    assert answer.body["follow_url"].startswith(node.url + "/tiket?id=")
