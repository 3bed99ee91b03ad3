"""The queues over HTTP."""

import asyncio
import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlmodel import SQLModel

from kiosk.core import runtime
from kiosk.core.config import Settings
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_id
from kiosk.devices import access
from kiosk.devices.service import DeviceIdentity
from kiosk.queues import board, calling
from kiosk.queues.api import router
from tests.queues.conftest import MORNING, furnish, in_a_loop

PHONES = "https://antrean.example.go.id"


@contextmanager
def serving(tmp_path, *, limits=False, demo=True, now=MORNING):
    """The rooms' routes over a real database; the device is enrolled."""
    node = runtime.start(Settings(data_dir=tmp_path, office="kaltim", rate_limits=limits, demo=demo, public_url=PHONES))
    SQLModel.metadata.create_all(node.writing_engine)
    furnish(node.writing_engine).engine.dispose()
    node.now = lambda: now
    board.start(node)
    api = FastAPI()
    api.include_router(router, prefix="/api/v1")
    api.dependency_overrides[access.enrolled] = lambda: DeviceIdentity(id="kios-1", name="Kios 1", kind="kiosk")

    @api.exception_handler(KioskError)
    async def told(_: Request, error: KioskError) -> JSONResponse:
        return JSONResponse({"code": error.code, "message": error.text("id")}, status_code=error.status)

    try:
        yield api
    finally:
        runtime.stop()


@pytest.fixture
def api(tmp_path):
    with serving(tmp_path) as app:
        yield app


@pytest.fixture
def client(api):
    return TestClient(api, base_url="http://evil.example/", headers={"host": "evil.example"})


def take(client, queue="A", ticket_id=None):
    return client.post("/api/v1/tickets", json={"id": ticket_id or new_id(), "queue": queue})


def test_a_number_is_new_once_and_known_afterwards(client):
    ticket_id = new_id()
    first, again = take(client, "A", ticket_id), take(client, "A", ticket_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    expected = {"id": ticket_id, "number": "A-001", "queue": "A", "business_date": "2026-03-12", "ahead": 0, "status": "waiting"}
    assert first.json() | expected == first.json()


def test_the_address_for_phones_comes_from_the_settings_not_from_the_request(client):
    ticket = take(client).json()
    assert ticket["follow_url"] == f"{PHONES}/tiket?id={ticket['id']}"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"id": "1", "queue": "A"}, 422, "ID-0422"),
        ({"id": "' OR 1=1 --", "queue": "A"}, 422, "ID-0422"),
        ({"id": "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "queue": "X"}, 404, "QUEUE-0404"),
        ({"id": "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "queue": "C"}, 403, "QUEUE-0403"),
    ],
)
def test_bad_input_gets_a_sentence_and_a_code(client, body, status, code):
    answer = client.post("/api/v1/tickets", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/api/v1/queues").json()[0]["waiting"] == 0


@pytest.mark.parametrize(
    "body", [{}, {"id": new_id()}, {"id": 7, "queue": "A"}, {"id": new_id(), "queue": "A", "office_id": "rohil"}, [], "A"]
)
def test_another_shape_is_refused(client, body):
    assert client.post("/api/v1/tickets", json=body).status_code == 422


def test_an_id_belongs_to_its_queue(client):
    ticket = take(client, "A").json()
    answer = take(client, "B", ticket["id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "TICKET-0409")


def test_outside_hours_no_number_is_given_and_everything_says_when_it_opens(tmp_path):
    friday_noon = datetime(2026, 3, 13, 4, 0, tzinfo=UTC)
    with serving(tmp_path, demo=False, now=friday_noon) as app:
        client = TestClient(app)
        refused = take(client)
        assert (refused.status_code, refused.json()["code"]) == (423, "OFFICE-0423")
        assert "Senin, 16 Maret 2026, 08.00" in refused.json()["message"]
        office = client.get("/api/v1/office").json()
        assert (office["open"], office["why"], office["opens_at"]) == (False, "after_closing", "2026-03-16T08:00:00+08:00")
        assert {queue["open"] for queue in client.get("/api/v1/queues").json()} == {False}


def test_the_office_tells_its_hours_and_its_version(client):
    office = client.get("/api/v1/office").json()
    assert office["hours"]["5"] == ["08:00", "11:00"]
    assert (office["zone"], office["open"], office["now"]) == ("Asia/Makassar", True, "2026-03-12T09:42:00+08:00")
    assert office["version"]


def test_writing_takes_an_enrolled_device(api):
    api.dependency_overrides.clear()
    answer = take(TestClient(api))
    assert (answer.status_code, answer.json()["code"]) == (401, "DEVICE-0401")


def test_a_device_is_slowed_down_but_a_repeat_is_always_answered(tmp_path, monkeypatch):
    monkeypatch.setattr(access, "touches", access.TokenBucket(every=10, burst=2, clock=lambda: 0))
    with serving(tmp_path, limits=True) as app:
        client = TestClient(app)
        first = take(client).json()
        for _ in range(5):
            assert take(client, "A", first["id"]).status_code == 200
        assert [take(client).status_code for _ in range(2)] == [201, 429]
        assert take(client, "A", first["id"]).status_code == 200


def test_a_holder_follows_the_ticket_and_nobody_else(client):
    ticket = take(client).json()
    call("1")
    followed = client.get(f"/api/v1/tickets/{ticket['id']}").json()
    assert (followed["status"], followed["counter_name"], followed["ahead"]) == ("called", "Loket 1", 0)
    assert client.get(f"/api/v1/tickets/{new_id()}").json()["code"] == "TICKET-0404"
    assert client.get("/api/v1/tickets/A-001").json()["code"] == "ID-0422"


def test_the_code_for_phones_is_drawn_for_known_tickets_only(client):
    ticket = take(client).json()
    drawn = client.get(f"/api/v1/tickets/{ticket['id']}/qr.svg")
    assert (drawn.headers["content-type"], drawn.content[:4]) == ("image/svg+xml", b"<svg")
    assert client.get(f"/api/v1/tickets/{new_id()}/qr.svg").status_code == 404


def call(counter):
    node = runtime.runtime()
    words = {"office_id": "kaltim", "counter": counter, "actor": "staff:sari", "now": MORNING + timedelta(seconds=1)}
    return node.writer.enqueue(lambda session: calling.call_next(session, **words)).result()


def test_a_call_is_on_the_board_and_names_no_ticket_id(client):
    ticket = take(client).json()
    call("1")
    shown = client.get("/api/v1/board").json()
    assert [(one["number"], one["counter_name"]) for one in shown["calls"]] == [("A-001", "Loket 1")]
    assert ticket["id"] not in json.dumps(shown)


def streamed(api, close_at):
    """`GET /board/stream` with a board that closes when the answer has come as far as `close_at(message)` says."""

    async def watch():
        lobby = board.board()
        running = asyncio.create_task(lobby.run())

        async def closing(scope, receive, send):
            async def told(message):
                await send(message)
                if close_at(message):
                    lobby.close()

            await api(scope, receive, told)

        async with httpx.AsyncClient(transport=httpx.ASGITransport(closing), base_url="http://localhost") as web:
            answer = await web.get("/api/v1/board/stream")
        await running
        return answer

    return in_a_loop(watch())


def test_the_stream_begins_with_the_whole_picture_and_ends_when_the_board_closes(client, api):
    take(client)
    call("1")
    answer = streamed(api, close_at=lambda message: message.get("body"))
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    first = json.loads(answer.text.split("data: ")[1].split("\n")[0])
    assert first["calls"][0]["number"] == "A-001"


def test_a_stream_asked_for_while_the_node_stops_is_empty_and_no_fault(client, api):
    board.board().close()
    answer = streamed(api, close_at=lambda message: False)
    assert (answer.status_code, answer.content) == (200, b"")
