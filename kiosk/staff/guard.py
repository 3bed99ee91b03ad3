"""Who may call which event handler. Any client can call any of them, so a handler without a mark is refused.

Reflex keys state by a token that the client chooses: it says which screen this is, never who sits there. That comes from the
handshake's HttpOnly cookie alone.
"""

import logging
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar

import reflex as rx
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext

from kiosk.core.errors import StartError
from kiosk.core.i18n import N_
from kiosk.staff import sessions
from kiosk.staff.rules import known_roles
from kiosk.staff.sessions import SignedIn

log = logging.getLogger("kiosk.guard")

F = TypeVar("F", bound=Callable[..., Any])
MARK = "__kiosk_roles__"
LOOKING = "__kiosk_looking__"
OWNER = "__kiosk_owner__"
PUBLIC = "public"
SIGN_IN = "/masuk"
SWITCH = f"{SIGN_IN}?ganti=1"
OWN = "/akun"
REFUSED = f"{OWN}?tolak=1"  # what the role does not open, or no longer: says so, and shows what it does open

# Reflex's own, needed to show a page; none of them changes what a session may do. Everything else that Reflex brings
# (`setvar`, `update_vars_internal`, ...) is refused.
REFLEX_OWN = frozenset({"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal"})


class Unmarked(StartError):
    """A handler that says nowhere who may call it."""

    code = "START-0403"
    sentence = N_("These handlers have no mark, so nobody knows who may call them: {handlers}.")


def require_role(*roles: str, looking: bool = False) -> Callable[[F], F]:
    """Mark a handler of a State: only a session that holds one of `roles` may call it (`PUBLIC`: anyone). Goes below `@rx.event`.

    `looking`: the page calls it by itself, so it does not keep the session open. Raises ValueError for a role that there is not.
    """
    allowed = frozenset({PUBLIC}) if PUBLIC in roles else known_roles(roles)

    def mark(handler: F) -> F:
        setattr(handler, MARK, allowed)
        setattr(handler, LOOKING, looking)
        return handler

    return mark


def roles_of(event_name: str) -> frozenset[str] | None:
    """Roles that may call the handler of this full name; None: nobody."""
    registered = RegistrationContext.get().event_handlers.get(event_name)
    if registered is None:
        return None
    module = registered.states[0].__module__ if registered.states else ""
    if module.startswith("reflex.") and event_name.rpartition(".")[2] in REFLEX_OWN:
        return frozenset({PUBLIC})
    roles: frozenset[str] | None = getattr(registered.handler.fn, MARK, None)
    return roles


def refuse_unmarked_handlers() -> None:
    """The guard refuses a handler without a mark anyway; at start somebody is still there to mend it. Raises `Unmarked`."""
    handlers = RegistrationContext.get().event_handlers
    ours = (name for name, one in handlers.items() if one.states and one.states[0].__module__.startswith("kiosk."))
    if bare := sorted(name for name in ours if not name.endswith(".setvar") and roles_of(name) is None):
        raise Unmarked(handlers=", ".join(bare))


def _only_looks(event_name: str) -> bool:
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return registered is not None and bool(getattr(registered.handler.fn, LOOKING, False))


def session_of(state: BaseState) -> SignedIn | None:
    """Who is behind the websocket that sent the running event; None for nobody."""
    return sessions.find(_cookie(state))


def _cookie(state: BaseState) -> str | None:
    """The session cookie of the handshake."""
    try:
        jar = SimpleCookie(state._get_root_state().router_data.get("headers", {}).get("cookie", ""))
    except CookieError:
        return None
    morsel = jar.get(sessions.COOKIE)
    return morsel.value if morsel else None


class Guard(Middleware):
    """Runs before every event, whether a client sent it or another handler did; what it returns replaces the handler's run."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """None lets the handler run; anything else is the answer in its place."""
        who = await sessions.look_up(_cookie(state))
        _give_to(state._get_root_state(), who)
        roles = roles_of(event.name)
        if roles is not None and PUBLIC in roles:
            return None
        if roles is not None and who is not None and who.roles & roles:
            if not _only_looks(event.name):
                sessions.touch(who)
            return None
        log.warning("refused", extra={"handler": event.name[:200], "account": who.account_id if who else None})
        if roles is None:
            return StateUpdate()
        if who is not None:
            empty(state)
        return StateUpdate(events=Event.from_event_type(rx.redirect(REFUSED if who else SIGN_IN)))


def empty(state: BaseState) -> None:
    """Take everything from this screen: what it holds may be more than the person may still see."""
    state._get_root_state().reset()  # type: ignore[no-untyped-call]


def _give_to(root: BaseState, who: SignedIn | None) -> None:
    """A screen's state belongs to one session: when another one, or nobody, comes with its token, it begins empty."""
    owner = who.key if who else ""
    if getattr(root, OWNER, "") != owner:
        if getattr(root, OWNER, ""):
            empty(root)
        setattr(root, OWNER, owner)
