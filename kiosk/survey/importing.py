"""Keep the answers of an older survey: all of a file in one transaction, or nothing of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select
from sqlmodel import Session

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core.chain import canonical, content_hash
from kiosk.core.clock import stored
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.survey import service
from kiosk.survey.archive import Archive, Old
from kiosk.survey.errors import DaysHeld, ImportedAlready, NothingInFile, RowsWrong, WeightUnknown
from kiosk.survey.index import OLD, SKM, WEIGHTS, Scheme
from kiosk.survey.model import SurveyAnswer, SurveyImport, SurveyOldAnswer
from kiosk.survey.rules import digest_of
from kiosk.sync.outbox import record

ANSWERS, OLD_ANSWERS = table_of(SurveyAnswer), table_of(SurveyOldAnswer)
IMPORTS, SERVICES = table_of(SurveyImport), table_of(ServiceStandardRow)
KIND = "survey.imported"
ROWS_AN_EVENT = 200  # below the million bytes that the centre takes at once, also when each has the longest suggestion


@dataclass(frozen=True)
class Kept:
    """What was imported."""

    import_id: str
    rows: int


def services_of(session: Session, office_id: str) -> dict[str, str]:
    """Ids and names of the office's services in lower case -> id. A name that two services share is none."""
    asked = select(SERVICES.c.id, SERVICES.c.name).where(SERVICES.c.office_id == office_id)
    rows = [(row.id, row.name) for row in session.connection().execute(asked)]
    names = Counter(name.lower() for _, name in rows if name)
    by_name = {name.lower(): service for service, name in rows if name and names[name.lower()] == 1}
    return by_name | {service.lower(): service for service, _ in rows}


def fair_weight(archive: Archive, weight: str | None) -> str:
    """The weight of the file's scheme, or the one that was given. Raises `WeightUnknown`."""
    known = WEIGHTS if archive.scheme is SKM else (OLD.weight,)
    if weight is not None and weight not in known:
        raise WeightUnknown(known=", ".join(known), found=weight)
    return weight or archive.scheme.weight


def held(session: Session, office_id: str, archive: Archive) -> int:
    """How many answers by the same scheme were imported before for days that `archive` has answers of."""
    table = OLD_ANSWERS if archive.scheme is OLD else ANSWERS
    days = {one.day for one in archive.answers if one.day}
    if not days:
        return 0
    here = (table.c.office_id == office_id, table.c.source != "", table.c.day.between(min(days), max(days)))
    counts = session.connection().execute(select(table.c.day, func.count()).where(*here).group_by(table.c.day))
    return sum(count for day, count in counts if day in days)


def keep(
    session: Session, archive: Archive, *, office_id: str, name: str, weight: str, at: datetime, actor: str, again: bool = False
) -> Kept:
    """Keep every answer of the file called `name`; `again`: also when its days have imported answers, which rows without an id may repeat.

    Raises `RowsWrong`, `NothingInFile`, `DaysHeld`, and `ImportedAlready` for the same answers again, in whatever file and order.
    """
    if archive.wrong:
        raise RowsWrong(count=len(archive.wrong))
    if not archive.answers:
        raise NothingInFile()
    digest = digest_of_answers(archive)
    known = select(IMPORTS.c.name).where(IMPORTS.c.office_id == office_id, IMPORTS.c.digest == digest)
    if (before := session.connection().execute(known).scalar()) is not None:
        raise ImportedAlready(name=before)
    if not again and (count := held(session, office_id, archive)):
        raise DaysHeld(count=count)
    made: dict[str, Any] = {"id": str(uuid4()), "name": name, "digest": digest, "scheme": archive.scheme.key, "weight": weight}
    made |= {"rows": len(archive.answers), "at": stored(at), "actor": actor}
    session.connection().execute(insert(IMPORTS).values(office_id=office_id, **made))
    make = _old_row if archive.scheme is OLD else _row
    rows = sorted((make(one, made["id"]) for one in archive.answers), key=lambda row: row["id"])  # random ids: shuffled
    for part in _parts(rows):
        event_id = record(session, office_id=office_id, kind=KIND, body={"import": made, "answers": part}, actor=actor, at=at)
        _insert(session, office_id, archive.scheme, part, event_id)
    return Kept(made["id"], len(rows))


def digest_of_answers(archive: Archive) -> str:
    """SHA-256 in hex over the answers, whatever their order: a file that was saved anew is the same file."""
    return content_hash(
        canonical({"scheme": archive.scheme.key, "answers": sorted(canonical(vars(one)).decode() for one in archive.answers)})
    )


def _parts(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), ROWS_AN_EVENT):
        yield rows[start : start + ROWS_AN_EVENT]


def _insert(session: Session, office_id: str, scheme: Scheme, rows: list[dict[str, Any]], event_id: str) -> None:
    if scheme is OLD:
        session.connection().execute(insert(OLD_ANSWERS), [{**row, "office_id": office_id} for row in rows])
        return
    mine = {"office_id": office_id, "event_id": event_id}
    session.connection().execute(insert(ANSWERS), [{**row, **mine, "digest": digest_of(row)} for row in rows])


def _row(one: Old, source: str) -> dict[str, Any]:
    """An answer by today's scheme, as the event has it: what is known of a person's day is the day."""
    about = {"id": str(uuid4()), "day": one.day, "half": "", "place": "", "service": one.service, "holder": False, "source": source}
    return {**about, **one.profile, "suggestion": one.suggestion, **one.scores}


def _old_row(one: Old, source: str) -> dict[str, Any]:
    scores = {element: score for element, score in one.scores.items() if score is not None}
    about = {"id": str(uuid4()), "source": source, "day": one.day, "service": one.service}
    return {**about, **one.profile, "suggestion": one.suggestion, "scores": scores}


def put(session: Session, office_id: str, body: dict[str, Any], event_id: str) -> None:
    """The rows of the event `survey.imported` whose body this is. Idempotent."""
    add_missing(session, IMPORTS, {**body["import"], "office_id": office_id})
    for row in body["answers"]:
        if body["import"]["scheme"] == OLD.key:
            add_missing(session, OLD_ANSWERS, {**row, "office_id": office_id})
        else:
            service.put(session, office_id, row, event_id)
