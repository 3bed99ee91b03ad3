"""Faults planted on purpose in the real code: for each of them the machine says no. A machine that passes them proves nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test
from sqlmodel import Session

from kiosk.core import audit
from kiosk.core.chain import Head
from kiosk.queues import service
from kiosk.sync import reading, rejoin
from kiosk.sync.link import Link, Standing
from tests.sync.browsers import OfficeWithScreens, browsers
from tests.sync.office import Office, runs

Patch = pytest.MonkeyPatch


def one_shared_counter(patch: Patch) -> None:
    """A restored node goes on in the lane that it had."""
    patch.setattr(service, "own_lane", lambda _epoch: "")


def cursor_at_the_source(patch: Patch) -> None:
    """The node remembers where the centre stands, in its own database, which a backup brings back too."""
    real = Link.send

    def said(link: Link, **_: Any) -> Standing:
        with link._engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT name, position, purpose FROM queue WHERE code = 'Z'").first()
        if kept is None:
            return Standing(Head(1, 0, audit.GENESIS), [])
        return Standing(Head(int(kept[0]), kept[1], kept[2]), [])

    def send(link: Link, cursor: Head) -> Any:
        sent = real(link, cursor)
        with link._engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO queue (office_id, code, name, name_en, purpose, purpose_en, by_transfer, position, retired)"
                " VALUES ('kaltim', 'Z', ?, '', ?, '', 1, ?, 1)"
                " ON CONFLICT (office_id, code) DO UPDATE"
                " SET name = excluded.name, purpose = excluded.purpose, position = excluded.position",
                (str(sent.cursor.epoch), sent.cursor.hash, sent.cursor.seq),
            )
        return sent

    patch.setattr(Link, "hello", said)
    patch.setattr(Link, "send", send)


def no_epoch(patch: Patch) -> None:
    """What only the restored node has is put behind what came back, in the same epoch."""

    def go_on(session: Session, office_id: str, cursor: Head, _epoch: int) -> None:
        audit.put_head(session, office_id, cursor)

    patch.setattr(rejoin, "_go_on", go_on)


def heads_that_prove_nothing(patch: Patch) -> None:
    """A device's head is looked at, and the epoch stays."""
    patch.setattr(audit, "open_epoch", lambda *_: None)


def nothing_comes_back(patch: Patch) -> None:
    """The chain is mended, the rows are not."""
    patch.setattr(rejoin.applying, "apply_all", lambda *_, **__: [])


def new_ids(patch: Patch) -> None:
    """What is stamped again gets an id of its own."""
    from kiosk.core.ids import new_id

    real = rejoin._stamp_again
    patch.setattr(rejoin, "_stamp_again", lambda session, own: real(session, [{**row, "event_id": new_id()} for row in own]))


def an_end_is_taken_for_the_whole(patch: Patch) -> None:
    """The node sends from its own last event on."""
    patch.setattr(reading, "lines_after", lambda connection, office_id, cursor: (cursor, []))


FAULTS = [
    one_shared_counter, cursor_at_the_source, no_epoch, heads_that_prove_nothing, nothing_comes_back, new_ids,
    an_end_is_taken_for_the_whole,
]  # fmt: skip


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
@pytest.mark.timeout(900)
@pytest.mark.usefixtures("quick_signatures")
def test_a_planted_fault_is_caught(plant: Callable[[Patch], None], monkeypatch: Patch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Office, settings=runs(150, 25, derandomize=True))


@pytest.mark.parametrize(("forgets", "lost"), [("stamp", "is lost"), ("held", "an answer is lost")])
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("quick_signatures")
def test_a_screen_that_forgets_what_the_node_alone_holds_is_caught(forgets: str, lost: str):
    browsers().say({"do": "careless", "with": forgets})
    try:
        with pytest.raises(AssertionError, match=lost):
            run_state_machine_as_test(OfficeWithScreens, settings=runs(150, 25, derandomize=True))
    finally:
        browsers().say({"do": "careless", "with": ""})
