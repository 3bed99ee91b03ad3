"""Doors of the HTTP interface: whom a route lets in. A route that passes no door is a slip, and the node does not start with it.

A door is a dependency that refuses (or a route that refuses by itself), marked with whom it lets in: kinds of devices, roles of the
staff, this machine, or anyone. The mark is read by the check at start and by the tests that try every route as everybody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from kiosk.core.errors import StartError
from kiosk.core.i18n import N_

F = TypeVar("F", bound=Callable[..., Any])
MARK = "__kiosk_door__"
ANYONE = "anyone"
THIS_MACHINE = "here"
DESCRIPTION = "/api/v1/openapi.json"  # FastAPI's own, the same for everybody


class OpenRoute(StartError):
    """A route that says nowhere who may call it."""

    code = "START-0405"
    sentence = N_("These addresses have no door, so nobody knows who may use them: {routes}.")


def door(*whom: str) -> Callable[[F], F]:
    """Mark a dependency, or a route's own function, as a door that lets in `whom` alone."""

    def mark(function: F) -> F:
        setattr(function, MARK, frozenset(whom))
        return function

    return mark


@door(ANYONE)
async def anyone() -> None:
    """A door that stands open: what is behind it hangs on the wall of the hall anyway."""


@dataclass(frozen=True)
class Route:
    """One method at one address. Each of `doors` names whom it lets in; who goes through must fit all of them."""

    method: str
    path: str
    doors: tuple[frozenset[str], ...]

    def opens(self, *traits: str) -> bool:
        """Whether somebody with these traits (kind of device, roles, this machine) is let in. Without a door: nobody."""
        return bool(self.doors) and all(one & {ANYONE, *traits} for one in self.doors)


def routes(api: FastAPI) -> Iterator[Route]:
    """Every method at every address of `api`."""
    for found in iter_route_contexts(api.routes):
        if found.path != DESCRIPTION:
            for method in sorted(found.methods or {"WEBSOCKET"}):
                yield Route(method, found.path or "", _doors(found))


def refuse_open_routes(api: FastAPI) -> None:
    """Raises `OpenRoute` when a route of `api` has no door."""
    if bare := [f"{route.method} {route.path}" for route in routes(api) if not route.doors]:
        raise OpenRoute(routes=", ".join(bare))


def _doors(found: RouteContext) -> tuple[frozenset[str], ...]:
    own = [found.endpoint]
    below = list(_calls(found.dependant)) if isinstance(found.original_route, APIRoute) else []
    return tuple(getattr(function, MARK) for function in [*own, *below] if hasattr(function, MARK))


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    for one in dependant.dependencies:
        yield one.call
        yield from _calls(one)
