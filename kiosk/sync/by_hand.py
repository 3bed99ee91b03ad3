"""A round of the line in a process of its own, also beside the running node: `kiosk sync now`."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from kiosk.core import short
from kiosk.core.chain import Head
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.core.db import fault, open_engine
from kiosk.sync import enrolling, feed
from kiosk.sync.carrier import make_client
from kiosk.sync.noting import note
from kiosk.sync.rounds import Outcome, Pulled, Round, alone, backlog_of, link_of, taking_back

PATIENCE_S = 60
T = TypeVar("T")


def speak(here: Settings) -> Outcome:
    """Speak to the centre until nothing is left, fetch what it has for this office, and write down how it ended.

    Whoever calls has the topics registered. Raises `NoCentre`, and `AnotherRound` when the running node has been sending for a minute.
    """
    line = short.read(here, lambda session: enrolling.enrolled(session, here.office))
    until, engine = time.monotonic() + PATIENCE_S, open_engine(here.database)

    def take_back(agreed: Head, pulled: Pulled, cursor: Head) -> None:
        short.write(here, taking_back(here.office, agreed, pulled, cursor, at=utc_now()))

    def write(job: Callable[[Session], T]) -> T:
        try:
            return short.write(here, job)
        except DatabaseError as failure:
            raise fault(failure) or failure from failure

    try:
        with make_client(line.reached_at, ca=here.centre_ca) as client, alone(here.data_dir, wait=lambda: time.monotonic() < until):
            link = link_of(line, engine=engine, data_dir=here.data_dir, client=client, clock=utc_now)
            outcome = Round(
                link,
                backlog=lambda: backlog_of(engine, here.office),
                take_back=take_back,
                then=lambda: feed.fetch(link, write, clock=utc_now),
            ).run()
            mine = {"office_id": here.office, "node_id": line.node_id}
            short.write(here, lambda session: note(session, **mine, outcome=outcome, at=utc_now()))
    finally:
        engine.dispose()
    return outcome
