"""A flood of made-up session cookies costs the event loop no read, and the database at most one for each cookie."""

import asyncio
import secrets
import threading
from typing import Any

import pytest

from kiosk.core.recent import Recent
from kiosk.staff import sessions
from tests.devices.house import House


@pytest.fixture
def reads(office: House, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Threads in which a session was read."""
    found, real = [], sessions.read
    monkeypatch.setattr(sessions, "_known", Recent(seconds=60))
    monkeypatch.setattr(sessions, "_nobody", Recent(seconds=60))

    def noted(*args: Any, **words: Any) -> Any:
        found.append(threading.get_ident())
        return real(*args, **words)

    monkeypatch.setattr(sessions, "read", noted)
    return found


@pytest.mark.parametrize("cookie", [None, "", "x", "a" * 42, "a" * 44, "a" * 42 + "!", "é" * 43, "a" * 43 + "\n", "x" * 60_000])
def test_what_is_no_cookie_of_ours_is_not_looked_up(reads: list[int], cookie: str | None):
    assert sessions.find(cookie) is None
    assert asyncio.run(sessions.look_up(cookie)) is None
    assert reads == []


def test_a_cookie_that_could_be_ours_is_read_once_and_beside_the_loop(reads: list[int]):
    async def flood() -> int:
        made_up = [secrets.token_urlsafe(32) for _ in range(20)]
        for _ in range(50):
            for cookie in made_up:
                assert await sessions.look_up(cookie) is None
        return threading.get_ident()

    loop = asyncio.run(flood())
    assert len(reads) == 20
    assert loop not in reads


def test_every_cookie_that_is_drawn_is_looked_up():
    assert all(sessions.COOKIE_SHAPE.fullmatch(sessions.new_cookie()) for _ in range(200))


def test_who_signs_in_is_found_at_once(office: House, reads: list[int], sari: str):
    answer = office.call("POST", "/staff/session", json={"account": sari, "pin": "270841"})
    cookie = answer.headers["set-cookie"].split(";")[0].split("=", 1)[1]
    who = asyncio.run(sessions.look_up(cookie))
    assert who is not None
    assert who.account_id == sari
    assert asyncio.run(sessions.look_up(cookie)) == who
    assert len(reads) == 1
