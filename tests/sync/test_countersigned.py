"""The centre signs the head of what it holds: a chain that was cut behind that place, with its own head moved along, is found out."""

import json

import pytest
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from kiosk.audit.service import verify, verify_with_centre
from kiosk.core.audit import HEADS, LINKS
from kiosk.core.clock import stored
from kiosk.sync.model import CURRENT, CentreLine
from kiosk.sync.noting import LINES, note
from kiosk.sync.outbox import EVENTS
from kiosk.sync.rounds import Outcome, Round
from tests.sync.pair import NOW, Pair


@pytest.fixture
def told(pair: Pair) -> Pair:
    """Thirty acts, twenty of them countersigned."""
    who = pair.identity
    line = {"address": who.address, "reached_at": who.address, "centre_key": pair.desk.public_key, "enrolled_at": stored(NOW)}
    with pair.here.begin() as connection:
        connection.execute(insert(LINES), CentreLine(office_id="kaltim", node_id=who.node_id, **line).model_dump())
    pair.happen(20)
    outcome = Round(pair.link, backlog=lambda: 0, take_back=lambda *_: None).run()
    assert (outcome.state, outcome.sent) == (CURRENT, 20)
    pair.happen(10)
    with Session(pair.here) as session:
        note(session, office_id="kaltim", node_id=who.node_id, outcome=outcome, at=NOW)
        note(
            session, office_id="kaltim", node_id=who.node_id, outcome=Outcome(CURRENT), at=NOW
        )  # says nothing of it, and takes nothing away
        session.commit()
    return pair


def cut(pair: Pair, after: int) -> None:
    """As somebody does it who can write to the file and knows the chain."""
    with pair.here.begin() as connection:
        for table in (EVENTS, LINKS):
            connection.execute(delete(table).where(table.c.seq > after))
        digest = connection.execute(select(LINKS.c.hash).where(LINKS.c.seq == after)).scalar()
        connection.execute(update(HEADS).values(seq=after, hash=digest))


@pytest.mark.parametrize(("after", "found"), [(30, []), (25, []), (20, []), (19, ["countersigned"]), (3, ["countersigned"])])
def test_a_cut_behind_what_the_centre_signed_is_found(told: Pair, after: int, found: list[str]):
    cut(told, after)
    with Session(told.here) as session:
        assert verify(session, "kaltim").whole
        report, head = verify_with_centre(session, "kaltim")
    assert [one.code for one in report.findings] == found
    assert head
    assert (head.epoch, head.seq) == (1, 20)


@pytest.mark.parametrize("change", [{"seq": 3}, {"hash": "0" * 64}, {"signature": "00" * 64}, {"office_id": "rohil"}])
def test_a_receipt_that_was_changed_is_found(told: Pair, change: dict[str, object]):
    with told.here.begin() as connection:
        kept = json.loads(connection.execute(select(LINES.c.countersigned)).scalar() or "")
        connection.execute(update(LINES).values(countersigned=json.dumps(kept | change)))
    with Session(told.here) as session:
        report, head = verify_with_centre(session, "kaltim")
    assert ([one.code for one in report.findings], head) == (["receipt"], None)
    assert report.findings[0].text("en")


def test_without_a_centre_the_chain_stands_alone(pair: Pair):
    pair.happen(3)
    with Session(pair.here) as session:
        report, head = verify_with_centre(session, "kaltim")
    assert (report.whole, head) == (True, None)
