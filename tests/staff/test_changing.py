"""What admins change about an account: nothing is lost, nobody is locked out, and it holds at once."""

import asyncio
from datetime import timedelta

import pytest

from kiosk.devices import service as devices
from kiosk.staff import changing, managing, own, pins, sessions
from kiosk.staff.changing import Change
from kiosk.staff.errors import AccountChanged, AccountUnknown, BadAccount, BadPin, LastAdmin, WrongOldPin, WrongPin
from kiosk.staff.listing import members
from kiosk.staff.model import Account
from kiosk.staff.service import roles_of
from tests.devices.house import ELSEWHERE, MORNING, House
from tests.staff.conftest import RIGHT, WRONG, add

NEW = "418305"


@pytest.fixture
def budi(office: House) -> str:
    return account(office, "Budi")


def account(house: House, name: str) -> str:
    return next(row.id for row in house.rows(Account) if row.name == name)


def change(account_id: str, version: int | None = None, *, actor: str = "cli", demo: bool = False) -> Change:
    return Change("kaltim", account_id, actor, MORNING, version, demo)


def cookie(house: House, account_id: str, pin: str = RIGHT, **words) -> str:
    answer = house.call("POST", "/staff/session", json={"account": account_id, "pin": pin}, **words)
    assert answer.status_code == 204, answer.text
    return answer.headers["set-cookie"].split(";")[0].partition("=")[2]


def roles(house: House, account_id: str) -> set[str]:
    with house.node.reading() as session:
        return set(roles_of(session, "kaltim", account_id))


def test_a_role_taken_away_is_gone_from_a_session_that_is_open(office, sari):
    one = cookie(office, sari)
    assert sessions.find(one).roles == {"information", "registration"}
    office.do(changing.set_roles, change(sari), ["registration", "collection"])
    assert sessions.find(one).roles == {"registration", "collection"}


def test_of_two_admins_who_look_at_one_account_the_second_is_told_and_nothing_is_lost(office, sari):
    office.do(changing.set_roles, change(sari, 1), ["verifier"])
    for late in (
        lambda: office.do(changing.set_roles, change(sari, 1), ["auditor"]),
        lambda: office.do(changing.close, change(sari, 1)),
        lambda: office.do(changing.reset_pin, change(sari, 1), pins.new_pin(NEW)),
        lambda: office.do(changing.reopen, change(sari, 1)),
    ):
        with pytest.raises(AccountChanged, match="Sari") as told:
            late()
    assert (told.value.code, told.value.status) == ("STAFF-0412", 409)
    assert roles(office, sari) == {"verifier"}
    assert cookie(office, sari)  # open, with the old PIN
    office.do(changing.set_roles, change(sari, 2), ["auditor"])
    assert roles(office, sari) == {"auditor"}


def test_of_ten_changes_at_the_same_moment_one_is_done(office, sari):
    jobs = [
        office.node.writer.enqueue(lambda session, role=role: changing.set_roles(session, change(sari, 1), [role]))
        for role in ("verifier", "liaison", "processing", "agency", "records") * 2
    ]
    failures = [job.exception(10) for job in jobs]
    assert [type(one) for one in failures if one] == [AccountChanged] * 9
    assert len(roles(office, sari)) == 1
    assert office.kinds().count("staff.roles_changed") == 1


@pytest.mark.parametrize(
    "what",
    [lambda house, one: house.do(changing.set_roles, one, ["auditor"]), lambda house, one: house.do(changing.close, one)],
    ids=["role", "account"],
)
def test_the_last_admin_stays_admin(office, budi, what):
    with pytest.raises(LastAdmin, match="Budi"):
        what(office, change(budi))
    assert roles(office, budi) == {"admin"}
    second = add(office, "Dewi", "admin", "auditor").account_id
    what(office, change(budi))
    with pytest.raises(LastAdmin, match="Dewi"):
        what(office, change(second))


def test_two_admins_who_remove_each_other_at_the_same_moment_leave_one(office, budi):
    dewi = add(office, "Dewi", "admin").account_id
    jobs = [office.node.writer.enqueue(lambda session, one=one: changing.close(session, change(one, 1))) for one in (budi, dewi)]
    assert [type(job.exception(10)).__name__ for job in jobs] == ["NoneType", "LastAdmin"]


@pytest.mark.parametrize(("shut", "demo"), [("closed", False), ("of the demonstration", False)])
def test_an_admin_who_cannot_sign_in_does_not_count_as_one(office, budi, shut, demo):
    other = add(office, "Dewi", "admin", demo=shut != "closed").account_id
    if shut == "closed":
        office.do(changing.close, change(other))
    with pytest.raises(LastAdmin):
        office.do(changing.close, change(budi, demo=demo))


def test_a_new_pin_from_the_admin_ends_what_the_old_one_opened(office, sari):
    one = cookie(office, sari)
    office.do(changing.reset_pin, change(sari), pins.new_pin(NEW))
    assert sessions.find(one) is None
    assert office.call("POST", "/staff/session", json={"account": sari, "pin": RIGHT}).status_code == 401
    assert cookie(office, sari, NEW)


def test_a_new_pin_from_the_admin_opens_a_locked_account(office, sari):
    for _ in range(15):
        office.call("POST", "/staff/session", json={"account": sari, "pin": WRONG})
        office.now += timedelta(hours=3)
    assert office.call("POST", "/staff/session", json={"account": sari, "pin": RIGHT}).status_code == 423
    with office.node.reading() as session:
        assert [one.locked for one in members(session, "kaltim", now=office.now, demo=False)] == [True, False]
    office.do(changing.reset_pin, change(sari), pins.new_pin(NEW))
    assert cookie(office, sari, NEW)


def test_a_closed_account_is_out_and_comes_back_as_it_was(office, sari):
    one = cookie(office, sari)
    office.do(changing.close, change(sari))
    assert sessions.find(one) is None
    assert office.call("POST", "/staff/session", json={"account": sari, "pin": RIGHT}).status_code == 401
    office.do(changing.reopen, change(sari))
    assert sessions.find(one) is None
    assert sessions.find(cookie(office, sari)).roles == {"information", "registration"}


def test_signing_out_everywhere_ends_every_session_and_only_this_person_s(office, sari, budi):
    mine, other = [cookie(office, sari) for _ in range(3)], cookie(office, budi)
    assert asyncio.run(own.sign_out_everywhere(sessions.find(mine[0]))) == 3
    assert [sessions.find(one) for one in mine] == [None] * 3
    assert sessions.find(other).name == "Budi"


def test_one_s_own_pin_is_changed_here_and_the_other_devices_are_out(office, sari):
    here, there = cookie(office, sari), cookie(office, sari)
    asyncio.run(own.change_pin(sessions.find(here), old=RIGHT, new=NEW))
    assert sessions.find(here).name == "Sari"
    assert sessions.find(there) is None
    assert cookie(office, sari, NEW)
    assert office.kinds().count("staff.pin_changed") == 1


@pytest.mark.parametrize(("old", "new", "error"), [(WRONG, NEW, WrongOldPin), (RIGHT, "123456", BadPin), (RIGHT, RIGHT, BadPin)])
def test_a_pin_that_does_not_fit_changes_nothing(office, sari, old, new, error):
    one = cookie(office, sari)
    with pytest.raises(error):
        asyncio.run(own.change_pin(sessions.find(one), old=old, new=new))
    assert cookie(office, sari)


def test_guessing_the_old_pin_on_a_screen_left_open_costs_the_same_as_guessing_it_at_the_door(office, sari):
    who = sessions.find(cookie(office, sari))
    for _ in range(5):
        with pytest.raises(WrongOldPin):
            asyncio.run(own.change_pin(who, old=WRONG, new=NEW))
    with pytest.raises(Exception, match="wait 15 seconds"):
        asyncio.run(own.change_pin(who, old=RIGHT, new=NEW))
    assert office.call("POST", "/staff/session", json={"account": sari, "pin": RIGHT}).status_code == 429


def test_an_admin_s_new_pin_wins_over_a_change_that_was_under_way(office, sari, monkeypatch):
    who, real = sessions.find(cookie(office, sari)), pins.new_pin

    def slow(pin=None):
        office.do(changing.reset_pin, change(sari), real("593026"))
        return real(pin)

    monkeypatch.setattr(own.pins, "new_pin", slow)
    with pytest.raises(WrongPin):
        asyncio.run(own.change_pin(who, old=RIGHT, new=NEW))
    monkeypatch.undo()
    assert office.call("POST", "/staff/session", json={"account": sari, "pin": NEW}).status_code == 401


def test_a_session_on_a_device_ends_with_the_device(office, sari):
    enrolled = office.do(devices.enrol, office_id="kaltim", name="Loket 1", kind="staff", at=MORNING, actor="cli")
    one = cookie(office, sari, peer=ELSEWHERE, headers={"authorization": f"Bearer {enrolled.token}"})
    here = cookie(office, sari)
    assert sessions.find(one).place == enrolled.device_id
    office.do(devices.revoke, office_id="kaltim", device_id=enrolled.device_id, at=MORNING, actor="cli")
    sessions.forget_all()
    assert sessions.find(one) is None
    assert sessions.find(here).name == "Sari"


@pytest.mark.parametrize("given", [[], ["boss"], ["admin", "boss"], [""]])
def test_roles_that_there_are_not_change_nothing(office, sari, given):
    with pytest.raises(BadAccount):
        office.do(changing.set_roles, change(sari, 1), given)
    assert roles(office, sari) == {"information", "registration"}
    office.do(changing.set_roles, change(sari, 1), ["verifier"])  # the version did not move either


def test_an_account_that_there_is_not_is_told(office, sari):
    for call in (
        lambda one: office.do(changing.set_roles, one, ["verifier"]),
        lambda one: office.do(changing.close, one),
        lambda one: office.do(changing.end_sessions, one),
    ):
        with pytest.raises(AccountUnknown):
            call(change("nobody"))
        with pytest.raises(AccountUnknown):
            call(Change("rohil", sari, "cli", MORNING))  # another office's


def test_what_an_admin_does_on_a_running_node_holds_at_once_although_sessions_are_remembered(office, sari, monkeypatch):
    from kiosk.core.recent import Recent

    monkeypatch.setattr(sessions, "_known", Recent(seconds=3600))
    one = cookie(office, sari)
    assert "information" in sessions.find(one).roles
    asyncio.run(managing.set_roles(managing.change_of(sari, "staff:x", None), ["collection"]))
    assert sessions.find(one).roles == {"collection"}
    asyncio.run(managing.close(managing.change_of(sari, "staff:x", None)))
    assert sessions.find(one) is None
