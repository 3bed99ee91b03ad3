"""Two offices, one centre on PostgreSQL, a bad line between them; each is killed again and again while people work, one comes back old.

At the end what was acknowledged is at the centre, each once, in whole chains. Only what a lost disk alone had is not, and that is named.
"""

import json
import random
import re
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pysqlite3
import pytest

from kiosk.core.audit_check import check
from kiosk.core.ids import new_id
from kiosk.queues.counter.screen import CounterState
from tests.centre.house import Centre
from tests.faults.line_proxy import LineProxy
from tests.faults.test_kill import Load
from tests.staff.wire import Wire
from tests.support import Node

LIFE_S = (0.1, 0.6)
LONG_LIFE_S, EVERY = 4.0, 10  # of the centre: were it gone nearly always, nothing would ever be spoken
HEALED_S, SPOKEN_S = 120, 600


class Office:
    """A node with visitors and an officer; what they were told is remembered."""

    def __init__(self, node: Node) -> None:
        self.node, self.told, self.called = node, set[str](), set[str]()
        self.copy, self.lost = node.data.with_name(f"{node.data.name}-copy"), set[tuple[str, str]]()

    def open(self, centre: Centre) -> None:
        self.node.prepare().start()
        centre.enrol(self.node)
        self.token, self.cookie = self.node.token(), self.node.sign_in("information")
        self.node.kill()

    def live(self, seconds: float) -> None:
        """One life: started, worked with until somebody was called and a little longer, killed."""
        self.node.start()
        before = len(self.called)
        officer = threading.Thread(target=self._call, daemon=True)
        officer.start()
        self.told |= set(Load(self.node, self.token).run_and_kill(seconds, after=lambda: len(self.called) > before))
        officer.join(20)

    def _call(self) -> None:
        counter = CounterState.get_full_name()
        with suppress(Exception), Wire(self.node.url, cookie=self.cookie, token=new_id()) as wire:  # killed: nothing was told
            wire.call(f"{counter}.pick_counter", {"code": "1"})
            for turn in range(0, 3000, 3):
                answer = wire.call(f"{counter}.call_next", {"turn": turn}, tail=0.01)
                self.called |= set(re.findall(r'"visit_rx_state_":\s*\{[^}]*"id":\s*"([^"]+)"', answer))
                wire.call(f"{counter}.step", {"turn": turn + 1, "name": "start"}, tail=0.01)
                wire.call(f"{counter}.step", {"turn": turn + 2, "name": "finish"}, tail=0.01)

    def rows(self, asked: str, folder: Path | None = None) -> list[dict]:
        database = pysqlite3.connect((folder or self.node.data) / "office.db")
        database.row_factory = pysqlite3.Row
        found = [dict(row) for row in database.execute(asked)]
        database.close()
        return found

    def chain(self, folder: Path | None = None) -> set[str]:
        return set(self.ids(folder))

    def ids(self, folder: Path | None = None) -> list[str]:
        return [row["event_id"] for row in self.rows("SELECT event_id FROM outbox_event ORDER BY epoch, seq", folder)]

    def back_up(self) -> None:
        shutil.copytree(self.node.data, self.copy)

    def speak(self, centre: Centre) -> None:
        """Until the centre holds more than the copy."""
        old = self.chain(self.copy)
        deadline = time.monotonic() + SPOKEN_S
        while set(centre.held(self.node.office)) <= old:
            assert time.monotonic() < deadline, self.node.run("sync", "status").stdout
            self.node.run("sync", "now")

    def restore(self, centre: Centre) -> None:
        """The disk breaks and the copy takes its place. Remembers what nobody else had."""
        kept = self.chain(self.copy) | set(centre.held(self.node.office))
        happened = self.rows("SELECT event_id, kind, body FROM outbox_event")
        self.lost = {(one["kind"], json.loads(one["body"]).get("id", "")) for one in happened if one["event_id"] not in kept}
        shutil.rmtree(self.node.data)
        shutil.copytree(self.copy, self.node.data)

    def is_whole(self) -> bool:
        by_place = " ORDER BY epoch, seq"
        events, links = (self.rows(f"SELECT * FROM {name}{by_place}") for name in ("outbox_event", "audit_link"))
        return check(self.node.office, events, links, self.rows("SELECT * FROM chain_head")).whole


@pytest.fixture
def country(postgres: str, tmp_path: Path) -> Iterator[tuple[Centre, LineProxy, list[Office]]]:
    centre = Centre(tmp_path / "centre", database=postgres).prepare("kaltim", "rohil").start()
    line = LineProxy(centre.port, seed=1945).start()
    centre.reached_at = f"http://localhost:{line.port}"
    quiet = {"KIOSK_RATE_LIMITS": "off"}
    offices = [Office(Node(tmp_path / name, office=name, env=dict(quiet))) for name in ("kaltim", "rohil")]
    try:
        for office in offices:
            office.open(centre)
        yield centre, line, offices
    finally:
        for one in (*(office.node for office in offices), centre):
            one.stop()
        line.stop()


def work(office: Office, centre: Centre, times: int, *, comes_back_old: bool) -> None:
    """So many lives; a copy is made early, and takes the disk's place in the middle, when the centre knows more than it."""
    chance = random.Random(office.node.office)
    for number in range(times):
        office.live(chance.uniform(*LIFE_S))
        if not comes_back_old:
            continue
        if number == times // 5:
            office.back_up()
        elif number == times // 2:
            office.speak(centre)
        elif number == times // 2 + 1:
            office.restore(centre)
    office.node.start()


def fall(centre: Centre, times: int) -> None:
    """Kill the centre so many times."""
    chance = random.Random(17)
    for number in range(times):
        time.sleep(LONG_LIFE_S if number % EVERY == 0 else chance.uniform(*LIFE_S))
        centre.kill()
        centre.start()


def kill_all(country: tuple[Centre, LineProxy, list[Office]], times: int) -> None:
    centre, line, offices = country
    line.harm()
    with ThreadPoolExecutor(3) as together:
        fallen = together.submit(fall, centre, times)
        lives = [together.submit(work, one, centre, times, comes_back_old=one is offices[0]) for one in offices]
        for one in (*lives, fallen):
            one.result()
    line.heal()
    for office in offices:
        _verify(centre, office)
    assert offices[0].rows("SELECT epoch FROM chain_head") == [{"epoch": 2}]
    assert times < len(LineProxy.FAULTS) or set(line.suffered) == set(LineProxy.FAULTS), line.suffered


def _verify(centre: Centre, office: Office) -> None:
    name = office.node.office
    deadline = time.monotonic() + HEALED_S
    while office.node.run("sync", "now").returncode or centre.held(name) != office.ids():
        assert time.monotonic() < deadline, office.node.run("sync", "status").stdout
    office.node.stop()
    assert office.node.run("sync", "now").returncode == 0
    assert centre.held(name) == office.ids()
    assert office.is_whole()
    lines = [json.loads(row[0]) for row in centre.rows("SELECT line FROM centre_event WHERE office_id = :office", office=name)]
    assert len({one["event_id"] for one in lines}) == len(lines)
    for kind, told in (("ticket.taken", office.told), ("ticket.called", office.called)):
        held = Counter(one["body"]["id"] for one in lines if one["kind"] == kind)
        assert told
        assert told - set(held) <= {ticket for what, ticket in office.lost if what == kind}
        assert kind != "ticket.taken" or max(held.values()) == 1
    assert centre.rows("SELECT count(*) FROM centre_set_aside WHERE office_id = :office", office=name) == [(0,)]


@pytest.mark.timeout(900)
def test_two_offices_and_the_centre_killed_20_times_each_lose_and_double_nothing(country):
    kill_all(country, 20)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_two_offices_and_the_centre_killed_200_times_each_lose_and_double_nothing(country):
    kill_all(country, 200)
