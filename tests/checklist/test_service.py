"""Lists and sign-offs over real rows."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

import kiosk.checklist.events  # noqa: F401 (what becomes of its events)
from kiosk.catalogue import service as catalogue
from kiosk.checklist import entries, service
from kiosk.checklist.errors import ListChanged, MadeWrong, NothingToSign, ServiceElsewhere, SignedMeanwhile
from kiosk.checklist.guide import Guide
from kiosk.checklist.model import Checklist, ChecklistGuide
from kiosk.checklist.rules import Code, decode, encode
from kiosk.core.ids import new_id
from kiosk.devices.entries import Entry
from kiosk.devices.service import DeviceIdentity
from kiosk.sync import kinds
from kiosk.sync.outbox import OutboxEvent
from tests.catalogue.conftest import standards_of

from .conftest import MORNING, OFFICES, SERVICE, guide_of

OFFICE = "kaltim"


def events(session: Session, kind: str) -> list[dict[str, Any]]:
    session.commit()
    rows = session.exec(select(OutboxEvent).where(OutboxEvent.kind == kind))
    facts = ("event_id", "at", "actor", "office_id", "kind")
    return [{"body": json.loads(row.body), **{name: getattr(row, name) for name in facts}} for row in rows]


def digest(session: Session) -> str:
    return str(service.list_of(session, office_id=OFFICE, service=SERVICE)["digest"])


def sign(
    session: Session, checklist_id: str, checked: str = "ffffffx", *, version: int = 0, account: str = "one", **more: Any
) -> dict[str, Any]:
    facts = {"answers": "hmhuhhx", "service": SERVICE, "digest": digest(session), "now": MORNING, "actor": f"staff:{account}@here", **more}
    return service.sign(session, office_id=OFFICE, checklist_id=checklist_id, checked=checked, version=version, account_id=account, **facts)


@pytest.mark.parametrize("office", OFFICES)
def test_every_requirement_of_every_document_is_asked_letter_for_letter(session: Session, office: str):
    found = {one["id"]: one for one in service.lists(session, office_id=office)["services"]}
    for standard in standards_of(office):
        asked = standard.requirements.items if standard.requirements else []
        assert [(item["order"], item["text"]) for item in found[standard.id]["items"]] == [(item.order, item.text) for item in asked]
        assert found[standard.id]["digest"] == standard.digest


def test_who_sets_a_list_that_the_document_does_not_have_is_told(session: Session):
    found = service.list_of(session, office_id=OFFICE, service="kaltim-undian-gratis-berhadiah")
    assert found["items"] == []
    assert found["ministry"] == "Kementerian Sosial"
    assert "NSPK" in found["set_by"]


def test_only_what_the_document_makes_conditional_depends_on_a_question(session: Session):
    items = service.list_of(session, office_id=OFFICE, service=SERVICE)["items"]
    assert [item["order"] for item in items if item["when"]] == [7]
    assert items[6]["when"] == {"question": "oneself", "answer": "no"}


def test_the_same_guide_again_records_nothing_and_a_new_one_once(session: Session):
    before = len(events(session, "checklist.guide_loaded"))
    assert not service.load(session, office_id=OFFICE, guide=guide_of(OFFICE), at=MORNING)
    assert len(events(session, "checklist.guide_loaded")) == before
    assert service.load(session, office_id=OFFICE, guide=Guide(), at=MORNING)
    assert len(events(session, "checklist.guide_loaded")) == before + 1
    assert all(item["when"] is None for item in service.list_of(session, office_id=OFFICE, service=SERVICE)["items"])


def test_a_code_is_opened_as_the_applicant_answered(session: Session):
    code = decode(encode(Code(SERVICE, digest(session), new_id(), "hmhuhhx")))
    opened = service.open_code(session, office_id=OFFICE, code=code)
    assert (opened.answers, opened.changed, opened.signed) == ("hmhuhhx", False, None)


def test_a_list_that_changed_since_is_opened_without_the_old_answers(session: Session):
    for old in (Code(SERVICE, "0" * 12, new_id(), "hmhuhhx"), Code(SERVICE, digest(session)[:12], new_id(), "xmhuhhx")):
        opened = service.open_code(session, office_id=OFFICE, code=old)
        assert (opened.answers, opened.changed) == ("", True)


def test_a_checklist_of_another_office_is_refused(session: Session):
    with pytest.raises(ServiceElsewhere):
        service.open_code(session, office_id="rohil", code=Code(SERVICE, digest(session)[:12], new_id(), "hmhuhhx"))


def test_a_sign_off_is_a_record_with_its_event_and_names_what_is_missing(session: Session):
    checklist = new_id()
    assert service.signed(session, OFFICE, checklist) is None
    record = sign(session, checklist, "fmfffmx")
    assert (record["complete"], record["version"], record["name"]) == (False, 1, "Ani")
    assert record["missing"] == ["Rekomendasi dari desa/ kelurahan/ Satpol/ Kepolisian setempat", "Proposal Kegiatan"]
    [event] = events(session, "checklist.signed")
    assert event["body"] == {key: value for key, value in record.items() if key not in {"complete", "name"}}
    assert event["actor"] == "staff:one@here"
    assert service.signed(session, OFFICE, checklist) == record
    assert service.signed(session, "rohil", checklist) is None


def test_the_same_signature_twice_is_one(session: Session):
    checklist = new_id()
    first = sign(session, checklist)
    assert first["complete"]
    for version in (0, 1):
        assert sign(session, checklist, version=version, account="two") == first
    assert len(events(session, "checklist.signed")) == 1


def test_of_two_officers_one_wins_and_the_other_is_told_who(session: Session):
    checklist = new_id()
    won = sign(session, checklist, "ffffffx")
    with pytest.raises(SignedMeanwhile, match="Ani"):
        sign(session, checklist, "fmffffx", account="two")
    assert service.signed(session, OFFICE, checklist) == won
    again = sign(session, checklist, "fmffffx", account="two", version=1)
    assert (again["version"], again["name"], again["complete"]) == (2, "Budi", False)
    assert [one["body"]["version"] for one in events(session, "checklist.signed")] == [1, 2]


@pytest.mark.parametrize("checked", ["", "ffffff", "fffffffx", "fffff-x", "xffffff", "ffffffz"])
def test_a_list_that_is_not_marked_whole_is_not_signed(session: Session, checked: str):
    with pytest.raises(NothingToSign):
        sign(session, new_id(), checked)
    assert events(session, "checklist.signed") == []


def test_a_list_that_changed_while_it_was_open_is_not_signed(session: Session):
    with pytest.raises(ListChanged):
        sign(session, new_id(), digest="0" * 64)


def test_the_event_makes_the_row_again_once_and_in_whatever_order(session: Session):
    checklist = new_id()
    sign(session, checklist, "fmffffx")
    newest = sign(session, checklist, "ffffffx", version=1)
    made = events(session, "checklist.signed")
    row = session.get(Checklist, (OFFICE, checklist))
    session.delete(row)
    session.commit()
    apply = kinds.find("checklist.signed")
    for event in (made[1], made[1], made[0]):
        apply(session, event)
        session.flush()
    assert service.signed(session, OFFICE, checklist) == newest
    guide = events(session, "checklist.guide_loaded")[0]
    session.delete(session.get(ChecklistGuide, OFFICE))
    session.flush()
    kinds.find("checklist.guide_loaded")(session, guide)
    assert session.get(ChecklistGuide, OFFICE).guide == guide["body"]["guide"]
    assert kinds.find("checklist.made") is not None


def made_body(session: Session, **change: Any) -> dict[str, Any]:
    return {"service": SERVICE, "digest": digest(session), "answers": "hmhuhhx", "day": "2026-03-12", "half": "am"} | change


def make(session: Session, entry_id: str, body: dict[str, Any]) -> None:
    kiosk = DeviceIdentity("d1", "Kios lobi", "kiosk", "K1")
    entries.take_in(session, kiosk, Entry(OFFICE, entry_id, entries.KIND, body, MORNING), MORNING)


def test_a_checklist_that_a_touchscreen_made_is_recorded_without_a_person(session: Session):
    checklist = new_id()
    make(session, checklist, made_body(session))
    [event] = events(session, "checklist.made")
    assert event["body"] == {"id": checklist, **made_body(session)}
    assert event["actor"] == "device:d1"


@pytest.mark.parametrize(
    "change",
    [{"name": "Budi"}, {"answers": ""}, {"answers": "xmhuhhh"}, {"answers": "h" * 8}, {"digest": "0"}, {"half": "noon"}, {"day": "today"}],
)
def test_anything_else_is_no_finished_checklist(session: Session, change: dict[str, Any]):
    with pytest.raises(MadeWrong):
        make(session, new_id(), made_body(session, **change))
    with pytest.raises(MadeWrong):
        make(session, "1", made_body(session))
    assert events(session, "checklist.made") == []


def test_an_older_list_counts_and_an_unknown_service_does_not(session: Session):
    make(session, new_id(), made_body(session, digest="0" * 64, answers="h"))
    assert len(events(session, "checklist.made")) == 1
    with pytest.raises(ServiceElsewhere):
        make(session, new_id(), made_body(session, service="x"))


def test_a_removed_service_keeps_its_signatures(session: Session):
    checklist = new_id()
    record = sign(session, checklist)
    catalogue.load(session, office_id=OFFICE, standards=[], at=MORNING)
    assert service.signed(session, OFFICE, checklist) == record
