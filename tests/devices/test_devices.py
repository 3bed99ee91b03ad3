"""Enrolment, tokens and cookies of devices, over the real routes and the real database."""

import asyncio

import pytest
from starlette.requests import Request

from kiosk.core.recent import Recent
from kiosk.devices import access, service
from kiosk.devices.errors import BadDevice, DeviceUnknown, TooManyCalls, TooManyTouches
from kiosk.devices.model import Device
from kiosk.devices.service import DeviceIdentity
from tests.devices.house import ELSEWHERE, MORNING, OWN_PAGE, House


def enrol(house: House, name="Kios lobi", kind="kiosk", actor="cli") -> service.Enrolled:
    return house.do(service.enrol, office_id="kaltim", name=name, kind=kind, at=MORNING, actor=actor)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def cookie_of(response) -> str:
    return response.headers["set-cookie"].split(";")[0]


def test_a_token_is_known_by_its_prefix_and_holds_256_bits(office):
    tokens = {enrol(office, name=f"Kios {n}").token for n in range(20)}
    assert len(tokens) == 20
    assert all(token.startswith("kd_") and len(token) == 3 + 43 for token in tokens)


def test_the_database_holds_no_token(office):
    token = enrol(office).token
    office.node.writer.stop()
    stored = b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))
    assert b"Kios lobi" in stored
    assert token.encode() not in stored
    assert token[3:].encode() not in stored


def test_who_holds_the_token_is_the_device_wherever_it_calls_from(office):
    enrolled = enrol(office)
    for headers in (bearer(enrolled.token), {"cookie": f"kiosk_device={enrolled.token}"}):
        answer = office.call("GET", "/devices/me", peer=ELSEWHERE, headers=headers)
        assert answer.json() == {"id": enrolled.device_id, "name": "Kios lobi", "kind": "kiosk", "lane": "K1", "place": ""}


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Bearer kd_guess"}, {"authorization": "Bearer"}, {"authorization": "Basic a2Q6"}, {"cookie": "kiosk_device="}],
)
def test_nobody_else_is_a_device(office, headers):
    enrol(office)
    answer = office.call("GET", "/devices/me", headers=headers)
    assert (answer.status_code, answer.json()["code"], answer.headers["www-authenticate"]) == (401, "DEVICE-0401", "Bearer")


def test_a_bearer_token_is_not_mended_by_a_cookie(office):
    token = enrol(office).token
    assert office.call("GET", "/devices/me", headers={"authorization": "Bearer no", "cookie": f"kiosk_device={token}"}).status_code == 401


def test_a_token_of_another_office_counts_for_nothing(office):
    foreign = office.do(service.enrol, office_id="rohil", name="Kios", kind="kiosk", at=MORNING, actor="cli")
    assert office.call("GET", "/devices/me", headers=bearer(foreign.token)).status_code == 401


def test_a_revoked_device_is_out_when_its_moment_in_memory_is_over(office, monkeypatch):
    """The command revokes in another process, so only time can tell the node."""
    clock = [0.0]
    monkeypatch.setattr(access, "_known", Recent(seconds=access.KNOWN_SECONDS, clock=lambda: clock[0]))
    assert access.KNOWN_SECONDS < 2
    enrolled = enrol(office)
    assert office.call("GET", "/devices/me", headers=bearer(enrolled.token)).status_code == 200
    office.do(service.revoke, office_id="kaltim", device_id=enrolled.device_id, at=MORNING, actor="cli")
    clock[0] += access.KNOWN_SECONDS
    assert office.call("GET", "/devices/me", headers=bearer(enrolled.token)).status_code == 401


def test_a_known_device_costs_no_read(office, monkeypatch):
    token = enrol(office).token
    assert office.call("GET", "/devices/me", headers=bearer(token)).status_code == 200
    monkeypatch.setattr(access, "find", None)
    assert office.call("GET", "/devices/me", headers=bearer(token)).status_code == 200


def test_revoking_twice_is_once_and_of_nobody_is_told(office):
    enrolled = enrol(office)
    for _ in range(2):
        office.do(service.revoke, office_id="kaltim", device_id=enrolled.device_id, at=MORNING, actor="cli")
    assert office.kinds() == ["device.enrolled", "device.revoked"]
    with pytest.raises(DeviceUnknown):
        office.do(service.revoke, office_id="rohil", device_id=enrolled.device_id, at=MORNING, actor="cli")


@pytest.mark.parametrize(("name", "kind"), [("", "kiosk"), (" \t", "kiosk"), ("x" * 81, "kiosk"), ("a\x00b", "kiosk"), ("Kios", "printer")])
def test_a_device_needs_a_name_and_a_known_kind(office, name, kind):
    with pytest.raises(BadDevice):
        enrol(office, name=name, kind=kind)
    assert office.rows(Device) == []
    assert office.kinds() == []


def test_in_the_demonstration_a_browser_on_this_machine_enrols_itself_once(demo):
    first = demo.call("POST", "/devices/demo", headers=OWN_PAGE)
    assert first.status_code == 204
    again = demo.call("POST", "/devices/demo", headers={**OWN_PAGE, "cookie": cookie_of(first)})
    assert (again.status_code, "set-cookie" in again.headers) == (204, False)
    assert len(demo.rows(Device)) == 1
    assert demo.call("GET", "/devices/me", headers={"cookie": cookie_of(first)}).json()["kind"] == "kiosk"


def test_a_cookie_that_is_worth_nothing_is_replaced(demo):
    assert "set-cookie" in demo.call("POST", "/devices/demo", headers={**OWN_PAGE, "cookie": "kiosk_device=kd_old"}).headers


def test_the_device_cookie_is_out_of_reach_of_scripts_and_of_other_sites(demo):
    flags = demo.call("POST", "/devices/demo", headers=OWN_PAGE).headers["set-cookie"].lower().split("; ")[1:]
    assert {"httponly", "samesite=strict", "path=/", f"max-age={400 * 86400}"} <= set(flags)
    assert "secure" not in flags
    assert not any(flag.startswith("domain") for flag in flags)


@pytest.mark.parametrize(
    ("peer", "changes"),
    [
        (ELSEWHERE, {}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"host": "kios.example:8000"}),
    ],
)
def test_nobody_else_enrols_itself(demo, peer, changes):
    answer = demo.call("POST", "/devices/demo", peer=peer, headers=OWN_PAGE | changes)
    assert (answer.status_code, answer.json()["code"]) == (403, "DEVICE-0403")
    assert "peragaan" in answer.json()["message"]
    assert "set-cookie" not in answer.headers
    assert demo.rows(Device) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"host": "kios.example:8000", "origin": "http://kios.example:8000"},
        {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_s_page_enrols_nothing(demo, changes):
    answer = demo.call("POST", "/devices/demo", peer="127.0.0.1", headers=OWN_PAGE | changes)
    assert (answer.status_code, answer.json()["code"]) == (403, "HTTP-0403")
    assert "set-cookie" not in answer.headers
    assert demo.rows(Device) == []


def test_a_script_that_says_nothing_about_its_page_does_not_enrol_itself(demo):
    assert demo.call("POST", "/devices/demo").status_code == 403


def test_outside_the_demonstration_nobody_enrols_itself(office):
    assert office.call("POST", "/devices/demo", headers=OWN_PAGE).status_code == 403


def test_a_browser_that_enrolled_itself_counts_for_nothing_once_the_demonstration_is_over(demo, monkeypatch):
    headers = {"cookie": cookie_of(demo.call("POST", "/devices/demo", headers=OWN_PAGE))}
    assert demo.call("GET", "/devices/me", headers=headers).status_code == 200
    monkeypatch.setattr(access, "_known", Recent(seconds=1))
    demo.restart(demo=False)
    assert demo.call("GET", "/devices/me", headers=headers).status_code == 401


def test_fifteen_touches_at_once_then_one_every_five_seconds_and_another_device_is_not_held_up(office):
    busy, calm = DeviceIdentity("busy", "Kios 1", "kiosk"), DeviceIdentity("calm", "Kios 2", "kiosk")
    for _ in range(15):
        access.spend_touch(busy)
    for _ in range(485):
        with pytest.raises(TooManyTouches) as refused:
            access.spend_touch(busy)
    assert refused.value.status == 429
    assert refused.value.headers == {"Retry-After": "5"}
    access.spend_touch(calm)


def test_a_touch_of_which_nothing_came_does_not_count(office):
    device = DeviceIdentity("unlucky", "Kios 3", "kiosk")
    for _ in range(50):
        access.spend_touch(device)
        access.give_touch_back(device)


def test_limits_are_off_for_load_tests(office):
    office.restart(rate_limits=False)
    for _ in range(50):
        access.spend_touch(DeviceIdentity("busy", "Kios 1", "kiosk"))
    count("10.0.0.9", times=500)


def count(address: str, token: str | None = None, times: int = 1) -> None:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    for _ in range(times):
        asyncio.run(access.counted(Request({"type": "http", "client": (address, 1), "headers": headers})))


def test_anonymous_calls_are_counted_by_address_and_devices_are_not(office):
    token = enrol(office).token
    with pytest.raises(TooManyCalls):
        count("10.0.0.9", times=200)
    count("10.0.0.10")
    count("10.0.0.9", token, times=200)
    with pytest.raises(TooManyCalls):
        count("10.0.0.9", "kd_made_up", times=20)
