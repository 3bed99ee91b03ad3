"""Answers and codes of ticket holders: taken in, found again, and told of when their half day is over. The caller owns the transaction."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core import office
from kiosk.core.actors import NODE
from kiosk.core.halves import HalfDay, begin_of, end_of, half_day
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.devices.errors import KeptAside
from kiosk.survey import tally
from kiosk.survey.answered import Answered
from kiosk.survey.errors import ServiceElsewhere
from kiosk.survey.model import SurveyAnswer, SurveyCode
from kiosk.survey.rules import LIFE_DAYS, code_hash, digest_of
from kiosk.sync.outbox import record

ANSWERS, CODES = table_of(SurveyAnswer), table_of(SurveyCode)
SERVICES = table_of(ServiceStandardRow)
# Made once: thousands of answers come at once when the office computer is back.
_MINE = (ANSWERS.c.office_id == bindparam("office_id"), ANSWERS.c.id == bindparam("answer_id"))
FIND = select(ANSWERS.c.digest, ANSWERS.c.event_id).where(*_MINE)
INSERT = insert(ANSWERS)
OFFERED = select(SERVICES.c.id).where(SERVICES.c.office_id == bindparam("office_id"), SERVICES.c.id == bindparam("service"))
_ZONE = "survey.zone"
NOT_TOLD = ("office_id", "digest", "event_id")  # what an event leaves out: the node's own


def zone_of(session: Session, office_id: str) -> str:
    """The office's zone, read once in a transaction. Raises `OfficeUnknown`."""
    zones: dict[str, str] = session.info.setdefault(_ZONE, {})
    if office_id not in zones:
        zones[office_id] = office.get(session, office_id).zone
    return zones[office_id]


def half_of(session: Session, office_id: str, moment: datetime) -> HalfDay:
    """The half day of `moment` on the office's clock. Raises `OfficeUnknown`."""
    return half_day(moment, zone_of(session, office_id))


def find(session: Session, *, office_id: str, answer_id: str) -> dict[str, Any] | None:
    """What is kept under this id: `digest` and `event_id`; None for an id that is new."""
    row = session.connection().execute(FIND, {"office_id": office_id, "answer_id": answer_id}).mappings().first()
    return dict(row) if row else None


def take(session: Session, *, office_id: str, answer_id: str, given: Answered, half: HalfDay, place: str) -> str | None:
    """Keep an answer of this half day, made at `place` ("" for a phone); the same again is the same row, in the half day that it has.

    Returns the id of the event that tells of it, None while there is none. Raises `ServiceElsewhere`, and `KeptAside` when there is
    another content under this id.
    """
    content = given.content()
    digest = digest_of(content)
    known = find(session, office_id=office_id, answer_id=answer_id)
    if known is not None:
        if known["digest"] != digest:
            raise KeptAside()
        event_id: str | None = known["event_id"]
        return event_id
    _has(session, office_id, content["service"])
    holder = _spend(session, office_id, given.code, half)
    facts = {"digest": digest, "place": place, "holder": holder, "source": ""}
    row = {"office_id": office_id, "id": answer_id, **vars(half), **content, **facts, "event_id": None}
    session.connection().execute(INSERT, row)
    return None


def _has(session: Session, office_id: str, service: str) -> None:
    if service and session.connection().execute(OFFERED, {"office_id": office_id, "service": service}).first() is None:
        raise ServiceElsewhere()


def counts(session: Session, *, office_id: str, code: str | None, half: HalfDay) -> bool:
    """Whether an answer with this code would be a ticket holder's: the code is known, unused and no older than 30 days."""
    hashed = code_hash(code or "")
    asked = select(CODES.c.code_hash).where(*_good(office_id, hashed, half))
    return hashed is not None and session.connection().execute(asked).first() is not None


def _spend(session: Session, office_id: str, code: str | None, half: HalfDay) -> bool:
    hashed = code_hash(code or "")
    if hashed is None:
        return False
    spent = update(CODES).where(*_good(office_id, hashed, half)).values(used=True)
    return session.connection().execute(spent).rowcount == 1


def _good(office_id: str, hashed: str | None, half: HalfDay) -> tuple[Any, ...]:
    return (CODES.c.office_id == office_id, CODES.c.code_hash == hashed, CODES.c.used.is_(False), CODES.c.day >= _oldest(half))


def _oldest(half: HalfDay) -> str:
    return (date.fromisoformat(half.day) - timedelta(days=LIFE_DAYS)).isoformat()


def give_code(session: Session, *, office_id: str, hashed: str, half: HalfDay) -> None:
    """A ticket got the code with this hash, nobody learns which; the same again changes nothing."""
    add_missing(session, CODES, {"office_id": office_id, "code_hash": hashed, **vars(half), "used": False})


def tell(session: Session, *, office_id: str, present: HalfDay, most: int = 200) -> int:
    """Record `survey.answered` for answers of every half day but the present one, in the order of their random ids; returns how many.

    A half day that lies ahead is told of too: the clock was wrong when it was written down.
    """
    zone = zone_of(session, office_id)
    untold = (ANSWERS.c.office_id == office_id, ANSWERS.c.event_id.is_(None), ANSWERS.c.source == "")
    other = (ANSWERS.c.day != present.day) | (ANSWERS.c.half != present.half)
    rows = session.connection().execute(select(ANSWERS).where(*untold, other).order_by(ANSWERS.c.id).limit(most)).mappings().all()
    for row in rows:
        body = {name: value for name, value in row.items() if name not in NOT_TOLD}
        at = min(end_of(HalfDay(row["day"], row["half"]), zone), begin_of(present, zone))
        event_id = record(session, office_id=office_id, kind="survey.answered", body=body, actor=NODE, at=at)
        mine = (ANSWERS.c.office_id == office_id, ANSWERS.c.id == row["id"])
        session.connection().execute(update(ANSWERS).where(*mine).values(event_id=event_id))
    return len(rows)


def forget_codes(session: Session, *, office_id: str, present: HalfDay) -> None:
    """Delete the codes that count no more."""
    session.connection().execute(delete(CODES).where(CODES.c.office_id == office_id, CODES.c.day < _oldest(present)))


def put(session: Session, office_id: str, body: dict[str, Any], event_id: str) -> None:
    """The row of the event `survey.answered` whose body this is.

    A node that was restored may have told of an answer twice. Whichever event comes first, the same one stays: that of the earlier half
    day, and then of the smaller id. So node and centre end with the same row, and only one. Raises `KeptAside` for another content.
    """
    row = {**body, "office_id": office_id, "event_id": event_id, "digest": digest_of(body)}
    if add_missing(session, ANSWERS, row):
        return
    mine = (ANSWERS.c.office_id == office_id, ANSWERS.c.id == body["id"])
    asked = select(ANSWERS.c.day, ANSWERS.c.half, ANSWERS.c.event_id, ANSWERS.c.digest).where(*mine)
    known = session.connection().execute(asked).one()
    if known.digest != row["digest"]:
        raise KeptAside()
    if known.event_id is None or (row["day"], row["half"], event_id) < (known.day, known.half, known.event_id):
        tally.forget(session, office_id, row["day"][:7], known.day[:7])
        session.connection().execute(update(ANSWERS).where(*mine).values(row))
