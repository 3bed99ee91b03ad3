"""The page at `/berkas`: Customer Service scans the applicant's code, looks at each paper, signs."""

import asyncio
from dataclasses import replace
from typing import Any

import reflex as rx

from kiosk.catalogue import service as catalogue
from kiosk.checklist import service, texts
from kiosk.checklist.desk import lines
from kiosk.checklist.desk.lines import Paper, Signature
from kiosk.checklist.errors import ListChanged, SignedMeanwhile
from kiosk.checklist.rules import DIGEST, Code, decode
from kiosk.checklist.service import Opened
from kiosk.core import office
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_id
from kiosk.core.runtime import runtime
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.rules import CHECK
from kiosk.staff.screen import given, staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t

PATH = "/berkas"


class ChecklistState(rx.State):
    """The checklist before the officer; empty until one is scanned. `version` is the signature that the officer has seen."""

    services: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    checklist_id: str = ""
    service: str = ""
    title: str = ""
    digest: str = ""
    answers: str = ""
    changed: bool = False
    papers: rx.Field[list[Paper]] = rx.field(default_factory=list)
    version: int = 0
    signature: rx.Field[Signature] = rx.field(default_factory=Signature)

    @rx.var
    def open_places(self) -> str:
        """Numbers of the papers that are not marked yet."""
        return ", ".join(str(one.order) for one in self.papers if one.mark == lines.OPEN)

    @rx.var
    def lacking(self) -> str:
        """Texts of the papers that are marked as missing."""
        return "; ".join(one.text for one in self.papers if one.mark == "m")

    @rx.event
    @require_role(*CHECK, looking=True)
    async def load(self) -> None:
        """Which services a list can be begun for."""
        node = runtime()

        def read() -> list[dict[str, Any]]:
            with node.reading() as session:
                return catalogue.list_services(session, office_id=node.office_id)

        self.services = [{"id": one["id"], "title": one["title"]} for one in await asyncio.to_thread(read)]

    @rx.event
    @require_role(*CHECK)
    async def scan(self, form: dict[str, Any]) -> None:
        """Show the checklist whose code was scanned or pasted."""
        try:
            code = decode(str(form.get("code", "")))
            await self._show(code)
        except KioskError as refused:
            self._put_away()
            self._tell(refused)

    @rx.event
    @require_role(*CHECK)
    async def begin(self, form: dict[str, Any]) -> None:
        """A list for an applicant who has no code."""
        try:
            await self._show(Code(str(form.get("service", "")), "", new_id(), ""))
        except KioskError as refused:
            self._tell(refused)

    @rx.event
    @require_role(*CHECK)
    def mark(self, place: int, mark: str) -> None:
        """The officer looked at one paper."""
        if 0 <= place < len(self.papers) and lines.allowed(self.papers[place], mark):
            self.papers = [replace(one, mark=mark) if one.place == place else one for one in self.papers]

    @rx.event
    @require_role(*CHECK)
    async def sign(self) -> None:
        """Sign what is marked: complete, or with what is missing."""
        node, who = runtime(), session_of(self)
        if who is None or not self.checklist_id:
            return
        wanted: dict[str, Any] = {"checklist_id": self.checklist_id, "service": self.service, "digest": self.digest}
        wanted |= {"answers": self.answers, "checked": lines.checked(self.papers), "version": self.version}
        wanted |= {"office_id": node.office_id, "account_id": who.account_id, "actor": who.actor, "now": node.now()}
        try:
            await node.writer.submit(lambda session: service.sign(session, **wanted))
        except (ListChanged, SignedMeanwhile) as refused:
            await self._show(self._code())
            self._tell(refused)
        except KioskError as refused:
            self._tell(refused)
        else:
            await self._show(self._code())

    @rx.event
    @require_role(*CHECK)
    def next_one(self) -> None:
        """Take this list off the screen."""
        self._put_away()

    def _code(self) -> Code:
        return Code(self.service, self.digest[:DIGEST], self.checklist_id, self.answers)

    def _tell(self, refused: KioskError) -> None:
        self.problem = refused.in_both()

    def _put_away(self) -> None:
        self.problem, self.papers, self.signature = {}, [], Signature()
        self.checklist_id = self.service = self.title = self.digest = self.answers = ""
        self.changed, self.version = False, 0

    async def _show(self, code: Code) -> None:
        node = runtime()

        def read() -> tuple[Opened, str]:
            with node.reading() as session:
                return service.open_code(session, office_id=node.office_id, code=code), office.get(session, node.office_id).zone

        opened, zone = await asyncio.to_thread(read)
        known = opened.signed
        self.problem = {}
        self.checklist_id, self.answers, self.changed = opened.id, opened.answers, opened.changed
        self.service, self.title, self.digest = opened.list["id"], opened.list["title"], opened.list["digest"]
        self.papers = lines.papers(opened)
        self.version = known["version"] if known else 0
        self.signature = lines.signature(known, zone) or Signature()


def _scan() -> rx.Component:
    entry = rx.el.input(
        id="code", name="code", type="text", auto_complete="off", auto_focus=True, spell_check=False, aria_describedby="code-help"
    )
    words = rx.el.label(t(texts.SCAN), html_for="code")
    go = rx.el.button(icon("arrow-right"), t(texts.OPEN), type="submit", class_name="btn start", custom_attrs={"data-do": "open"})
    hint = rx.el.span(t(texts.SCAN_HELP), id="code-help", class_name="t2")
    row = rx.el.div(entry, go, class_name="berkas-row")
    return rx.el.form(words, row, hint, on_submit=ChecklistState.scan, reset_on_submit=True, class_name="panel berkas-scan")


def _begin() -> rx.Component:
    options = rx.foreach(ChecklistState.services, lambda one: rx.el.option(one["title"], value=one["id"]))
    nothing = rx.el.option("...", value="")
    choice = rx.el.select(nothing, options, id="service", name="service", required=True)
    go = rx.el.button(t(texts.BEGIN), type="submit", class_name="btn", custom_attrs={"data-do": "begin"})
    row = rx.el.div(choice, go, class_name="berkas-row")
    return rx.el.form(
        rx.el.label(t(texts.WITHOUT), html_for="service"), row, on_submit=ChecklistState.begin, class_name="panel berkas-scan"
    )


SAYS = {"h": ("ok", "check", texts.SAYS_HAVE), "m": ("warn", "clock", texts.SAYS_LACK), "u": ("", "question", texts.SAYS_UNSURE)}
MARKS = (("f", texts.IS_FOUND), ("m", texts.IS_MISSING), ("x", texts.IS_NOT_NEEDED))


def _says(one: Any) -> rx.Component:
    said: Any = (
        (letter, rx.el.span(icon(sign), t(word), class_name=f"badge {look}".strip())) for letter, (look, sign, word) in SAYS.items()
    )
    needless = rx.el.span(t(texts.IS_NOT_NEEDED), class_name="t2")
    return rx.match(one.says, *said, ("x", needless), rx.el.span(t(texts.SAYS_NOTHING), class_name="t2"))


def _mark(one: Any, mark: str, word: str) -> rx.Component:
    radio = rx.el.input(
        type="radio",
        name="p" + one.place.to_string(),
        checked=one.mark == mark,
        on_change=given(ChecklistState.mark, one.place, mark),
        custom_attrs={"data-mark": mark},
    )
    return rx.el.label(radio, t(word), class_name=f"opt berkas-mark {mark}")


def _paper(one: Any) -> rx.Component:
    marks = [_mark(one, mark, word) for mark, word in MARKS[:2]]
    needless = rx.cond(one.conditional, _mark(one, *MARKS[2]))
    name = rx.el.legend(rx.el.span(one.text, class_name="unseen", lang="id"))
    return rx.el.tr(
        rx.el.td(rx.el.span(one.order, class_name="num")),
        rx.el.td(one.text, lang="id"),
        rx.el.td(_says(one)),
        rx.el.td(rx.el.fieldset(name, *marks, needless, class_name="berkas-marks")),
        key=one.order,
        custom_attrs={"data-paper": one.order, "data-says": one.says, "data-marked": one.mark},
    )


def _papers() -> rx.Component:
    heads = ("", t(texts.PAPER), t(texts.SAYS), t(texts.FOUND_HEAD))
    head = rx.el.thead(rx.el.tr(*(rx.el.th(word, scope="col") if word else rx.el.td() for word in heads)))
    return rx.el.table(head, rx.el.tbody(rx.foreach(ChecklistState.papers, _paper)))


def _signed() -> rx.Component:
    said: Any = ChecklistState.signature
    what = rx.cond(said.complete, t(texts.SIGNED_COMPLETE), t(texts.SIGNED_INCOMPLETE))
    lacking = rx.cond(said.missing != "", rx.fragment(rx.el.br(), t(texts.WILL_LACK), " ", rx.el.span(said.missing, lang="id")))
    note = rx.el.p(rx.el.b(what), " ", t(texts.SIGNED_BY), " ", rx.el.span(said.name), ", ", said.at, lacking)
    look = rx.cond(said.complete, "note ok", "note warn")
    marks = {"data-signed": rx.cond(said.complete, "complete", "incomplete")}
    return rx.cond(said.at != "", rx.el.div(icon("check-circle"), note, class_name=look, role="status", custom_attrs=marks))


def _sign() -> rx.Component:
    state = ChecklistState
    open_ = rx.el.p(t(texts.LEFT_TO_MARK), " ", rx.el.b(state.open_places), class_name="t2", id="left")
    lacking = rx.el.p(t(texts.WILL_LACK), " ", rx.el.b(state.lacking, lang="id"), id="lacking")
    reason = rx.cond(state.open_places != "", open_, rx.cond(state.lacking != "", lacking))
    words = rx.cond(state.lacking != "", t(texts.SIGN_INCOMPLETE), t(texts.SIGN_COMPLETE))
    button = rx.el.button(
        icon("check"), words, type="button", class_name="btn primary", disabled=state.open_places != "", on_click=state.sign,
        custom_attrs={"data-do": "sign"},
    )  # fmt: skip
    away = rx.el.button(t(texts.NEXT_ONE), type="button", class_name="btn quiet", on_click=state.next_one, custom_attrs={"data-do": "next"})
    return rx.el.div(reason, rx.el.div(button, away, class_name="row"), class_name="berkas-sign")


def _list() -> rx.Component:
    state = ChecklistState
    changed = rx.el.p(icon("warning"), rx.el.span(t(texts.LIST_CHANGED)), class_name="note warn", id="changed")
    none = rx.el.p(icon("info"), rx.el.span(t(texts.NO_LIST_STAFF)), class_name="note", id="no-list")
    return rx.el.section(
        rx.el.h2(state.title, lang="id"),
        rx.cond(state.changed, changed),
        _signed(),
        rx.cond(state.papers.length() > 0, rx.fragment(_papers(), _sign()), none),
        class_name="panel berkas-list",
        custom_attrs={"data-checklist": state.checklist_id},
    )


def desk_page() -> rx.Component:
    """The page at `/berkas`, for Customer Service."""
    state = ChecklistState
    head = rx.el.div(rx.el.h1(t(texts.DESK_TITLE)), rx.el.p(t(texts.DESK_LEAD), class_name="t2"))
    page = rx.el.div(
        cut_off_note(),
        head,
        rx.el.div(_scan(), _begin(), class_name="berkas-top"),
        problem_note(state.problem),
        rx.cond(state.checklist_id != "", _list()),
        class_name="berkas",
        on_mount=state.load,
    )
    return frame(page, surface=STAFF, hero=staff_bar(PATH), name="berkas-page")
