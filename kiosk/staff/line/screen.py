"""A strip on the admin's page: how the line to the centre stands, and what to do."""

import asyncio
from datetime import datetime
from typing import Any

import reflex as rx

from kiosk.core.i18n import both
from kiosk.core.runtime import runtime
from kiosk.devices.texts import NEVER
from kiosk.staff.devices.lines import ago
from kiosk.staff.guard import require_role
from kiosk.staff.line import texts
from kiosk.sync import standing
from kiosk.sync.model import CURRENT, UNREACHABLE, CentreLine
from kiosk.sync.noting import STATES, TO_DO
from kiosk.ui.icons import icon
from kiosk.ui.words import t, two

LOOKS = {CURRENT: "ok", UNREACHABLE: "warn"}


class LineState(rx.State):
    """The line as the admin's strip shows it; empty until an admin asks."""

    ready: bool = False
    look: str = ""
    words: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    seen: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    to_do: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    code: str = ""
    waiting: int = 0

    @rx.event
    @require_role("admin", looking=True)
    async def load(self) -> None:
        """Read how the line stands."""
        node = runtime()

        def read() -> tuple[CentreLine | None, int]:
            with node.reading() as session:
                line = session.get(CentreLine, node.office_id)
                return (CentreLine(**line.model_dump()) if line else None), standing.backlog(session, node.office_id)

        line, self.waiting = await asyncio.to_thread(read)
        self.ready = True
        if line is None:
            self.look = ""
            return
        at = line.last_contact_at
        self.look = LOOKS.get(line.state, "bad")
        self.words, self.to_do, self.code = both(STATES[line.state]), both(TO_DO[line.state]), line.code
        self.seen = ago((node.now() - datetime.fromisoformat(at)).total_seconds()) if at else both(NEVER)


def line_strip() -> rx.Component:
    """One line above the devices."""
    state: Any = LineState
    facts = rx.el.span(
        t(texts.CONTACT), ": ", two(state.seen["id"], state.seen["en"]), " · ", rx.el.b(state.waiting), " ", t(texts.WAITS), class_name="t2"
    )
    wrong = rx.cond(
        state.look != "ok",
        rx.el.p(two(state.to_do["id"], state.to_do["en"]), rx.cond(state.code != "", rx.el.span(" (", state.code, ")", class_name="t2"))),
    )
    said = rx.el.div(
        rx.el.p(rx.el.b(t(texts.LINE), ": ", two(state.words["id"], state.words["en"])), " ", facts),
        wrong,
    )
    shape = rx.match(state.look, ("ok", icon("check-circle")), ("warn", icon("wifi-slash")), icon("warning-circle"))
    strip = rx.el.div(
        shape, said, class_name=f"note line-strip {state.look}", role="status", id="line", custom_attrs={"data-line": state.look}
    )
    none = rx.el.p(t(texts.NONE), class_name="t2", id="line", custom_attrs={"data-line": "none"})
    return rx.cond(state.ready, rx.cond(state.look != "", strip, none))
