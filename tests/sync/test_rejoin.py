"""A node restored from an older copy loses nothing, doubles nothing, and its chain is whole."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session

from kiosk.core.audit import HEADS, LINKS
from kiosk.core.audit_check import check
from kiosk.core.db import open_engine
from kiosk.sync import reading
from kiosk.sync.link import Link
from kiosk.sync.outbox import EVENTS
from kiosk.sync.rejoin import BrokenHistory, rejoin
from kiosk.sync.rules import Verdict
from tests.sync.pair import NOW, Pair


def ids(pair: Pair) -> list[str]:
    with pair.here.connect() as connection:
        return list(connection.execute(select(EVENTS.c.event_id).order_by(EVENTS.c.epoch, EVENTS.c.seq)).scalars())


def facts(pair: Pair, event_id: str) -> dict[str, object]:
    with pair.here.connect() as connection:
        row = connection.execute(select(EVENTS).where(EVENTS.c.event_id == event_id)).mappings().one()
    assert (row["kind"], row["seq"], row["actor"]) == ("office.rejoined", 1, "node")
    return dict(json.loads(row["body"]))


def send_all(pair: Pair) -> None:
    cursor = pair.link.hello(backlog=0).cursor
    while (sent := pair.link.send(cursor)).lines:
        cursor = sent.cursor


def restore(pair: Pair, copy: Path) -> None:
    """The database of the node becomes what it was."""
    pair.here.dispose()
    shutil.copy(copy, copy.with_name("back.db"))
    pair.here = open_engine(copy.with_name("back.db"), writing=True)
    pair.link = Link(pair.here, pair.identity, pair.desk.answer, clock=lambda: NOW)


def backup(pair: Pair, folder: Path) -> Path:
    with pair.here.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{folder / 'copy.db'}'")
        connection.exec_driver_sql("BEGIN")
    return folder / "copy.db"


def mend(pair: Pair, spoil: bool = False) -> None:
    standing = pair.link.hello(backlog=0)
    agreed, pulled = pair.link.fetch(standing)
    if spoil:
        pulled[-1][1].pop()
    with Session(pair.here) as session:
        rejoin(session, office_id="kaltim", agreed=agreed, pulled=pulled, cursor=standing.cursor, at=NOW)
        session.commit()


def is_whole(pair: Pair) -> bool:
    with pair.here.connect() as connection:
        rows = [list(connection.execute(select(table)).mappings()) for table in (EVENTS, LINKS, HEADS)]
    for table in rows[:2]:
        table.sort(key=lambda row: (row["epoch"], row["seq"]))
    return check("kaltim", *rows).whole


@pytest.mark.parametrize("made_after", [0, 1, 30])
@pytest.mark.parametrize("lost", [1, 40, 1500])
def test_what_the_centre_holds_comes_back_and_what_the_node_alone_has_goes_on(pair: Pair, tmp_path: Path, lost: int, made_after: int):
    pair.happen(20)
    copy = backup(pair, tmp_path)
    pair.happen(lost)
    send_all(pair)
    before = ids(pair)
    restore(pair, copy)
    pair.happen(made_after)
    new = ids(pair)[20:]
    assert pair.link.verdict(pair.link.hello(backlog=0)) == Verdict.REWOUND
    mend(pair)
    told = ids(pair)[len(before)]
    assert ids(pair) == [*before, told, *new]
    assert facts(pair, told) == {"reason": "restored", "from": [1, 20 + made_after], "came_back": lost, "stamped_again": made_after}
    assert pair.link.verdict(pair.link.hello(backlog=0)) == Verdict.CURRENT
    assert is_whole(pair), "also while nothing has happened in the new epoch"
    pair.happen(3)
    send_all(pair)
    assert pair.held() == ids(pair)
    assert is_whole(pair)
    with pair.here.connect() as connection:
        assert reading.head_of(connection, "kaltim").epoch == 2


def test_a_history_that_does_not_end_where_the_centre_stands_changes_nothing(pair: Pair, tmp_path: Path):
    pair.happen(5)
    copy = backup(pair, tmp_path)
    pair.happen(5)
    send_all(pair)
    restore(pair, copy)
    before = ids(pair)
    with pytest.raises(BrokenHistory):
        mend(pair, spoil=True)
    assert ids(pair) == before
    assert is_whole(pair)


def test_of_two_computers_with_one_identity_the_one_that_was_left_behind_is_told(pair: Pair, tmp_path: Path):
    pair.happen(5)
    send_all(pair)
    first, first_link = pair.here, pair.link
    shutil.copy(backup(pair, tmp_path), tmp_path / "twin.db")
    with Session(first) as session:  # the first one goes on
        session.commit()
    pair.happen(4)
    send_all(pair)
    pair.here = open_engine(tmp_path / "twin.db", writing=True)
    pair.link = Link(pair.here, pair.identity, pair.desk.answer, clock=lambda: NOW)
    pair.happen(2)
    mend(pair)
    send_all(pair)
    twin = pair.here
    pair.here, pair.link = first, first_link
    pair.happen(1)
    assert pair.link.verdict(pair.link.hello(backlog=1)) == Verdict.TWIN
    twin.dispose()
