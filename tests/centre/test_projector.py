"""What the offices sent becomes rows of the centre: once, in order, whoever else is at it, and nothing that fails is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, insert, select
from sqlmodel import Session, SQLModel

import kiosk.centre.model
import kiosk.tables  # noqa: F401
from kiosk.centre import projector
from kiosk.centre.ingest import NODES, take
from kiosk.centre.model import CentreNode
from kiosk.centre.rules import Batch
from kiosk.core.chain import GENESIS, canonical
from kiosk.core.clock import stored
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.core.office import Office
from kiosk.queues.events import CALLS, LANES, QUEUES, TICKETS
from kiosk.sync import kinds
from tests.queues.conftest import Hall, furnish
from tests.queues.test_events import rows
from tests.sync.pair import NOW

OFFICES = ("kaltim", "rohil")


@pytest.fixture(params=["sqlite", "postgresql"])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The centre with two offices and a node of each."""
    if request.param == "sqlite":
        engine = open_engine(tmp_path / "centre.db", writing=True)
    else:
        engine = create_engine(request.getfixturevalue("postgres"))
    SQLModel.metadata.create_all(engine)
    with engine.begin() as connection:
        for office_id in OFFICES:
            add_node(connection, office_id, f"node-{office_id}")
    with Session(engine) as session, session.begin():
        for office_id in OFFICES:
            session.add(Office(office_id=office_id, name="Dinas", short_name="D", region="R", zone="Asia/Makassar"))
    yield engine
    engine.dispose()


def add_node(connection: Any, office_id: str, node_id: str, minutes: int = 0) -> None:
    at = stored(NOW + timedelta(minutes=minutes))
    facts = {"name": "PC", "public_key": "ab", "epoch": 1, "seq": 0, "hash": GENESIS, "enrolled_at": at}
    connection.execute(insert(NODES), CentreNode(office_id=office_id, node_id=node_id, **facts).model_dump())


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Hall]]:
    """A morning in two offices."""
    made = {}
    for office_id in OFFICES:
        engine = open_engine(tmp_path_factory.mktemp(office_id) / "office.db", writing=True)
        SQLModel.metadata.create_all(engine)
        hall = made[office_id] = furnish(engine, office_id)
        for number in range(80):
            hall.take("AB"[number % 2])
            if number % 3 == 0 and (visit := hall.step("call_next", "2")):
                hall.step("start", "2", visit["id"])
                hall.step("transfer" if number % 2 else "finish", "2", visit["id"], **({"queue": "D"} if number % 2 else {}))
    yield made
    for hall in made.values():
        hall.engine.dispose()


def lines(hall: Hall) -> list[bytes]:
    from kiosk.sync.outbox import EVENTS as OUTBOX
    from kiosk.sync.outbox import event_of

    with hall.engine.connect() as connection:
        return [canonical(event_of(row)) for row in connection.execute(select(OUTBOX).order_by(OUTBOX.c.seq)).mappings()]


def send(centre: Engine, office_id: str, sent: list[bytes], node_id: str = "") -> None:
    with centre.begin() as connection:
        node_id = node_id or f"node-{office_id}"
        row = connection.execute(select(NODES.c.epoch, NODES.c.seq, NODES.c.hash).where(NODES.c.node_id == node_id)).one()
        take(connection, office_id=office_id, node_id=node_id, batch=Batch(row.epoch, row.seq + 1, row.hash, sent), at=NOW)


def event(kind: str, office_id: str = "kaltim", **body: Any) -> bytes:
    facts = {"office_id": office_id, "event_id": new_id(), "kind": kind, "at": stored(NOW), "actor": "cli"}
    return canonical({**facts, "body": body})


def here(centre: Engine, office_id: str) -> list[list[str]]:
    with centre.connect() as connection:
        tables = (TICKETS, CALLS, LANES)
        return [sorted(map(str, connection.execute(select(t).where(t.c.office_id == office_id)).mappings())) for t in tables]


def left(centre: Engine) -> list[tuple[str, str]]:
    with centre.connect() as connection:
        columns = (projector.UNAPPLIED.c.kind, projector.UNAPPLIED.c.code)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(projector.UNAPPLIED.c.seq))]


def test_the_same_rows_come_of_two_offices_events(centre: Engine, halls: dict[str, Hall]):
    for office_id, hall in halls.items():
        send(centre, office_id, lines(hall))
        assert projector.catch_up(centre, office_id) == len(lines(hall))
        assert projector.catch_up(centre, office_id) == 0
    for office_id, hall in halls.items():
        assert here(centre, office_id) == rows(hall.engine)
    assert left(centre) == []


@pytest.mark.parametrize("after", [1, 120])
def test_stopped_in_the_middle_of_a_transaction_it_goes_on(
    centre: Engine, halls: dict[str, Hall], monkeypatch: pytest.MonkeyPatch, after: int
):
    send(centre, "kaltim", lines(halls["kaltim"]))
    real, count = kinds._KINDS["ticket.taken"], iter(range(10_000))

    def dies(session: Session, one: kinds.Event) -> None:
        if next(count) == after // 2:
            raise KeyboardInterrupt
        real(session, one)

    monkeypatch.setitem(kinds._KINDS, "ticket.taken", dies)
    with pytest.raises(KeyboardInterrupt):
        projector.catch_up(centre, "kaltim")
    monkeypatch.setitem(kinds._KINDS, "ticket.taken", real)
    projector.catch_up(centre, "kaltim")
    assert here(centre, "kaltim") == rows(halls["kaltim"].engine)


def test_two_at_once_do_no_harm(centre: Engine, halls: dict[str, Hall]):
    send(centre, "kaltim", lines(halls["kaltim"]))
    seen: list[int] = []
    both = [threading.Thread(target=lambda: seen.append(projector.catch_up(centre, "kaltim"))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert sum(seen) == len(lines(halls["kaltim"]))
    assert here(centre, "kaltim") == rows(halls["kaltim"].engine)
    assert left(centre) == []


def test_a_kind_of_a_newer_version_is_kept_and_applied_after_the_update(centre: Engine, monkeypatch: pytest.MonkeyPatch):
    send(centre, "kaltim", [event("letter.signed", number=1), event("office.rejoined"), event("letter.signed", number=2)])
    assert projector.catch_up(centre, "kaltim") == 3
    assert left(centre) == [("letter.signed", "SYNC-0426")] * 2
    signed: list[int] = []
    monkeypatch.setitem(kinds._KINDS, "letter.signed", lambda _session, one: signed.append(one["body"]["number"]))
    assert projector.catch_up(centre, "kaltim") == 0
    assert left(centre)
    stop = threading.Event()
    thread = projector.start(centre, stop)
    until(lambda: not left(centre))
    stop.set()
    thread.join(10)
    assert sorted(set(signed)) == [1, 2]
    assert left(centre) == []


def test_what_fails_holds_nobody_up_and_is_tried_again(centre: Engine, halls: dict[str, Hall]):
    """The queues are not there yet: nothing can be made of the tickets until they are."""
    sent = lines(halls["kaltim"])
    loaded = [line for line in sent if b'"queues.loaded"' in line]
    send(centre, "kaltim", [line for line in sent if line not in loaded])
    projector.catch_up(centre, "kaltim")
    assert {code for _, code in left(centre)} == {"SYNC-0520", "QUEUE-0425"}
    send(centre, "kaltim", loaded)
    projector.catch_up(centre, "kaltim")
    assert left(centre) == []
    assert here(centre, "kaltim") == rows(halls["kaltim"].engine)


def test_an_office_s_new_computer_and_its_old_one_in_any_order(centre: Engine, halls: dict[str, Hall]):
    """The new one was enrolled anew and sends everything; what the centre has is not taken twice."""
    sent = lines(halls["kaltim"])
    send(centre, "kaltim", sent[:100])
    with centre.begin() as connection:
        add_node(connection, "kaltim", "another", minutes=-5)  # comes first, though it knows the later half only
    send(centre, "kaltim", sent, "another")
    projector.catch_up(centre, "kaltim")
    projector.catch_up(centre, "kaltim")
    assert left(centre) == []
    assert here(centre, "kaltim") == rows(halls["kaltim"].engine)


def test_the_thread_makes_rows_of_what_arrives_and_survives_a_failure(centre: Engine, halls: dict[str, Hall]):
    broken = threading.Event()
    broken.set()
    real = projector._offices

    def offices(engine: Engine, **words: Any) -> list[str]:
        if broken.is_set():
            broken.clear()
            raise OSError("gone")
        return real(engine, **words)

    stop = threading.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projector, "_offices", offices)
        patch.setattr(projector, "PAUSE_S", 0.02)
        patch.setattr(projector, "LONGER_S", 0.02)
        thread = projector.start(centre, stop)
        send(centre, "rohil", lines(halls["rohil"]))
        until(lambda: here(centre, "rohil") == rows(halls["rohil"].engine))
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_an_event_reaches_its_own_office_only(centre: Engine, halls: dict[str, Hall]):
    send(centre, "kaltim", lines(halls["kaltim"]))
    projector.catch_up(centre, "kaltim")
    assert here(centre, "rohil") == [[], [], []]
    with centre.begin() as connection:
        assert connection.execute(select(QUEUES.c.office_id).distinct()).scalars().all() == ["kaltim"]


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)
