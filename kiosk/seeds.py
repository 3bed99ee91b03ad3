"""The demo offices: seed files are read and checked whole before one row is written.

What the centre sent down stays: a seed does not bring an older catalogue, calendar or text back over it.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from kiosk.catalogue import service as catalogue
from kiosk.checklist import service as checklists
from kiosk.core.chain import canonical
from kiosk.core.office import TEXTS, Holiday, Office
from kiosk.queues import service as queues
from kiosk.queues.feed import FreeDay
from kiosk.queues.model import Queue
from kiosk.queues.seed import QueueSeed, QueueTexts
from kiosk.seed_files import SEEDS, OfficeSeed, SeedDamaged, read
from kiosk.staff import demo as demo_staff
from kiosk.sync.feed import owned
from kiosk.sync.outbox import record

__all__ = ["SEEDS", "SeedDamaged", "load"]


def load(session: Session, office_id: str, *, at: datetime, folder: Path = SEEDS, demo: bool = False) -> None:
    """Load the office `office_id` from `folder`; what is already there as it stands in the files stays untouched.

    `demo` also loads the demonstration's staff. Raises `SeedDamaged`, before anything is written, naming file, line and field.
    """
    seed = read(office_id, folder)
    from_centre = owned(session, office_id)
    _load_office(session, seed.file.office, seed.free_days, at, from_centre)
    if "catalogue" not in from_centre:
        catalogue.load(session, office_id=office_id, standards=seed.standards, at=at, actor="seed")
    wanted = _with_words(session, office_id, seed.file.queues) if "texts" in from_centre else seed.file.queues
    queues.load(session, office_id=office_id, queues=wanted, counters=seed.file.counters, at=at, actor="seed")
    checklists.load(session, office_id=office_id, guide=seed.guide, at=at, actor="seed")
    if demo:
        demo_staff.load(session, office_id, at)


def _load_office(session: Session, seed: OfficeSeed, free_days: list[FreeDay], at: datetime, from_centre: frozenset[str]) -> None:
    days = [(day.day.isoformat(), day.name, day.kind) for day in free_days]
    digest = hashlib.sha256(canonical({"office": seed.model_dump(), "days": days})).hexdigest()
    known = session.get(Office, seed.id)
    if known is not None and known.digest == digest:
        return
    facts: dict[str, Any] = seed.model_dump(mode="json")
    if known is not None and "texts" in from_centre:
        facts |= known.model_dump(include=set(TEXTS))
    session.merge(Office(office_id=seed.id, digest=digest, **{name: value for name, value in facts.items() if name != "id"}))
    session.flush()
    if "calendar" not in from_centre:
        session.connection().execute(delete(Holiday).where(col(Holiday.office_id) == seed.id))
        session.add_all(Holiday(office_id=seed.id, **day.model_dump()) for day in free_days)
    record(session, office_id=seed.id, kind="office.loaded", body=facts, actor="seed", at=at)


def _with_words(session: Session, office_id: str, wanted: list[QueueSeed]) -> list[QueueSeed]:
    """The seed's queues with the words that the centre sent for those that are there already."""
    words = {queue.code: session.get(Queue, (office_id, queue.code)) for queue in wanted}
    kept = {code: row.model_dump(include=set(QueueTexts.model_fields)) for code, row in words.items() if row is not None}
    return [queue.model_copy(update=kept.get(queue.code, {})) for queue in wanted]
