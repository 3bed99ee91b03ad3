"""What one address may ask of the node at all, and what becomes of the rest. The clock and the wait are the test's."""

import asyncio
import json

import pytest

from kiosk.core import floods
from kiosk.core.floods import CALLS_A_SECOND, CALLS_AT_ONCE, FILES_AT_ONCE, slow_floods
from tests.core.test_limits import Hand, Wire


async def ask(app, path="/api/v1/queues", address="10.0.0.9", kind="http"):
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    await app({"type": kind, "path": path, "client": (address, 1), "headers": [(b"accept-language", b"en")]}, receive, send)
    return sent


async def behind(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})


def statuses(answers):
    return [answer[0].get("status", answer[0].get("code")) for answer in answers]


def play(app, count, **words):
    async def all_of_them():
        return [await ask(app, **words) for _ in range(count)]

    return asyncio.run(all_of_them())


@pytest.mark.parametrize(("path", "burst"), [("/api/v1/queues", CALLS_AT_ONCE), ("/assets/a.js", FILES_AT_ONCE)])
def test_so_many_at_once_and_then_a_refusal_in_words(path, burst):
    clock = Hand()
    app = slow_floods(behind, hold=0, clock=clock)
    answers = play(app, burst + 5, path=path)
    assert statuses(answers) == [200] * burst + [429] * 5
    body = json.loads(answers[-1][1]["body"])
    assert (body["code"], "Far too many" in body["message"]) == ("HTTP-0430", True)
    assert statuses(play(app, 1, path=path, address="10.0.0.10")) == [200], "another address has its own"
    clock.ns += 1_000_000_000
    assert statuses(play(app, CALLS_A_SECOND, path=path)) == [200] * CALLS_A_SECOND


def test_websockets_count_as_calls():
    app = slow_floods(behind, hold=0, clock=Hand())
    play(app, CALLS_AT_ONCE)
    sent = asyncio.run(Wire(app).run())
    assert [(one["type"], one["code"]) for one in sent] == [("websocket.close", 1008)]


def test_who_is_refused_waits_but_only_so_many_wait(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)
        await real(0)

    real = asyncio.sleep
    monkeypatch.setattr(floods.asyncio, "sleep", sleep)
    app = slow_floods(behind, clock=Hand())

    async def crowd():
        return await asyncio.gather(*(ask(app) for _ in range(CALLS_AT_ONCE + 250)))

    answers = asyncio.run(crowd())
    assert statuses(answers).count(429) == 250
    assert waited == [floods.HOLD] * floods.HELD


def test_limits_that_are_off_hold_nobody():
    assert set(statuses(play(slow_floods(behind, on=lambda: False), CALLS_AT_ONCE + 50))) == {200}
