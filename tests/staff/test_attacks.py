"""Every way in that Reflex leaves open by itself, tried by somebody who has an afternoon. Each one ends outside."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets.sync.client as websockets
from reflex.istate.storage import ClientStorageBase
from reflex_base.registry import RegistrationContext
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kiosk.core.i18n import PACKAGE
from kiosk.core.limits import PER_ADDRESS
from kiosk.queues.counter.screen import CounterState
from kiosk.staff.roster.screen import RosterState
from kiosk.staff.screen import StaffState
from tests.staff.everybody import HYDRATE, Everybody, everybody
from tests.staff.who_may import HANDLERS, OURS
from tests.staff.wire import FENCE, Wire, told, touched

LOAD = f"{StaffState.get_full_name()}.load"
ROSTER = f"{RosterState.get_full_name()}.load"
SETVAR = f"{StaffState.get_full_name()}.setvar"
NAME = "Uji information"
STRANGERS = ["http://evil.example", "null", "http://localhost:1", "https://localhost"]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    yield from everybody(tmp_path_factory.mktemp("attacked"))


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(hall: Everybody):
    with hall.wire() as wire:
        answer = wire.call(LOAD)
    assert "_redirect" in answer
    assert "/masuk" in answer


def test_who_may_not_is_sent_to_the_page_of_the_own_account(hall: Everybody):
    with hall.wire("auditor") as wire:
        assert "/akun?tolak=1" in wire.call(ROSTER)


def test_who_is_signed_in_is_shown_by_name(hall: Everybody):
    with hall.wire("information") as wire:
        assert NAME in wire.call(LOAD)


@pytest.mark.parametrize("who", ["nobody", "information", "admin"])
def test_no_variable_is_set_from_outside(hall: Everybody, who: str):
    """`setvar` and `update_vars_internal` are Reflex's own handlers; no State of ours adds a `set_...`."""
    names = [SETVAR, *(name for name in HANDLERS if name.rpartition(".")[2] == "update_vars_internal")]
    assert len(names) > 1
    assert [name for name in OURS if name.rpartition(".")[2].startswith("set_")] == []
    for name in names:
        payload = {"var_name": "roles", "value": ["admin"], "vars": {f"{StaffState.get_full_name()}.roles": ["admin"]}}
        with hall.wire(who) as wire:
            assert touched(wire.call(name, payload)) == set()


def test_no_variable_of_a_state_lives_in_the_browser():
    """A LocalStorage or a Cookie of Reflex's is whatever the browser says it is."""
    states = [one for one in RegistrationContext.get().base_states.values() if one.__module__.startswith("kiosk.")]
    assert len(states) >= 5
    assert [one for one in states if any(isinstance(field.default, ClientStorageBase) for field in one.get_fields().values())] == []


def test_what_a_client_says_of_itself_is_no_identity(hall: Everybody):
    """The cookie of the handshake counts, not one inside a message."""
    stolen = hall.cookie("information")
    forged = {"headers": {"cookie": stolen}, "token": "other", "sid": "x", "ip": "127.0.0.1", "cookie": stolen}
    with hall.wire() as wire:
        for payload in ({}, {"headers": {"cookie": stolen}}, {"router_data": forged}):
            assert touched(wire.call(LOAD, payload, forged)) == set()


def test_a_made_up_session_is_nobody(hall: Everybody):
    for cookie in ("kiosk_session=made-up", "kiosk_session=", 'kiosk_session="\\', "kiosk_session=a; kiosk_session=b", "x" * 2000):
        with Wire(hall.url, cookie=cookie, token="made-up") as wire:
            assert touched(wire.call(LOAD)) == set(), cookie


def test_a_real_session_with_one_character_changed_is_nobody(hall: Everybody):
    name, value = (hall.cookie("admin") or "").split("=", 1)
    for place in range(0, len(value), 5):
        forged = value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :]
        with Wire(hall.url, cookie=f"{name}={forged}", token="forged") as wire:
            assert touched(wire.call(ROSTER)) == set()


def test_what_the_database_holds_of_a_session_is_no_cookie(hall: Everybody):
    """Whoever reads a stolen copy of the database cannot sign in with it."""
    from kiosk.staff.sessions import key_of

    value = (hall.cookie("admin") or "").split("=", 1)[1]
    with Wire(hall.url, cookie=f"kiosk_session={key_of(value)}", token="hash") as wire:
        assert touched(wire.call(ROSTER)) == set()


def test_a_stolen_client_token_gives_neither_a_call_nor_what_the_screen_held(hall: Everybody):
    with hall.wire("admin", token="victim") as wire:
        assert NAME in wire.call(ROSTER)
    with hall.wire(token="victim") as thief:
        assert "Uji" not in thief.call(HYDRATE)
        assert touched(thief.call(ROSTER)) == set()


def test_a_client_token_that_is_used_while_its_owner_works_gives_nothing_either(hall: Everybody):
    with hall.wire("admin", token="shared-at-once") as wire:
        assert NAME in wire.call(ROSTER)
        with hall.wire(token="shared-at-once") as thief:
            assert "Uji" not in thief.call(HYDRATE)
            assert "Uji" not in thief.call(ROSTER)


def test_the_next_officer_at_a_screen_finds_nothing_of_the_one_before(hall: Everybody):
    with hall.wire("admin", token="shared") as wire:
        assert NAME in wire.call(ROSTER)
    with hall.wire("auditor", token="shared") as wire:
        assert "Uji" not in wire.call(HYDRATE)


def test_a_session_that_ended_opens_nothing_on_a_connection_that_is_still_there(hall: Everybody):
    cookie = hall.sign_in(hall.accounts["information"])
    with Wire(hall.url, cookie=cookie, token="ended") as wire:
        assert NAME in wire.call(LOAD)
        assert hall.call("DELETE", "/api/v1/staff/session", cookie=cookie).status == 204
        assert NAME not in wire.call(LOAD)


def test_what_a_page_holds_before_it_is_loaded_tells_nothing_of_the_office(hall: Everybody):
    """Hydration sends every State to everybody: empty texts, empty lists, nothing of anybody."""
    assert len(hall.at_first) > 20
    shown = json.dumps(hall.at_first)
    for word in ("Uji", "Petugas", *hall.accounts.values(), "kaltim"):
        assert word not in shown
    with hall.wire("admin") as wire:
        assert {var: value for var, value in told(wire.call(HYDRATE)).items() if hall.at_first.get(var) != value} == {}


def test_an_event_inside_the_handshake_is_guarded_like_any_other(hall: Everybody):
    """Reflex's own pages send their first event with the connection, so an attacker may, too."""
    event = {"name": ROSTER, "payload": {}, "router_data": {"pathname": "/petugas"}}
    address = hall.url.replace("http", "ws", 1) + "/_event/?token=early&EIO=4&transport=websocket"
    for cookie, inside in ((None, False), (hall.cookie("auditor"), False), (hall.cookie("admin"), True)):
        headers = {"Cookie": cookie} if cookie else {}
        with websockets.connect(address, additional_headers=headers, origin=hall.url) as socket:  # type: ignore[arg-type]
            socket.recv(timeout=5)
            socket.send("40/_event," + json.dumps({"event": event}))
            socket.send("42/_event," + json.dumps(["event", {"name": FENCE, "payload": {"value": True}, "router_data": {}}]))
            heard = []
            while not any("is_hydrated" in one for one in heard):
                heard.append(str(socket.recv(timeout=5)))
        assert any(NAME in one for one in heard) is inside, cookie


def test_the_older_transport_by_polling_is_shut(hall: Everybody):
    """Socket.IO without a websocket: the same events by GET and POST, where limits on websockets do not reach."""
    for origin in ({}, {"origin": hall.url}, {"origin": "http://evil.example"}):
        answer = hall.call("GET", "/_event/?token=polling&EIO=4&transport=polling", None, cookie=hall.cookie("admin") or "", **origin)
        assert answer.status == 400
        assert "sid" not in str(answer.body)


@pytest.mark.parametrize("origin", STRANGERS)
def test_another_site_s_page_gets_no_connection(hall: Everybody, origin: str):
    with pytest.raises(InvalidStatus, match=r"40[03]"):
        hall.wire("admin", origin=origin)


@pytest.mark.parametrize("origin", STRANGERS)
def test_another_site_s_page_signs_nobody_in_or_out_and_reads_no_answer(hall: Everybody, origin: str):
    cookie = hall.sign_in(hall.accounts["verifier"])
    for method, body in (("POST", {"account": hall.accounts["verifier"], "pin": "270841"}), ("DELETE", None)):
        answer = hall.call(method, "/api/v1/staff/session", body, origin=origin, cookie=cookie)
        assert (answer.status, answer.body["code"]) == (403, "HTTP-0403")
        assert "access-control-allow-origin" not in answer.headers
    early = hall.call("OPTIONS", "/api/v1/staff/session", None, **{"origin": origin, "access-control-request-method": "POST"})
    assert early.headers.get("access-control-allow-origin") not in {"*", origin}
    with Wire(hall.url, cookie=cookie, token="still-in") as wire:
        assert "Uji verifier" in wire.call(LOAD)


def test_a_client_without_an_origin_is_nobody_without_a_cookie(hall: Everybody):
    with hall.wire(origin=None) as wire:
        assert touched(wire.call(LOAD)) == set()


def test_a_message_that_is_too_large_ends_the_connection(hall: Everybody):
    with hall.wire() as wire:
        wire.socket.send("42/_event," + "x" * 70_000)
        with pytest.raises(ConnectionClosed, match=r"1009|1008"):
            wire.listen()


def test_one_address_holds_so_many_connections_and_no_more(hall: Everybody):
    held = []
    try:
        held += [hall.wire() for _ in range(PER_ADDRESS)]
        with pytest.raises(InvalidStatus, match=r"403"):
            hall.wire()
    finally:
        for wire in held:
            wire.socket.close()


@pytest.mark.parametrize("path", ["/_upload", "/_upload/x", "/_all_routes", "/auth-codespace", "/_event/../_upload"])
def test_nothing_can_be_uploaded_and_no_list_of_routes_is_told(hall: Everybody, path: str):
    for method in ("GET", "POST", "PUT"):
        answer = hall.call(method, path, {} if method != "GET" else None)
        assert answer.status in {400, 404, 405}, (method, answer.status)
    assert not (hall.node.data / "uploaded_files").exists()


def test_a_retried_press_does_once_what_it_says(hall: Everybody):
    """After an outage Reflex sends every queued press again: of three that count the same turn, one is done."""
    counter = CounterState.get_full_name()
    with hall.wire("information") as wire:
        wire.call(f"{counter}.pick_counter", {"code": "1"})
        turns = [told(wire.call(f"{counter}.call_next", {"turn": 0})).get(f"{counter} turn_rx_state_") for _ in range(3)]
    assert turns == [1, None, None]


def test_no_code_of_ours_renders_foreign_html_or_runs_a_string():
    """`rx.markdown` and `rx.html` show HTML as it comes; `call_script` needs 'unsafe-eval'; uploads are open to anyone."""
    for path in PACKAGE.rglob("*.py"):
        named = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert named & {"markdown", "html", "upload", "call_script", "run_script", "LocalStorage", "Cookie", "SharedState"} == set(), path


def test_no_island_writes_html():
    for path in [*PACKAGE.rglob("*.jsx"), *PACKAGE.rglob("*.js")]:
        code = Path(path).read_text()
        assert [word for word in ("dangerouslySetInnerHTML", "innerHTML", "document.write", "eval(") if word in code] == [], path
