"""Pictures of the queues: for the lobby's board, and for the officer at a counter."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.table_of import table_of
from kiosk.queues.calling import current_visit
from kiosk.queues.house import house
from kiosk.queues.model import Call, Ticket
from kiosk.queues.rules import number_text
from kiosk.queues.service import list_queues, waiting_by_queue

TICKETS, CALLS = table_of(Ticket), table_of(Call)
SHOWN = 5  # the newest call and four before it: more cannot be read at eight metres
LOOK_BACK = 60  # calls again of the same visitor are one line, so more rows are read than shown
LISTED = 50


def picture(session: Session, *, office_id: str, now: datetime) -> dict[str, Any]:
    """What the board shows: today's last calls, newest first, one per visit, and how many wait.

    No ticket ids: they are the holders' keys.
    """
    here = house(session, office_id)
    today = here.today(now)
    columns = CALLS.c
    day = (columns.office_id == office_id, columns.business_date == today)
    rows = session.connection().execute(select(CALLS).where(*day).order_by(columns.at.desc(), columns.id.desc()).limit(LOOK_BACK))
    newest: dict[str, dict[str, Any]] = {}
    for row in rows.mappings():
        counter, queue = here.counters[row["counter"]], here.queues[row["queue"]]
        shown = {"id": row["id"], "number": row["number"], "at": row["at"]}
        shown |= {"queue": queue.code, "queue_name": queue.name, "queue_name_en": queue.name_en}
        shown |= {"counter": counter.code, "counter_name": counter.name, "counter_name_en": counter.name_en}
        newest.setdefault(row["ticket_id"], shown)
    waiting = waiting_by_queue(session, office_id, today)
    queues = [
        {"code": queue.code, "name": queue.name, "name_en": queue.name_en, "waiting": waiting.get(queue.code, 0)}
        for queue in here.queues.values()
        if not queue.retired
    ]
    office = {"name": here.name, "short_name": here.short_name, "zone": here.zone}
    return {"office": office, "business_date": today, "at": stored(now), "calls": list(newest.values())[:SHOWN], "queues": queues}


def desk(session: Session, *, office_id: str, counter: str, now: datetime) -> dict[str, Any]:
    """What an officer sees: the visit at this counter, who waits, who was absent today, the queues, and today's sums.

    Raises `CounterUnknown`.
    """
    here = house(session, office_id)
    mine, today = here.counter(counter), here.today(now)
    columns = TICKETS.c
    day = (columns.office_id == office_id, columns.business_date == today)
    waits = (*day, columns.status == "waiting", columns.current_queue.in_(mine.queues))
    absent = (*day, columns.status == "no_show", columns.current_queue.in_(mine.queues))
    done = (*day, columns.counter == counter, columns.status.in_(("done", "no_show")))
    read = session.connection().execute
    listed = read(select(TICKETS).where(*waits).order_by(columns.joined_at, columns.id).limit(LISTED)).mappings().all()
    away = read(select(TICKETS).where(*absent).order_by(columns.ended_at.desc()).limit(LISTED)).mappings().all()
    ended = read(select(columns.status, columns.started_at, columns.ended_at).where(*done)).all()
    counts = waiting_by_queue(session, office_id, today)
    return {
        "counter": mine.model_dump(exclude={"office_id", "retired"}),
        "zone": here.zone,
        "current": current_visit(session, office_id=office_id, counter=counter, now=now),
        "waiting": [_line(row) for row in listed],
        "waiting_count": sum(counts.get(code, 0) for code in mine.queues),
        "absent": [_line(row) for row in away],
        "queues": list_queues(session, office_id=office_id, now=now, always_open=True),
        "today": _sums(ended),
    }


def list_counters(session: Session, *, office_id: str) -> list[dict[str, Any]]:
    """The counters in use, in their order."""
    return [c.model_dump(exclude={"office_id", "retired"}) for c in house(session, office_id).counters.values() if not c.retired]


def _line(row: Any) -> dict[str, Any]:
    number = number_text(row["queue"], row["lane"], row["serial"])
    return {"id": row["id"], "number": number, "queue": row["current_queue"], "joined_at": row["joined_at"], "lane": row["lane"]}


def _sums(ended: Any) -> dict[str, Any]:
    served = [datetime.fromisoformat(end) - datetime.fromisoformat(begin) for status, begin, end in ended if status == "done" and begin]
    minutes = round(sum(span.total_seconds() for span in served) / 60 / len(served), 1) if served else None
    return {"served": len(served), "minutes": minutes, "absent": sum(status == "no_show" for status, _, _ in ended)}
