"""Answers through a real node that is killed before, while and after they come: exactly those, told of once its half day is over."""

import json
import random
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3
import pytest

from tests.support import Answer, Node

from .hall import body, new_id

MORNING = datetime.fromisoformat("2026-03-12T01:42:00+00:00")  # 09.42 in Samarinda
TELLS_S = 20


@pytest.fixture
def clocked(tmp_path: Path) -> Any:
    """A node of this test's own, on a clock that the test holds."""
    clock = tmp_path / "clock"
    clock.write_text(MORNING.isoformat())
    words = {"KIOSK_RATE_LIMITS": "off", "TEST_CLOCK": str(clock)}
    mine = Node(tmp_path / "data", env=words, module="tests.clocked").prepare()
    mine.__dict__["clock"] = clock
    yield mine
    mine.stop()


@pytest.mark.parametrize("table", ["survey_answer", "survey_code", "survey_old_answer", "survey_tally"])
def test_a_node_s_own_tables_have_no_sequence(clocked: Node, table: str):
    """As the migrations made them: SQLite's own row number would be the order in which people answered."""
    assert read(clocked, f"SELECT count(*) FROM {table}") == [(0,)]
    with pytest.raises(pysqlite3.OperationalError, match="rowid"):
        read(clocked, f"SELECT rowid FROM {table}")


def hand(node: Node, bearer: dict[str, str], entries: list[dict[str, Any]]) -> dict[str, str]:
    """What the node said of each; nothing where it did not answer."""
    try:
        answer: Answer = node.call("POST", "/api/v1/entries", {"entries": entries}, bearer)
    except Exception:
        return {}
    return {one["id"]: one["result"] for one in answer.body["entries"]} if answer.status == 200 else {}


def read(node: Node, what: str) -> list[Any]:
    database = pysqlite3.connect(node.data / "office.db")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute(what).fetchall()
    finally:
        database.close()


@pytest.mark.timeout(300)
def test_answers_that_come_while_the_node_is_killed_are_exactly_those(clocked: Node):
    bearer = {"authorization": f"Bearer {clocked.token('tablet')}"}
    entries = [{"id": new_id(), "kind": "survey.answered", "age_ms": 0, "body": body(service=None)} for _ in range(20)]
    waiting = {entry["id"]: entry for entry in entries}
    assert hand(clocked, bearer, entries[:5]) == {}  # before it runs
    chance = random.Random(14)
    for _ in range(3):
        clocked.start()

        def send() -> None:
            while waiting:
                batch = chance.sample(sorted(waiting), min(4, len(waiting)))
                told = hand(clocked, bearer, [waiting[one] for one in batch])
                if not told:
                    return
                for one in batch[:2]:  # of the others the answer was lost
                    assert told[one] == "held"
                    waiting.pop(one, None)

        sender = threading.Thread(target=send)
        sender.start()
        time.sleep(chance.uniform(0.01, 0.1))
        clocked.kill()
        sender.join(30)
    clocked.start()
    while waiting:
        for one in hand(clocked, bearer, list(waiting.values())):
            del waiting[one]
    assert {row[0] for row in read(clocked, "SELECT id FROM survey_answer")} == {entry["id"] for entry in entries}
    assert read(clocked, "SELECT count(*) FROM outbox_event WHERE kind = 'survey.answered'") == [(0,)]
    clocked.kill()
    clocked.__dict__["clock"].write_text((MORNING + timedelta(hours=3)).isoformat())
    clocked.start()
    assert told_of(clocked, 20) == sorted(entry["id"] for entry in entries)
    again = hand(clocked, bearer, entries)
    assert set(again.values()) == {"taken"}
    assert len(told_of(clocked, 20)) == 20


def told_of(node: Node, count: int) -> list[str]:
    """The answers of which the node has told, in its order; waits until there are so many."""
    deadline = time.monotonic() + TELLS_S
    while True:
        lines = read(node, "SELECT body FROM outbox_event WHERE kind = 'survey.answered' ORDER BY epoch, seq")
        if len(lines) >= count or time.monotonic() > deadline:
            return [json.loads(line)["id"] for (line,) in lines]
        time.sleep(0.1)


@pytest.mark.timeout(120)
def test_five_thousand_waiting_answers_go_up_in_batches_and_a_visitor_takes_a_number_between_them(clocked: Node):
    """How long that takes is measured in `bench`; here it is that all arrive, and nobody waits behind them."""
    clocked.start()
    bearer, screen = ({"authorization": f"Bearer {clocked.token(kind)}"} for kind in ("tablet", "kiosk"))
    entries = [{"id": new_id(), "kind": "survey.answered", "age_ms": 0, "body": body(service=None)} for _ in range(5000)]
    for start in range(0, 5000, 50):
        assert set(hand(clocked, bearer, entries[start : start + 50]).values()) == {"held"}
        if start % 500 == 0:
            assert clocked.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, screen).status == 201
    assert read(clocked, "SELECT count(*) FROM survey_answer") == [(5000,)]
