"""Signing in, and what stands at the top of every staff page: where one is, who one is, the way out."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_, texts
from kiosk.staff import sessions
from kiosk.staff.guard import SIGN_IN, require_role, session_of
from kiosk.staff.rules import IDLE, ROLES
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.shell import STAFF, frame, link
from kiosk.ui.words import t

# Islands and the script that they share; asking for each puts it into the build.
ISLANDS = {name: importable("staff", name) for name in ("sign_in.jsx", "away.jsx", "sign_in.js")}

SIGN_IN_TEXTS = texts(
    who=N_("Who are you?"),
    officer=N_("Officer"),
    admin=N_("Admin"),
    auditor=N_("Auditor"),
    nobody=N_("There is no account yet. An admin adds one with the command: kiosk staff add"),
    again=N_("Try again"),
    pin=N_("PIN"),
    typed=N_("{count} of {digits} digits are typed"),
    choose_first=N_("Choose your name first."),
    type_it=N_("Type your PIN of 6 digits."),
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

# path -> name, on every staff page
PLACES = {"/loket": N_("Counter"), "/catatan": N_("Source notes")}
AUDIT_PLACES = {"/riwayat": N_("Audit trail")}


class SignIn(rx.NoSSRComponent):
    """Names, keypad and errors."""

    library = ISLANDS["sign_in.jsx"]
    tag = "SignIn"
    texts: rx.Var[dict[str, Any]]


class Away(rx.NoSSRComponent):
    """Signs out a screen that was left alone."""

    library = ISLANDS["away.jsx"]
    tag = "Away"
    minutes: rx.Var[int]
    to: rx.Var[str]


class StaffState(rx.State):
    """Who sits at this screen; empty until the page has asked."""

    name: str = ""
    role: str = ""

    @rx.event
    @require_role(*ROLES)
    def load(self) -> None:
        """Show who is signed in. Whoever is not is sent to the sign-in page by the guard."""
        if who := session_of(self):
            self.name, self.role = who.name, who.role

    @rx.event
    @require_role(*ROLES)
    async def sign_out(self) -> Any:
        """End the session; the guard empties what this screen held."""
        if who := session_of(self):
            await sessions.close(who.key)
        return rx.redirect(SIGN_IN)


def sign_in_page() -> rx.Component:
    """The page at `/masuk`."""
    return frame(SignIn.create(texts=SIGN_IN_TEXTS), surface=STAFF, title=N_("Staff sign-in"), name="sign-in-page")


def _place(path: str, name: str, here: str) -> rx.Component:
    return link(t(name), to=path, class_name="place", custom_attrs={"aria-current": "page"} if path == here else {})


def staff_bar(here: str) -> rx.Component:
    """The bar below the head of a staff page: `frame(..., surface=STAFF, hero=staff_bar("/loket"))`.

    `here` is the page's path. The bar also asks who is signed in, so a page that has it is guarded on its own.
    """
    audits = StaffState.role == "auditor"
    places = [rx.cond(audits, rx.fragment(), _place(path, name, here)) for path, name in PLACES.items()]
    places += [rx.cond(audits, _place(path, name, here)) for path, name in AUDIT_PLACES.items()]
    who = rx.el.p(
        icon("user"),
        rx.el.b(StaffState.name),
        rx.el.span(rx.match(StaffState.role, ("admin", t(N_("Admin"))), ("auditor", t(N_("Auditor"))), t(N_("Officer"))), class_name="t2"),
        class_name="who",
    )
    out = rx.el.button(
        icon("sign-out"), t(N_("Sign out")), type="button", class_name="btn quiet", id="sign-out", on_click=StaffState.sign_out
    )
    return rx.el.div(
        rx.el.nav(*places, aria_label="Menu"),
        rx.cond(StaffState.name != "", who, rx.fragment()),
        out,
        Away.create(minutes=int(IDLE.total_seconds() // 60), to=SIGN_IN),
        class_name="staff-bar",
        on_mount=StaffState.load,
    )
