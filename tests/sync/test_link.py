"""What a node sends reaches the centre once; a node that was restored is found out."""

from pathlib import Path

from kiosk.sync import reading
from kiosk.sync.link import Link
from kiosk.sync.rules import Verdict
from tests.sync.pair import NOW, Pair


def test_what_happened_reaches_the_centre_once_in_order(pair: Pair):
    pair.happen(2500)
    cursor = pair.link.hello(backlog=2500).cursor
    sent = []
    while (step := pair.link.send(cursor)).lines:
        sent.append(step.lines)
        cursor = step.cursor
    assert sent == [1000, 1000, 500]
    assert len(pair.held()) == len(set(pair.held())) == 2500
    with pair.here.connect() as connection:
        assert reading.head_of(connection, "kaltim") == cursor == pair.link.hello(backlog=0).cursor


def test_a_batch_that_is_sent_twice_is_held_once(pair: Pair):
    pair.happen(10)
    begin = pair.link.hello(backlog=10).cursor
    first = pair.link.send(begin)
    assert pair.link.send(begin).cursor == first.cursor
    pair.happen(5)
    assert pair.link.send(begin).cursor.seq == 15
    assert len(pair.held()) == 15


def test_a_node_that_was_restored_from_an_older_copy_is_found_out(pair: Pair, tmp_path: Path):
    pair.happen(5)
    pair.link.send(pair.link.hello(backlog=5).cursor)
    old = Pair(tmp_path / "old") if (tmp_path / "old").mkdir() is None else None
    assert old is not None
    old.happen(3)  # another chain under the same identity
    restored = Link(old.here, pair.identity, pair.desk.answer, clock=lambda: NOW)
    assert pair.link.verdict(pair.link.hello(backlog=0)) == Verdict.CURRENT
    assert restored.verdict(restored.hello(backlog=3)) == Verdict.REWOUND
