"""The page of one's own account: what the roles open, another PIN, signed out everywhere. Whoever may not go on lands here."""

from typing import Any

import reflex as rx

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.staff import own
from kiosk.staff.errors import PinsDiffer
from kiosk.staff.guard import OWN, SIGN_IN, require_role, session_of
from kiosk.staff.places import PLACES
from kiosk.staff.rules import EVERYBODY, PIN_DIGITS
from kiosk.staff.screen import StaffState, role_name, staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import problem_note
from kiosk.ui.shell import STAFF, frame, link
from kiosk.ui.words import t

REFUSED_HEAD = N_("Your roles do not open that page, or no longer.")
REFUSED_HELP = N_("Nothing that you did before is lost. Go on with what your roles open, or ask the admin.")


class OwnState(rx.State):
    """What was said about the own account on this screen."""

    refused: bool = False
    changed: bool = False
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*EVERYBODY)
    def load(self) -> None:
        """Whether somebody was sent here from a page that the roles do not open."""
        self.refused = "tolak" in self.router.url.query_parameters
        self.changed, self.problem = False, {}

    @rx.event
    @require_role(*EVERYBODY)
    async def change_pin(self, form: dict[str, Any]) -> None:
        """Change the PIN; a wrong old one counts as a guess."""
        who = session_of(self)
        old, new, again = (str(form.get(name, "")) for name in ("old", "new", "again"))
        self.changed, self.problem = False, {}
        try:
            if new != again:
                raise PinsDiffer()
            if who is not None:
                await own.change_pin(who, old=old, new=new)
                self.changed = True
        except KioskError as refused:
            self.problem = refused.in_both()

    @rx.event
    @require_role(*EVERYBODY)
    async def sign_out_everywhere(self) -> Any:
        """End all sessions of this account, on every device."""
        if (who := session_of(self)) is not None:
            await own.sign_out_everywhere(who)
        return rx.redirect(SIGN_IN)


def _refused() -> rx.Component:
    words = rx.el.div(rx.el.p(rx.el.b(t(REFUSED_HEAD))), rx.el.p(t(REFUSED_HELP)))
    return rx.cond(OwnState.refused, rx.el.div(icon("hand-palm"), words, class_name="note warn", role="alert", id="refused"))


def _places() -> rx.Component:
    tiles = (
        rx.cond(
            StaffState.places.contains(path),
            link(icon("arrow-right"), rx.el.b(t(place.name)), to=path, class_name="btn", custom_attrs={"data-place": path}),
        )
        for path, place in PLACES.items()
    )
    held = rx.el.p(rx.foreach(StaffState.roles, lambda role: rx.el.span(role_name(role), class_name="badge")), class_name="badges")
    nothing = rx.cond(
        StaffState.places.length() == 0, rx.el.p(t(N_("No page of this office computer belongs to your roles yet.")), class_name="t2")
    )
    roles = rx.el.div(rx.el.h2(t(N_("Your roles"))), held)
    return rx.el.section(
        roles, rx.el.h2(t(N_("What you may open"))), rx.el.div(*tiles, class_name="places"), nothing, class_name="panel own"
    )


def _pin(name: str, label: str, kept: str) -> rx.Component:
    field = rx.el.input(
        name=name, id=f"pin-{name}", type="password", input_mode="numeric", auto_complete=kept, max_length=PIN_DIGITS, required=True
    )
    return rx.el.label(rx.el.span(t(label)), field, class_name="field")


def _change() -> rx.Component:
    done = rx.el.div(
        icon("check-circle"), rx.el.p(t(N_("The PIN is changed. Other devices are signed out."))), class_name="note ok", role="status"
    )
    form = rx.el.form(
        _pin("old", N_("PIN you have now"), "current-password"),
        _pin("new", N_("New PIN, 6 digits"), "new-password"),
        _pin("again", N_("New PIN once more"), "new-password"),
        rx.el.button(t(N_("Change the PIN")), type="submit", class_name="btn primary", id="change-pin"),
        on_submit=OwnState.change_pin,
        reset_on_submit=True,
        class_name="form",
    )
    return rx.el.section(
        rx.el.h2(t(N_("Change your PIN"))), problem_note(OwnState.problem), rx.cond(OwnState.changed, done), form, class_name="panel own"
    )


def _everywhere() -> rx.Component:
    out = rx.el.button(
        icon("sign-out"),
        t(N_("Sign out everywhere")),
        type="button",
        class_name="btn",
        id="everywhere",
        on_click=OwnState.sign_out_everywhere,
    )
    help_ = rx.el.p(t(N_("Ends your sessions on all devices, this one too.")), class_name="t2")
    return rx.el.section(rx.el.h2(t(N_("All devices"))), help_, out, class_name="panel own")


def own_page(*news: rx.Component) -> rx.Component:
    """The page at `/akun`; `news` stands first on it."""
    columns = rx.el.div(_places(), _change(), _everywhere(), class_name="own-columns")
    return frame(
        rx.el.div(rx.el.h1(StaffState.name), class_name="desk-bar"),
        rx.el.div(_refused(), *news, columns, class_name="desk", on_mount=OwnState.load),
        surface=STAFF,
        hero=staff_bar(OWN),
        name="own-page",
    )
