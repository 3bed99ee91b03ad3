"""A number that a visitor was given is there after the power was cut."""

import random
import threading
import time
from collections.abc import Callable

import pysqlite3
import pytest

from kiosk.core.ids import new_id
from tests.support import Answer, Node

CONNECTIONS = 6
LONGEST_S = 10


class Load:
    """Visitors that take numbers until the node is gone; remembers what each was told."""

    def __init__(self, node: Node, token: str) -> None:
        self.node, self.bearer = node, {"authorization": f"Bearer {token}"}
        self.told: dict[str, str] = {}
        self.threads = [threading.Thread(target=self._visit, daemon=True) for _ in range(CONNECTIONS)]

    def _visit(self) -> None:
        while True:
            ticket = new_id()
            try:
                answer: Answer = self.node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "A"}, self.bearer)
            except OSError:
                return  # killed: this visitor was told nothing
            except Exception:
                return
            assert answer.status == 201, answer
            self.told[ticket] = answer.body["number"]

    def run_and_kill(self, seconds: float, *, after: Callable[[], bool] = lambda: True) -> dict[str, str]:
        """Kill it so many seconds after `after` is true (or will not be)."""
        for thread in self.threads:
            thread.start()
        deadline = time.monotonic() + LONGEST_S
        while not after() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(seconds)
        self.node.kill()
        for thread in self.threads:
            thread.join(20)
        return self.told


def kill_under_load(node: Node, times: int) -> None:
    """Kill the node `times` times while visitors take numbers; nothing acknowledged is lost or doubled, the file stays whole."""
    token, told = node.token(), {}
    chance = random.Random(1945)
    for _ in range(times):
        node.start()
        told |= Load(node, token).run_and_kill(chance.uniform(0.15, 0.6))
        _verify(node, told)
    assert len(told) > times


def _verify(node: Node, told: dict[str, str]) -> None:
    database = pysqlite3.connect(node.data / "office.db")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = database.execute("SELECT id, serial, queue FROM ticket").fetchall()
    held = {ticket: f"{queue}-{serial:03d}" for ticket, serial, queue in rows}
    assert {ticket: held.get(ticket) for ticket in told} == told
    assert sorted(serial for _, serial, _ in rows) == list(range(1, len(rows) + 1))
    events = database.execute("SELECT count(*) FROM outbox_event WHERE kind = 'ticket.taken'").fetchone()[0]
    assert events == len(rows)
    database.close()


@pytest.mark.timeout(400)
def test_killed_50_times_under_load_loses_no_number(own_node: Node):
    kill_under_load(own_node, 50)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_killed_1000_times_under_load_loses_no_number(own_node: Node):
    kill_under_load(own_node, 1000)
