"""The page of the staff: who there is on the left, what can be changed about one of them on the right."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.core.i18n import N_
from kiosk.staff.roster.screen import RosterState
from kiosk.staff.rules import ROLES
from kiosk.staff.screen import given, role_name, staff_bar
from kiosk.staff.service import LONGEST_NAME
from kiosk.staff.texts import ROLE_NAMES
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t

TITLE = N_("Staff and roles")
DONE = {
    "roles": N_("The roles are changed. They hold at once, on every device."),
    "unlocked": N_("Wrong PINs are forgotten. Signing in works again."),
    "ended": N_("Signed out on every device."),
    "closed": N_("The account is closed. Nobody can sign in with it."),
    "reopened": N_("The account is open again, with its old PIN and roles."),
}


def _state(row: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(row.open, rx.fragment(), rx.el.span(t(N_("closed")), class_name="badge")),
        rx.cond(row.locked, rx.el.span(icon("lock-key"), t(N_("locked")), class_name="badge bad")),
    )


def _roles(row: Any) -> rx.Component:
    return rx.el.span(rx.foreach(row.roles, lambda role: rx.el.span(role_name(role), class_name="role")), class_name="t2 roles")


def _person(row: Any) -> rx.Component:
    name = rx.el.button(
        rx.el.b(row.name),
        _roles(row),
        type="button",
        class_name="opt",
        on_click=given(RosterState.choose, row.id),
        custom_attrs={"data-person": row.name, "aria-pressed": RosterState.chosen.id == row.id},
    )
    sessions = rx.cond(row.sessions > 0, row.sessions, "-")
    last = rx.cond(row.last != "", row.last, "-")
    return rx.el.tr(rx.el.td(name), rx.el.td(_state(row)), rx.el.td(last, class_name="r nw"), rx.el.td(sessions, class_name="r"))


def _list() -> rx.Component:
    head = rx.el.tr(
        rx.el.th(t(N_("Name and roles"))),
        rx.el.th(t(N_("State"))),
        rx.el.th(t(N_("Last sign-in")), class_name="r"),
        rx.el.th(t(N_("Signed in now")), class_name="r"),
    )
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(RosterState.rows, _person)))
    return rx.el.section(table, class_name="panel people-list", custom_attrs={"aria-label": "Petugas"})


def _boxes(held: Any = None) -> rx.Component:
    def box(role: str) -> rx.Component:
        ticked = {} if held is None else {"default_checked": held.contains(role)}
        return rx.el.label(rx.el.input(type="checkbox", name=f"role-{role}", **ticked), rx.el.span(t(ROLE_NAMES[role])), class_name="tick")

    legend = rx.el.legend(t(N_("Roles, as many as this person has")))
    return rx.el.fieldset(legend, *(box(role) for role in ROLES), class_name="ticks")


def _button(message: str, name: str, on_click: Any, look: str = "", **more: Any) -> rx.Component:
    named = {"class_name": f"btn {look}".strip(), "custom_attrs": {"data-do": name}}
    return rx.el.button(t(message), type="button", on_click=on_click, **named, **more)


def _twice(message: str, help_: str, name: str, on_click: Any) -> rx.Component:
    """What ends somebody's work takes a second touch, below what it does."""
    sure = _button(N_("Yes, do it"), name, on_click, "primary")
    inner = rx.el.div(rx.el.p(t(help_)), sure, class_name="sure")
    return rx.el.details(rx.el.summary(t(message), class_name="btn", custom_attrs={"data-ask": name}), inner)


def _pin() -> rx.Component:
    shown: Any = RosterState.shown
    words = rx.el.div(
        rx.el.p(t(N_("PIN of")), " ", rx.el.b(shown["name"])),
        rx.el.p(shown["pin"], class_name="num new-pin", id="new-pin"),
        rx.el.p(t(N_("Give it to this person only. It is shown once and kept nowhere.")), class_name="t2"),
    )
    return rx.cond(shown.length() > 0, rx.el.div(icon("lock-key"), words, class_name="note ok", role="status"))


def _all(key: Any) -> rx.Component:
    """On a phone one person fills the screen; the focus brings its top into view."""
    back = _button(N_("Back to everybody"), "leave", RosterState.leave, "quiet", auto_focus=True)
    return rx.el.div(back, class_name="person-back", key=key)


def _done() -> rx.Component:
    told = rx.match(RosterState.done, *((name, t(words)) for name, words in DONE.items()), rx.fragment())
    note = rx.el.div(icon("check-circle"), rx.el.p(told), class_name="note ok", role="status", id="done")
    return rx.cond(RosterState.done != "", note)


def _one() -> rx.Component:
    one: Any = RosterState.chosen
    form = rx.el.form(
        _boxes(one.roles),
        rx.el.button(t(N_("Save the roles")), type="submit", class_name="btn primary", custom_attrs={"data-do": "save-roles"}),
        on_submit=RosterState.save_roles,
        class_name="form",
        key=one.key,  # drawn anew when somebody else has changed the roles meanwhile
    )
    shut = _twice(
        N_("Close the account"),
        N_("Signs this person out and lets nobody sign in with it. What was done stays."),
        "close",
        RosterState.close,
    )
    reset = _twice(N_("New PIN"), N_("The old PIN is void and this person is signed out everywhere."), "reset-pin", RosterState.reset_pin)
    out = _button(N_("Sign out everywhere"), "end-sessions", RosterState.end_sessions)
    more = rx.el.div(
        rx.cond(one.locked, _button(N_("Unlock"), "unlock", RosterState.unlock, "start")),
        rx.cond(one.sessions > 0, out),
        reset,
        rx.cond(one.open, shut, _button(N_("Open the account again"), "reopen", RosterState.reopen)),
        class_name="person-more",
    )
    head = rx.el.div(rx.el.h2(one.name), _state(one), class_name="row")
    told = rx.el.div(_pin(), problem_note(RosterState.problem), _done(), class_name="person-told")
    return rx.el.section(_all(one.id), head, told, form, more, class_name="panel person", id="person")


def _new() -> rx.Component:
    name = rx.el.label(
        rx.el.span(t(N_("Name"))),
        rx.el.input(name="name", max_length=LONGEST_NAME, required=True, auto_complete="off", id="new-name"),
        class_name="field",
    )
    form = rx.el.form(
        name,
        _boxes(),
        rx.el.button(t(N_("Add and show the PIN")), type="submit", class_name="btn primary", custom_attrs={"data-do": "add"}),
        on_submit=RosterState.add,
        class_name="form",
        key=RosterState.draft.to_string(),
    )
    told = rx.el.div(problem_note(RosterState.problem), class_name="person-told")
    return rx.el.section(_all("new"), rx.el.h2(t(N_("Somebody new"))), told, form, class_name="panel person", id="new")


def _nobody() -> rx.Component:
    words = rx.el.p(t(N_("Touch a name to change roles, give a new PIN or close the account.")), class_name="t2")
    return rx.el.section(problem_note(RosterState.problem), words, class_name="panel person")


def people_page() -> rx.Component:
    """The page at `/petugas`."""
    add = rx.el.button(
        icon("plus"),
        t(N_("Add somebody")),
        type="button",
        class_name="btn quiet",
        on_click=RosterState.begin,
        custom_attrs={"data-do": "begin"},
    )
    right = rx.cond(RosterState.adding, _new(), rx.cond(RosterState.chosen.id != "", _one(), _nobody()))
    busy = RosterState.adding | (RosterState.chosen.id != "")
    columns = rx.cond(RosterState.ready, rx.el.div(_list(), right, class_name=rx.cond(busy, "people-columns one", "people-columns")))
    desk = rx.el.fieldset(
        rx.el.div(rx.el.h1(t(TITLE)), add, class_name="desk-bar"),
        cut_off_note(),
        columns,
        class_name="desk",
        disabled=has_connection_errors,
        on_mount=RosterState.load,
    )
    return frame(desk, surface=STAFF, hero=staff_bar("/petugas"), name="people-page")
