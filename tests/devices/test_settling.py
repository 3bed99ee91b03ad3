"""What was kept aside is settled once, with a note, and stays: also on a restored node and at the centre."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kiosk.happenings  # noqa: F401 (every kind of event)
from kiosk.devices import settling
from kiosk.devices.errors import AsideGone, NoteMissing
from kiosk.devices.model import AsideEntry
from kiosk.staff.aside.lines import aside
from kiosk.sync import kinds
from kiosk.sync.outbox import OutboxEvent
from tests.devices.test_devices import enrol
from tests.devices.test_intake import hand, one, room  # noqa: F401 (the room that takes "test.made")

ADMIN = "staff:0190@here"


def kept(office, number="A-K1-007"):
    """An entry that contradicts another one; its device, as it was handed in."""
    device, entry = enrol(office), one()
    hand(office, device, entry)
    other = {**entry, "body": {"n": 2, "number": number}}
    hand(office, device, other)
    return device, other


def settle(office, note="Nomor dicocokkan", **other):
    row = office.rows(AsideEntry)[-1]
    place = {"office_id": "kaltim", "entry_id": row.id, "content_hash": row.content_hash, **other}
    office.do(lambda session: settling.settle(session, **place, note=note, at=office.now, actor=ADMIN))


def lists(office):
    with office.node.reading() as session:
        return [len(settling.list_aside(session, "kaltim", settled=settled)) for settled in (False, True)]


def test_a_note_settles_an_entry_once_and_nothing_is_deleted(office):
    kept(office)
    before = office.rows(AsideEntry)[0]
    assert lists(office) == [1, 0]
    settle(office, "  Nomor dicocokkan  ")
    row = office.rows(AsideEntry)[0]
    assert (row.note, row.settled_by, row.entry) == ("Nomor dicocokkan", ADMIN, before.entry)
    assert row.settled_at
    assert lists(office) == [0, 1]
    with pytest.raises(AsideGone):
        settle(office, "once more")
    assert office.rows(AsideEntry)[0].note == "Nomor dicocokkan"
    assert office.kinds().count("entry.settled") == 1


@pytest.mark.parametrize("note", ["", "  ", "x" * 501, "a\0b"])
def test_saying_nothing_settles_nothing(office, note):
    kept(office)
    with pytest.raises(NoteMissing):
        settle(office, note)
    assert lists(office) == [1, 0]
    assert "entry.settled" not in office.kinds()


def test_what_was_never_kept_aside_is_not_settled(office):
    kept(office)
    with pytest.raises(AsideGone):
        settle(office, content_hash="0")
    with pytest.raises(AsideGone):
        settle(office, office_id="rohil")


def test_a_device_that_hands_it_in_again_opens_nothing(office):
    device, entry = kept(office)
    settle(office)
    hand(office, device, entry)
    assert lists(office) == [0, 1]
    assert office.kinds().count("entry.set_aside") == 1


def event_of(office, entry_id):
    """The event of the settling, as it comes back."""
    for row in office.rows(OutboxEvent):
        if row.kind == "entry.settled" and json.loads(row.body)["id"] == entry_id:
            facts = {"event_id": row.event_id, "office_id": "kaltim", "kind": row.kind, "at": row.at, "actor": row.actor}
            return {**facts, "body": json.loads(row.body)}
    raise LookupError(entry_id)


def test_a_restored_node_knows_the_settling_and_gets_the_entry_back_from_its_device(office):
    device, entry = kept(office)
    settle(office)
    whole, event = office.rows(AsideEntry)[0], event_of(office, entry["id"])
    office.do(lambda session: session.delete(session.get(AsideEntry, ("kaltim", whole.id, whole.content_hash))))
    for _ in range(2):
        office.do(kinds.find("entry.settled"), event)
    bare = office.rows(AsideEntry)
    assert [(row.settled_at, row.settled_by, row.note, row.at, row.entry) for row in bare] == [
        (whole.settled_at, ADMIN, whole.note, whole.at, "")
    ]
    hand(office, device, entry)
    again = office.rows(AsideEntry)
    assert [(row.note, row.entry) for row in again] == [(whole.note, whole.entry)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["hand", "settle", "apply", "lose"]), max_size=12))
def test_in_whatever_order_it_stays_settled_and_its_content_comes_back(office, steps):
    """Handed in again, settled, taken back from the events, lost with a restored copy: in any order."""
    device, entry = kept(office)
    row = office.rows(AsideEntry)[-1]
    place, event = ("kaltim", row.id, row.content_hash), None
    mine = {"entry_id": row.id, "content_hash": row.content_hash}
    for step in steps:
        if step == "hand":
            hand(office, device, entry)
        elif step == "lose":
            office.do(lambda session: [session.delete(one) for one in [session.get(AsideEntry, place)] if one])
        elif step == "settle":
            try:
                settle(office, **mine)
            except AsideGone:
                continue
            event = event or event_of(office, row.id)
        elif event:
            office.do(kinds.find("entry.settled"), event)
    hand(office, device, entry)
    if event:
        office.do(kinds.find("entry.settled"), event)
    with office.node.reading() as session:
        found = session.get(AsideEntry, place)
        assert bool(found.settled_at) is bool(event or found.note)
        assert found.entry == row.entry


def test_the_admin_reads_names_and_the_office_s_own_clock():
    entry = AsideEntry(
        office_id="kaltim", id="1", content_hash="h", device_id="d", kind="ticket.taken", code="ENTRY-0409", about="A-K1-007",
        entry="{}", at="2026-03-12T01:42:00+00:00", settled_at="2026-03-12T02:00:00+00:00", settled_by=ADMIN, note="Sudah",
    )  # fmt: skip
    line = aside(entry, lanes={"d": "K1"}, people={"0190": "Andi"}, zone="Asia/Makassar")
    assert (line.at, line.lane, line.settled, line.by, line.note) == ("12-03-2026 09.42", "K1", "12-03-2026 10.00", "Andi", "Sudah")
