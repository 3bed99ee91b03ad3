"""Guessing a PIN, over the real route and the real database."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from kiosk.devices import service as devices
from kiosk.staff import pins, service, signing_in
from kiosk.staff.model import PinGuard, PlaceGuard
from kiosk.staff.signing_in import Refused, Try
from tests.devices.house import ELSEWHERE, MORNING, House
from tests.staff.conftest import RIGHT, WRONG, add

DAY = timedelta(days=1)
PRODUCTION = pins.HASHER


def enter(house: House, account: str, pin: str, **words):
    return house.call("POST", "/staff/session", json={"account": account, "pin": pin}, **words)


def code(answer) -> str:
    return "in" if answer.status_code == 204 else f"{answer.json()['code']} {answer.headers.get('retry-after', '')}".strip()


def wrong(house: House, account: str, times: int) -> list[str]:
    """Wrong PINs, each as soon as it is allowed."""
    answers = []
    for _ in range(times):
        answers.append(code(enter(house, account, WRONG)))
        house.now += timedelta(hours=3)
    return answers


@pytest.fixture
def checked(monkeypatch):
    """Every PIN that argon2 worked on."""
    seen, real = [], pins.matches
    monkeypatch.setattr(pins, "matches", lambda pin_hash, pin: seen.append(pin) or real(pin_hash, pin))
    return seen


def test_the_right_pin_opens_and_a_wrong_one_does_not(office, sari):
    assert code(enter(office, sari, WRONG)) == "STAFF-0401"
    assert code(enter(office, sari, RIGHT)) == "in"


def test_a_wrong_name_and_a_wrong_pin_get_the_same_sentence(office, sari):
    one, other = enter(office, sari, WRONG).json(), enter(office, "nobody", RIGHT).json()
    assert (
        (one["code"], one["message"])
        == (other["code"], other["message"])
        == ("STAFF-0401", "Nama atau PIN belum cocok. Silakan coba lagi.")
    )


def test_the_fifth_wrong_pin_says_how_long_to_wait_and_even_the_right_one_waits(office, sari, checked):
    assert [code(enter(office, sari, WRONG)) for _ in range(6)] == [*["STAFF-0401"] * 4, "STAFF-0401 15", "STAFF-0429 15"]
    office.now += timedelta(seconds=9.5)
    refused = enter(office, sari, RIGHT)
    assert (code(refused), refused.status_code) == ("STAFF-0429 6", 429)
    assert "6 detik" in refused.json()["message"]
    assert RIGHT not in checked
    office.now += timedelta(seconds=6)
    assert code(enter(office, sari, RIGHT)) == "in"


def test_waits_double_and_the_fifteenth_locks(office, sari):
    assert wrong(office, sari, 15) == [*["STAFF-0401"] * 4, *(f"STAFF-0401 {15 * 2**n}" for n in range(10)), "STAFF-0423"]
    office.now += 10 * DAY
    locked = enter(office, sari, RIGHT)
    assert (code(locked), locked.status_code) == ("STAFF-0423", 423)
    assert office.kinds().count("staff.account_locked") == 1


def test_of_ten_thousand_tries_fifteen_are_looked_at(office, sari, checked):
    """The rest costs no argon2 and no write."""
    for _ in range(40):
        enter(office, sari, WRONG)
        office.now += timedelta(hours=3)
    before = office.node.writer.jobs
    with office.node.reading() as session:
        attempt = Try("kaltim", sari, "here")
        for _ in range(9_960):
            assert isinstance(signing_in.look(session, attempt, now=office.now), Refused)
    assert len(checked) == 15
    assert office.node.writer.jobs == before


def test_a_hundred_tries_at_the_same_moment_are_five(office, sari, checked):
    answers = office.together(*[("POST", "/staff/session", {"json": {"account": sari, "pin": WRONG}})] * 100)
    assert len(checked) == 5
    assert sorted({answer.status_code for answer in answers}) == [401, 429]


def test_a_node_that_dies_while_it_looks_at_a_pin_gives_no_free_try(office, sari, monkeypatch):
    def dies(*_):
        raise SystemExit

    monkeypatch.setattr(pins, "matches", dies)
    for _ in range(5):
        with pytest.raises(SystemExit):
            enter(office, sari, RIGHT)
    monkeypatch.undo()
    office.restart()
    assert code(enter(office, sari, RIGHT)).startswith("STAFF-0429")


def test_a_restart_forgets_no_wrong_pin(office, sari):
    wrong(office, sari, 4)
    office.restart()
    assert code(enter(office, sari, WRONG)) == "STAFF-0401 15"
    office.restart()
    assert code(enter(office, sari, RIGHT)) == "STAFF-0429 15"
    office.now += timedelta(hours=1)
    wrong(office, sari, 10)
    office.restart()
    assert code(enter(office, sari, RIGHT)) == "STAFF-0423"


@pytest.mark.parametrize("back", [timedelta(minutes=1), DAY, 3650 * DAY])
def test_a_clock_set_back_makes_nobody_wait_longer_than_the_delay(office, sari, back):
    for _ in range(5):
        enter(office, sari, WRONG)
    office.now -= back
    assert code(enter(office, sari, RIGHT)) == "STAFF-0429 15"
    office.now += timedelta(seconds=14)
    assert code(enter(office, sari, RIGHT)) == "STAFF-0429 1"
    office.now += timedelta(seconds=1)
    assert code(enter(office, sari, RIGHT)) == "in"


def test_a_clock_set_forward_ends_waits_but_the_count_goes_on(office, sari):
    for _ in range(15):
        enter(office, sari, WRONG)
        office.now += 3650 * DAY / 20
    assert code(enter(office, sari, RIGHT)) == "STAFF-0423"


def test_the_right_pin_makes_up_for_the_wrong_ones_before_it(office, sari):
    for _ in range(4):
        wrong(office, sari, 4)
        assert code(enter(office, sari, RIGHT)) == "in"
    assert office.rows(PinGuard) == []


def test_another_account_and_another_device_are_not_locked_with_it(office, sari):
    """So a stranger at one screen cannot keep an officer from working at another."""
    budi = office.call("GET", "/staff/accounts").json()[1]["id"]
    token = office.do(devices.enrol, office_id="kaltim", name="Loket 1", kind="staff", at=MORNING, actor="cli").token
    wrong(office, sari, 15)
    assert code(enter(office, sari, RIGHT)) == "STAFF-0423"
    assert code(enter(office, budi, RIGHT)) == "in"
    assert code(enter(office, sari, RIGHT, peer=ELSEWHERE, headers={"authorization": f"Bearer {token}"})) == "in"


def test_this_machine_is_one_place_whatever_its_browser_calls_itself(office, sari):
    for number in range(5):
        token = office.do(devices.enrol, office_id="kaltim", name=f"Loket {number}", kind="staff", at=MORNING, actor="cli").token
        enter(office, sari, WRONG, headers={"cookie": f"kiosk_device={token}"}, peer=("127.0.0.1", "::1", "127.9.9.9")[number % 3])
    assert code(enter(office, sari, RIGHT)).startswith("STAFF-0429")


@pytest.mark.parametrize("kind", ["kiosk", "tablet", "board"])
def test_nobody_types_a_pin_at_a_visitors_device_though_it_hangs_on_this_machine(office, sari, kind):
    token = office.do(devices.enrol, office_id="kaltim", name="Kios", kind=kind, at=MORNING, actor="cli").token
    assert code(enter(office, sari, RIGHT, headers={"cookie": f"kiosk_device={token}"})) == "DEVICE-0401"
    assert code(enter(office, sari, RIGHT)) == "in"


def test_the_admin_unlocks(office, sari):
    wrong(office, sari, 15)
    office.do(service.unlock, office_id="kaltim", account_id=sari, at=office.now, actor="cli")
    assert code(enter(office, sari, RIGHT)) == "in"


def test_a_refused_try_changes_nothing(office, sari):
    for _ in range(5):
        enter(office, sari, WRONG)
    before = [row.model_dump() for row in office.rows(PinGuard)]
    for _ in range(20):
        enter(office, sari, WRONG)
    assert [row.model_dump() for row in office.rows(PinGuard)] == before


def test_made_up_accounts_fill_no_table_and_cost_no_argon2(office, checked):
    for number in range(30):
        assert code(enter(office, f"nobody {number}", RIGHT)) == "STAFF-0401"
    assert (office.rows(PinGuard), checked) == ([], [])


def test_pins_are_hashed_with_argon2id_as_rfc_9106_says():
    hashed = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1).hash(RIGHT)
    assert not PRODUCTION.check_needs_rehash(hashed)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert pins.matches(hashed, RIGHT)
    assert not pins.matches(hashed, WRONG)
    assert not pins.matches("damaged", RIGHT)


def test_neither_the_database_nor_the_log_holds_a_pin(office, sari, caplog):
    caplog.set_level("DEBUG")
    enter(office, sari, WRONG)
    enter(office, sari, RIGHT)
    office.node.writer.stop()
    stored = b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))
    assert b"Sari" in stored
    for pin in (RIGHT, WRONG):
        assert pin.encode() not in stored
        assert pin not in caplog.text


def test_one_pin_tried_with_every_name_slows_the_place_down(office, sari, checked):
    """Fifteen tries a name would be hundreds in a large office: from the twentieth wrong one on, the place waits, whoever is named."""
    names = [add(office, f"Orang {number}", "registration").account_id for number in range(30)]
    answers = [code(enter(office, name, WRONG)) for name in names]
    assert answers == [*["STAFF-0401"] * 19, "STAFF-0401 15", *["STAFF-0429 15"] * 10]
    assert len(checked) == 20
    office.restart()
    assert code(enter(office, sari, RIGHT)) == "STAFF-0429 15"
    office.now += timedelta(seconds=15)
    assert code(enter(office, names[20], WRONG)) == "STAFF-0401 30"
    office.now += timedelta(seconds=30)
    assert code(enter(office, sari, RIGHT)) == "in"
    assert office.rows(PlaceGuard) == []


def test_a_place_waits_an_hour_at_most_and_another_place_not_at_all(office, sari):
    names = [add(office, f"Orang {number}", "registration").account_id for number in range(40)]
    for name in names:
        enter(office, name, WRONG)
        office.now += timedelta(minutes=64)
    assert code(enter(office, sari, RIGHT)) == "in"
    for name in names:
        enter(office, name, WRONG)
    token = office.do(devices.enrol, office_id="kaltim", name="Loket 1", kind="staff", at=MORNING, actor="cli").token
    assert code(enter(office, sari, RIGHT)).startswith("STAFF-0429")
    assert code(enter(office, sari, RIGHT, peer=ELSEWHERE, headers={"authorization": f"Bearer {token}"})) == "in"


def test_the_admin_who_unlocks_an_account_frees_the_places_too(office, sari):
    wrong(office, sari, 15)
    for number in range(10):
        enter(office, add(office, f"Orang {number}", "registration").account_id, WRONG)
    assert office.rows(PlaceGuard)[0].not_before
    office.do(service.unlock, office_id="kaltim", account_id=sari, at=office.now, actor="cli")
    assert code(enter(office, sari, RIGHT)) == "in"
