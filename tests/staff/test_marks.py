"""The node does not start with a handler that has no mark or a route that has no door: seen on a copy of the code."""

import asyncio
import shutil
from unittest.mock import AsyncMock

import pytest
from fastapi import APIRouter, Depends, FastAPI
from reflex.event import Event

from kiosk.core.doors import OpenRoute, Route, anyone, door, refuse_open_routes, routes
from kiosk.kiosk import app
from kiosk.staff import guard
from kiosk.staff.guard import Guard, refuse_unmarked_handlers, require_role
from kiosk.staff.roster.screen import RosterState
from kiosk.staff.sessions import SignedIn
from tests.staff.who_may import handler
from tests.support import ROOT, Node

CLOSE = f"{RosterState.get_full_name()}.close"
ADMIN = SignedIn("key", "account", "Budi", frozenset({"admin"}))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node on a copy of the code, which a test may spoil."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("kiosk", "db"):
        shutil.copytree(ROOT / name, folder / name, symlinks=True)
    for name in ("assets", ".web", "rxconfig.py", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return Node(folder / "data", folder=folder).prepare()


@pytest.mark.parametrize(
    ("file", "mark", "code", "named"),
    [
        ("kiosk/staff/roster/screen.py", "    @require_role(*ADMIN)\n    async def close", "START-0403", CLOSE),
        ("kiosk/staff/api.py", "@door(ANYONE)\nasync def close_session", "START-0405", "DELETE /api/v1/staff/session"),
    ],
)
def test_one_mark_taken_away_and_the_node_does_not_start(copy: Node, file: str, mark: str, code: str, named: str):
    path = copy.folder / file
    whole = path.read_text()
    assert mark in whole
    path.write_text(whole.replace(mark, mark.split("\n", 1)[1]))
    try:
        done = copy.run("serve")
    finally:
        path.write_text(whole)
    assert done.returncode == 1, done.stderr
    assert code in done.stderr
    assert named in done.stderr


def test_the_copy_starts_as_long_as_every_mark_is_there(copy: Node):
    try:
        assert copy.start().get("/readyz").status == 200
    finally:
        copy.stop()


def test_a_handler_without_a_mark_is_refused_to_everybody_even_on_a_running_node(monkeypatch: pytest.MonkeyPatch):
    """Deny by default: what the check at start would not see, the guard does not let through."""
    monkeypatch.setattr(guard.sessions, "look_up", AsyncMock(return_value=ADMIN))
    monkeypatch.setattr(guard.sessions, "touch", lambda _: None)
    state = RosterState()

    def asked() -> bool:
        return asyncio.run(Guard().preprocess(app, state, Event(name=CLOSE))) is None

    assert asked()
    monkeypatch.delattr(handler(CLOSE), guard.MARK)
    assert not asked()
    with pytest.raises(guard.Unmarked, match="close"):
        refuse_unmarked_handlers()


def test_a_role_that_there_is_not_is_a_slip_and_no_mark():
    with pytest.raises(ValueError, match="boss"):
        require_role("boss")


def test_a_route_without_a_door_is_found_wherever_it_is_hung():
    api, room = FastAPI(docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"), APIRouter()
    room.get("/open", dependencies=[Depends(anyone)])(lambda: None)
    api.include_router(room, prefix="/api")
    refuse_open_routes(api)
    room.post("/bare")(lambda: None)
    with pytest.raises(OpenRoute, match="POST /api/bare"):
        refuse_open_routes(api)
    assert not next(route for route in routes(api) if route.path == "/api/bare").opens("admin", "here")


def test_who_goes_through_two_doors_must_fit_both():
    both = Route("GET", "/x", (frozenset({"admin", "auditor"}), frozenset({"here"})))
    assert both.opens("admin", "here")
    assert not both.opens("admin")
    assert not both.opens("here")
    assert Route("GET", "/x", (frozenset({"anyone"}), frozenset({"here"}))).opens("here")


def test_a_door_keeps_the_function_that_it_marks():
    def some() -> int:
        return 3

    assert door("admin")(some)() == 3
