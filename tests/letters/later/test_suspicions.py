"""Reports of suspected forgeries: each once, a few from one address, and no word of a reporter in the trail."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session, SQLModel, create_engine

import kiosk.happenings  # noqa: F401 (every kind of event)
from kiosk.api import own_answers
from kiosk.core.answers import add_handlers
from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.letters.later import api, suspicions
from kiosk.letters.later.errors import OutcomeMissing, SuspicionHandled, SuspicionUnknown
from kiosk.letters.later.model import Suspicion
from kiosk.sync.kinds import find
from kiosk.sync.outbox import OutboxEvent
from tests.devices.house import ELSEWHERE, House, house

BODY = {"verdict": "altered", "scope": "code", "number": "503/12/DPMPTSP", "note": "Diberi Budi di jalan.", "text": "HTTPS://X.GO.ID/V#1"}
SECRETS = ("Budi", "503/12", "X.GO.ID")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    app = FastAPI()
    app.include_router(api.router, prefix="/api/v1", dependencies=[Depends(own_answers)])
    add_handlers(app)
    api.reports._full_at.clear()
    api.together._full_at.clear()
    with house(tmp_path / "data", app=app) as running:
        yield running


def post(office: House, *, peer: str = ELSEWHERE, headers: Any = None, **more: Any) -> Any:
    return office.call("POST", "/letters/suspicions", json={"id": new_id(), **BODY, **more}, peer=peer, headers=headers)


def handle(office: House, row: Suspicion, outcome: str) -> None:
    words = {"suspicion_id": row.id, "outcome": outcome, "at": office.now, "actor": "staff:a@here"}
    office.do(suspicions.handle, office_id="kaltim", **words)


def test_a_click_sent_twice_counts_once_and_gives_the_same_reference(office: House):
    one = new_id()
    answers = [post(office, id=one), post(office, id=one.upper())]
    assert [answer.status_code for answer in answers] == [201, 201]
    [row] = office.rows(Suspicion)
    assert {answer.json()["reference"] for answer in answers} == {row.reference}
    assert (row.number, row.note, row.text, row.handled_at) == (BODY["number"], BODY["note"], BODY["text"], None)
    assert office.kinds() == ["letter.suspected"]


def test_nothing_that_a_person_wrote_stands_in_the_trail(office: House):
    post(office)
    [row] = office.rows(Suspicion)
    handle(office, row, "Ditelepon: Budi memakai surat lain.")
    bodies = [event.body for event in office.rows(OutboxEvent)]
    assert len(bodies) == 2
    assert [word for word in (*SECRETS, "telepon") if word in "".join(bodies)] == []
    assert json.loads(bodies[0])["said"] == ["text", "number", "note"]


def test_an_address_sends_three_and_then_one_a_minute_whatever_it_sends(office: House):
    assert [post(office).status_code for _ in range(3)] == [201] * 3
    refused = post(office)
    assert (refused.status_code, refused.json()["code"]) == (429, "LETTER-1429")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert post(office, peer="192.168.1.8").status_code == 201
    assert len(office.rows(Suspicion)) == 4


def test_many_addresses_together_do_not_fill_the_disk(office: House):
    answers = [post(office, peer=f"10.0.{n // 250}.{n % 250}").status_code for n in range(110)]
    assert answers == [201] * 100 + [429] * 10
    assert len(office.rows(Suspicion)) == 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "genuine"}, {"scope": "paper"}, {"name": "Siti"}, {"id": "1" * 65}, {"note": "a" * 301}, {"number": "1" * 65},
        {"text": "9" * 4297}, {"note": 7}, {"verdict": None}, {"note": "a\0b"},
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(office: House, wrong: dict[str, Any]):
    answer = post(office, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "HTTP-0422")
    assert office.rows(Suspicion) == []


def test_an_id_is_a_uuid(office: House):
    answer = post(office, id="1")
    assert (answer.status_code, answer.json()["code"]) == (422, "ID-0422")
    assert office.rows(Suspicion) == []


def test_a_foreign_page_reports_nothing_and_a_phone_on_plain_http_does(office: House):
    assert post(office, headers={"origin": "http://evil.example"}).status_code == 403
    assert post(office, headers={"origin": "http://localhost:8000"}).status_code == 201


def test_reports_come_newest_first_in_pages_without_a_gap(office: House):
    for minute in range(5):
        words = {"suspicion_id": new_id(), "reported": suspicions.Reported("altered", "code"), "actor": "node"}
        office.do(suspicions.take, office_id="kaltim", at=office.now + timedelta(minutes=minute // 2), **words)
    seen, before, more = [], None, True
    while more:
        with office.node.reading() as session:
            rows, more = suspicions.page(session, "kaltim", before=before, size=2)
        seen += [(row.at, row.id) for row in rows]
        before = seen[-1]
    assert len(seen) == 5
    assert seen == sorted(seen, reverse=True)


def test_a_report_is_handled_once_with_words(office: House):
    post(office)
    [row] = office.rows(Suspicion)
    with pytest.raises(OutcomeMissing):
        handle(office, row, "  ")
    handle(office, row, "Register tidak punya nomor ini.")
    with pytest.raises(SuspicionHandled):
        handle(office, row, "Lain.")
    [after] = office.rows(Suspicion)
    assert (after.outcome, after.handled_by) == ("Register tidak punya nomor ini.", "staff:a@here")
    with pytest.raises(SuspicionUnknown):
        office.do(suspicions.handle, office_id="kaltim", suspicion_id=new_id(), outcome="x", at=office.now, actor="cli")


def test_a_year_later_it_is_gone_and_not_a_day_sooner(office: House):
    post(office)
    gone = [office.do(suspicions.sweep, "kaltim", now=office.now + timedelta(days=days)) for days in (364, 366)]
    assert gone == [0, 1]
    assert office.rows(Suspicion) == []


def test_a_restored_node_has_the_report_again_without_words_and_keeps_the_ones_that_it_has(office: House):
    post(office)
    [row] = office.rows(Suspicion)
    handle(office, row, "Selesai.")
    events = [
        {"office_id": e.office_id, "kind": e.kind, "at": e.at, "actor": e.actor, "body": json.loads(e.body), "event_id": e.event_id}
        for e in sorted(office.rows(OutboxEvent), key=lambda e: e.seq)
    ]
    elsewhere = create_engine("sqlite://")
    SQLModel.metadata.create_all(elsewhere)
    with Session(elsewhere) as session:
        for event in [*events, *events]:
            apply = find(event["kind"])
            assert apply is not None
            apply(session, event)
        kept = session.get(Suspicion, ("kaltim", row.id))
        assert kept is not None
        assert (kept.reference, kept.note, kept.handled_by, kept.at) == (row.reference, "", "staff:a@here", stored(office.now))
    for event in events:
        office.do(find(event["kind"]), event)
    assert office.rows(Suspicion)[0].outcome == "Selesai."


@given(st.dictionaries(st.sampled_from(["id", "text", "number", "note", "verdict", "scope"]), st.text(max_size=400)))
def test_whatever_is_sent_is_a_report_within_the_limits_or_refused(told: dict[str, str]):
    try:
        report = api.Report.model_validate(told)
    except ValidationError:
        return
    assert len(report.note) <= 300
    assert len(report.number) <= 64
    (report.note + report.text + report.number).encode()
