"""The follow-up plan: rows for the three weakest elements, and what earlier reports planned."""

from typing import Any

import reflex as rx

from kiosk.staff.rules import PLAN
from kiosk.staff.screen import holds_any
from kiosk.survey import planning
from kiosk.survey.charts import screen as charts
from kiosk.survey.desk.screen import PlanState, ReportState
from kiosk.survey.onscreen import texts
from kiosk.ui.icons import icon
from kiosk.ui.words import t, two

LOOKS = {"open": "", "doing": "warn", "done": "ok"}
SIGNS = {"open": "minus", "doing": "clock", "done": "check"}


def _state(one: Any) -> rx.Component:
    badges = ((key, rx.el.span(icon(SIGNS[key]), t(word), class_name=f"badge {LOOKS[key]}".strip())) for key, word in texts.STATES.items())
    late = rx.cond(one.late, rx.el.span(icon("warning"), t(texts.LATE), class_name="badge bad"))
    return rx.el.span(rx.match(one.state, *badges, rx.fragment()), late, class_name="skm-state", custom_attrs={"data-state": one.state})


def _facts(one: Any) -> rx.Component:
    """What is planned, in one sentence's worth."""
    words = rx.el.p(one.action)
    who = rx.el.p(one.person, " · ", t(texts.DUE), " ", one.due_text, " ", _state(one), class_name="t2")
    note = rx.cond(one.note != "", rx.el.p(icon("arrow-bend-down-right"), one.note, class_name="skm-note"))
    return rx.el.div(words, who, note, class_name="skm-planned")


def _field(message: str, name: str, value: Any, **props: Any) -> rx.Component:
    return rx.el.label(rx.el.span(t(message)), rx.el.input(name=name, default_value=value, **props), class_name="skm-field")


def _area(message: str, name: str, value: Any, **props: Any) -> rx.Component:
    area = rx.el.textarea(name=name, default_value=value, rows="3", max_length=planning.LONGEST, **props)
    return rx.el.label(rx.el.span(t(message)), area, class_name="skm-field")


def _form(one: Any, first_day: Any, last_day: Any, service: Any) -> rx.Component:
    def hidden(name: str, value: Any) -> rx.Component:
        return rx.el.input(type="hidden", name=name, value=value, read_only=True)

    def choice(value: str, word: str) -> rx.Component:
        box = rx.el.input(type="radio", name="state", value=value, default_checked=one.state == value)
        return rx.el.label(box, rx.el.span(t(word)), class_name="tick")

    places = (("first_day", first_day), ("last_day", last_day), ("service", service), ("element", one.element), ("version", one.version))
    states = rx.el.fieldset(rx.el.legend(t(texts.STATE)), *(choice(*each) for each in texts.STATES.items()), class_name="skm-whose")
    save = rx.el.button(t(texts.SAVE), type="submit", class_name="btn primary", custom_attrs={"data-do": "save-plan"})
    return rx.el.form(
        *(hidden(*each) for each in places),
        _area(texts.ACTION, "action", one.action, required=True),
        _field(texts.PERSON, "person", one.person, max_length=planning.LONGEST_NAME, required=True, auto_complete="off"),
        _field(texts.DUE, "due", one.due, type="date", required=True),
        states,
        _area(texts.NOTE, "note", one.note),
        save,
        on_submit=PlanState.save,
        reset_on_submit=False,
        class_name="skm-form",
    )


def _change(one: Any, first_day: Any, last_day: Any, service: Any) -> rx.Component:
    words = rx.cond(one.version > 0, t(texts.CHANGE), t(texts.FILL))
    opened = rx.el.summary(words, class_name="btn", custom_attrs={"data-plan": one.element})
    return rx.cond(holds_any(PLAN), rx.el.details(opened, _form(one, first_day, last_day, service)))


def _told(one: Any, first_day: Any) -> rx.Component:
    """What became of the last touch on Save, below the row that it was about; what could not be kept is shown again."""
    state: Any = PlanState
    typed = rx.cond(state.wrote != "", rx.el.p(t(texts.WROTE), " ", rx.el.q(state.wrote), class_name="t2"))
    words = rx.el.div(rx.el.p(two(state.problem["id"], state.problem["en"])), typed)
    problem = rx.el.div(icon("warning-circle"), words, class_name="note bad", role="alert")
    done = rx.el.p(icon("check-circle"), rx.el.span(t(texts.SAVED)), class_name="note ok", role="status")
    told = rx.cond(state.problem.length() > 0, problem, rx.cond(state.done, done))
    return rx.cond((state.element == one.element) & (state.first_day == first_day), told)


def plan_panel() -> rx.Component:
    """The three weakest elements, each with what is planned, or the place for it."""
    report: Any = ReportState.report

    def row(one: Any) -> rx.Component:
        head = rx.el.h3(two(one.name, one.name_en), rx.el.span(charts.number_of(one, "mean"), class_name="num"))
        facts = rx.cond(one.version > 0, _facts(one), rx.el.p(t(texts.NOTHING_PLANNED), class_name="t2"))
        change = _change(one, report.first_day, report.last_day, report.service)
        return rx.el.li(head, facts, _told(one, report.first_day), change, key=one.key, custom_attrs={"data-planned": one.element})

    listed = rx.el.ol(rx.foreach(report.plan, row), class_name="skm-plan-rows")
    lead = rx.el.p(t(texts.PLAN_LEAD), class_name="t2")
    return rx.el.section(rx.el.h2(t(texts.PLAN)), lead, listed, class_name="panel skm-plan", id="skm-plan")


def earlier_panel() -> rx.Component:
    """What earlier reports planned, and how far it is; nothing where nothing was planned."""
    report: Any = ReportState.report

    def row(one: Any) -> rx.Component:
        head = rx.el.h3(two(one.name, one.name_en), rx.el.span(two(one.period, one.period_en), class_name="t2"))
        change = _change(one, one.first_day, one.last_day, report.service)
        return rx.el.li(head, _facts(one), _told(one, one.first_day), change, key=one.key, custom_attrs={"data-promised": one.element})

    listed = rx.el.ol(rx.foreach(report.promised, row), class_name="skm-plan-rows")
    lead = rx.el.p(t(texts.EARLIER_LEAD), class_name="t2")
    panel = rx.el.section(rx.el.h2(t(texts.EARLIER)), lead, listed, class_name="panel skm-plan", id="skm-earlier")
    return rx.cond(report.promised.length() > 0, panel)
