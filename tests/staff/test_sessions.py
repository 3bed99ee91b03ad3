"""Accounts and sessions, over the real routes and the real database."""

import asyncio
from datetime import timedelta

import pytest
from starlette.requests import Request

from kiosk.core.recent import Recent
from kiosk.devices import service as devices
from kiosk.staff import changing, demo, sessions
from kiosk.staff.access import signed_in
from kiosk.staff.changing import Change
from kiosk.staff.errors import BadAccount, BadPin, NameTaken, NotSignedIn, RoleMissing
from kiosk.staff.model import Account, StaffSession
from tests.devices.house import ELSEWHERE, MORNING, OWN_PAGE, House
from tests.staff.conftest import RIGHT, WRONG, add


def sign_in(house: House, account: str, **words):
    return house.call("POST", "/staff/session", json={"account": account, "pin": RIGHT}, **words)


def cookie_of(answer) -> str:
    return answer.headers["set-cookie"].split(";")[0]


def value_of(answer) -> str:
    return cookie_of(answer).partition("=")[2]


def test_who_signed_in_is_known_by_the_cookie(office, sari):
    who = sessions.find(value_of(sign_in(office, sari)))
    assert (who.name, who.roles, who.account_id, who.counter) == ("Sari", {"information", "registration"}, sari, None)
    assert [sessions.find(cookie) for cookie in (None, "", "guess")] == [None] * 3


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites_and_goes_with_the_browser(office, sari):
    flags = sign_in(office, sari).headers["set-cookie"].lower().split("; ")[1:]
    assert {"httponly", "samesite=strict", "path=/"} == set(flags)


def test_the_database_holds_no_cookie(office, sari):
    value = value_of(sign_in(office, sari))
    assert [row.id_hash for row in office.rows(StaffSession)] == [sessions.key_of(value)]
    office.node.writer.stop()
    assert value.encode() not in b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))


def test_signing_out_ends_the_session_and_takes_the_cookie_away(office, sari):
    signed = sign_in(office, sari)
    out = office.call("DELETE", "/staff/session", headers={"cookie": cookie_of(signed)})
    assert out.status_code == 204
    assert "max-age=0" in out.headers["set-cookie"].lower()
    assert sessions.find(value_of(signed)) is None
    assert office.kinds()[-2:] == ["staff.signed_in", "staff.signed_out"]
    assert office.call("DELETE", "/staff/session").status_code == 204
    assert office.kinds()[-1] == "staff.signed_out"


def test_signing_in_again_on_a_screen_ends_who_sat_there_before(office, sari):
    first = sign_in(office, sari)
    second = sign_in(office, sari, headers={"cookie": cookie_of(first)})
    assert sessions.find(value_of(first)) is None
    assert sessions.find(value_of(second)) is not None


def test_a_wrong_pin_does_not_end_who_sits_there(office, sari):
    signed = sign_in(office, sari)
    office.call("POST", "/staff/session", json={"account": sari, "pin": WRONG}, headers={"cookie": cookie_of(signed)})
    assert sessions.find(value_of(signed)) is not None


def test_a_session_outlives_a_restart(office, sari):
    cookie = value_of(sign_in(office, sari))
    office.restart()
    assert sessions.find(cookie) is not None


@pytest.mark.parametrize(
    ("gap", "open_"), [(timedelta(minutes=30), True), (timedelta(minutes=30, seconds=1), False), (timedelta(days=-3650), False)]
)
def test_a_screen_left_alone_for_half_an_hour_is_locked(office, sari, gap, open_):
    cookie = value_of(sign_in(office, sari))
    office.now += gap
    assert (sessions.find(cookie) is not None) is open_


def test_who_works_is_not_locked_and_the_last_sight_is_written_once_a_minute(office, sari, monkeypatch):
    cookie = value_of(sign_in(office, sari))
    monkeypatch.setattr(sessions, "_known", Recent(seconds=60))
    before = office.node.writer.jobs
    for _ in range(120):
        office.now += timedelta(seconds=30)
        sessions.touch(sessions.find(cookie))
    office.do(lambda session: None)
    assert 50 <= office.node.writer.jobs - before <= 62
    monkeypatch.setattr(sessions, "_known", Recent(seconds=0))
    assert sessions.find(cookie) is not None
    office.now += timedelta(minutes=31)
    assert sessions.find(cookie) is None


def test_looking_does_not_keep_a_session_open(office, sari):
    cookie = value_of(sign_in(office, sari))
    for _ in range(4):
        found = sessions.find(cookie)
        office.now += timedelta(minutes=10)
    assert found is not None
    assert sessions.find(cookie) is None


def test_a_closed_account_is_out_when_its_moment_in_memory_is_over(office, sari, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(sessions, "_known", Recent(seconds=sessions.KNOWN_SECONDS, clock=lambda: clock[0]))
    assert sessions.KNOWN_SECONDS < 2
    cookie = value_of(sign_in(office, sari))
    assert sessions.find(cookie) is not None
    office.do(changing.close, Change("kaltim", sari, "cli", office.now))
    clock[0] += sessions.KNOWN_SECONDS
    assert sessions.find(cookie) is None
    assert sign_in(office, sari).status_code == 401
    assert [one["name"] for one in office.call("GET", "/staff/accounts").json()] == ["Budi"]


def test_an_officer_sits_at_a_counter_until_another_is_picked(office, sari):
    cookie = value_of(sign_in(office, sari))
    who = asyncio.run(sessions.sit_at(sessions.find(cookie), "2"))
    assert who.counter == sessions.find(cookie).counter == "2"
    asyncio.run(sessions.sit_at(who, "2"))
    assert office.kinds().count("staff.counter_picked") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example:8000", "host": "evil.example:8000"},
    ],
)
def test_another_site_s_page_neither_signs_in_nor_out(office, sari, headers):
    signed = sign_in(office, sari, headers=OWN_PAGE)
    answer = sign_in(office, sari, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "HTTP-0403")
    assert "http://localhost:8000" in answer.json()["message"]
    assert office.call("DELETE", "/staff/session", headers={**headers, "cookie": cookie_of(signed)}).status_code == 403
    assert sessions.find(value_of(signed)) is not None


def test_a_stranger_on_the_network_sees_no_names_and_signs_in_nowhere(office, sari):
    assert office.call("GET", "/staff/accounts", peer=ELSEWHERE).json()["code"] == "DEVICE-0401"
    assert sign_in(office, sari, peer=ELSEWHERE).json()["code"] == "DEVICE-0401"
    assert sign_in(office, sari, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 401


def test_on_an_enrolled_device_staff_see_names_and_nothing_else_of_the_accounts(office):
    token = office.do(devices.enrol, office_id="kaltim", name="Loket 1", kind="staff", at=MORNING, actor="cli").token
    listed = office.call("GET", "/staff/accounts", peer=ELSEWHERE, headers={"authorization": f"Bearer {token}"}).json()
    assert [(one["name"], one["roles"]) for one in listed] == [("Sari", ["information", "registration"]), ("Budi", ["admin"])]
    assert {key for one in listed for key in one} == {"id", "name", "roles"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"account": "x"},
        {"account": "x", "pin": ""},
        {"account": "x", "pin": "1" * 33},
        {"account": "x" * 37, "pin": "1"},
        {"account": 1, "pin": 2},
        [],
    ],
)
def test_a_sign_in_that_makes_no_sense_is_refused_before_anything_is_done(office, body):
    assert office.call("POST", "/staff/session", json=body).status_code == 422


def test_a_new_account_gets_a_pin_that_works(office):
    added = add(office, "Dewi", "verifier", pin=None)
    assert len(added.pin) == 6
    answer = office.call("POST", "/staff/session", json={"account": added.account_id, "pin": added.pin})
    assert answer.status_code == 204


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"name": " "}, BadAccount),
        ({"name": "x" * 61}, BadAccount),
        ({"roles": ["boss"]}, BadAccount),
        ({"roles": []}, BadAccount),
        ({"pin": "123456"}, BadPin),
        ({"pin": "12345"}, BadPin),
        ({"name": " Sari "}, NameTaken),
    ],
)
def test_an_account_needs_a_name_of_its_own_a_known_role_and_a_fair_pin(office, words, error):
    with pytest.raises(error):
        add(office, words.get("name", "Dewi"), *words.get("roles", ["verifier"]), pin=words.get("pin", RIGHT))
    assert len(office.rows(Account)) == 2
    assert office.kinds() == ["staff.account_added"] * 2


def test_a_role_opens_only_its_own_doors(office, sari):
    cookie = cookie_of(sign_in(office, sari))
    request = Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})
    assert signed_in("information", "admin")(request).name == "Sari"
    for door, who in (
        (signed_in("admin"), request),
        (signed_in(), request),
        (signed_in("information"), Request({"type": "http", "headers": []})),
    ):
        with pytest.raises((NotSignedIn, RoleMissing)):
            door(who)


def test_the_demonstration_s_people_can_sign_in_only_in_it(office):
    office.restart(demo=True)
    office.do(demo.load, "kaltim", MORNING)
    office.do(demo.load, "kaltim", MORNING)
    listed = {one["name"]: one["id"] for one in office.call("GET", "/staff/accounts").json()}
    assert len(listed) == 2 + len(demo.accounts("kaltim"))
    name, roles, pin = demo.accounts("kaltim")[0]
    answer = office.call("POST", "/staff/session", json={"account": listed[name], "pin": pin})
    assert sessions.find(value_of(answer)).roles == set(roles)
    office.restart(demo=False)
    assert sessions.find(value_of(answer)) is None
    assert [one["name"] for one in office.call("GET", "/staff/accounts").json()] == ["Sari", "Budi"]
    assert office.call("POST", "/staff/session", json={"account": listed[name], "pin": pin}).status_code == 401


def test_an_office_s_accounts_are_its_own(office):
    foreign = add(office, "Sari", "admin", office_id="rohil")
    assert sign_in(office, foreign.account_id).status_code == 401
    assert len(office.call("GET", "/staff/accounts").json()) == 2
