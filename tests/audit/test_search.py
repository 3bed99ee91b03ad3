"""What the auditor finds: by name, number, device, act and day; nothing of another office, and nothing left out between two pages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from kiosk.audit.lines import line
from kiosk.audit.search import AT_ONCE, Days, count, find, names
from kiosk.core.actors import device_actor, staff_actor
from kiosk.core.db import open_engine
from kiosk.staff.pins import new_pin
from kiosk.staff.service import add_account
from kiosk.sync.outbox import record
from tests.audit.chain import BEGIN, OFFICE, OTHER, fill

ZONE = "Asia/Makassar"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    engine = open_engine(Path(tmp_path_factory.mktemp("search")) / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        fill(opened, tickets=60)
        words = {"office_id": OFFICE, "secret": new_pin("270841"), "actor": "cli", "at": BEGIN}
        for name, role in (("Sari Dewi", "information"), ("100% Budi_A", "admin")):
            account = add_account(opened, name=name, roles=[role], **words).account_id
            body = {"account_id": account, "place": "here"}
            record(opened, office_id=OFFICE, kind="staff.signed_in", body=body, actor=staff_actor(account, "here"), at=BEGIN)
        opened.commit()
        yield opened
    engine.dispose()


def kinds(session: Session, words: str, **more) -> list[str]:
    return [row["kind"] for row in find(session, OFFICE, words=words, zone=ZONE, **more).rows]


def test_people_are_found_by_name_and_signs_of_the_search_are_letters(session: Session):
    for words in ("sari", "SARI dewi", "100% budi_a"):
        assert kinds(session, words) == ["staff.signed_in", "staff.account_added"], words
    assert kinds(session, "1%0") == kinds(session, "bud__a") == kinds(session, "'; DROP TABLE outbox_event") == []


def test_acts_are_found_in_both_languages_numbers_and_devices_by_what_stands_on_the_screen(session: Session):
    assert kinds(session, "A-007") == ["ticket.taken"]
    assert set(kinds(session, "nomor diambil")) == set(kinds(session, "number taken")) == {"ticket.taken"}
    assert set(kinds(session, "kios")) == {"ticket.taken"}
    assert kinds(session, "kios didaftarkan") == ["device.enrolled"]
    assert kinds(session, "a-007 kios diambil") == ["ticket.taken"]


def test_every_act_is_shown_once_from_page_to_page_newest_first(session: Session):
    seen, before = [], None
    while True:
        found = find(session, OFFICE, before=before)
        seen += [(row["epoch"], row["seq"]) for row in found.rows]
        assert len(found.rows) <= AT_ONCE
        if not found.more:
            break
        before = seen[-1]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == count(session, OFFICE) > 2 * AT_ONCE


def test_no_act_of_another_office_is_found(session: Session):
    ids = {row["event_id"] for row in find(session, OTHER).rows}
    assert ids
    assert not any(find(session, OFFICE, words=one).rows for one in ids)


def test_a_day_is_the_office_s_own(session: Session):
    """01.00 UTC of the 11th is 09.00 in Samarinda; 16.00 UTC is midnight there."""
    late = datetime(2026, 3, 11, 16, 0, tzinfo=UTC)
    record(session, office_id=OFFICE, kind="late", body={}, actor="cli", at=late)
    assert kinds(session, "late", days=Days(date(2026, 3, 12), date(2026, 3, 12))) == []  # written at the commit
    session.commit()
    assert kinds(session, "late", days=Days(date(2026, 3, 12), date(2026, 3, 12))) == ["late"]
    assert kinds(session, "late", days=Days(None, date(2026, 3, 11))) == []
    assert kinds(session, "late", days=Days(date.min, date.max)) == ["late"]


def test_an_act_is_told_in_names_and_on_the_office_s_clock(session: Session):
    known = names(session, OFFICE)
    told = line(find(session, OFFICE, words="sari masuk").rows[0], known, ZONE)
    assert (told.who, told.where, told.where_en, told.what, told.what_en) == (
        "Sari Dewi", "Komputer kantor", "Office computer", "Masuk", "Signed in",
    )  # fmt: skip
    assert (told.at, told.subject) == ("11-03-2026 09.00.00", "Sari Dewi")
    taken = line(find(session, OFFICE, words="A-001").rows[0], known, ZONE)
    assert (taken.who, taken.where, taken.subject) == ("Tanpa petugas", "Kios 1", "A-001")


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "7", '{"number": null}', "[" * 100_000])
def test_a_damaged_row_is_shown_and_stops_nothing(session: Session, body: str):
    row = {"epoch": 1, "seq": 1, "kind": "of.old", "actor": device_actor("0" * 36), "at": "2026-03-11T01:00:00+00:00", "body": body}
    told = line(row, names(session, OFFICE), ZONE)
    assert (told.what, told.subject, told.where_en) == ("of.old", "", "00000000 (no longer known)")
