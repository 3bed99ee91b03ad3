"""The matrix: every handler over the real websocket and every route over real HTTP, as nobody, each device and each role.

What is tried comes from the code, who may from the code's marks, and the marks are held against the table in `who_may`.
"""

import time
from collections.abc import Iterator

import pytest

from kiosk.api import make_api
from kiosk.core.doors import Route, routes
from kiosk.core.ids import new_id
from kiosk.kiosk import app
from kiosk.staff.guard import PUBLIC, roles_of
from tests.staff.everybody import CALLERS, HYDRATE, Everybody, everybody
from tests.staff.who_may import HANDLERS, OURS, ROUTES, handler, payload, slips
from tests.staff.wire import told

FOUND = list(routes(make_api()))
AT_ONCE = 20  # handlers on one connection: forty messages, below the limit of sixty
TRIED: set[tuple[str, str]] = set()
SHUT = {"DEVICE-0401", "DEVICE-0403", "DEVICE-0407", "STAFF-0401", "STAFF-0403", "STAFF-0405"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    yield from everybody(tmp_path_factory.mktemp("hall"))


def test_every_mark_is_what_the_table_says():
    assert len(OURS) > 20
    assert slips() == []


@pytest.mark.parametrize("name", OURS)
def test_a_mark_that_is_taken_away_is_seen_and_shuts_the_handler(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(handler(name), "__kiosk_roles__")
    assert slips() == [name]
    assert roles_of(name) is None


def test_every_door_is_what_the_table_says():
    assert {f"{route.method} {route.path}": set(frozenset.intersection(*_narrow(route))) for route in FOUND} == ROUTES


def _narrow(route: Route) -> list[frozenset[str]]:
    """A door for anyone narrows nothing."""
    return [one for one in route.doors if one != {"anyone"}] or list(route.doors)


def test_of_reflex_s_own_addresses_only_the_websocket_and_two_signs_of_life_are_there():
    """Uploads, the list of routes and the sign-in for code spaces would be open to anyone."""
    assert sorted(getattr(one, "path", "") for one in app._api.routes) == ["/_event", "/_health", "/ping"]


@pytest.mark.parametrize("who", CALLERS)
def test_a_handler_runs_for_those_whom_it_names_and_for_nobody_else(hall: Everybody, who: str):
    may = [name for name in HANDLERS if PUBLIC in (roles_of(name) or ()) or who in (roles_of(name) or ())]
    may_not = [name for name in HANDLERS if name not in may]
    ends = [name for name in may if name.rpartition(".")[2].startswith("sign_out")]
    refused, learnt = _call(hall, who, may_not, seconds=5)
    assert refused == set(may_not)
    assert {var: value for var, value in learnt.items() if hall.at_first.get(var) != value} == {}
    for names in ([name for name in may if name not in ends], *([name] for name in ends)):
        assert _call(hall, who, names)[0] == set()
        if names[0] in ends:
            hall.forget(who)


def _call(hall: Everybody, who: str, names: list[str], seconds: float = 0.2) -> tuple[set[str], dict]:
    """Call these handlers; returns which were refused, and all that was learnt. A busy node may write its log a little later."""
    hall.refused()
    refused, learnt = set(), {}
    for start in range(0, len(names), AT_ONCE):
        with hall.wire(who) as wire:
            for name in names[start : start + AT_ONCE]:
                learnt |= told(wire.call(name, payload(name), tail=0.01))
                TRIED.add((name, who))
            learnt |= told(wire.call(HYDRATE, tail=0.1))  # whatever came late, and what the screen holds in the end
    late = time.monotonic() + seconds
    while time.monotonic() < late and not refused >= set(names):
        refused |= set(hall.refused())
        time.sleep(0.01)
    return refused, learnt


def test_the_matrix_is_whole():
    assert len(TRIED) == len(HANDLERS) * len(CALLERS) >= 500


@pytest.mark.parametrize("who", CALLERS)
def test_a_route_opens_for_those_whom_its_door_names_and_for_nobody_else(hall: Everybody, who: str):
    found = {f"{route.method} {route.path}": _is_let_in(hall, route, who) for route in FOUND if not route.path.endswith("/stream")}
    caller = hall.caller(who)
    assert found == {f"{route.method} {route.path}": route.opens(*caller.traits) for route in FOUND if not route.path.endswith("/stream")}


def _is_let_in(hall: Everybody, route: Route, who: str) -> bool:
    """Whether this caller comes through the door; what waits behind it may still say no for another reason."""
    path = (
        route.path.replace("{ticket_id}", new_id())
        .replace("{service_id}", "x")
        .replace("{letter_id}", new_id())
        .replace("{name}", "x")
        .replace("{rest:path}", "x")
        .replace("{kind}", "pdf")
    )
    bodies = {"POST /api/v1/tickets": {"id": new_id(), "queue": "A"}, "POST /api/v1/staff/session": {"account": "x", "pin": "000000"}}
    body = bodies.get(f"{route.method} {route.path}")
    caller = hall.caller(who)
    own_page = {"origin": hall.url, "sec-fetch-site": "same-origin"} if route.path.endswith("/demo") else {}
    answer = hall.call(route.method, path, body, **caller.headers, **own_page)
    if route.path.endswith("/session") and route.method == "DELETE":
        hall.forget(who)
    code = answer.body.get("code", "") if isinstance(answer.body, dict) else ""
    if route.path.endswith("/session") and code == "STAFF-0401":
        return True  # the PIN was looked at: inside
    if route.path == "/metrics":
        return answer.status == 200
    return code not in SHUT
