"""The audit chain: an edit, a cut and a fork show."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from kiosk.core.audit import AuditLink, ChainHead, link_hash
from kiosk.core.chain import GENESIS
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.core.table_of import table_of
from kiosk.sync.outbox import OutboxEvent, record

AT = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
TABLES = [table_of(model) for model in (AuditLink, ChainHead, OutboxEvent)]


@pytest.fixture
def session(tmp_path: Path):
    engine = open_engine(tmp_path / "office.db", writing=True)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    with Session(engine) as open_session:
        yield open_session
    engine.dispose()


def verified(session: Session, office_id: str) -> bool:
    """Recompute the chain from the outbox alone."""
    previous = GENESIS
    for event in session.exec(select(OutboxEvent).where(OutboxEvent.office_id == office_id).order_by(OutboxEvent.epoch, OutboxEvent.seq)):
        body = {**event.model_dump(), "body": json.loads(event.body)}
        link = session.get(AuditLink, (office_id, event.epoch, event.seq))
        if link is None or link.previous_hash != previous or link.hash != link_hash(previous, body):
            return False
        previous = link.hash
    head = session.get(ChainHead, office_id)
    return head is None or head.hash == previous


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), max_size=3), min_size=2, max_size=8),
    data=st.data(),
)
def test_what_was_recorded_verifies_and_an_edit_does_not(session, bodies, data):
    office = new_id()  # every example has an office, and so a chain, of its own
    for number, body in enumerate(bodies):
        record(session, office_id=office, kind=f"k{number}", body=body, actor="cli", at=AT)
        if data.draw(st.booleans()):
            session.commit()
    session.commit()
    assert verified(session, office)
    place = data.draw(st.integers(1, len(bodies)))
    event = session.exec(select(OutboxEvent).where(OutboxEvent.office_id == office, OutboxEvent.seq == place)).one()
    event.kind += "x"
    assert not verified(session, office)
    session.rollback()


def test_each_office_has_a_chain_of_its_own(session):
    for office in ("kaltim", "rohil", "kaltim"):
        record(session, office_id=office, kind="k", body={}, actor="cli", at=AT)
    session.commit()
    assert [session.get(ChainHead, office).seq for office in ("kaltim", "rohil")] == [2, 1]


def test_what_is_rolled_back_leaves_no_event_and_no_hole(session):
    record(session, office_id="kaltim", kind="kept", body={}, actor="cli", at=AT)
    session.commit()
    record(session, office_id="kaltim", kind="dropped", body={}, actor="cli", at=AT)
    session.rollback()
    record(session, office_id="kaltim", kind="next", body={}, actor="cli", at=AT)
    session.commit()
    assert [(event.kind, event.seq) for event in session.exec(select(OutboxEvent).order_by(OutboxEvent.seq))] == [("kept", 1), ("next", 2)]
    assert verified(session, "kaltim")
