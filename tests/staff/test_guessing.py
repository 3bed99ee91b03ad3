"""Ten thousand guesses at one PIN on a running node, with a kill, two restarts and four changes of the clock in between."""

import http.client
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.staff.demo import accounts
from tests.support import Node

NOON = datetime(2026, 3, 12, 5, 0, tzinfo=UTC)
TEN_YEARS = timedelta(days=3650)
HANDS = 6


class Guesser:
    """Somebody at an enrolled device who tries every PIN of one account, and a clock that can be set."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.answers = folder / "clock", Counter[int]()
        self.set(NOON)
        self.node = Node(folder / "data", env={"KIOSK_RATE_LIMITS": "off", "TEST_CLOCK": str(self.clock)}, module="tests.clocked")
        self.node.prepare().start()
        name, _, self.pin = accounts("kaltim")[0]
        self.bearer = {"authorization": f"Bearer {self.node.token('staff')}", "x-forwarded-for": "192.168.1.7"}
        listed = self.node.call("GET", "/api/v1/staff/accounts", headers=self.bearer).body
        self.account = next(one["id"] for one in listed if one["name"] == name)
        numbers = (f"{number:06}" for number in itertools.count())
        # The right PIN comes again and again: it must be as deaf as the wrong ones.
        self.pins = (self.pin if count % 500 == 499 else pin for count, pin in enumerate(numbers))

    def set(self, moment: datetime) -> None:
        self.now = moment
        beside = self.clock.with_suffix(".new")
        beside.write_text(moment.isoformat())
        beside.replace(self.clock)

    def tick(self, gap: timedelta) -> None:
        self.set(self.now + gap)

    def guess(self, times: int) -> int:
        """Try that many PINs, six at a time; returns how many were looked at."""
        before = self.looked_at
        with ThreadPoolExecutor(HANDS) as hands:
            for codes in hands.map(self._try, self._shares(times)):
                self.answers.update(codes)
        return self.looked_at - before

    def _shares(self, times: int) -> list[list[str]]:
        return [[next(self.pins) for _ in range(times // HANDS + (hand < times % HANDS))] for hand in range(HANDS)]

    def _try(self, pins: list[str]) -> list[int]:
        line, codes = http.client.HTTPConnection("localhost", self.node.port, timeout=60), []
        for pin in pins:
            body = json.dumps({"account": self.account, "pin": pin})
            line.request("POST", "/api/v1/staff/session", body, {"content-type": "application/json", **self.bearer})
            answer = line.getresponse()
            answer.read()
            codes.append(answer.status)
        line.close()
        return codes

    def enter(self, **headers: str) -> tuple[int, int]:
        """The right PIN: its status, and how long to wait."""
        self.answers["asked"] += 1  # type: ignore[index]
        answer = self.node.call("POST", "/api/v1/staff/session", {"account": self.account, "pin": self.pin}, headers or self.bearer)
        return answer.status, int(answer.headers.get("retry-after", 0))

    @property
    def looked_at(self) -> int:
        """PINs that argon2 compared, as the node's own log counts them."""
        return (self.node.data / "node.log").read_text().count("event='wrong PIN'")


@pytest.fixture
def guesser(tmp_path: Path) -> Iterator[Guesser]:
    trying = Guesser(tmp_path)
    yield trying
    trying.node.stop()


def _again(guesser: Guesser) -> None:
    guesser.node.kill()
    guesser.node.start()


def test_of_ten_thousand_guesses_fifteen_are_looked_at_whatever_happens_to_the_node_and_its_clock(guesser: Guesser):
    assert guesser.guess(2_000) == 5
    assert guesser.enter() == (429, 15)
    _again(guesser)
    assert guesser.enter() == (429, 15)  # the wait survived a kill
    assert guesser.guess(1_000) == 0
    guesser.set(NOON - TEN_YEARS)
    assert guesser.enter() == (429, 15)  # and a clock set back ten years: no shorter, no longer
    assert guesser.guess(1_000) == 0
    _again(guesser)
    guesser.tick(timedelta(seconds=14))
    assert guesser.guess(500) == 0
    guesser.tick(timedelta(seconds=1))
    assert guesser.guess(500) == 1
    assert guesser.enter() == (429, 30)
    guesser.set(NOON + TEN_YEARS)
    assert guesser.guess(1_000) == 1  # a clock set forward ends one wait, and the count goes on
    guesser.tick(-timedelta(days=1))
    _again(guesser)
    assert guesser.enter() == (429, 60)
    assert guesser.guess(1_000) == 0
    slices = []
    for _ in range(10):
        guesser.tick(timedelta(hours=3))
        slices.append(guesser.guess(300))
    assert slices == [1] * 8 + [0, 0]
    assert guesser.enter() == (423, 0)
    _the_sum(guesser)


def _the_sum(guesser: Guesser) -> None:
    asked = guesser.answers.pop("asked")  # type: ignore[call-overload]
    assert guesser.looked_at == 15
    assert sum(guesser.answers.values()) == 10_000
    assert asked > 0
    assert set(guesser.answers) == {401, 423, 429}
    other = {"authorization": f"Bearer {guesser.node.token('staff')}", "x-forwarded-for": "192.168.1.8"}
    assert guesser.enter(**other) == (204, 0)  # its owner works on at another device
