"""What was submitted is what the centre holds, each once, whatever was restored in between; and its order there tells nothing."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlmodel import Session, SQLModel

from kiosk.centre import projector
from kiosk.centre.ingest import EVENTS
from kiosk.core.halves import HalfDay, half_day
from kiosk.core.office import Office
from kiosk.devices.errors import KeptAside
from kiosk.survey import service
from kiosk.survey.answered import read
from kiosk.survey.model import SurveyAnswer
from kiosk.survey.service import ANSWERS
from kiosk.sync import kinds
from kiosk.sync.rejoin import rejoin
from tests.sync.pair import NOW, Pair

from .hall import body, new_id

ZONE = "Asia/Makassar"
TODAY = half_day(NOW, ZONE)
LATER = HalfDay("2026-03-12", "pm")


def furnish(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Office(office_id="kaltim", name="Dinas", short_name="DPMPTSP", region="Kaltim", zone=ZONE))
        session.commit()


@pytest.fixture
def pair(tmp_path: Path):
    made = Pair(tmp_path)
    for engine in (made.here, made.there):
        furnish(engine)
    yield made
    made.here.dispose()
    made.there.dispose()


def answers(pair: Pair, *ids: str, half: HalfDay = TODAY, **more: Any) -> None:
    with Session(pair.here) as session:
        for answer_id in ids:
            given = read(body(**{"service": None, **more}))
            service.take(session, office_id="kaltim", answer_id=answer_id, given=given, half=half, place="Loket 1")
        session.commit()


def tell(pair: Pair, present: HalfDay = LATER) -> int:
    with Session(pair.here) as session:
        count = service.tell(session, office_id="kaltim", present=present)
        session.commit()
    return count


def send(pair: Pair) -> None:
    pair.link.send(pair.link.hello(backlog=0).cursor)
    projector.catch_up(pair.there, "kaltim")


def held(engine: Engine) -> dict[str, dict[str, Any]]:
    with engine.connect() as connection:
        return {row["id"]: dict(row) for row in connection.execute(select(ANSWERS)).mappings()}


def restore(pair: Pair, copy: Path) -> None:
    """The node's disk becomes what it was."""
    pair.here.dispose()
    path = Path(str(pair.here.url.database))
    for rest in ("-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)
    shutil.copy(copy, path)


def back_up(pair: Pair, to: Path) -> Path:
    with pair.here.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{to}'")
        connection.exec_driver_sql("BEGIN")
    return to


def heal(pair: Pair) -> None:
    standing = pair.link.hello(backlog=0)
    agreed, pulled = pair.link.fetch(standing)
    with Session(pair.here) as session:
        rejoin(session, office_id="kaltim", agreed=agreed, pulled=pulled, cursor=standing.cursor, at=NOW)
        session.commit()


def test_the_centre_holds_each_answer_once_in_an_order_that_tells_nothing(pair: Pair):
    ids = [new_id() for _ in range(300)]
    answers(pair, *ids)
    while tell(pair):
        pass
    send(pair)
    assert held(pair.there) == held(pair.here)
    assert set(held(pair.there)) == set(ids)
    with pair.there.connect() as connection:
        lines = [json.loads(line) for line in connection.execute(select(EVENTS.c.line).order_by(EVENTS.c.epoch, EVENTS.c.seq)).scalars()]
    sent = [line["body"]["id"] for line in lines if line["kind"] == "survey.answered"]
    assert sent == sorted(ids)
    assert sent != ids
    assert len({line["at"] for line in lines}) == 1
    assert {line["actor"] for line in lines} == {"node"}


def test_the_same_rows_come_out_on_postgresql(pair: Pair, postgres: str):
    answers(pair, *(new_id() for _ in range(20)))
    tell(pair)
    engine = create_engine(postgres)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session, pair.here.connect() as connection:
        for line in connection.exec_driver_sql("SELECT event_id, body FROM outbox_event").mappings():
            for _ in range(2):
                service.put(session, "kaltim", json.loads(line["body"]), line["event_id"])
        session.commit()
    assert held(engine) == held(pair.here)
    engine.dispose()


@pytest.mark.parametrize("before", ["taking", "telling"])
def test_a_node_that_was_restored_gets_back_what_the_centre_holds_and_counts_nothing_twice(pair: Pair, tmp_path: Path, before: str):
    """The screen hands the answer in again, because the node does not know it any more, or does not know that it told."""
    answer_id, kept = new_id(), new_id()
    answers(pair, kept)
    copy = back_up(pair, tmp_path / "copy.db") if before == "taking" else None
    answers(pair, answer_id)
    copy = copy or back_up(pair, tmp_path / "copy.db")
    tell(pair)
    send(pair)
    first = held(pair.there)
    restore(pair, copy)
    answers(pair, answer_id, half=LATER)  # handed in again, before the node has spoken to the centre
    tell(pair, HalfDay("2026-03-13", "am"))
    heal(pair)
    answers(pair, answer_id, half=LATER)  # and once more
    assert tell(pair, HalfDay("2026-03-13", "am")) == 0
    send(pair)
    assert held(pair.there) == held(pair.here) == first
    assert set(first) == {kept, answer_id}


def test_a_node_that_was_restored_before_it_told_gets_it_from_the_screen(pair: Pair, tmp_path: Path):
    copy, answer_id = back_up(pair, tmp_path / "copy.db"), new_id()
    answers(pair, answer_id)
    restore(pair, copy)
    answers(pair, answer_id)
    tell(pair)
    send(pair)
    assert set(held(pair.there)) == {answer_id}


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0), (1, 1, 0)])
def test_of_two_events_of_one_answer_the_same_one_stays_whatever_comes_first(pair: Pair, order):
    answer_id = new_id()
    answers(pair, answer_id)
    tell(pair)
    [row] = held(pair.here).values()
    body_of = {name: value for name, value in row.items() if name not in service.NOT_TOLD}
    events = [{**body_of, "day": "2026-03-12"}, {**body_of, "day": "2026-03-13", "holder": True}]
    with Session(pair.there) as session:
        for place in order:
            event = {"office_id": "kaltim", "kind": "survey.answered", "event_id": f"e{place}", "body": events[place], "actor": "node"}
            apply = kinds.find("survey.answered")
            assert apply is not None
            apply(session, event)
        session.commit()
        [kept] = session.exec(select(SurveyAnswer)).scalars()
        assert (kept.event_id, kept.day, kept.holder) == ("e0", "2026-03-12", False)


def test_another_content_under_a_known_id_is_not_written_over(pair: Pair):
    answer_id = new_id()
    answers(pair, answer_id)
    [row] = held(pair.here).values()
    other = {name: value for name, value in row.items() if name not in service.NOT_TOLD} | {"fee": 1}
    with Session(pair.here) as session, pytest.raises(KeptAside):
        service.put(session, "kaltim", other, "e1")
    assert held(pair.here) == {answer_id: row}


def test_codes_are_no_facts_the_centre_never_hears_of_them(pair: Pair):
    with Session(pair.here) as session:
        service.give_code(session, office_id="kaltim", hashed="ab", half=TODAY)
        session.commit()
    assert tell(pair, half_day(NOW + timedelta(days=40), ZONE)) == 0
    with pair.here.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox_event").scalar() == 0
