"""A letter from its words to the log: the order, what is refused, and what nobody but the office learns."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, delete

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core.config import BadSetting, Settings, read_settings
from kiosk.letters.document import drawing, reading
from kiosk.letters.document.errors import LetterUnprintable
from kiosk.letters.qr import cbor
from kiosk.letters.register import entering, files, issuing, rules, service, whole
from kiosk.letters.register.errors import (
    DateAhead,
    EndsBefore,
    NothingToFinish,
    NotIssued,
    NotReserved,
    NumberTaken,
    OverAlready,
    ReasonWrong,
    RevokedAlready,
    ServiceMissing,
    SuccessorWrong,
)
from kiosk.letters.register.model import IssuanceEntry, RegisterEntry
from kiosk.letters.trust import revocations
from kiosk.letters.trust.judging import judge
from kiosk.letters.trust.service import knowledge_of
from tests.letters.register.registry import ADDRESS, HOLDER, MORNING, SERVICE, Registry, letter


class Cut(Exception):
    """The power went."""


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the codes, in the order in which letters were drawn."""
    texts: list[str] = []
    real = drawing.draw

    def draw(record: dict, qr_text: str | None) -> bytes:
        texts.append(qr_text or "")
        return real(record, qr_text)

    monkeypatch.setattr(drawing, "draw", draw)
    return texts


def test_the_code_opens_the_name_that_the_office_keeps_for_letters(office: Registry, drawn: list[str]):
    """An address of the hall is no address for a paper that lives for years."""
    office.settings = office.settings.model_copy(update={"letter_host": "cek.kaltim.go.id"})
    made = office.issue()
    record = cbor.decode(reading.record_in(made.path.read_bytes()))
    assert drawn[-1].startswith("HTTPS://CEK.KALTIM.GO.ID/V#")
    assert record["foot"]["check_address"] == "cek.kaltim.go.id/v"


def judged(office: Registry, text: str, at: datetime = MORNING):
    return judge(text, office.see(knowledge_of, "kaltim"), int(at.timestamp()))


def code_of(path) -> str:
    record = cbor.decode(reading.record_in(path.read_bytes()) or b"")
    return str(record["foot"]["check_code"])


def test_an_issued_letter_is_numbered_kept_logged_and_found_genuine(office: Registry, drawn: list[str]):
    made = office.issue(valid_until="2027-11-21")
    assert (made.number, made.serial) == ("503/0001/DPMPTSP/XI/2026", 1)
    found = judged(office, drawn[-1])
    assert (found.scope, found.verdict) == ("code", "code_genuine")
    assert found.as_json()["fields"]["expires"] == "2027-11-21T16:00:00Z"  # midnight in Samarinda, after the last day
    (line,) = office.log()
    assert (line.serial, line.number, line.key) == (1, made.number, office.key().signer.kid.hex())
    assert made.path == office.settings.data_dir / "letters/2026/000001.pdf"
    assert office.see(whole.check, "kaltim", office.settings.data_dir) == []


def test_what_the_centre_hears_names_nobody(office: Registry):
    office.issue()
    told = "".join(office.events("letter.numbered") + office.events("letter.issued"))
    assert "503/0001" in told
    assert not any(word in told for word in (HOLDER, ADDRESS, "Jalan", "rekomendasi."))
    assert office.rows()[0].draft is None  # the words are in the file now


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"date": "2026-11-23"}, DateAhead),
        ({"date": "2026-11-20", "valid_until": "2026-11-21"}, OverAlready),
        ({"service": "kaltim-tidak-ada"}, ServiceMissing),
        ({"subject": "Hal \u4e2d"}, LetterUnprintable),
    ],
)
def test_what_cannot_be_issued_costs_no_number(office: Registry, changes: dict, refused: type[Exception]):
    with pytest.raises(refused):
        office.issue(**changes)
    assert office.rows() == []


def test_a_letter_does_not_end_before_it_begins():
    with pytest.raises(EndsBefore):
        rules.check_days(date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 22))


def test_the_day_is_the_office_s_own(office: Registry):
    office.now = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight of the 23rd in Samarinda
    office.issue()
    assert office.rows()[0].day == "2026-11-23"


def test_a_number_that_was_given_by_hand_must_be_free_and_leaves_an_explained_gap(office: Registry):
    office.issue(number="503/0002/DPMPTSP/XI/2026")
    with pytest.raises(NumberTaken):
        office.issue(number="503/0002/DPMPTSP/XI/2026")
    assert office.issue().number == "503/0003/DPMPTSP/XI/2026"
    assert [(row.serial, row.state, row.number) for row in office.rows()][1] == (2, "void", None)
    assert office.see(whole.check, "kaltim", office.settings.data_dir) == []


def test_nothing_is_sealed_before_number_and_date_are_fixed(office: Registry, monkeypatch: pytest.MonkeyPatch):
    def draw(record: dict, _text: str | None) -> bytes:
        assert (record["number"], record["date"]) == ("503/0001/DPMPTSP/XI/2026", "2026-11-22")
        assert [row.state for row in office.rows()] == ["reserved"]
        raise Cut

    monkeypatch.setattr(drawing, "draw", draw)
    with pytest.raises(Cut):
        office.issue()


@pytest.mark.parametrize("where", ["drawing.draw", "sealing.seal", "files.keep", "entering.enter"])
def test_a_letter_that_was_cut_off_is_finished_with_its_number_and_date(office: Registry, monkeypatch: pytest.MonkeyPatch, where: str):
    def cut(*_: object, **__: object) -> None:
        raise Cut

    room, name = where.split(".")
    with monkeypatch.context() as patched:
        patched.setattr(getattr(issuing, room), name, cut)
        with pytest.raises(Cut):
            office.issue()
    assert [what for _, what in office.see(whole.check, "kaltim", office.settings.data_dir)] == ["503/0001/DPMPTSP/XI/2026 not finished"]
    office.now = MORNING + timedelta(days=3)
    (waiting,) = issuing.unfinished(office.desk)
    made = issuing.finish(office.desk, waiting, office.key())
    assert made is not None
    assert (made.number, office.rows()[0].day) == ("503/0001/DPMPTSP/XI/2026", "2026-11-22")
    assert issuing.finish(office.desk, waiting, office.key()) is None  # once
    assert office.see(whole.check, "kaltim", office.settings.data_dir) == []


def test_a_letter_that_is_finished_names_its_service_as_on_the_day_of_its_number(office: Registry, monkeypatch: pytest.MonkeyPatch):
    """Also when the service has left the catalogue since: nobody could number a letter of it now."""
    with monkeypatch.context() as patched:
        patched.setattr(issuing.drawing, "draw", lambda *_: (_ for _ in ()).throw(Cut))
        with pytest.raises(Cut):
            office.issue()
    office.do(lambda session: session.delete(session.get_one(ServiceStandardRow, ("kaltim", SERVICE))))
    with pytest.raises(ServiceMissing):
        office.issue()
    made = issuing.finish(office.desk, issuing.unfinished(office.desk)[0], office.key())
    assert made is not None
    shown = cbor.decode(reading.record_in(made.path.read_bytes()) or b"")
    assert ["Layanan", "Layanan Penerbitan Rekomendasi Kepada Pihak Penyelenggara Pameran (EO) di Kaltim"] in shown["facts"]


def test_a_number_that_is_given_up_stays_a_gap_with_its_reason(office: Registry, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(issuing.drawing, "draw", lambda *_: (_ for _ in ()).throw(Cut))
    with pytest.raises(Cut):
        office.issue()
    monkeypatch.undo()
    given = {"office_id": "kaltim", "letter_id": office.rows()[0].id, "reason": "salah ketik", "actor": "cli", "now": MORNING}
    office.do(entering.give_up, **given)
    with pytest.raises(NotReserved):
        office.do(entering.give_up, **given)
    assert office.issue().number == "503/0002/DPMPTSP/XI/2026"
    gap = office.rows()[0]
    assert (gap.state, gap.note, gap.name, gap.draft) == ("void", "salah ketik", "", None)


def test_words_that_are_gone_cannot_be_sealed(office: Registry, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(issuing.drawing, "draw", lambda *_: (_ for _ in ()).throw(Cut))
    with pytest.raises(Cut):
        office.issue()
    monkeypatch.undo()
    letter_id = office.rows()[0].id

    def forget(session) -> None:
        entering.row_of(session, "kaltim", letter_id).draft = None

    office.do(forget)
    with pytest.raises(NothingToFinish):
        issuing.finish(office.desk, letter_id, office.key())


def test_the_same_id_is_the_same_letter(office: Registry):
    first = issuing.issue_letter(office.desk, letter(), office.key(), letter_id="0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b")
    again = issuing.issue_letter(office.desk, letter(subject="Lain"), office.key(), letter_id=first.id)
    assert (again, len(office.rows())) == (first, 1)


# ---- looked up ----


def test_number_and_check_code_together_find_a_letter_and_mask_its_holder(office: Registry):
    made = office.issue()
    code = code_of(made.path)
    found = office.see(service.by_number, office_id="kaltim", number=f" {made.number} ", check_code=code.lower().replace("0", "O"))
    assert (found.number, found.name, found.revoked_at) == (made.number, "S*** R*****", None)
    for number, typed in ((made.number, "0000 0000 0000"), ("503/9/X", code), (made.number, ""), (made.number, "x" * 1000)):
        assert office.see(service.by_number, office_id="kaltim", number=number, check_code=typed) is None
    assert office.see(service.by_number, office_id="rohil", number=made.number, check_code=code) is None


# ---- taken back ----


def revoke(office: Registry, number: str, reason: int = revocations.ERROR, successor: str = "") -> None:
    signer = office.key("node").signer
    words = {"number": number, "reason": reason, "successor": successor, "actor": "cli", "now": office.now, "signer": signer}
    office.do(lambda s: service.revoke(s, office_id="kaltim", **words).id)


def test_a_revoked_letter_is_told_to_verifiers_with_reason_and_moment(office: Registry, drawn: list[str]):
    made = office.issue()
    text = drawn[-1]
    office.now = MORNING + timedelta(hours=2)
    revoke(office, made.number, revocations.WITHDRAWN)
    found = judged(office, text, office.now).as_json()
    assert (found["verdict"], found["revoked"]) == ("revoked", {"at": "2026-11-22T03:42:00Z", "reason": revocations.WITHDRAWN})
    looked_up = office.see(service.by_number, office_id="kaltim", number=made.number, check_code=code_of(made.path))
    assert (looked_up.revoked_at, looked_up.reason) == (int(office.now.timestamp()), revocations.WITHDRAWN)
    with pytest.raises(RevokedAlready):
        revoke(office, made.number)


def test_a_letter_that_replaces_another_must_hold(office: Registry):
    old, new = office.issue(), office.issue()
    for wrong in ("", old.number, "503/9/X"):
        with pytest.raises(SuccessorWrong):
            revoke(office, old.number, revocations.REPLACED, wrong)
    revoke(office, old.number, revocations.REPLACED, new.number)
    assert office.rows()[0].replaced_by == new.number
    with pytest.raises(ReasonWrong):
        revoke(office, new.number, 9)


def test_what_was_never_sealed_is_not_revoked(office: Registry, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(issuing.drawing, "draw", lambda *_: (_ for _ in ()).throw(Cut))
    with pytest.raises(Cut):
        office.issue()
    with pytest.raises(NotIssued):
        revoke(office, office.rows()[0].number or "")


def test_a_file_that_was_changed_or_is_gone_is_found(office: Registry):
    one, other = office.issue(), office.issue()
    files.keep(one.path, one.path.read_bytes() + b"% a certified signature may follow")
    assert office.see(whole.check, "kaltim", office.settings.data_dir) == []
    one.path.write_bytes(one.path.read_bytes().replace(b"/Type", b"/Tepy", 1))
    other.path.unlink()
    found = office.see(whole.check, "kaltim", office.settings.data_dir)
    assert found == [(1, f"{one.number} file changed"), (2, f"{other.number} file missing")]


# ---- configured ----


@pytest.mark.parametrize("scheme", ["503/2026", "{serial}/{name}", "{serial}" + "x" * 64, "{serial}\t", "{serial.__class__}", "{"])
def test_a_scheme_that_makes_no_numbers_is_refused(monkeypatch: pytest.MonkeyPatch, scheme: str):
    monkeypatch.setenv("KIOSK_LETTER_NUMBER", scheme)
    with pytest.raises(BadSetting, match="KIOSK_LETTER_NUMBER"):
        read_settings()


def test_the_scheme_is_the_office_s(office: Registry):
    office.settings = Settings(
        office="kaltim", data_dir=office.settings.data_dir, demo=True, letter_number="{serial}/PTSP/{month:02}-{year}"
    )
    assert office.issue().number == "1/PTSP/11-2026"


def test_events_make_the_register_again_without_names(office: Registry, tmp_path):
    """A node that was restored, or the centre: numbers go on where they stood."""
    made, wrong = office.issue(), office.issue()
    revoke(office, wrong.number)
    told = [(kind, json.loads(body)) for kind in ("letter.numbered", "letter.issued", "letter.revoked") for body in office.events(kind)]
    from kiosk.letters.register import events

    def forget(session) -> None:
        for row in [*office.rows(), *office.log()]:
            session.delete(session.get(type(row), ("kaltim", getattr(row, "id", None) or row.position)))

    def again(session) -> None:
        for kind, body in [*told, *told]:
            act = events.issued if kind == "letter.issued" else events.changed
            act(session, {"office_id": "kaltim", "kind": kind, "body": body})

    office.do(forget)
    office.do(again)
    assert [(row.number, row.state, row.name) for row in office.rows()] == [(made.number, "issued", ""), (wrong.number, "revoked", "")]
    assert office.see(whole.check, "kaltim", office.settings.data_dir) == []
    assert office.see(service.by_number, office_id="kaltim", number=made.number, check_code=code_of(made.path)).name == ""
    assert office.issue().serial == 3


def test_a_register_restored_from_an_older_copy_gives_no_serial_twice(office: Registry):
    """One letter's file lies there still, of the other only the signed list of revoked letters knows."""
    first, second = office.issue(), office.issue()
    given = {"office_id": "kaltim", "number": second.number, "reason": revocations.ERROR, "successor": "", "actor": "cli", "now": MORNING}
    office.do(service.revoke, **given, signer=office.key("node").signer)
    kept = first.path.read_bytes()
    second.path.unlink()

    def forget(session: Session) -> None:
        for table in (IssuanceEntry, RegisterEntry):
            session.exec(delete(table))

    office.do(forget)
    third = office.issue()
    assert (third.serial, first.path.read_bytes()) == (3, kept)
    assert [(row.serial, row.state) for row in office.rows()] == [(1, "void"), (2, "void"), (3, "issued")]
    assert "older copy" in office.rows()[0].note
