"""Any client can call any handler: each one says who may, and nothing else runs. Over the real websocket of a real node."""

from collections.abc import Iterator

import pytest
from reflex_base.registry import RegistrationContext
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kiosk.core.limits import PER_ADDRESS
from kiosk.kiosk import app  # noqa: F401 (importing it registers every handler)
from kiosk.staff.guard import PUBLIC, REFLEX_OWN, roles_of
from kiosk.staff.screen import StaffState
from tests.staff.wire import Wire, touched
from tests.support import Node

HANDLERS = sorted(RegistrationContext.get().event_handlers)
OURS = [name for name in HANDLERS if ".kiosk___" in name and not name.endswith(".setvar")]
WHO = ("nobody", "officer", "admin", "auditor")
LOAD = f"{StaffState.get_full_name()}.load"
SETVAR = f"{StaffState.get_full_name()}.setvar"


class Hall:
    """A node, and who signed in there."""

    def __init__(self, node: Node) -> None:
        self.node, self.url, self._cookies, self._read, self._wires = node, node.url, {}, 0, 0

    def cookie(self, who: str) -> str | None:
        if who != "nobody" and who not in self._cookies:
            self._cookies[who] = self.node.sign_in(who)
        return self._cookies.get(who)

    def forget(self, who: str) -> None:
        self._cookies.pop(who, None)

    def wire(self, who: str = "nobody", **words) -> Wire:
        self._wires += 1
        return Wire(self.url, cookie=self.cookie(who), **{"token": f"screen-{self._wires}", **words})

    def refused(self) -> list[str]:
        """Handlers that the node refused since this was asked last, from its log."""
        log = (self.node.data / "node.log").read_text()
        fresh, self._read = log[self._read :], len(log)
        return [line.split("handler='")[1].split("'")[0] for line in fresh.splitlines() if "kiosk.guard" in line and "handler='" in line]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A node of this module's own: handlers that may run do run."""
    node = Node(tmp_path_factory.mktemp("hall"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield Hall(node)
    node.stop()


def test_every_handler_of_ours_is_marked():
    assert LOAD in OURS
    assert [name for name in OURS if roles_of(name) is None] == []


def test_of_reflex_only_what_shows_a_page_is_open():
    """Written out here: what the guard calls harmless must not decide what the test calls harmless."""
    opened = {name.rpartition(".")[2] for name in HANDLERS if name not in OURS and roles_of(name)}
    assert opened == REFLEX_OWN == {"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal"}


def test_no_handler_sets_whatever_it_is_told():
    assert [name for name in OURS if name.rpartition(".")[2].startswith("set_")] == []


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("handler", HANDLERS, ids=lambda name: name.split("kiosk___")[-1])
def test_a_handler_runs_for_those_whom_it_names_and_for_nobody_else(hall: Hall, handler: str, who: str):
    roles = roles_of(handler) or frozenset()
    may = PUBLIC in roles or who in roles
    hall.refused()
    with hall.wire(who) as wire:
        answer = wire.call(handler)
    assert (handler in hall.refused()) is not may
    if not may:
        assert touched(answer) == set()
    if handler.endswith(".sign_out"):
        hall.forget(who)


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(hall: Hall):
    with hall.wire() as wire:
        answer = wire.call(LOAD)
    assert "_redirect" in answer
    assert "/masuk" in answer


def test_who_is_signed_in_is_shown_by_name(hall: Hall):
    with hall.wire("officer") as wire:
        assert "Petugas Informasi" in wire.call(LOAD)


@pytest.mark.parametrize("who", WHO)
def test_no_variable_is_set_from_outside(hall: Hall, who: str):
    names = [SETVAR, *(name for name in HANDLERS if name.rpartition(".")[2] == "update_vars_internal")]
    assert len(names) > 1
    for name in names:
        payload = {"var_name": "role", "value": "admin", "vars": {f"{StaffState.get_full_name()}.role": "admin"}}
        with hall.wire(who) as wire:
            assert touched(wire.call(name, payload)) == set()


def test_what_a_client_says_of_itself_is_no_identity(hall: Hall):
    """The cookie of the handshake counts, not one inside a message."""
    stolen = hall.cookie("officer")
    forged = {"headers": {"cookie": stolen}, "token": "other", "sid": "x", "ip": "127.0.0.1", "cookie": stolen}
    with hall.wire() as wire:
        for payload in ({}, {"headers": {"cookie": stolen}}, {"router_data": forged}):
            assert touched(wire.call(LOAD, payload, forged)) == set()


def test_a_made_up_session_is_nobody(hall: Hall):
    for cookie in ("kiosk_session=made-up", "kiosk_session=", 'kiosk_session="\\', "kiosk_session=a; kiosk_session=b", "x" * 2000):
        with Wire(hall.url, cookie=cookie, token="made-up") as wire:
            assert touched(wire.call(LOAD)) == set(), cookie


def test_a_stolen_client_token_gives_neither_a_call_nor_what_the_screen_held(hall: Hall):
    hydrate = next(name for name in HANDLERS if name.endswith(".hydrate"))
    with hall.wire("officer", token="victim") as wire:
        assert "Petugas Informasi" in wire.call(LOAD)
    with hall.wire(token="victim") as thief:
        assert "Petugas" not in thief.call(hydrate)
        assert touched(thief.call(LOAD)) == set()


def test_the_next_officer_at_a_screen_finds_nothing_of_the_one_before(hall: Hall):
    with hall.wire("officer", token="shared") as wire:
        assert "Petugas Informasi" in wire.call(LOAD)
    with hall.wire("admin", token="shared") as wire:
        assert "Petugas Informasi" not in wire.call(next(name for name in HANDLERS if name.endswith(".hydrate")))


def test_a_session_that_ended_opens_nothing_on_a_connection_that_is_still_there(hall: Hall):
    cookie = hall.node.sign_in("officer")
    with Wire(hall.url, cookie=cookie, token="ended") as wire:
        assert "Petugas Informasi" in wire.call(LOAD)
        assert hall.node.call("DELETE", "/api/v1/staff/session", headers={"cookie": cookie}).status == 204
        assert "Petugas" not in wire.call(LOAD)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
def test_another_site_s_page_gets_no_connection(hall: Hall, origin: str):
    with pytest.raises(InvalidStatus, match=r"40[03]"):
        hall.wire("officer", origin=origin)


def test_a_client_without_an_origin_is_nobody_without_a_cookie(hall: Hall):
    with hall.wire(origin=None) as wire:
        assert touched(wire.call(LOAD)) == set()


def test_a_message_that_is_too_large_ends_the_connection(hall: Hall):
    with hall.wire() as wire:
        wire.socket.send("42/_event," + "x" * 70_000)
        with pytest.raises(ConnectionClosed, match=r"1009|1008"):
            wire.listen()


def test_one_address_holds_so_many_connections_and_no_more(hall: Hall):
    held = []
    try:
        held += [hall.wire() for _ in range(PER_ADDRESS)]
        with pytest.raises(InvalidStatus, match=r"403"):
            hall.wire()
    finally:
        for wire in held:
            wire.socket.close()
