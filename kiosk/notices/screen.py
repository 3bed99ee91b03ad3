"""Where notices are shown: to everybody on the first page and on the board, to the staff on the page of their own account."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_
from kiosk.core.runtime import runtime
from kiosk.notices import service
from kiosk.staff.guard import require_role
from kiosk.staff.rules import EVERYBODY
from kiosk.sync import feed
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.words import t, two

for name in ("shown.js", "notice_rules.js"):  # what the islands import beside them
    importable("notices", name)

NOT_USED = N_("What the centre sent could not be put to use.")
TOPIC_NAMES = {
    "catalogue": N_("Services"),
    "calendar": N_("Free days"),
    "texts": N_("Texts and hours"),
    "notices": N_("Notices"),
    "trust": N_("Trust lists and revocations"),
}


class NoticeStrip(rx.Component):
    """The strip of the first page; empty, and without height, while there is nothing to say."""

    library = importable("notices", "notices.jsx")
    tag = "NoticeStrip"


class StaffNoticesState(rx.State):
    """What the staff are told: about the software, and about what came from the centre and is not in use."""

    notices: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    problems: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    @require_role(*EVERYBODY)
    def load(self) -> None:
        """Read them."""
        node = runtime()
        with node.reading() as session:
            told = service.for_staff(session, office_id=node.office_id, now=node.now())
            found = feed.problems(session, node.office_id)
        self.notices = [_flat(one) for one in told]
        self.problems = [{name: str(value) for name, value in one.items()} for one in found]


def _flat(one: dict[str, Any]) -> dict[str, str]:
    return {"id": one["id"], "level": one["level"], "indonesian": one["text"]["id"], "english": one["text"]["en"]}


def _words(one: Any) -> rx.Component:
    return rx.el.p(two(one["indonesian"], one["english"]))


def _notice(one: Any) -> rx.Component:
    tone = rx.cond(one["level"] == "important", "note warn", "note")
    return rx.el.div(icon("info"), _words(one), class_name=tone, custom_attrs={"data-notice": one["id"]})


def _problem(one: Any) -> rx.Component:
    name = rx.match(one["topic"], *((topic, t(word)) for topic, word in TOPIC_NAMES.items()), rx.el.span(one["topic"]))
    words = rx.el.div(
        rx.el.p(rx.el.b(t(NOT_USED))),
        rx.el.p(name, " ", one["version"], ": ", two(one["message"], one["message_en"]), " (", one["code"], ")", class_name="t2"),
    )
    return rx.el.div(icon("warning-circle"), words, class_name="note warn", custom_attrs={"data-problem": one["code"]})


def staff_notices() -> rx.Component:
    """The lines for the staff; nothing while there is nothing to say."""
    return rx.el.div(
        rx.foreach(StaffNoticesState.notices, _notice),
        rx.foreach(StaffNoticesState.problems, _problem),
        class_name="staff-notices",
        on_mount=StaffNoticesState.load,
    )
