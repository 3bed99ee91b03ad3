"""What the offices sent becomes rows of the centre: each node's events in their order, each once, and none holds up the next.

How far it has come stands in `centre_applied`, written in the transaction that writes the rows. So the projector may be stopped anywhere,
and two of them at once do no harm: the second waits for the row of the first and then finds it done.
"""

import json
import logging
import threading
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, and_, delete, insert, or_, select, tuple_, update
from sqlmodel import Session

import kiosk.happenings  # noqa: F401  (every kind of event)
from kiosk.centre.ingest import EVENTS, NODES
from kiosk.centre.model import CentreApplied, CentreUnapplied
from kiosk.centre.tenancy import as_office, as_operator
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.sync.applying import UNKNOWN_KIND, attempt
from kiosk.sync.kinds import Event

log = logging.getLogger("kiosk.centre")
APPLIED, UNAPPLIED = table_of(CentreApplied), table_of(CentreUnapplied)
BATCH = 200  # events a transaction: on SQLite a node that sends waits for it
PAUSE_S, LONGER_S = 1.0, 15.0
MOST_TRIED = 2000
Place = tuple[int, int]


def start(engine: Engine, stop: threading.Event) -> threading.Thread:
    """Make rows of what arrives, in a thread of its own, until `stop` is set. What failed before is tried again first."""
    thread = threading.Thread(target=_run, args=(engine, stop), name="projector", daemon=True)
    thread.start()
    return thread


def _run(engine: Engine, stop: threading.Event) -> None:
    fresh = True
    while not stop.is_set():
        pause = PAUSE_S
        try:
            for office_id in _offices(engine, all_of_them=fresh):
                catch_up(engine, office_id, again=fresh)
            fresh = False
        except Exception:  # the database may be gone for a while, and what it holds waits
            log.exception("events not applied")
            pause = LONGER_S
        stop.wait(pause)


def catch_up(engine: Engine, office_id: str, *, again: bool = False) -> int:
    """Make rows of everything that the office's nodes have sent; returns how many events were looked at.

    `again`: also try what failed before, as after an update. What failed because it came too early is tried whenever others came.
    """
    looked_at = 0
    for node_id in _nodes(engine, office_id):
        while count := _step(engine, office_id, node_id):
            looked_at += count
    if again or looked_at:
        try_again(engine, office_id, unknown_too=again)
    return looked_at


def try_again(engine: Engine, office_id: str, *, unknown_too: bool = True) -> int:
    """Try the events of which no rows could be made; returns how many of those are left. `unknown_too`: also kinds not known before."""
    with Session(engine) as session, session.begin():
        connection = session.connection()
        as_office(connection, office_id)
        here = (UNAPPLIED.c.office_id == EVENTS.c.office_id) & (UNAPPLIED.c.node_id == EVENTS.c.node_id)
        here &= (UNAPPLIED.c.epoch == EVENTS.c.epoch) & (UNAPPLIED.c.seq == EVENTS.c.seq)
        waiting = select(EVENTS.c.node_id, EVENTS.c.epoch, EVENTS.c.seq, EVENTS.c.line).select_from(UNAPPLIED.join(EVENTS, here))
        waiting = waiting.where(UNAPPLIED.c.office_id == office_id, *(() if unknown_too else (UNAPPLIED.c.code != UNKNOWN_KIND,)))
        rows = connection.execute(waiting.order_by(EVENTS.c.node_id, EVENTS.c.epoch, EVENTS.c.seq).limit(MOST_TRIED)).all()
        for row in rows:
            this = [UNAPPLIED.c[name] == value for name, value in _key(office_id, row.node_id, (row.epoch, row.seq)).items()]
            connection.execute(delete(UNAPPLIED).where(*this))
        return _apply(session, office_id, [(row.node_id, (row.epoch, row.seq), row.line) for row in rows])


def _step(engine: Engine, office_id: str, node_id: str) -> int:
    """One transaction: the next events of a node; returns how many there were."""
    with Session(engine) as session, session.begin():
        connection = session.connection()
        as_office(connection, office_id)
        place = _locked(session, office_id, node_id)
        end = _cursor(connection, office_id, node_id)
        if place >= end:
            return 0
        at = tuple_(EVENTS.c.epoch, EVENTS.c.seq)
        mine = (EVENTS.c.office_id == office_id, EVENTS.c.node_id == node_id, at > tuple_(*place), at <= tuple_(*end))
        asked = select(EVENTS.c.epoch, EVENTS.c.seq, EVENTS.c.line).where(*mine).order_by(EVENTS.c.epoch, EVENTS.c.seq).limit(BATCH)
        rows = connection.execute(asked).all()
        _apply(session, office_id, [(node_id, (row.epoch, row.seq), row.line) for row in rows])
        epoch, seq = (rows[-1].epoch, rows[-1].seq) if len(rows) == BATCH else end
        this = (APPLIED.c.office_id == office_id, APPLIED.c.node_id == node_id)
        connection.execute(update(APPLIED).where(*this).values(epoch=epoch, seq=seq))
        return len(rows)


def _apply(session: Session, office_id: str, lines: Sequence[tuple[str, Place, str]]) -> int:
    """Make rows of events; what fails is noted. Returns how many failed."""
    places: dict[str, tuple[str, Place]] = {}
    events: list[Event] = []
    for node_id, place, line in lines:
        event = json.loads(line)
        events.append(event)
        places[event["event_id"]] = (node_id, place)
    failed = attempt(session, events)
    if failed:
        rows = [
            {**_key(office_id, *places[one.event["event_id"]]), "kind": one.event["kind"], "code": one.code, "reason": one.reason}
            for one in failed
        ]
        session.connection().execute(insert(UNAPPLIED), rows)
    return len(failed)


def _key(office_id: str, node_id: str, place: Place) -> dict[str, object]:
    return {"office_id": office_id, "node_id": node_id, "epoch": place[0], "seq": place[1]}


def _locked(session: Session, office_id: str, node_id: str) -> Place:
    """How far the node's events have come; nobody else goes on from here until the transaction ends."""
    add_missing(session, APPLIED, _key(office_id, node_id, (0, 0)))
    mine = (APPLIED.c.office_id == office_id, APPLIED.c.node_id == node_id)
    row = session.connection().execute(select(APPLIED.c.epoch, APPLIED.c.seq).where(*mine).with_for_update()).one()
    return row.epoch, row.seq


def _cursor(connection: Connection, office_id: str, node_id: str) -> Place:
    row = connection.execute(select(NODES.c.epoch, NODES.c.seq).where(NODES.c.office_id == office_id, NODES.c.node_id == node_id)).one()
    return row.epoch, row.seq


def _nodes(engine: Engine, office_id: str) -> list[str]:
    """The office's computers, in the order in which they were enrolled."""
    with engine.begin() as connection:
        as_office(connection, office_id)
        asked = select(NODES.c.node_id).where(NODES.c.office_id == office_id).order_by(NODES.c.enrolled_at, NODES.c.node_id)
        return list(connection.execute(asked).scalars())


def _offices(engine: Engine, *, all_of_them: bool) -> list[str]:
    """The offices of which something came that was not looked at yet."""
    same = and_(APPLIED.c.office_id == NODES.c.office_id, APPLIED.c.node_id == NODES.c.node_id)
    behind = or_(APPLIED.c.epoch.is_(None), APPLIED.c.epoch != NODES.c.epoch, APPLIED.c.seq != NODES.c.seq)
    asked = select(NODES.c.office_id).select_from(NODES.outerjoin(APPLIED, same)).distinct()
    with engine.begin() as connection:
        as_operator(connection)
        return list(connection.execute(asked if all_of_them else asked.where(behind)).scalars())
