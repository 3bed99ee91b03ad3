"""The page at `/laporan`: the report of the survey, with the plan that follows from it."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.core.i18n import both
from kiosk.staff.screen import StaffState, given, staff_bar
from kiosk.survey.charts import screen as charts
from kiosk.survey.desk.forms import PHONES
from kiosk.survey.desk.screen import ReportState, SurveySettingState
from kiosk.survey.onscreen import texts
from kiosk.survey.onscreen.plan.screen import earlier_panel, plan_panel
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t, two

PATH = "/laporan"
REPORT_ADDRESS = "/api/v1/survey/report"


def _panel(title: str, *inside: rx.Component, name: str) -> rx.Component:
    return rx.el.section(rx.el.h2(t(title)), *inside, class_name=f"panel skm-{name}", id=f"skm-{name}")


def _select(label: str, name: str, *options: rx.Component, value: Any) -> rx.Component:
    chosen = rx.el.select(*options, name=name, id=f"skm-{name}", default_value=value, key=value)
    return rx.el.label(rx.el.span(t(label)), chosen, class_name="skm-field")


def _spans() -> list[rx.Component]:
    def option(one: Any) -> rx.Component:
        return rx.el.option(one["name"], value=one["code"])

    spans: Any = ReportState.spans
    return [rx.el.optgroup(rx.foreach(spans[kind], option), label=" · ".join(both(word).values())) for kind, word in texts.KINDS.items()]


def _whose() -> rx.Component:
    form: Any = ReportState.form

    def choice(value: str, word: str) -> rx.Component:
        box = rx.el.input(type="radio", name="holders", value=value, default_checked=form["holders"] == value)
        return rx.el.label(box, rx.el.span(t(word)), class_name="tick")

    choices = (("", texts.EVERYBODY), ("holder", texts.HOLDERS), ("walk_up", texts.WALK_UP))
    return rx.el.fieldset(rx.el.legend(t(texts.WHOSE)), *(choice(*one) for one in choices), class_name="skm-whose", key=form["holders"])


def _option(word: str, value: str) -> rx.Component:
    """A choice in both languages at once: the style sheet cannot hide one of them in here."""
    return rx.el.option(" · ".join(both(word).values()), value=value)


def _filters() -> rx.Component:
    form: Any = ReportState.form
    all_ = _option(texts.EVERYBODY, "")
    services = rx.foreach(ReportState.services, lambda one: rx.el.option(one["title"], value=one["id"]))
    places = rx.foreach(ReportState.places, lambda one: rx.el.option(one, value=one))
    phones = _option(texts.NO_PLACE, PHONES)
    show = rx.el.button(t(texts.SHOW), type="submit", class_name="btn start", custom_attrs={"data-do": "show"})
    return rx.el.form(
        _select(texts.PERIOD, "span", *_spans(), value=form["span"]),
        _select(texts.SERVICE, "service", all_, services, value=form["service"]),
        _select(texts.PLACE, "place", all_, places, phones, value=form["place"]),
        _whose(),
        show,
        on_submit=ReportState.choose,
        reset_on_submit=False,
        class_name="panel skm-filters",
    )


def _files() -> rx.Component:
    """The report as files, of the period and service that are shown."""

    def file(kind: str, word: str, look: str) -> rx.Component:
        address = f"{REPORT_ADDRESS}.{kind}?" + ReportState.report.query
        custom = {"data-file": kind, "reloadDocument": True}  # else the router takes the address for a page of ours
        return rx.el.a(icon("files"), t(word), href=address, download=True, class_name=f"btn {look}", custom_attrs=custom)

    return rx.el.div(file("pdf", texts.PDF, "primary mirror"), file("xlsx", texts.XLSX, ""), class_name="skm-files")


def _until() -> rx.Component:
    report: Any = ReportState.report
    counted = rx.cond(report.until != "", rx.fragment(t(texts.UNTIL), " ", rx.el.b(report.until_text), ". "))
    waiting = rx.cond(report.waiting > 0, rx.fragment(t(texts.NOT_YET), " ", rx.el.b(report.waiting), ". "))
    return rx.el.p(counted, waiting, t(texts.UNTIL_WHY), class_name="t2 skm-until")


def _index() -> rx.Component:
    report: Any = ReportState.report
    name = rx.cond(
        report.grade != "",
        rx.el.span(rx.el.b(t(texts.GRADE), " ", report.grade, class_name="dsp"), rx.el.br(), two(report.grade_name, report.grade_name_en)),
        rx.el.span(t(texts.NO_GRADE)),
    )
    figure = rx.el.p(rx.el.span(charts.number_of(report, "index"), class_name="num"), name, class_name="skm-figure")
    population = rx.cond(report.population != "", rx.el.small(charts.number_of(report, "population")), rx.fragment())
    reached = rx.cond(
        report.short == "",
        rx.fragment(icon("check"), t(texts.REACHED)),
        charts.number_of(report, "short"),
    )
    sample = rx.cond(report.needed != "", rx.fragment(report.needed, rx.el.small(reached)), rx.el.small(t(texts.NO_POPULATION)))
    facts = rx.el.dl(
        rx.el.div(rx.el.dt(t(texts.RESPONDENTS)), rx.el.dd(report.n, population)),
        rx.el.div(rx.el.dt(t(texts.SAMPLE)), rx.el.dd(sample)),
        class_name="skm-facts",
    )
    return _panel(texts.INDEX, figure, charts.scale(report.scale, report.place), facts, name="index")


def _means() -> rx.Component:
    report: Any = ReportState.report

    def row(one: Any) -> rx.Component:
        rank = rx.cond(one.few, rx.fragment(), rx.el.span(one.rank, class_name="t2 rank"))
        name = rx.el.th(rank, two(one.name, one.name_en), scope="row")
        drawn = rx.el.td(charts.track(report.element_marks, one.x, one.weak), class_name="drawn")
        value = rx.el.td(rx.cond(one.few, t(texts.FEW), rx.el.b(charts.number_of(one, "mean"))), class_name="r")
        cells = (name, drawn, value, rx.el.td(one.grade), rx.el.td(one.count, class_name="r t2"))
        return rx.el.tr(*cells, class_name=rx.cond(one.weak, "weak", ""), custom_attrs={"data-element": one.key}, key=one.key)

    letters, edges = (rx.el.td(chart(report.element_marks), class_name="drawn flat") for chart in (charts.grades_above, charts.edges_below))
    head = rx.el.tr(
        rx.el.th(t(texts.ELEMENT)),
        letters,
        rx.el.th(t(texts.MEAN), class_name="r"),
        rx.el.th(t(texts.GRADE)),
        rx.el.th(t(texts.COUNT), class_name="r"),
    )
    foot = rx.el.tr(rx.el.td(), edges, rx.el.td(), rx.el.td(), rx.el.td())
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(report.elements, row), foot), class_name="skm-ranking")
    signs = rx.el.p(rx.el.span("◆ ", class_name="sign-weak"), t(texts.LOWEST_THREE), rx.el.span(" ● ", class_name="sign"), t(texts.OTHERS))
    note = rx.el.p(t(texts.SCALE), " ", charts.number_of(report, "begin"), ".", class_name="t2")
    return _panel(texts.MEANS, signs, table, note, name="means")


def _trend() -> rx.Component:
    report: Any = ReportState.report

    def row(one: Any) -> rx.Component:
        value = rx.cond(one.few, t(texts.FEW), charts.number_of(one, "index"))
        return rx.el.tr(rx.el.th(one.key, scope="row"), rx.el.td(value, class_name="r"), rx.el.td(one.count, class_name="r"), key=one.key)

    head = rx.el.tr(rx.el.th(t(texts.PERIOD)), rx.el.th(t(texts.INDEX_OF), class_name="r"), rx.el.th(t(texts.COUNT), class_name="r"))
    numbers = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(report.months, row)))
    folded = rx.el.details(rx.el.summary(t(texts.NUMBERS)), numbers)
    return _panel(texts.TREND, charts.months(report.month_marks, report.strokes, report.months), folded, name="trend")


def _answers() -> rx.Component:
    def row(one: Any) -> rx.Component:
        counts = rx.foreach(one.parts, lambda part: rx.el.td(part.count, class_name="r"))
        drawn = rx.el.td(charts.parts(one.parts), class_name="drawn")
        return rx.el.tr(rx.el.th(two(one.name, one.name_en), scope="row"), drawn, counts, key=one.key)

    scores = (rx.el.th(rx.el.span(score, class_name=f"sign-{score}"), class_name="r") for score in "1234")
    head = rx.el.tr(rx.el.th(t(texts.ELEMENT)), rx.el.td(), *scores)
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(ReportState.report.answers, row)), class_name="skm-answers")
    return _panel(texts.DISTRIBUTION, rx.el.p(t(texts.DISTRIBUTION_HELP), class_name="t2"), table, name="spread")


def _groups(heading: str, rows: Any) -> rx.Component:
    def row(one: Any) -> rx.Component:
        few = rx.el.td(t(texts.FEW), class_name="t2", col_span=4)
        facts = (
            rx.el.td(charts.length(one.width), class_name="drawn"),
            rx.el.td(one.count, class_name="r"),
            rx.el.td(one.share, class_name="r t2"),
            rx.el.td(rx.el.b(charts.number_of(one, "index")), " ", one.grade, class_name="r nw"),
        )
        return rx.el.tr(rx.el.th(two(one.name, one.name_en), scope="row"), rx.cond(one.few, few, rx.fragment(*facts)), key=one.key)

    columns = (texts.COUNT, texts.SHARE, texts.INDEX_OF)
    head = rx.el.tr(rx.el.th(t(heading)), rx.el.td(), *(rx.el.th(t(word), class_name="r") for word in columns))
    return rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(rows, row)), class_name="skm-groups")


def _profile() -> rx.Component:
    tables = rx.foreach(ReportState.report.profile, lambda one: rx.el.div(rx.match(one.key, *_parts(one), rx.fragment()), key=one.key))
    return _panel(texts.PROFILE, rx.el.div(tables, class_name="skm-profile-tables"), name="profile")


def _parts(table: Any) -> list[tuple[str, rx.Component]]:
    return [(key, _groups(word, table.rows)) for key, word in texts.PARTS.items()]


def _apart() -> rx.Component:
    report: Any = ReportState.report
    tables = (
        _groups(texts.TOLD_APART, report.ways),
        rx.cond(report.services.length() > 0, _groups(texts.SERVICES, report.services)),
        rx.cond(report.places.length() > 0, _groups(texts.PLACES, report.places)),
    )
    return _panel(texts.PARTS_TITLE, *tables, name="parts")


def _suggestions() -> rx.Component:
    report: Any = ReportState.report
    back = rx.el.button(
        icon("caret-left"),
        t(texts.EARLIER_ONES),
        type="button",
        class_name="btn quiet",
        on_click=ReportState.back,
        custom_attrs={"data-do": "back"},
    )
    on = rx.el.button(
        t(texts.LATER_ONES), icon("caret-right"), type="button", class_name="btn", on_click=ReportState.on, custom_attrs={"data-do": "on"}
    )
    ways = rx.el.div(rx.cond(ReportState.pages.length() > 0, back), rx.cond(report.more != "", on), class_name="row skm-ways")
    listed = rx.fragment(
        rx.el.p(t(texts.SUGGESTIONS_HELP), class_name="t2"),
        rx.el.ul(rx.foreach(report.suggestions, rx.el.li), class_name="skm-texts"),
        ways,
    )
    none = rx.el.p(t(texts.NO_SUGGESTIONS), class_name="t2")
    return _panel(texts.SUGGESTIONS, rx.cond(report.suggestions.length() > 0, listed, none), name="suggestions")


def _setting() -> rx.Component:
    state: Any = SurveySettingState

    def weight(value: str, word: str) -> rx.Component:
        box = rx.el.input(type="radio", name="weight", value=value, default_checked=state.weight == value)
        return rx.el.label(box, rx.el.span(word), class_name="tick")

    weights = rx.el.fieldset(
        rx.el.legend(t(texts.WEIGHT)),
        *(weight(*one) for one in (("1/9", "1/9"), ("0.11", "0,11"), ("0.111", "0,111"))),
        class_name="skm-whose",
    )
    typed = rx.el.input(
        name="applicants", default_value=state.applicants, input_mode="numeric", max_length=12, auto_complete="off", id="skm-applicants"
    )
    applicants = rx.el.label(rx.el.span(t(texts.APPLICANTS)), typed, class_name="skm-field")
    hidden = rx.el.input(type="hidden", name="version", value=state.version, read_only=True)
    save = rx.el.button(t(texts.SAVE), type="submit", class_name="btn primary", custom_attrs={"data-do": "save-setting"})
    form = rx.el.form(
        hidden,
        weights,
        applicants,
        save,
        on_submit=state.save,
        reset_on_submit=False,
        class_name="skm-form",
        key=state.version.to_string() + state.weight,
    )
    done = rx.el.p(icon("check-circle"), t(texts.SETTING_SAVED), class_name="note ok", role="status", id="skm-setting-saved")
    told = rx.fragment(problem_note(state.problem), rx.cond(state.done, done))
    help_ = (rx.el.p(t(word), class_name="t2") for word in (texts.WEIGHT_HELP, texts.IMPORT_HELP))
    inside = (*help_, form, told)
    folded = rx.el.details(rx.el.summary(rx.el.h2(t(texts.SETTING))), *inside, class_name="panel skm-setting", on_mount=state.load)
    return rx.cond(StaffState.roles.contains("admin"), folded)


def _body() -> rx.Component:
    report: Any = ReportState.report
    few = rx.el.p(icon("info"), rx.el.span(t(texts.TOO_FEW)), class_name="note", role="status", id="skm-few")
    plan = rx.cond(report.plan.length() > 0, plan_panel())
    rest = rx.fragment(
        rx.el.div(_trend(), _answers(), class_name="skm-pair"),
        rx.el.div(_profile(), _apart(), class_name="skm-pair"),
        _suggestions(),
    )
    shown = rx.fragment(
        rx.el.div(rx.el.div(_index(), plan, class_name="skm-left"), _means(), class_name="skm-columns"),
        rx.cond(report.old, rx.fragment(), rest),
    )
    return rx.fragment(rx.cond(report.shown, shown, few), earlier_panel(), _setting())


def report_page() -> rx.Component:
    """The page at `/laporan`."""
    report: Any = ReportState.report
    weight = rx.fragment(rx.cond(report.old, t(texts.OLD_LEAD), t(texts.LEAD)), " ", charts.number_of(report, "weight"))
    head = rx.el.div(
        rx.el.div(rx.el.h1(t(texts.TITLE)), rx.el.p(rx.el.b(two(report.name, report.name_en)), " · ", weight, class_name="t2")),
        rx.cond(report.shown & (report.query != ""), _files()),
        class_name="desk-bar",
    )
    page = rx.el.fieldset(
        head,
        cut_off_note(),
        rx.cond(ReportState.ready, rx.fragment(_filters(), _until(), _body())),
        class_name="desk skm",
        disabled=has_connection_errors,
        on_mount=given(ReportState.load),
    )
    return frame(page, surface=STAFF, hero=staff_bar(PATH), name="skm-page")
