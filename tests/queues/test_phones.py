"""Sixty phones behind the one address of an office's Wi-Fi follow their tickets, with the limits on. The clock is the test's."""

import random
from collections import Counter

import pytest
from fastapi.testclient import TestClient

from kiosk.core.bucket import NANO, TokenBucket
from kiosk.core.ids import new_id
from kiosk.core.recent import Recent
from kiosk.devices import access
from tests.queues.test_api import serving, take

PHONES, MINUTES = 60, 2


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Limits as they are, on a clock of nanoseconds that the test moves."""
    now = [0]
    for name, every, burst in (("calls", 0.1, 100), ("follows", 1, 20), ("touches", 5, 15)):
        before = getattr(access, name)
        assert (before._step, before._burst) == (round(every * NANO), burst), "the figures that docs/security.md tells"
        monkeypatch.setattr(access, name, TokenBucket(every=every, burst=burst, clock=lambda: now[0]))
    monkeypatch.setattr(access, "_right", Recent(seconds=900, clock=lambda: now[0] / NANO))
    return now


def test_sixty_phones_behind_one_address_are_never_refused(tmp_path, clock: list[int]):
    chance, answers = random.Random(7), Counter()
    with serving(tmp_path, limits=True) as app:
        client = TestClient(app)
        tickets = []
        for _ in range(PHONES):
            tickets.append(take(client).json()["id"])
            clock[0] += 10 * NANO
        plan = []  # as the page does: the office and the ticket at once, two more soon, then one every four seconds
        for ticket in tickets:
            at = chance.uniform(0, 10)
            plan.append((at, "/api/v1/office"))
            for asked in range(MINUTES * 15):
                plan.append((at, f"/api/v1/tickets/{ticket}"))
                at += (1.2 if asked < 3 else 4) * chance.uniform(0.85, 1.15)
        begin = clock[0]
        for at, path in sorted(plan):
            clock[0] = begin + round(at * NANO)
            answers[client.get(path).status_code] += 1
    assert answers == {200: PHONES * (1 + MINUTES * 15)}


def test_who_guesses_tickets_is_counted_by_address_and_who_asks_for_one_too_often_by_the_ticket(tmp_path, clock: list[int]):
    with serving(tmp_path, limits=True) as app:
        client = TestClient(app)
        mine, other = take(client).json()["id"], take(client).json()["id"]
        for ticket in (mine, other):
            assert client.get(f"/api/v1/tickets/{ticket}").status_code == 200
        guesses = Counter(client.get(f"/api/v1/tickets/{new_id()}").status_code for _ in range(300))
        assert guesses == {404: 98, 429: 202}
        assert client.get(f"/api/v1/tickets/{other}").status_code == 200, "the holder behind the same address goes on"
        greedy = Counter(client.get(f"/api/v1/tickets/{mine}").status_code for _ in range(100))
        assert greedy == {200: 20, 429: 80}
        spelled = Counter(client.get(f"/api/v1/tickets/{mine.upper()}").status_code for _ in range(50))
        assert spelled == {429: 50}, "another spelling is the same ticket"
        assert client.get(f"/api/v1/tickets/{other}").status_code == 200
