"""With the limits that an office has: a flood from one address is refused, and a visitor elsewhere still gets a number."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from kiosk.core.floods import CALLS_A_SECOND, CALLS_AT_ONCE
from kiosk.core.ids import new_id
from tests.faults.flood import KINDS
from tests.support import ROOT, Node

ELSEWHERE = "127.0.0.2"  # this machine by another address: for the node, another caller
SECONDS, VISITORS = 5.0, 12


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("flooded")).prepare().start()
    yield node
    node.stop()


def visit(node: Node, token: str) -> int:
    return node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, {"authorization": f"Bearer {token}"}).status


@pytest.mark.parametrize("kind", KINDS)
def test_a_flood_is_refused_and_every_visitor_gets_a_number(guarded: Node, kind: str):
    bearer = guarded.token()
    command = [sys.executable, "-m", "tests.faults.flood", str(guarded.port), ELSEWHERE, str(SECONDS), kind]
    flood = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    given = [visit(guarded, bearer) for _ in range(VISITORS)]
    during = flood.poll() is None
    answers = {int(status): count for status, count in json.loads(flood.communicate(timeout=60)[0]).items()}
    assert given == [201] * VISITORS
    assert during, "the flood was over before the visitors were"
    burst, rate = (CALLS_AT_ONCE, CALLS_A_SECOND) if kind == "sockets" else (100, 10)
    refused = 403 if kind == "sockets" else 429
    let_in = sum(count for status, count in answers.items() if status not in {0, refused})
    assert let_in <= burst + rate * (SECONDS + 12), "with room for a slow machine"
    assert answers[refused] >= 30
    assert 201 not in answers


def test_every_address_has_limits_of_its_own_and_they_recover(guarded: Node):
    deadline = time.monotonic() + 60
    while guarded.get("/api/v1/queues").status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_one_touchscreen_takes_fifteen_numbers_at_once_and_no_more(guarded: Node):
    """Touches are counted by device: another device, at the same address, is not held up; a repeat is always answered."""
    greedy, calm, first = guarded.token(), guarded.token(), new_id()
    bearer = {"authorization": f"Bearer {greedy}"}
    assert guarded.call("POST", "/api/v1/tickets", {"id": first, "queue": "B"}, bearer).status == 201
    given = [visit(guarded, greedy) for _ in range(60)]
    assert 14 <= given.count(201) <= 20
    assert set(given) == {201, 429}
    assert visit(guarded, calm) == 201
    assert guarded.call("POST", "/api/v1/tickets", {"id": first, "queue": "B"}, bearer).status == 200


def test_a_refusal_says_in_words_and_seconds_when_to_come_back(guarded: Node):
    answers = [guarded.get("/api/v1/queues") for _ in range(250)]
    refused = next(answer for answer in answers if answer.status == 429)
    assert set(refused.body) == {"code", "message", "reference"}
    assert (refused.body["code"], int(refused.headers["retry-after"]) >= 1) == ("HTTP-0429", True)
    assert guarded.get("/healthz").status == 200  # the heartbeat is not counted: a screen would think that the node is gone
