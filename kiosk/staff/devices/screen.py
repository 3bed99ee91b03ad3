"""The page at `/perangkat`: every device of the office, a code for a new one, an end for an old one."""

import asyncio
import base64
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.core import office
from kiosk.core.build import front_end
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.devices import access, codes, enrolment, service, texts
from kiosk.devices.model import Device
from kiosk.devices.screen import Countdown, Live
from kiosk.paper import qr
from kiosk.staff import sessions
from kiosk.staff.aside.screen import AsideState, aside_panel
from kiosk.staff.devices.lines import Line, line
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.line.screen import LineState, line_strip
from kiosk.staff.screen import given, staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t, two

LOOK_SECONDS, SOON_SECONDS = 20, 2  # soon: while somebody waits for a code to be used
PATH = "/perangkat"


class DevicesState(rx.State):
    """Devices and the code that is shown; empty until an admin asks."""

    ready: bool = False
    devices: rx.Field[list[Line]] = rx.field(default_factory=list)
    gone: rx.Field[list[Line]] = rx.field(default_factory=list)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    code: str = ""
    code_name: str = ""
    seconds: int = 0
    picture: str = ""
    address: str = ""
    only_here: bool = False
    became: str = ""

    @rx.event
    @require_role("admin", looking=True)
    async def load(self) -> None:
        """Read the list, and whether the code that is shown was used."""
        await self._load()

    @rx.event
    @require_role("admin")
    async def make_code(self, form: dict[str, Any]) -> None:
        """Make a code for the device that the form describes."""
        who = session_of(self)
        if who is None:
            return
        name, kind, place = (str(form.get(field, ""))[:200] for field in ("name", "kind", "place"))
        try:
            made = await enrolment.make(name=name, kind=kind, place=place, actor=who.actor)
        except KioskError as refused:
            self._tell(refused)
            return
        self.problem, self.became = {}, ""
        self.code, self.code_name, self.seconds = made.code, name, made.seconds
        self.address = f"{runtime().settings.public_address}/daftar"
        self.only_here = "//localhost" in self.address
        picture = await asyncio.to_thread(qr.svg, f"{self.address}#{made.code}")
        self.picture = "data:image/svg+xml;base64," + base64.b64encode(picture).decode()

    @rx.event
    @require_role("admin")
    def put_away(self) -> None:
        """The code is not shown any more."""
        self._forget_code()
        self.became = ""

    @rx.event
    @require_role("admin")
    async def revoke(self, device_id: str) -> None:
        """Take a device's rights away; who is signed in there is out at once too."""
        who = session_of(self)
        if who is None:
            return
        try:
            await access.revoke(device_id, actor=who.actor)
        except KioskError as refused:
            self._tell(refused)
        else:
            self.problem = {}
        sessions.forget_all()
        await self._load()

    def _tell(self, refused: KioskError) -> None:
        self.problem = refused.in_both()

    def _forget_code(self) -> None:
        self.code = self.code_name = self.picture = self.address = ""

    async def _load(self) -> None:
        node, code = runtime(), codes.parse(self.code) if self.code else None

        def read() -> tuple[list[Device], str, str | None]:
            with node.reading() as session:
                lane = enrolment.became(session, office_id=node.office_id, code=code) if code else None
                return service.list_devices(session, node.office_id), office.get(session, node.office_id).zone, lane

        rows, zone, lane = await asyncio.to_thread(read)
        now, mine = node.now(), front_end()
        lines = [line(row, now=now, zone=zone, front_end=mine) for row in rows]
        self.devices = [one for one in lines if not one.revoked]
        self.gone = [one for one in lines if one.revoked]
        self.ready = True
        if lane:
            self.became = lane
            self._forget_code()


def _field(label: str, name: str, most: int, help_line: str | None = None, **more: Any) -> rx.Component:
    hint = rx.el.span(t(help_line), class_name="t2", id=f"device-{name}-help") if help_line else rx.fragment()
    described = {"aria_describedby": f"device-{name}-help"} if help_line else {}
    entry = rx.el.input(id=f"device-{name}", name=name, type="text", max_length=most, auto_complete="off", **described, **more)
    return rx.el.p(rx.el.label(t(label), html_for=f"device-{name}"), entry, hint, class_name="field")


def _kinds() -> rx.Component:
    ways = (
        rx.el.label(rx.el.input(type="radio", name="kind", value=kind, default_checked=kind == "tablet"), t(word), class_name="opt")
        for kind, word in texts.KINDS.items()
    )
    return rx.el.fieldset(rx.el.legend(t(texts.KIND)), *ways, class_name="devices-kinds")


def _form() -> rx.Component:
    make = rx.el.button(icon("plus"), t(texts.MAKE), type="submit", class_name="btn start", custom_attrs={"data-do": "make-code"})
    return rx.el.form(
        _field(texts.NAME, "name", service.LONGEST_NAME, texts.NAME_HELP, required=True),
        _kinds(),
        _field(texts.PLACE, "place", service.LONGEST_PLACE),
        make,
        on_submit=DevicesState.make_code,
        reset_on_submit=True,
        class_name="devices-form",
    )


def _code() -> rx.Component:
    state = DevicesState
    hide = rx.el.button(t(texts.HIDE), type="button", class_name="btn", on_click=state.put_away, custom_attrs={"data-do": "hide"})
    steps = rx.el.ol(
        rx.el.li(t(texts.HOW), " ", rx.el.b(state.address, class_name="devices-address")),
        rx.el.li(t(texts.THEN)),
    )
    return rx.el.div(
        rx.el.p(t(texts.CODE_FOR), " ", rx.el.b(state.code_name)),
        rx.el.p(state.code, class_name="num devices-code", custom_attrs={"data-code": state.code}),
        Countdown.create(texts=texts.COUNTDOWN, seconds=state.seconds, code=state.code),
        steps,
        rx.cond(state.only_here, rx.el.p(t(texts.ONLY_HERE), class_name="note warn")),
        rx.el.img(src=state.picture, alt="QR", class_name="devices-qr"),
        hide,
        class_name="devices-shown",
    )


def _add() -> rx.Component:
    state = DevicesState
    done = rx.el.div(
        icon("check-circle"), rx.el.p(t(texts.BECAME), " ", rx.el.b(state.became)), class_name="note ok", role="status", id="became"
    )
    return rx.el.section(
        rx.el.h2(t(texts.ADD)),
        rx.cond(state.became != "", done),
        problem_note(DevicesState.problem),
        rx.cond(state.code != "", _code(), _form()),
        class_name="panel devices-add",
    )


def _build(one: Any) -> rx.Component:
    mark = rx.el.span(icon("warning"), t(texts.OLD_BUILD), class_name="badge warn")
    return rx.fragment(rx.el.span(rx.cond(one.build != "", one.build, "-"), class_name="t2 mono"), rx.cond(one.old, mark))


def _badge(picture: str, words: Any, words_en: Any, kind: str) -> rx.Component:
    return rx.cond(words != "", rx.el.span(icon(picture), two(words, words_en), class_name=f"badge {kind}"))


def _parked(one: Any) -> rx.Component:
    """What the node did not take, and why: the code stands in the documentation."""
    why = rx.el.span(
        t(texts.PARKED), " ", rx.el.span(one.parked, class_name="mono"), class_name="t2 block", custom_attrs={"data-parked": one.lane}
    )
    return rx.cond(one.parked != "", why)


def _revoke(one: Any) -> rx.Component:
    """Two touches: the first opens, the second does it."""
    sure = rx.el.button(
        t(texts.REVOKE_SURE),
        type="button",
        class_name="btn primary",
        on_click=given(DevicesState.revoke, one.id),
        custom_attrs={"data-revoke": one.lane},
    )
    return rx.el.details(rx.el.summary(t(texts.REVOKE), class_name="btn quiet"), sure, custom_attrs={"data-ask": one.lane})


def _named(word: str) -> rx.Component:
    """What a value is, where the table is drawn as cards and has no heads."""
    return rx.el.span(t(word), ": ", class_name="t2 devices-named")


def _row(one: Any) -> rx.Component:
    place = rx.cond(one.place != "", rx.el.span(one.place, class_name="t2 block"))
    name = rx.fragment(rx.el.b(one.name), place, _badge("warning-circle", one.mark, one.mark_en, "bad"))
    return rx.el.tr(
        rx.el.td(rx.el.span(one.lane, class_name="num")),
        rx.el.td(name),
        rx.el.td(two(one.kind, one.kind_en)),
        rx.el.td(_named(texts.SEEN), two(one.seen, one.seen_en), _badge("clock", one.clock, one.clock_en, "warn")),
        rx.el.td(_named(texts.BUILD), _build(one)),
        rx.el.td(_named(texts.WAITING), one.waiting, _parked(one), class_name="r"),
        rx.el.td(_revoke(one), class_name="r"),
        key=one.id,
        custom_attrs={"data-device": one.lane},
    )


def _heads(*words: str) -> rx.Component:
    return rx.el.thead(rx.el.tr(*(rx.el.th(t(word), scope="col") for word in words)))


def _list() -> rx.Component:
    heads = _heads(texts.LANE, texts.NAME, texts.KIND, texts.SEEN, texts.BUILD, texts.WAITING, texts.REVOKE)
    table = rx.el.table(heads, rx.el.tbody(rx.foreach(DevicesState.devices, _row)))
    return rx.cond(DevicesState.devices.length() > 0, table, rx.el.p(t(texts.NOBODY), class_name="t2 devices-none"))


def _gone_row(one: Any) -> rx.Component:
    cells = (one.lane, one.name, two(one.kind, one.kind_en), one.revoked)
    return rx.el.tr(*(rx.el.td(cell) for cell in cells), key=one.id, custom_attrs={"data-gone": one.lane})


def _gone() -> rx.Component:
    count = rx.el.span("(", DevicesState.gone.length(), ")")
    table = rx.el.table(_heads(texts.LANE, texts.NAME, texts.KIND, texts.REVOKED_AT), rx.el.tbody(rx.foreach(DevicesState.gone, _gone_row)))
    folded = rx.el.details(rx.el.summary(t(texts.REVOKED), " ", count), table, class_name="panel devices-gone")
    return rx.cond(DevicesState.gone.length() > 0, folded)


def devices_page() -> rx.Component:
    """The page at `/perangkat`, for admins."""
    head = rx.el.div(rx.el.h1(t(texts.DEVICES_TITLE)), rx.el.p(t(texts.DEVICES_LEAD), class_name="t2"))
    body = rx.el.div(rx.el.section(_list(), class_name="panel devices-list"), _add(), class_name="devices-columns")
    live = Live.create(
        cut_off_note(),
        head,
        line_strip(),
        rx.cond(DevicesState.ready, rx.fragment(body, aside_panel(), _gone())),
        cut=has_connection_errors,
        every=rx.cond(DevicesState.code != "", SOON_SECONDS, LOOK_SECONDS),
        on_look=[DevicesState.load, LineState.load, AsideState.load],
    )
    return frame(live, surface=STAFF, hero=staff_bar(PATH), name="devices-page")
