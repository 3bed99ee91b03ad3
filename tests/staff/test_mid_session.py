"""Something is taken away while somebody works, on a running node and through its real websocket."""

import time
from collections.abc import Iterator

import pytest

from kiosk.core.ids import new_id
from kiosk.queues.counter.screen import CounterState
from kiosk.staff.mine.screen import OwnState
from kiosk.staff.roster.screen import RosterState
from tests.staff.everybody import Everybody, everybody
from tests.staff.wire import Wire, told

COUNTER, ROSTER, OWN = (state.get_full_name() for state in (CounterState, RosterState, OwnState))
SOON = 2.0  # what the command does, in another process, holds within two seconds


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    yield from everybody(tmp_path_factory.mktemp("mid"))


class Admin:
    """An admin at the page of the staff."""

    def __init__(self, hall: Everybody) -> None:
        self.hall, self.wire = hall, hall.wire("admin")

    def choose(self, who: str) -> dict:
        return self.ask("choose", account_id=self.hall.accounts[who])

    def save(self, *roles: str) -> dict:
        return self.ask("save_roles", form={f"role-{role}": "on" for role in roles})

    def ask(self, handler: str, **payload) -> dict:
        answer = told(self.wire.call(f"{ROSTER}.{handler}", payload))
        return {name.removeprefix(f"{ROSTER} ").removesuffix("_rx_state_"): value for name, value in answer.items()}


@pytest.fixture
def admin(hall: Everybody) -> Iterator[Admin]:
    at_work = Admin(hall)
    yield at_work
    at_work.wire.socket.close()


def test_a_role_taken_away_while_the_page_is_open_stops_the_very_next_press(hall: Everybody, admin: Admin):
    with hall.wire("registration") as wire:
        wire.call(f"{COUNTER}.pick_counter", {"code": "3"})
        ticket = new_id()
        hall.node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "A"}, {"authorization": f"Bearer {hall.devices['kiosk']}"})
        admin.choose("registration")
        assert admin.save("records")["done"] == "roles"
        answer = wire.call(f"{COUNTER}.call_next", {"turn": 0})
        assert "/akun?tolak=1" in answer
        assert hall.node.get(f"/api/v1/tickets/{ticket}").body["called_at"] is None  # the visitor waits on, and is not lost
        assert admin.save("registration")["done"] == "roles"
        assert "_redirect" not in wire.call(f"{COUNTER}.refresh")  # given back: the same session works on


def test_a_role_taken_away_empties_the_screen_that_it_filled(hall: Everybody, admin: Admin):
    """The screen asks every few seconds by itself; what it held goes, and it is led away."""
    with hall.wire("verifier") as wire:
        full = told(wire.call(f"{COUNTER}.refresh"))
        assert full[f"{COUNTER} counters_rx_state_"]
        admin.choose("verifier")
        admin.save("agency")
        answer = wire.call(f"{COUNTER}.refresh")
        assert told(answer)[f"{COUNTER} counters_rx_state_"] == []
        assert "/akun?tolak=1" in answer


def test_an_account_closed_while_its_page_is_open_is_out_at_once(hall: Everybody, admin: Admin):
    with hall.wire("liaison") as wire:
        wire.call(f"{COUNTER}.refresh")
        admin.choose("liaison")
        assert admin.ask("close")["done"] == "closed"
        assert "/masuk" in wire.call(f"{COUNTER}.refresh")


def test_an_admin_whose_own_role_is_taken_away_changes_nothing_more(hall: Everybody, admin: Admin):
    admin.choose("division_head")
    admin.save("division_head", "admin")
    with Wire(hall.url, cookie=hall.sign_in(hall.accounts["division_head"]), token="second-admin") as second:
        second.call(f"{ROSTER}.choose", {"account_id": hall.accounts["auditor"]})
        assert admin.save("division_head")["done"] == "roles"
        answer = second.call(f"{ROSTER}.save_roles", {"form": {"role-admin": "on"}})
        assert "/akun?tolak=1" in answer
    assert admin.choose("auditor")["chosen"]["roles"] == ["auditor"]


def test_two_admins_on_one_account_the_second_is_told_and_shown_what_is_there_now(hall: Everybody, admin: Admin):
    other = Admin(hall)
    try:
        for one in (admin, other):
            one.choose("processing")
        assert admin.save("processing", "records")["done"] == "roles"
        late = other.save("processing", "auditor")
        assert "baru saja diubah orang lain" in late["problem"]["id"]
        assert "Somebody else has just changed the account" in late["problem"]["en"]
        assert late["chosen"]["roles"] == ["processing", "records"]
        assert other.save("processing", "records", "auditor")["done"] == "roles"  # looked again, decided again
    finally:
        other.wire.socket.close()
    assert admin.choose("processing")["chosen"]["roles"] == ["processing", "records", "auditor"]


def test_the_last_admin_is_told_why_and_keeps_everything(hall: Everybody, admin: Admin):
    hall.node.run("staff", "close", "Admin Kantor")  # the demonstration's
    admin.choose("admin")
    late = admin.save("auditor")
    assert "admin terakhir" in late["problem"]["id"]
    assert admin.choose("admin")["chosen"]["roles"] == ["admin"]
    hall.node.run("staff", "reopen", "Admin Kantor")


def test_what_the_command_takes_away_is_gone_within_two_seconds(hall: Everybody):
    with hall.wire("customer_service") as wire:
        assert "_redirect" not in wire.call(f"{COUNTER}.refresh")
        assert hall.node.run("staff", "roles", "Uji customer_service", "--role", "agency").returncode == 0
        done = time.monotonic()
        while "_redirect" not in wire.call(f"{COUNTER}.refresh"):
            assert time.monotonic() - done < SOON
            time.sleep(0.1)


def test_a_session_on_a_device_that_is_revoked_ends_with_its_page_open(hall: Everybody):
    enrolled = hall.node.run("device", "enrol", "Loket 9", "--kind", "staff", "--token")
    device, bearer = enrolled.stderr.split("enrolled as ")[1].split(".")[0], {"authorization": f"Bearer {enrolled.stdout.strip()}"}
    opened = hall.node.call(
        "POST",
        "/api/v1/staff/session",
        {"account": hall.accounts["collection"], "pin": "270841"},
        {**bearer, "x-forwarded-for": "192.168.1.9"},
    )
    with Wire(hall.url, cookie=opened.headers["set-cookie"].split(";")[0], token="on-a-tablet") as wire:
        assert "_redirect" not in wire.call(f"{COUNTER}.refresh")
        assert hall.node.run("device", "revoke", device).returncode == 0
        time.sleep(SOON)
        assert "/masuk" in wire.call(f"{COUNTER}.refresh")
    again = hall.node.call("POST", "/api/v1/staff/session", {"account": "x", "pin": "1"}, {**bearer, "x-forwarded-for": "192.168.1.9"})
    assert (again.status, again.body["code"]) == (401, "DEVICE-0401")


def test_signing_out_everywhere_ends_the_other_screens_too(hall: Everybody):
    cookies = [hall.sign_in(hall.accounts["information"]) for _ in range(2)]
    with Wire(hall.url, cookie=cookies[0], token="one") as one, Wire(hall.url, cookie=cookies[1], token="two") as two:
        assert "_redirect" not in two.call(f"{COUNTER}.refresh")
        assert "/masuk" in one.call(f"{OWN}.sign_out_everywhere")
        assert "/masuk" in two.call(f"{COUNTER}.refresh")


def test_a_name_that_is_a_script_or_an_endless_one_makes_no_account(hall: Everybody, admin: Admin):
    admin.ask("begin")
    for name in ("", " ", "x" * 61, "a\nb\u0000", "\u202eadmin"):
        late = admin.ask("add", form={"name": name, "role-verifier": "on"})
        assert late["problem"]["id"], name
    assert admin.ask("add", form={"name": "Tanpa peran"})["problem"]["id"]
    assert "Tanpa peran" not in str(admin.ask("load"))
