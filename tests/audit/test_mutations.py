"""A thousand ways to damage a real chain, through the real reader: all are found."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import Session, SQLModel

from kiosk.audit import service
from kiosk.core.audit import HEADS
from kiosk.core.audit_findings import SENTENCES
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.sync.outbox import record
from tests.audit.chain import BEGIN, Damaged, Rows, real_chain
from tests.audit.damage import KINDS, noted_head

MUTATIONS = 1000


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return real_chain(Path(tmp_path_factory.mktemp("chain")))


def test_the_chain_as_it_was_written_is_whole(chain: Rows):
    rows = Damaged.of(chain)
    report = rows.verified(noted_head(rows))
    assert (report.findings, report.count, report.last.epoch) == ([], len(rows.links), 2)
    assert report.count > 50


def test_a_thousand_mutations_are_all_found(chain: Rows):
    whole, missed, found = Damaged.of(chain), [], Counter[str]()
    for number in range(MUTATIONS):
        chance, rows = Random(number), Damaged.of(chain)
        damage = KINDS[number % len(KINDS)]
        while rows == whole:  # what chance left as it was is no mutation
            noted = damage(rows, chance)
        report = rows.verified(noted)
        if report.whole:
            missed.append((number, damage.__name__))
        found.update({finding.code for finding in report.findings})
        assert all(finding.text("id") and finding.text("en") for finding in report.findings)
    assert missed == []
    assert {"edit", "delete", "cut", "fork", "insert", "swap", "append", "renumber"} <= {one.__name__.split("_")[0] for one in KINDS}
    assert MUTATIONS // len(KINDS) >= 40, "each kind is tried that often"
    assert set(SENTENCES) - set(found) == {"office", "order", "line", "countersigned", "receipt"}, "what only a file or the centre can have"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
BODIES = st.dictionaries(
    WORDS, st.recursive(PLAIN, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=3)), max_size=4
)
STEPS = st.lists(st.tuples(BODIES, st.sampled_from(["", "commit", "rollback", "epoch"])), max_size=20)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    engine = open_engine(Path(tmp_path_factory.mktemp("good")) / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, WORDS, WORDS)
def test_no_good_chain_is_called_damaged(session: Session, steps, actor: str, kind: str):
    """Whatever was written, in however many transactions and epochs, some of them rolled back."""
    office, written, waiting = new_id(), 0, 0
    for body, then in steps:
        record(session, office_id=office, kind=kind, body=body, actor=actor, at=BEGIN)
        waiting += 1
        if then == "rollback":
            session.rollback()
            waiting = 0
        elif then:
            session.commit()
            written, waiting = written + waiting, 0
        if then == "epoch":
            moved = update(HEADS).where(HEADS.c.office_id == office).values(epoch=HEADS.c.epoch + 1, seq=0)
            session.connection().execute(moved)
            record(session, office_id=office, kind=kind, body=body, actor=actor, at=BEGIN)  # an epoch begins with an act
            session.commit()
            written += 1
    session.commit()
    report = service.verify(session, office)
    assert (report.findings, report.count) == ([], written + waiting)
