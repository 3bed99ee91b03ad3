"""Handing in what waited: each entry once, nothing dropped, over the real routes, writer and database."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.chain import Head
from kiosk.core.ids import new_id
from kiosk.devices import entries
from kiosk.devices.entries import Way
from kiosk.devices.errors import EntryWrong
from kiosk.devices.model import AsideEntry, TakenEntry
from kiosk.devices.sealing import sealing_key
from kiosk.sync import standing
from kiosk.sync.heads import sign_head
from kiosk.sync.keys import node_key
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import record
from tests.devices.test_devices import bearer, enrol
from tests.devices.test_sealing import BODY, public_text, seal

taken: list[tuple[str, dict, object]] = []


def take(session, device, entry, now):
    if entry.body.get("bad"):
        raise EntryWrong()
    if entry.body.get("broken"):
        raise RuntimeError("a room's mistake")
    taken.append((entry.id, entry.body, entry.arrived))
    record(session, office_id=entry.office_id, kind="test.made", body=entry.body, actor="device:x", at=now)
    return {"seen": entry.body.get("n")}


@pytest.fixture(autouse=True)
def room(monkeypatch):
    """A room that takes "test.made"."""
    taken.clear()
    told = []
    monkeypatch.setitem(entries._WAYS, "test.made", Way(take, lambda: told.append(1)))
    return told


def one(entry_id=None, **more):
    return {"id": entry_id or new_id(), "kind": "test.made", "age_ms": 0, "body": {"n": 1}, **more}


def hand(office, device, *given, head=None):
    return office.call("POST", "/entries", headers=bearer(device.token), json={"entries": list(given), "head": head})


def results(answer):
    assert answer.status_code == 200, answer.text
    return [(row["result"], row["code"]) for row in answer.json()["entries"]]


def test_an_entry_is_taken_once_and_the_same_again_is_told_the_same(office, room):
    device, entry = enrol(office), one()
    first = hand(office, device, entry).json()
    second = hand(office, device, {**entry, "age_ms": 9000}).json()  # older meanwhile: no other content
    assert first["entries"] == second["entries"]
    assert first["entries"][0] | {"stamp": 0} == {
        "id": entry["id"], "result": "taken", "stamp": 0, "again_s": None, "told": {"seen": 1}, "code": None, "message": None,
    }  # fmt: skip
    assert first["entries"][0]["stamp"] == [first["head"]["epoch"], first["head"]["seq"]]
    assert first["durable"] is None  # no centre
    assert len(taken) == 1
    assert office.kinds().count("test.made") == 1
    assert len(room) == 2


def test_the_same_id_with_another_body_is_kept_aside_and_shown_and_never_dropped(office):
    device, entry = enrol(office), one()
    hand(office, device, entry)
    for _ in range(2):
        answer = hand(office, device, {**entry, "body": {"n": 2, "number": "A-K1-007"}})
        assert results(answer) == [("parked", "ENTRY-0409")]
    kept = office.rows(AsideEntry)
    assert [(row.id, row.about, json.loads(row.entry)["body"]["n"]) for row in kept] == [(entry["id"], "A-K1-007", 2)]
    assert office.kinds().count("entry.set_aside") == 1
    assert len(taken) == 1


def test_a_kind_of_a_newer_page_and_what_does_not_fit_are_parked_and_hold_up_nobody(office):
    device = enrol(office)
    bad, broken = one(body={"bad": True}), one(body={"broken": True})
    answer = hand(
        office, device, one(kind="later.made"), bad, broken, one(entry_id="no id"), one(sealed={}), {**one(), "body": None}, one()
    )
    assert [code for _, code in results(answer)] == [
        "ENTRY-0404", "ENTRY-0422", "ENTRY-0422", "ID-0422", "ENTRY-0422", "ENTRY-0422", None,
    ]  # fmt: skip
    assert "belum mengenal" in answer.json()["entries"][0]["message"]
    assert [row.kind for row in office.rows(TakenEntry)] == ["test.made"]
    office_later = hand(office, device, bad | {"body": {"n": 3}})
    assert results(office_later) == [("taken", None)]  # nothing was kept of what was refused


@pytest.mark.parametrize("body", [{"entries": [one()] * 101}, {"entries": [], "more": 1}, {"entries": [{"id": "x"}]}, {}])
def test_what_is_no_batch_is_refused(office, body):
    assert office.call("POST", "/entries", headers=bearer(enrol(office).token), json=body).status_code == 422


def test_nobody_but_a_device_hands_in_and_touches_do_not_count(office):
    assert office.call("POST", "/entries", json={"entries": []}).status_code == 401
    device = enrol(office)
    assert results(hand(office, device, *(one() for _ in range(100)))) == [("taken", None)] * 100


def test_what_was_sealed_is_opened_here_and_stays_sealed_when_it_is_kept_aside(office):
    device, entry_id = enrol(office), "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b"
    sealed = seal(public_text(sealing_key(office.node.settings.data_dir)))
    answer = hand(office, device, {"id": entry_id, "kind": "test.made", "sealed": sealed})
    assert results(answer) == [("parked", "ENTRY-0415")]  # it was sealed for another entry
    assert BODY["name"] not in str(office.rows(AsideEntry))


def test_an_entry_arrived_by_its_age_but_not_before_the_device_last_said_that_nothing_waits(office):
    device = enrol(office)
    office.call("POST", "/devices/me", headers=bearer(device.token), json={"waiting": 0})
    cleared = office.now
    office.now += timedelta(minutes=10)
    hand(office, device, one(age_ms=60_000), one(age_ms=10**15), one(age_ms=-5))
    assert [arrived for *_, arrived in taken] == [office.now - timedelta(minutes=1), cleared, office.now]


def test_the_watermark_is_that_of_the_centre_and_the_stamp_that_of_now(office):
    device, entry = enrol(office), one()
    stamp = hand(office, device, entry).json()["entries"][0]["stamp"]
    line = {"node_id": "n", "address": "a", "reached_at": "a", "centre_key": "k", "enrolled_at": ""}
    office.do(lambda session: session.add(CentreLine(office_id="kaltim", epoch=1, seq=stamp[1] - 1, **line)))
    again = hand(office, device, entry).json()
    assert again["durable"] == [1, stamp[1] - 1]
    assert again["entries"][0]["stamp"] == stamp


# -- heads ----------------------------------------------------------------------------------------------------------------


def head_of(office) -> dict:
    return hand(office, enrol(office)).json()["head"]


def test_a_head_of_this_node_that_its_chain_lacks_begins_a_new_epoch_once(office):
    device, data = enrol(office), office.node.settings.data_dir
    later = sign_head(node_key(data), "kaltim", Head(1, 500, "ab"))
    assert hand(office, device, head=later).json()["head"]["epoch"] == 2
    assert hand(office, device, head=later).json()["head"]["epoch"] == 2
    forked = sign_head(node_key(data), "kaltim", Head(1, 1, "cd"))
    assert office.call("POST", "/devices/me", headers=bearer(device.token), json={"head": forked}).json()["head"]["epoch"] == 2
    assert office.kinds().count("office.rejoined") == 1
    third = sign_head(node_key(data), "kaltim", Head(4, 7, "ef"))  # restored again, from a copy older still
    assert hand(office, device, head=third).json()["head"]["epoch"] == 5


def test_a_head_of_the_same_place_with_another_hash_proves_it_too(office):
    device = enrol(office)
    told = hand(office, device).json()["head"]
    other = sign_head(node_key(office.node.settings.data_dir), "kaltim", Head(told["epoch"], told["seq"], "ab"))
    assert hand(office, device, head=other).json()["head"]["epoch"] == 2


def test_an_unsigned_or_wrongly_signed_head_and_the_node_s_own_change_nothing(office, tmp_path):
    device = enrol(office)
    own = hand(office, device).json()["head"]
    foreign = sign_head(node_key(tmp_path / "other"), "kaltim", Head(9, 9, "ab"))
    other_office = sign_head(node_key(office.node.settings.data_dir), "rohil", Head(9, 9, "ab"))
    for head in (own, foreign, other_office, {**own, "seq": 10**6}, {**own, "signature": "zz"}, {}, {"epoch": 9}):
        assert hand(office, device, head=head).json()["head"]["epoch"] == 1
    assert "office.rejoined" not in office.kinds()
    assert standing.proof_of_rewind(own) is None


# -- each once, whatever the line does --------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_however_batches_are_doubled_cut_and_reordered_each_entry_is_taken_once(office, data):
    """A line that drops, doubles and reorders; the device sends again until each was answered."""
    taken.clear()
    device = enrol(office)
    waiting = {entry["id"]: entry for entry in (one(body={"n": n}) for n in range(data.draw(st.integers(1, 6))))}
    made = set(waiting)
    while waiting:
        batch = data.draw(st.lists(st.sampled_from(sorted(waiting)), min_size=1, max_size=8))
        answer = hand(office, device, *(waiting[entry_id] for entry_id in batch)).json()
        if data.draw(st.booleans()):
            continue  # the answer is lost
        for row in answer["entries"]:
            if row["result"] == "taken":
                waiting.pop(row["id"], None)
    assert sorted(entry_id for entry_id, *_ in taken) == sorted(made)
