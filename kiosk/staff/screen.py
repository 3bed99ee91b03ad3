"""Signing in, and what stands at the top of every staff page: where one is, who one is, the way out."""

from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.core.i18n import N_, texts
from kiosk.staff import sessions
from kiosk.staff.guard import OWN, REFUSED, SIGN_IN, empty, require_role, session_of
from kiosk.staff.places import PLACES, open_to
from kiosk.staff.rules import EVERYBODY, IDLE
from kiosk.staff.service import in_order
from kiosk.staff.texts import ROLE_NAMES
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.shell import STAFF, frame, link
from kiosk.ui.words import t

# Islands and the script that they share; asking for each puts it into the build.
ISLANDS = {name: importable("staff", name) for name in ("sign_in.jsx", "away.jsx", "sign_in.js")}

SIGN_IN_TEXTS = texts(
    who=N_("Who are you?"),
    who_now=N_("Who sits here now?"),
    back=N_("Back to the counter"),
    nobody=N_("There is no account yet. An admin adds one with the command: kiosk staff add"),
    again=N_("Try again"),
    pin=N_("PIN"),
    typed=N_("{count} of {digits} digits are typed"),
    choose_first=N_("Choose your name first."),
    type_it=N_("Type your PIN of 6 digits."),
    type_it_through=N_("Type your PIN of 6 digits. The last one signs you in."),
    checking=N_("One moment ..."),
    wrong=N_("The name or the PIN is not right. Please try again."),
    locked=N_("This account is locked on this device after too many wrong PINs. Please ask the admin."),
    too_many=N_("Too many wrong PINs."),
    wait_seconds=N_("Again in {seconds} seconds."),
    wait_minutes=N_("Again in {minutes} minutes {seconds} seconds."),
    wait_hours=N_("Again in {hours} hours {minutes} minutes."),
    unreachable=N_("The office computer does not answer. Check that it is on, then try again."),
    keypad=N_("Number pad"),
    erase=N_("Erase"),
    enter=N_("Sign in"),
)


class SignIn(rx.NoSSRComponent):
    """Names, keypad and errors. `places`: where who may go."""

    library = ISLANDS["sign_in.jsx"]
    tag = "SignIn"
    texts: rx.Var[dict[str, Any]]
    roles: rx.Var[dict[str, Any]]
    places: rx.Var[list[dict[str, Any]]]


class Away(rx.NoSSRComponent):
    """Signs out a screen that was left alone, and asks every few seconds whether the page may still be seen."""

    library = ISLANDS["away.jsx"]
    tag = "Away"
    minutes: rx.Var[int]
    to: rx.Var[str]
    cut: rx.Var[bool]
    on_look: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class StaffState(rx.State):
    """Who sits at this screen; empty until the page has asked."""

    name: str = ""
    roles: rx.Field[list[str]] = rx.field(default_factory=list)
    places: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    @require_role(*EVERYBODY)
    def load(self) -> None:
        """Show who is signed in. Whoever is not is sent to the sign-in page by the guard."""
        self._show()

    @rx.event
    @require_role(*EVERYBODY, looking=True)
    def look(self, path: str) -> Any:
        """The page at `path` asks whether it may still be seen. If not, it is emptied and left."""
        self._show()
        if path in PLACES and path not in self.places:
            empty(self)
            return rx.redirect(REFUSED)
        return None

    @rx.event
    @require_role(*EVERYBODY)
    async def sign_out(self) -> Any:
        """End the session; the guard empties what this screen held."""
        if who := session_of(self):
            await sessions.close(who.key)
        return rx.redirect(SIGN_IN)

    def _show(self) -> None:
        if who := session_of(self):
            self.name, self.roles, self.places = who.name, in_order(who.roles), open_to(who.roles)


def sign_in_page() -> rx.Component:
    """The page at `/masuk`; `/masuk?ganti=1` is the switch of officers at a counter."""
    places = [{"path": path, "roles": in_order(place.roles)} for path, place in PLACES.items()]
    island = SignIn.create(texts=SIGN_IN_TEXTS, roles=texts(**ROLE_NAMES), places=places)
    return frame(island, surface=STAFF, title=N_("Staff sign-in"), name="sign-in-page")


def given(handler: Any, *words: Any) -> Any:
    """A handler with its arguments; mypy takes a decorated one for something that cannot be called."""
    return handler(*words)


def holds_any(roles: Iterable[str]) -> Any:
    """Whether who sits here holds one of `roles`: what is shown to them. The handler asks again."""
    held: Any = False
    for role in sorted(roles):
        held = StaffState.roles.contains(role) | held
    return held


def role_name(role: Any) -> rx.Component:
    """The name of a role that stands in a variable."""
    return rx.match(role, *((name, t(word)) for name, word in ROLE_NAMES.items()), rx.fragment())


def staff_bar(here: str) -> rx.Component:
    """The bar below the head of a staff page: `frame(..., surface=STAFF, hero=staff_bar("/loket"))`.

    `here` is the page's path. The bar also asks who is signed in, so a page that has it is guarded on its own; a page that is
    among the `PLACES` is left as soon as the roles do not open it any more.
    """
    names = {path: place.name for path, place in PLACES.items()}
    places = (rx.cond(StaffState.places.contains(path), _place(path, name, here)) for path, name in names.items())
    held = rx.el.span(rx.foreach(StaffState.roles, lambda role: rx.el.span(role_name(role), class_name="role")), class_name="t2 roles")
    who = link(icon("user"), rx.el.b(StaffState.name), held, to=OWN, class_name="who", custom_attrs=_current(OWN, here))
    out = rx.el.button(
        icon("sign-out"), t(N_("Sign out")), type="button", class_name="btn quiet", id="sign-out", on_click=StaffState.sign_out
    )
    return rx.el.div(
        rx.el.nav(*places, aria_label="Menu"),
        rx.cond(StaffState.name != "", who, rx.fragment()),
        out,
        Away.create(minutes=int(IDLE.total_seconds() // 60), to=SIGN_IN, cut=has_connection_errors, on_look=given(StaffState.look, here)),
        class_name="staff-bar",
        on_mount=StaffState.load,
    )


def _place(path: str, name: str, here: str) -> rx.Component:
    return link(t(name), to=path, class_name="place", custom_attrs=_current(path, here))


def _current(path: str, here: str) -> dict[str, str]:
    return {"aria-current": "page"} if path == here else {}
