"""Fifty visitors touch at once: none gets another's number, and no number is missing."""

import threading
from collections import Counter

from kiosk.core.ids import new_id
from tests.support import Node


def test_50_tickets_at_once_none_twice_none_missing(own_node: Node):
    own_node.start()
    tokens = [own_node.token() for _ in range(3)]
    answers, together = [], threading.Barrier(50)

    def visit(number: int) -> None:
        together.wait()
        bearer = {"authorization": f"Bearer {tokens[number % 3]}"}
        answers.append(own_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer))

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(50)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert Counter(answer.status for answer in answers) == {201: 50}
    assert sorted(answer.body["number"] for answer in answers) == [f"A-{serial:03d}" for serial in range(1, 51)]


def test_the_same_id_from_many_touches_is_one_ticket(own_node: Node):
    own_node.start()
    bearer, ticket, answers = {"authorization": f"Bearer {own_node.token()}"}, new_id(), []
    touches = [
        threading.Thread(target=lambda: answers.append(own_node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "B"}, bearer)))
        for _ in range(12)
    ]
    for touch in touches:
        touch.start()
    for touch in touches:
        touch.join()
    assert sorted(answer.status for answer in answers) == [200] * 11 + [201]
    assert {answer.body["number"] for answer in answers} == {"B-001"}
