"""On PostgreSQL batches go in by COPY: what is odd in one comes out as on SQLite."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlmodel import SQLModel

from kiosk.centre.ingest import EVENTS, REPEATS, held
from kiosk.core.chain import GENESIS, Head, canonical, follow
from tests.centre.test_desk import event, send
from tests.sync.pair import Pair

TWO = ("sqlite", "postgresql")


@pytest.fixture(params=TWO)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    if request.param == "postgresql":
        there = create_engine(request.getfixturevalue("postgres"))
        SQLModel.metadata.create_all(there)
    else:
        there = Pair._database(tmp_path / "centre.db")
    made = Pair(tmp_path, there)
    yield made
    made.here.dispose()
    there.dispose()


def lines(here: Pair) -> list[str]:
    with here.there.connect() as connection:
        return list(connection.execute(select(EVENTS.c.line).order_by(EVENTS.c.epoch, EVENTS.c.seq)).scalars())


def test_what_a_line_may_hold_comes_out_as_it_went_in(either: Pair):
    texts = ["\\", "\\.", "\\N", "\\\\t", 'a"b', "tab\tline\nreturn\r", "é \u2028 \U0001f600", "\ud800", "\x7f\x1f", "'%s' {}"]
    sent = [event(body={"note": text}) for text in texts[:7]]
    sent += [json.dumps(json.loads(event()) | {"body": {"note": text}}, separators=(",", ":")).encode() for text in texts[7:]]
    sent.append(event().replace(b'","', b'",\t"').replace(b'":{', b'":\r {'))  # blanks that JSON allows between its words
    assert send(either, sent)[1]["set_aside"] == []
    assert lines(either) == [line.decode() for line in sent]


def test_events_that_are_there_already_are_noted_and_another_body_is_set_aside(either: Pair):
    first = [event() for _ in range(5)]
    send(either, first)
    other = canonical(json.loads(first[3]) | {"body": {"serial": 9}})
    again = [first[1], event(), other, first[1], event()]
    head = follow(Head(1, 0, GENESIS), first)
    status, told = send(either, again, head)
    assert (status, told["cursor"][1], told["set_aside"]) == (200, 10, [[8, "SYNC-0409"]])
    assert lines(either) == [line.decode() for line in (*first, again[1], again[4])]
    with either.there.connect() as connection:
        assert sorted(connection.execute(select(REPEATS.c.seq)).scalars()) == [6, 9]
        rows = held(connection, office_id="kaltim", node_id=either.identity.node_id, epoch=1, after=0, limit=100)
    assert rows == [(seq, line.decode()) for seq, line in enumerate([*first, *again], 1)]
    assert send(either, [event()], follow(head, again))[1]["cursor"][1] == 11


def test_an_event_twice_in_one_batch_is_held_once(either: Pair):
    twice = event()
    assert send(either, [twice, event(), twice])[1]["set_aside"] == []
    assert len(either.held()) == 2
