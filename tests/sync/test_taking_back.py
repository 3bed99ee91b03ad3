"""What comes back to a restored node: rights that were taken away stay taken away, and nothing that is not in the events is made up."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

import kiosk.happenings  # noqa: F401
from kiosk.core.chain import Head
from kiosk.core.ids import new_id
from kiosk.devices import service as devices
from kiosk.devices.model import Device
from kiosk.queues.model import Ticket
from kiosk.queues.service import take_ticket
from kiosk.staff import changing, service
from kiosk.staff.changing import Change
from kiosk.staff.events import NO_PIN
from kiosk.staff.model import Account, StaffSession
from kiosk.staff.pins import NewPin, matches
from kiosk.sync import applying, kinds, reading
from kiosk.sync.outbox import record
from kiosk.sync.rejoin import draw_epoch
from tests.queues.conftest import furnish
from tests.sync.pair import NOW, Pair
from tests.sync.test_rejoin import backup, facts, ids, is_whole, mend, restore, send_all

OLD, NEW = NewPin("1", "old hash"), NewPin("2", "new hash")
Job = Callable[[Session], Any]


class Office:
    """A node with staff and a device, a backup of it, and what happened since."""

    def __init__(self, pair: Pair, folder: Path) -> None:
        self.pair, self.folder, self.minute = pair, folder, 0
        furnish(pair.here)
        with Session(pair.there) as session, session.begin():
            from tests.sync.office import furnish_centre

            furnish_centre(session)
        self.people = {name: self.do(self.add(name)).account_id for name in ("Sari", "Budi")}
        self.kiosk = self.do(self.enrol("Kios 1"))
        self.copy = backup(pair, folder)

    @property
    def now(self) -> Any:
        return NOW + timedelta(minutes=self.minute)

    def do(self, job: Job) -> Any:
        self.minute += 1
        with Session(self.pair.here, expire_on_commit=False) as session:
            result = job(session)
            session.commit()
        return result

    def add(self, name: str) -> Job:
        words = {"office_id": "kaltim", "name": name, "roles": ["admin", "records"], "secret": OLD, "actor": "cli"}
        return lambda session: service.add_account(session, at=self.now, **words)

    def enrol(self, name: str, replaces: str | None = None) -> Job:
        words = {"office_id": "kaltim", "name": name, "kind": "kiosk", "actor": "cli", "replaces": replaces}
        return lambda session: devices.enrol(session, at=self.now, **words)

    def change(self, name: str) -> Change:
        return Change("kaltim", self.people[name], "cli", self.now)

    def sign_in(self, name: str, place: str = "here") -> str:
        """An open session, as a row; gives its key."""
        key = new_id()
        at = self.now.isoformat(timespec="microseconds")
        words = {"account_id": self.people[name], "place": place, "opened_at": at, "seen_at": at}
        self.do(lambda session: session.add(StaffSession(office_id="kaltim", id_hash=key, **words)))
        return key

    def comes_back(self) -> None:
        """The disk dies; the centre has everything."""
        send_all(self.pair)
        restore(self.pair, self.copy)

    def account(self, name: str) -> Account:
        with Session(self.pair.here) as session:
            found = session.get(Account, ("kaltim", self.people[name]))
            assert found
            return found

    def roles(self, name: str) -> frozenset[str]:
        with Session(self.pair.here) as session:
            return service.roles_of(session, "kaltim", self.people[name])

    def device(self, device_id: str) -> Device | None:
        with Session(self.pair.here) as session:
            return session.get(Device, ("kaltim", device_id))


@pytest.fixture
def office(pair: Pair, tmp_path: Path) -> Office:
    return Office(pair, tmp_path)


def test_an_account_that_was_closed_is_closed(office: Office):
    office.do(lambda session: changing.close(session, office.change("Budi")))
    office.comes_back()
    assert office.account("Budi").disabled_at is None, "as in the backup"
    mend(office.pair)
    assert office.account("Budi").disabled_at is not None
    assert office.account("Sari").disabled_at is None


def test_closed_and_opened_again_is_open(office: Office):
    office.do(lambda session: changing.close(session, office.change("Budi")))
    office.do(lambda session: changing.reopen(session, office.change("Budi")))
    office.comes_back()
    mend(office.pair)
    assert office.account("Budi").disabled_at is None


def test_a_role_that_was_taken_away_stays_away_whatever_was_given_since(office: Office):
    office.do(lambda session: changing.set_roles(session, office.change("Budi"), ["records"]))
    office.comes_back()
    assert "admin" in office.roles("Budi")
    office.do(lambda session: changing.set_roles(session, office.change("Budi"), ["admin", "records", "auditor"]))
    mend(office.pair)
    assert office.roles("Budi") == {"records", "auditor"}
    assert office.roles("Sari") == {"admin", "records"}


def test_an_old_pin_counts_no_more_and_no_hash_left_the_node(office: Office):
    office.do(lambda session: changing.reset_pin(session, office.change("Budi"), NEW))
    office.comes_back()
    assert office.account("Budi").pin_hash == OLD.pin_hash
    mend(office.pair)
    assert office.account("Budi").pin_hash == NO_PIN
    assert not matches(NO_PIN, "123456")
    assert office.account("Sari").pin_hash == OLD.pin_hash
    with office.pair.there.connect() as connection:
        lines = "".join(connection.exec_driver_sql("SELECT line FROM centre_event").scalars())
    assert "hash" not in lines
    assert office.kiosk.token not in lines


def test_a_pin_that_was_given_after_the_restore_counts(office: Office):
    office.do(lambda session: changing.reset_pin(session, office.change("Budi"), OLD))
    office.comes_back()
    office.do(lambda session: changing.reset_pin(session, office.change("Budi"), NEW))
    mend(office.pair)
    assert office.account("Budi").pin_hash == NEW.pin_hash


def test_an_account_that_was_added_since_comes_back_without_a_pin(office: Office):
    office.people["Wati"] = office.do(office.add("Wati")).account_id
    office.comes_back()
    again = office.do(office.add("Wati")).account_id
    mend(office.pair)
    assert (office.account("Wati").pin_hash, office.account("Wati").name) == (NO_PIN, "Wati (2)")
    assert office.roles("Wati") == {"admin", "records"}
    office.people["Wati again"] = again
    assert office.account("Wati again").pin_hash == OLD.pin_hash


def test_sessions_that_were_ended_are_over(office: Office):
    sari, budi = office.sign_in("Sari"), office.sign_in("Budi")
    office.copy = backup(office.pair, office.folder / "later") if (office.folder / "later").mkdir() is None else office.copy
    office.do(lambda session: changing.end_sessions(session, office.change("Budi")))
    office.comes_back()
    mend(office.pair)
    with Session(office.pair.here) as session:
        ended = {key: session.get_one(StaffSession, ("kaltim", key)).ended_at for key in (sari, budi)}
    assert ended[sari] is None
    assert ended[budi] is not None


def test_a_device_that_was_enrolled_since_must_enrol_again_and_its_lane_is_not_given_again(office: Office):
    lost = office.do(office.enrol("Kios 2"))
    assert lost.device.lane == "K2"
    office.comes_back()
    mend(office.pair)
    row = office.device(lost.device_id)
    assert row
    assert (row.lane, row.name, row.revoked_at is not None) == ("K2", "Kios 2", True)
    with Session(office.pair.here) as session:
        assert devices.find(session, "kaltim", lost.token) is None
        assert devices.find(session, "kaltim", office.kiosk.token)
    assert office.do(office.enrol("Kios 2 again")).device.lane == "K3"
    send_all(office.pair)
    with office.pair.there.connect() as connection:
        sent = connection.exec_driver_sql("SELECT line FROM centre_event WHERE kind = 'device.revoked'").scalars().all()
    assert [lost.device_id in line for line in sent] == [True]


def test_a_lane_that_was_given_twice_is_taken_from_the_second(office: Office):
    lost = office.do(office.enrol("Kios 2"))
    office.comes_back()
    second = office.do(office.enrol("Kios 3"))
    assert second.device.lane == lost.device.lane == "K2"
    mend(office.pair)
    kept, marked = office.device(lost.device_id), office.device(second.device_id)
    assert kept
    assert marked
    assert (kept.lane, marked.lane, marked.revoked_at is not None) == ("K2", "K2*", True)
    assert office.do(office.enrol("Kios 4")).device.lane == "K3"
    with Session(office.pair.here) as session:
        assert [one.lane for one in devices.list_devices(session, "kaltim")] == ["K1", "K2", "K2*", "K3"]


def test_a_device_that_was_revoked_is_revoked(office: Office):
    words = {"office_id": "kaltim", "device_id": office.kiosk.device_id, "actor": "cli"}
    office.do(lambda session: devices.revoke(session, at=office.now, **words))
    office.comes_back()
    with Session(office.pair.here) as session:
        assert devices.find(session, "kaltim", office.kiosk.token)
    mend(office.pair)
    with Session(office.pair.here) as session:
        assert devices.find(session, "kaltim", office.kiosk.token) is None


def take(office: Office) -> str:
    words = {"office_id": "kaltim", "queue": "A", "device_id": office.kiosk.device_id, "always_open": True}
    return office.do(lambda session: take_ticket(session, ticket_id=new_id(), now=office.now, **words)).number


def test_the_same_number_on_two_papers_keeps_both_visits_and_the_node_goes_on_in_a_lane_of_its_own(office: Office):
    assert [take(office), take(office)] == ["A-001", "A-002"]
    office.comes_back()
    assert take(office) == "A-001", "it cannot know yet"
    mend(office.pair)
    with Session(office.pair.here) as session:
        rows = session.exec(select(Ticket.lane, Ticket.serial).order_by(Ticket.taken_at)).all()
    assert [tuple(row) for row in rows] == [("", 1), ("", 2), ("*", 1)]
    assert [take(office), take(office)] == ["A-R2-001", "A-R2-002"]


def test_a_device_that_shows_a_higher_head_opens_the_next_epoch_once(office: Office):
    take(office)
    take(office)
    with office.pair.here.connect() as connection:
        shown = reading.head_of(connection, "kaltim")
    restore(office.pair, office.copy)  # and there is no centre
    job = {"office_id": "kaltim", "at": NOW, "beyond": shown}
    assert office.do(lambda session: draw_epoch(session, **job))
    assert office.do(lambda session: draw_epoch(session, **job)) is None
    assert office.do(lambda session: draw_epoch(session, office_id="kaltim", at=NOW, beyond=Head(1, 1, "0" * 64))) is None
    assert take(office) == "A-R2-001"
    assert is_whole(office.pair)
    assert office.do(lambda session: draw_epoch(session, office_id="kaltim", at=NOW, beyond=Head(4, 2, "0" * 64)))
    assert take(office) == "A-R5-001"
    assert is_whole(office.pair)
    told = [one for one in ids(office.pair) if "office.rejoined" in kind_of(office.pair, one)]
    assert facts(office.pair, told[0])["shown"] == [shown.epoch, shown.seq]
    send_all(office.pair)
    assert len(office.pair.held()) == len(ids(office.pair))


def kind_of(pair: Pair, event_id: str) -> str:
    with pair.here.connect() as connection:
        return str(connection.exec_driver_sql("SELECT kind FROM outbox_event WHERE event_id = ?", (event_id,)).scalar())


def test_what_this_version_does_not_know_is_kept_and_tried_at_the_next_start(office: Office, monkeypatch: pytest.MonkeyPatch):
    office.do(lambda session: record(session, office_id="kaltim", kind="letter.signed", body={"n": 1}, actor="cli", at=NOW))
    office.do(lambda session: record(session, office_id="kaltim", kind="ticket.called", body={"id": new_id()}, actor="cli", at=NOW))
    office.comes_back()
    mend(office.pair)
    assert office.do(lambda session: applying.try_again(session, "kaltim", at=NOW)) == 2
    seen: list[Any] = []
    monkeypatch.setitem(kinds._KINDS, "letter.signed", lambda _session, event: seen.append(event["body"]))
    assert office.do(lambda session: applying.try_again(session, "kaltim", at=NOW)) == 1
    assert {"n": 1} in seen
    seen.clear()
    assert office.do(lambda session: applying.try_again(session, "kaltim", at=NOW)) == 1
    assert seen == []
    with Session(office.pair.here) as session:
        codes = session.connection().execute(select(applying.TABLE.c.kind, applying.TABLE.c.code)).all()
    assert [tuple(row) for row in codes] == [("ticket.called", "SYNC-0520")]


def test_other_work_of_the_same_commit_is_not_lost(office: Office):
    """Under load the writer puts many jobs into one transaction: what waits there keeps its place in the chain."""
    office.comes_back()
    standing = office.pair.link.hello(backlog=0)
    take(office)
    agreed, pulled = office.pair.link.fetch(standing)

    def many(session: Session) -> None:
        from kiosk.sync.rejoin import rejoin

        for number in range(2):
            record(session, office_id="kaltim", kind="office.noted", body={"before": number}, actor="cli", at=NOW)
        rejoin(session, office_id="kaltim", agreed=agreed, pulled=pulled, cursor=standing.cursor, at=NOW)
        record(session, office_id="kaltim", kind="office.noted", body={"after": 1}, actor="cli", at=NOW)

    before = ids(office.pair)
    office.do(many)
    assert len(ids(office.pair)) == len(before) + 2 + 1 + 1
    assert is_whole(office.pair)
    send_all(office.pair)
    assert sorted(office.pair.held()) == sorted(ids(office.pair))
