"""Who holds a lane: lost answers harm nobody, a wiped device and a copied one are found out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.recent import Recent
from kiosk.devices import access
from kiosk.devices.grants import Grant, hashed, judge, next_grant
from kiosk.devices.model import Device
from tests.devices.test_devices import bearer, enrol


class Node:
    """What the node keeps of one device."""

    def __init__(self) -> None:
        self.kept, self.given, self.verdicts = Grant(), 0, []

    def hear(self, word: str) -> str | None:
        verdict = judge(self.kept, hashed(word))
        self.verdicts.append(verdict)
        if verdict in {"wiped", "cloned"}:
            return None
        self.given += 1
        fresh = f"w{self.given}"
        self.kept = next_grant(self.kept, verdict, hashed(fresh))
        return fresh


def report(node: Node, word: str, *, arrives: bool) -> str:
    told = node.hear(word)
    return told if arrives and told is not None else word


@given(st.lists(st.booleans(), max_size=30))
def test_a_device_whose_answers_get_lost_however_often_is_never_marked(arrivals):
    node, word = Node(), ""
    for arrives in arrivals:
        word = report(node, word, arrives=arrives)
    assert not {"wiped", "cloned"} & set(node.verdicts)


@given(st.lists(st.booleans(), max_size=8), st.lists(st.sampled_from("ab"), max_size=12))
def test_two_browsers_with_one_word_are_found_out_as_soon_as_both_go_on_reporting(before, turns):
    node, word = Node(), ""
    for arrives in [True, *before, True]:
        word = report(node, word, arrives=arrives)
    held = {"a": word, "b": word}
    for who in [*turns, *"abab"]:
        held[who] = report(node, held[who], arrives=True)
    assert "cloned" in node.verdicts


@given(st.lists(st.booleans(), max_size=8))
def test_a_node_that_was_restored_marks_nobody(later):
    node, word = Node(), ""
    for _ in range(3):
        word = report(node, word, arrives=True)
    copy = node.kept
    for arrives in later:
        word = report(node, word, arrives=arrives)
    node.kept = copy
    for _ in range(3):
        word = report(node, word, arrives=True)
    assert "cloned" not in node.verdicts


def test_a_device_that_comes_without_its_word_was_wiped():
    node = Node()
    report(node, report(node, "", arrives=True), arrives=True)
    node.hear("")
    assert node.verdicts[-1] == "wiped"


@pytest.fixture
def minutes(monkeypatch):
    """Every report is a new minute: each one gives a new word."""
    monkeypatch.setattr(access, "_said", Recent(seconds=0))


def tell(office, device, **state):
    answer = office.call("POST", "/devices/me", headers=bearer(device.token), json={"of": device.device_id, **state})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_first_report_grants_the_lane_and_the_next_one_renews_the_word(office, minutes):
    device = enrol(office)
    first = tell(office, device, word="")
    assert (first["lane"], first["mark"], first["date"]) == ("K1", "", "2026-03-12")
    second = tell(office, device, word=first["word"])
    assert second["lane"] == "K1"
    assert second["word"] not in (first["word"], None)
    row = office.rows(Device)[0]
    assert second["word"] not in (row.grant_now, row.grant_before)  # hashes alone


def test_within_a_minute_the_word_stays_and_nothing_is_written(office):
    device = enrol(office)
    word = tell(office, device, word="")["word"]
    word = tell(office, device, word=word)["word"]  # at once: before that a device that is wiped could not be told from a new one
    seen = office.rows(Device)[0].last_seen_at
    office.now += timedelta(seconds=20)
    assert tell(office, device, word=word)["word"] == word
    assert office.rows(Device)[0].last_seen_at == seen


def test_a_wiped_device_has_no_lane_until_it_is_enrolled_again(office, minutes):
    device = enrol(office)
    word = tell(office, device, word="")["word"]
    word = tell(office, device, word=word)["word"]
    told = tell(office, device, word="")
    assert (told["lane"], told["word"], told["mark"]) == ("", None, "wiped")
    assert tell(office, device, word=word)["lane"] == ""
    assert office.kinds().count("device.marked") == 1
    assert tell(office, enrol(office), word="")["lane"] == "K2"


def test_of_two_copies_of_a_device_neither_keeps_the_lane(office, minutes):
    device = enrol(office)
    word = tell(office, device, word="")["word"]
    first, second = tell(office, device, word=word), tell(office, device, word=word)  # the second is as one whose answer was lost
    assert tell(office, device, word=first["word"])["mark"] == "cloned"
    assert tell(office, device, word=second["word"])["lane"] == ""


def test_a_word_of_another_device_is_none(office, minutes):
    old, new = enrol(office), enrol(office)
    word = tell(office, old, word="")["word"]
    told = office.call("POST", "/devices/me", headers=bearer(new.token), json={"word": word, "of": old.device_id}).json()
    assert (told["lane"], told["mark"]) == ("K2", "")


@pytest.mark.parametrize("kind", ["board", "staff"])
def test_a_board_and_a_staff_browser_have_no_lane_to_issue_in(office, kind):
    assert tell(office, enrol(office, kind=kind), word="")["lane"] == ""


def test_a_page_that_can_keep_no_word_gets_no_lane_and_is_not_marked(office, minutes):
    device = enrol(office)
    word = tell(office, device, word="")["word"]
    tell(office, device, word=word)
    silent = office.call("POST", "/devices/me", headers=bearer(device.token), json={}).json()
    assert (silent["lane"], silent["mark"]) == ("", "")


def test_a_clock_that_is_wrong_is_written_down(office):
    device = enrol(office)
    tell(office, device, word="", clock=int(datetime(2019, 1, 1, tzinfo=UTC).timestamp() * 1000))
    assert office.rows(Device)[0].clock_off_s < -7 * 365 * 24 * 3600
