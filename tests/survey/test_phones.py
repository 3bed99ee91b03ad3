"""What a phone hands in: one answer, without a device, a name or a moment; and a limit for who fills the box."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kiosk.core import origins
from kiosk.core.https import Https
from kiosk.devices.errors import KeptAside
from kiosk.devices.model import AsideEntry, TakenEntry
from kiosk.survey.questionnaire import ELEMENTS
from kiosk.survey.rules import code_hash
from tests.devices.house import ELSEWHERE

from .hall import SERVICE, House, body, code_entry, hand, new_id, office, rows, tablet

__all__ = ["office"]
CODE = "7K3MQ9X0"
HASH = code_hash(CODE) or ""


def post(office: House, answer_id: str | None = None, *, peer: str = ELSEWHERE, headers: Any = None, **more: Any) -> Any:
    return office.call("POST", "/survey/answers", json={"id": answer_id or new_id(), **body(**more)}, peer=peer, headers=headers)


def test_an_answer_is_taken_once_with_the_half_day_and_no_place(office: House):
    answer_id = new_id()
    for _ in range(20):
        answer = post(office, answer_id)
        assert (answer.status_code, answer.json()) == (200, {"result": "taken"})
    [row] = rows(office).values()
    assert (row.id, row.place, row.day, row.half, row.event_id) == (answer_id, "", "2026-03-12", "am", None)
    assert office.rows(TakenEntry) == []
    assert office.kinds() == []


def test_the_same_id_with_another_body_is_kept_aside_without_its_code(office: House):
    answer_id = new_id()
    post(office, answer_id)
    answer = post(office, answer_id, suggestion="Lain.", code="7K3MQ9X0")
    assert (answer.status_code, answer.json()["code"]) == (409, KeptAside.code)
    [kept] = office.rows(AsideEntry)
    assert "Lain." in kept.entry
    assert "7K3MQ9X0" not in kept.entry
    assert rows(office)[answer_id].suggestion == "Tambah kursi."


@pytest.mark.parametrize("wrong", [{"scores": {"fee": 9}}, {"suggestion": "a" * 2000}, {"name": "Siti"}, {"profile": {"sex": "?"}}])
def test_what_is_no_answer_is_refused_with_a_code(office: House, wrong):
    answer = post(office, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "SURVEY-0422")
    assert rows(office) == {}


def test_one_address_gives_six_answers_and_then_waits_but_what_was_given_may_come_again(office: House):
    ids = [new_id() for _ in range(6)]
    assert [post(office, one).status_code for one in ids] == [200] * 6
    refused = post(office)
    assert (refused.status_code, refused.json()["code"]) == (429, "SURVEY-0429")
    assert int(refused.headers["retry-after"]) <= 100
    assert [post(office, one).status_code for one in ids] == [200] * 6
    assert post(office, ids[0], suggestion="Lain.").status_code == 429, "another content under a known id counts"
    assert post(office, peer="192.168.1.8").status_code == 200


def test_a_good_code_opens_the_limit_once(office: House):
    token = tablet(office)
    codes = [f"7K3MQ9X{n}" for n in range(3)]
    hand(office, token, *(code_entry(code_hash(code) or "") for code in codes))
    for _ in range(6):
        post(office)
    assert [post(office, code=code).status_code for code in (*codes, *codes)] == [200] * 3 + [429] * 3
    assert sum(row.holder for row in rows(office).values()) == 3


def test_a_good_code_does_not_open_the_limit_for_contents_that_contradict(office: House):
    """They are kept aside, each with an event, and spend no code: one code would do for any number of them."""
    answer_id = new_id()
    hand(office, tablet(office), code_entry(HASH))
    post(office, answer_id)
    found = [post(office, answer_id, code=CODE, suggestion=f"Lain {n}.").status_code for n in range(8)]
    assert found == [409] * 5 + [429] * 3
    assert len(office.rows(AsideEntry)) == 5


def at_once(office: House, count: int, answer_id: str | None = None, **more: Any) -> list[int]:
    """What `count` posts are told that all were let through before the writer took the first one."""
    let_go = threading.Event()
    office.node.writer.enqueue(lambda _: let_go.wait(10))
    with ThreadPoolExecutor(count) as pool:
        posts = [pool.submit(post, office, answer_id, suggestion=f"Saran {n}.", **more) for n in range(count)]
        while office.node.writer._waiting.qsize() < count and not any(one.done() for one in posts):
            time.sleep(0.01)
        let_go.set()
    return sorted(one.result().status_code for one in posts)


def test_of_many_at_once_with_one_good_code_one_is_beyond_the_limit_and_a_holder_s(office: House):
    hand(office, tablet(office), code_entry(HASH))
    for _ in range(5):
        post(office)
    assert at_once(office, 4, code=CODE) == [200, 200, 429, 429]  # the sixth within it, and the code's
    assert sorted(row.holder for row in rows(office).values()) == [False] * 6 + [True]


def test_many_contents_of_one_new_id_at_once_count_though_each_brings_a_good_code(office: House):
    hand(office, tablet(office), code_entry(HASH))
    for _ in range(5):
        post(office)
    assert at_once(office, 4, new_id(), code=CODE) == [200, 409, 429, 429]


def test_a_foreign_page_hands_nothing_in(office: House):
    answer = post(office, headers={"origin": "http://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "HTTP-0403")
    assert post(office, headers={"origin": "http://localhost:8000"}).status_code == 200


def test_beside_https_a_page_that_came_over_plain_http_hands_an_answer_in_and_nothing_else(office: House, monkeypatch):
    told = Https(("kios.test", "192.168.1.10"), 8443)
    monkeypatch.setattr(origins, "https", lambda: told)
    for origin in ("http://kios.test:8000", "http://192.168.1.10:8000", "http://192.168.1.10", "https://kios.test:8443"):
        assert post(office, headers={"origin": origin}, peer=f"192.168.1.{len(rows(office))}").status_code == 200, origin
    for origin in ("http://kios.test:8001", "http://evil.example", "null"):
        assert post(office, headers={"origin": origin}).status_code == 403, origin
    assert office.call("POST", "/entries", json={"entries": []}, headers={"origin": "http://kios.test:8000"}).status_code == 403


def test_a_screen_gets_what_it_needs_beside_its_page_for_days_without_the_node(office: House):
    found = office.call("GET", "/survey").json()
    assert set(found) == {"services", "speech"}
    assert all(len(found["speech"][f"ask:{key}"][language]) == 5 for key in ELEMENTS for language in ("id", "en"))
    assert found["services"] == [{"id": SERVICE, "name": "Izin", "name_en": None}]
