"""The figures on an office's page, from rows as they arrive; on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from kiosk.centre.model import CentreNode
from kiosk.centre.tenancy import as_office
from kiosk.centre.web import reading
from kiosk.centre.web.reading import Day
from kiosk.centre.web.signs import Sign, sign_of
from kiosk.core.clock import stored
from kiosk.core.db import open_engine
from kiosk.core.office import Office
from kiosk.queues.model import Call, Counter, Queue, Ticket

NOW = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
WORDS = {"name": "x", "name_en": "x"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = open_engine(tmp_path / "centre.db", writing=True)
        SQLModel.metadata.create_all(made)
        yield made
        made.dispose()
    else:
        yield request.getfixturevalue("divided").server


def visit(session: Session, number: int, *, status: str, day: str = "2026-03-12", wait: list[int] | None = None) -> None:
    """One visit, called after so many minutes, perhaps more than once."""
    taken = datetime.fromisoformat(f"{day}T02:00:00+00:00")
    place = {"office_id": "kaltim", "queue": "A", "business_date": day}
    ticket = {"id": f"{day}-{number}", "serial": number, "taken_at": stored(taken), "joined_at": stored(taken), "status": status}
    session.add(Ticket(**place, **ticket, device_id="d", current_queue="A"))
    session.flush()
    for call, minutes in enumerate(wait or []):
        at = stored(taken + timedelta(minutes=minutes))
        session.add(Call(id=f"{day}-{number}-{call}", ticket_id=ticket["id"], number="A", counter="1", at=at, **place))


def test_a_day_counts_who_came_and_how_long_they_waited_for_the_first_call(engine: Engine):
    with engine.begin() as connection:
        as_office(connection, "kaltim")
        with Session(connection) as session:
            session.add(Office(office_id="kaltim", name="x", short_name="x", region="x", zone="Asia/Makassar"))
            session.flush()
            session.add(Queue(office_id="kaltim", code="A", purpose="x", purpose_en="x", position=1, **WORDS))
            session.add(Counter(office_id="kaltim", code="1", queues=["A"], position=1, **WORDS))
            session.flush()
            visit(session, 1, status="done", wait=[10])
            visit(session, 2, status="no_show", wait=[20, 25, 40])
            visit(session, 3, status="serving", wait=[-600])  # the clock was set back in between
            visit(session, 4, status="waiting")
            visit(session, 1, status="waiting", day="2026-03-11")
            visit(session, 1, status="done", day="2026-01-11", wait=[1])
            session.commit()
    with engine.connect() as connection:
        as_office(connection, "kaltim")
        assert reading.days(connection, "kaltim", NOW) == [
            Day("2026-03-12", taken=4, called=3, served=1, absent=1, wait_s=600.0),
            Day("2026-03-11", taken=1, called=0, served=0, absent=0, wait_s=None),
        ]


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({}, Sign.NEVER),
        ({"last_contact_at": stored(NOW - timedelta(minutes=15))}, Sign.CONNECTED),
        ({"last_contact_at": stored(NOW + timedelta(days=3650))}, Sign.CONNECTED),
        ({"last_contact_at": stored(NOW - timedelta(minutes=16))}, Sign.QUIET),
        ({"last_contact_at": stored(NOW - timedelta(days=3))}, Sign.QUIET),
        ({"last_contact_at": stored(NOW - timedelta(days=3, seconds=1))}, Sign.LATE),
        ({"last_contact_at": stored(NOW), "twin_seen_at": stored(NOW)}, Sign.TWIN),
        ({"last_contact_at": stored(NOW), "twin_seen_at": stored(NOW), "state": "revoked"}, Sign.REVOKED),
    ],
)
def test_a_computer_stands_as_its_last_contact_says(changes: dict[str, str], sign: Sign):
    facts = {"office_id": "kaltim", "node_id": "n", "name": "PC", "public_key": "", "epoch": 1, "seq": 0, "hash": "", "enrolled_at": ""}
    assert sign_of(CentreNode(**facts, **changes), NOW) == sign
