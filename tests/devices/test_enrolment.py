"""From a code to a device: once, in time, by one browser, over the real routes and the real database."""

import asyncio
import json
from datetime import timedelta

import pytest

from kiosk.core.errors import Busy
from kiosk.core.recent import Recent
from kiosk.devices import access, codes, enrolment, service
from kiosk.devices.errors import BadDevice, BadPlace, CodeUsed
from kiosk.devices.model import Device, EnrolmentCode
from tests.devices.house import ELSEWHERE, OWN_PAGE, House
from tests.devices.test_devices import bearer, cookie_of, enrol

PAGE = {"host": "localhost:8000", "origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
REFUSALS = {422: "DEVICE-0424", 409: "DEVICE-0409", 410: "DEVICE-0410", 429: "DEVICE-0430"}


def make(house: House, name="Tablet survei", kind="tablet", place="Ruang tunggu") -> str:
    """A code of this node, made as the admin's page makes one."""
    return asyncio.run(enrolment.make(name=name, kind=kind, place=place, actor="staff:admin")).code


def bring(house: House, code: str, peer=ELSEWHERE, headers=None):
    return house.call("POST", "/devices/enrol", peer=peer, headers={**PAGE, **(headers or {})}, json={"code": code})


def said(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(("kind", "lane"), [("kiosk", "K1"), ("tablet", "T1"), ("board", "B1"), ("staff", "S1")])
def test_a_browser_that_brings_a_code_is_the_device_that_the_admin_described(office, kind, lane):
    answer = bring(office, make(office, kind=kind))
    assert answer.status_code == 201
    assert {**answer.json(), "id": ""} == {"id": "", "name": "Tablet survei", "kind": kind, "lane": lane, "place": "Ruang tunggu"}
    assert office.call("GET", "/devices/me", headers={"cookie": cookie_of(answer)}).json() == answer.json()
    assert office.rows(Device)[0].enrolled_by == "staff:admin"
    assert office.kinds() == ["device.code_made", "device.enrolled"]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites_and_needs_no_clock_of_the_tablet(office):
    """Max-Age counts on the tablet from now, whatever it takes now for; Expires would be a moment of our clock."""
    flags = bring(office, make(office)).headers["set-cookie"].lower().split("; ")[1:]
    assert {"httponly", "samesite=strict", "path=/", f"max-age={400 * 86400}"} <= set(flags)
    assert not any(flag.startswith(("expires", "domain")) for flag in flags)


def test_the_database_holds_no_code(office):
    code = codes.parse(make(office))
    assert code is not None
    assert office.rows(EnrolmentCode)[0].code_hash == enrolment.code_hash(code)
    office.node.writer.stop()
    stored = b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))
    assert b"Tablet survei" in stored
    assert code.encode() not in stored
    assert codes.shown(code).encode() not in stored


def test_a_code_works_once(office):
    code = make(office)
    assert bring(office, code).status_code == 201
    again = bring(office, code)
    assert said(again) == (409, "DEVICE-0409")
    assert "set-cookie" not in again.headers
    assert "sekali pakai" in again.json()["message"]
    assert len(office.rows(Device)) == 1


def test_of_twenty_that_bring_a_code_at_once_one_is_enrolled(office):
    """Each looks before any of them writes, so only the write can decide."""
    code, asked = make(office), {"headers": PAGE}
    answers = office.together(*[
        ("POST", "/devices/enrol", {**asked, "peer": f"192.168.1.{n}", "json": {"code": code}}) for n in range(20)
    ])  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19
    assert len(office.rows(Device)) == 1
    assert office.kinds().count("device.enrolled") == 1


def test_a_code_whose_look_was_too_early_is_judged_again_by_the_write(office, monkeypatch):
    code = make(office)
    monkeypatch.setattr(enrolment, "run_in_threadpool", lambda look: asyncio.sleep(0))  # nobody looks first
    assert [bring(office, code).status_code for _ in range(3)] == [201, 409, 409]
    office.now += timedelta(minutes=11)
    late = make(office)
    office.now += timedelta(minutes=11)
    assert said(bring(office, late)) == (410, "DEVICE-0410")


def test_two_writers_that_both_found_a_code_good_do_not_both_use_it(office, monkeypatch):
    """On a database with several writers both may look before either writes: the write itself decides."""
    code = codes.parse(make(office))
    words = {"office_id": "kaltim", "code": code, "at": office.now}
    found = office.do(enrolment.check_code, office_id="kaltim", code=code, now=office.now)
    monkeypatch.setattr(enrolment, "check_code", lambda *_, **__: found)
    office.do(enrolment.use_code, **words)
    with pytest.raises(CodeUsed):
        office.do(enrolment.use_code, **words)
    assert len(office.rows(Device)) == 1


@pytest.mark.parametrize("seconds", [600, 601, 10**9, -1, -(10**9)])
def test_a_code_that_is_too_late_or_from_before_the_clock_was_set_back_is_refused(office, seconds):
    code = make(office)
    office.now += timedelta(seconds=seconds)
    assert said(bring(office, code)) == (410, "DEVICE-0410")
    assert office.rows(Device) == []
    assert office.rows(EnrolmentCode)[0].used_at is None


def test_a_code_is_good_until_its_last_second(office):
    code = make(office)
    office.now += timedelta(seconds=599)
    assert bring(office, code).status_code == 201


def test_ten_minutes_pass_also_while_the_node_s_clock_stands_still(office, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(enrolment, "ends", enrolment.Ends(lambda: clock[0]))
    early, late = make(office), make(office)
    clock[0] = 599
    assert bring(office, early).status_code == 201
    clock[0] = 600
    assert said(bring(office, late)) == (410, "DEVICE-0410")


@pytest.mark.parametrize("typed", ["7GQ0-K2ZD", "x", "7GQ0-K2Z", "7GQ0-K2ZDD", "ＡＡＡＡＡＡＡＡ", "\x00" * 8, "☃" * 8, "'; DROP --"])
def test_what_is_no_code_of_ours_is_one_sentence(office, typed):
    make(office)
    answer = bring(office, typed)
    assert said(answer) == (422, "DEVICE-0424")
    assert "minta kode baru" in answer.json()["message"]
    assert office.rows(Device) == []


def test_a_code_of_another_office_is_none(office):
    words = {"name": "Tablet", "kind": "tablet", "place": "", "at": office.now, "actor": "cli"}
    foreign = office.do(enrolment.make_code, office_id="rohil", **words)
    assert said(bring(office, foreign)) == (422, "DEVICE-0424")


def test_ten_wrong_codes_then_two_a_minute_and_another_address_is_not_held_up(office):
    code = make(office)
    assert {said(bring(office, f"0000-{n:04d}")) for n in range(10)} == {(422, "DEVICE-0424")}
    held = bring(office, code)
    assert said(held) == (429, "DEVICE-0430")
    assert 0 < int(held.headers["retry-after"]) <= 30
    assert bring(office, code, peer="192.168.1.8").status_code == 201


def test_guessing_costs_centuries():
    """Every address of a large office guesses as fast as it may, while a code is always good."""
    a_minute = 60 / (enrolment.tries._step / 1e9)
    guesses_a_year = 254 * a_minute * 60 * 24 * 365
    assert 2**40 / guesses_a_year > 4000


def test_right_codes_and_a_node_that_is_busy_cost_no_try(office, monkeypatch):
    for _ in range(15):
        assert bring(office, make(office)).status_code == 201

    async def busy(_job):
        raise Busy()

    code = make(office)
    monkeypatch.setattr(office.node.writer, "submit", busy)
    assert {bring(office, code).status_code for _ in range(15)} == {Busy.status}
    monkeypatch.undo()
    assert bring(office, code).status_code == 201  # and nothing of the code is lost


def test_a_device_that_brings_a_code_becomes_the_new_one_and_stops_being_the_old_one(office):
    old = enrol(office, kind="kiosk")
    carried = {"cookie": f"kiosk_device={old.token}"}
    assert office.call("GET", "/devices/me", headers=carried).status_code == 200
    new = bring(office, make(office, kind="kiosk"), headers=carried)
    assert new.json()["lane"] == "K2"
    assert office.call("GET", "/devices/me", headers=carried).status_code == 401
    assert office.call("GET", "/devices/me", headers={"cookie": cookie_of(new)}).status_code == 200
    gone = next(row for row in office.rows(Device) if row.id == old.device_id)
    assert gone.revoked_at is not None


def test_a_wiped_device_enrols_again_and_its_lane_is_not_given_again(office):
    first = bring(office, make(office)).json()
    second = bring(office, make(office)).json()  # no cookie: as after its browser was cleared
    office.do(service.revoke, office_id="kaltim", device_id=first["id"], at=office.now, actor="cli")
    office.do(service.revoke, office_id="kaltim", device_id=second["id"], at=office.now, actor="cli")
    third = bring(office, make(office)).json()
    assert [first["lane"], second["lane"], third["lane"]] == ["T1", "T2", "T3"]


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}])
def test_another_site_s_page_enrols_nobody_and_tells_nothing(office, headers):
    code, device = make(office), enrol(office)
    refused = bring(office, code, headers=headers)
    assert said(refused) == (403, "HTTP-0403")
    assert "http://localhost:8000" in refused.json()["message"]
    words = {"headers": {**PAGE, **bearer(device.token), **headers}, "json": {"waiting": 5}}
    assert office.call("POST", "/devices/me", **words).status_code == 403
    assert bring(office, code).status_code == 201


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": "x" * 65}, {"code": 7}, {"code": "x", "kind": "staff"}, [], None])
def test_a_body_that_is_none_is_refused_before_anything_is_looked_at(office, body):
    assert office.call("POST", "/devices/enrol", headers=PAGE, json=body).status_code == 422


@pytest.mark.parametrize(
    ("words", "refusal"),
    [({"name": " "}, BadDevice), ({"kind": "printer"}, BadDevice), ({"name": "x" * 81}, BadDevice), ({"name": "a\x00"}, BadDevice),
     ({"place": "x" * 81}, BadPlace), ({"place": "a\nb\x07"}, BadPlace)],
)  # fmt: skip
def test_no_code_is_made_for_a_device_that_could_not_be(office, words, refusal):
    with pytest.raises(refusal):
        make(office, **words)
    assert office.rows(EnrolmentCode) == []
    assert office.kinds() == []


def test_a_revoked_device_is_out_at_once_also_where_it_is_remembered(office):
    new = bring(office, make(office))
    carried = {"cookie": cookie_of(new)}
    assert office.call("GET", "/devices/me", headers=carried).status_code == 200
    asyncio.run(access.revoke(new.json()["id"], actor="staff:admin"))
    for method, path in (("GET", "/devices/me"), ("POST", "/devices/me")):
        assert said(office.call(method, path, headers={**PAGE, **carried}, json={})) == (401, "DEVICE-0401")
    assert office.kinds()[-1] == "device.revoked"


def test_a_device_read_just_before_it_was_revoked_is_not_remembered_after_it(office, monkeypatch):
    new = bring(office, make(office))
    carried, read = {"cookie": cookie_of(new)}, access._read

    def read_and_meanwhile_revoked(token):
        found = read(token)
        access.forget("whatever")  # what a revocation does in this process while the read is on its way
        return found

    monkeypatch.setattr(access, "_known", Recent(seconds=60))
    monkeypatch.setattr(access, "_read", read_and_meanwhile_revoked)
    assert office.call("GET", "/devices/me", headers=carried).status_code == 200
    monkeypatch.setattr(access, "_read", lambda token: None)
    assert office.call("GET", "/devices/me", headers=carried).status_code == 401


def test_a_device_that_was_revoked_does_not_enrol_itself_in_the_demonstration(demo):
    mine = demo.call("POST", "/devices/demo", headers=OWN_PAGE)
    carried = {**OWN_PAGE, "cookie": cookie_of(mine)}
    device = demo.rows(Device)[0]
    asyncio.run(access.revoke(device.id, actor="staff:admin"))
    again = demo.call("POST", "/devices/demo", headers=carried)
    assert said(again) == (401, "DEVICE-0401")
    assert len(demo.rows(Device)) == 1
    assert bring(demo, make(demo), peer="127.0.0.1", headers=carried).status_code == 201


def test_what_a_device_tells_is_in_the_list_at_once_and_the_same_again_costs_no_write_for_a_minute(office, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(access, "_said", Recent(seconds=access.SEEN_SECONDS, clock=lambda: clock[0]))
    new = bring(office, make(office))
    carried = {**PAGE, "cookie": cookie_of(new)}

    def tell(**state):
        answer = office.call("POST", "/devices/me", headers=carried, json=state)
        office.do(lambda _: None)  # what was enqueued before is written
        return answer.status_code

    def row():
        one = office.rows(Device)[0]
        return one.build, one.waiting, one.last_seen_at

    assert tell(build="abc123", waiting=3) == 200
    assert row()[:2] == ("abc123", 3)
    first = row()
    office.now += timedelta(seconds=30)
    assert tell(build="abc123", waiting=3) == 200
    assert row() == first
    assert tell(build="abc123", waiting=9) == 200
    assert row()[:2] == ("abc123", 9)
    clock[0] = 61
    assert tell(build="abc124", waiting=0) == 200
    assert row()[:2] == ("abc124", 0)
    assert "device" not in json.dumps(office.kinds()[2:])  # a sight is no event


@pytest.mark.parametrize("state", [{"waiting": -1}, {"waiting": 10**7}, {"build": "<b>"}, {"build": "x" * 65}, {"more": 1}])
def test_what_a_device_cannot_be_is_refused(office, state):
    carried = {**PAGE, "cookie": cookie_of(bring(office, make(office)))}
    assert office.call("POST", "/devices/me", headers=carried, json=state).status_code == 422


def test_a_script_that_calls_was_seen_though_it_says_nothing_of_itself(office, monkeypatch):
    monkeypatch.setattr(access, "_seen", Recent(seconds=60))
    script = enrol(office)
    office.call("GET", "/devices/me", headers=bearer(script.token))
    office.do(lambda _: None)
    row = office.rows(Device)[0]
    assert row.last_seen_at is not None
    assert (row.build, row.waiting) == ("", 0)


def test_a_device_that_is_revoked_is_seen_no_more(office):
    new = enrol(office)
    office.do(service.revoke, office_id="kaltim", device_id=new.device_id, at=office.now, actor="cli")
    office.do(service.see, office_id="kaltim", device_id=new.device_id, build="b", waiting=1, at=office.now)
    assert office.rows(Device)[0].last_seen_at is None
