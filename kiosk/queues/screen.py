"""The public's pages: taking a number, following it on a phone, the board in the hall."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import both
from kiosk.queues import texts
from kiosk.queues.desk.screen import counter_page
from kiosk.speech import scripts
from kiosk.ui.importable import importable
from kiosk.ui.shell import BOARD, frame

__all__ = ["board_page", "counter_page", "follow_page", "take_page"]

# Scripts that the islands import beside them.
for name in (
    "board_feed.js",
    "board_rules.js",
    "codes.js",
    "codes_shown.js",
    "follow.js",
    "lane.js",
    "take.js",
    "taken.jsx",
    "use_code.js",
    "use_lane.js",
    "uuid7.js",
):
    importable("queues", name)

scripts.page("take", texts.TAKE_TITLE, texts.TAKE_LEAD, texts.FIRST_TIME, texts.FIRST_TIME_HELP)


class TakeNumber(rx.NoSSRComponent):
    """Queues to touch, then the number."""

    library = importable("queues", "take.jsx")
    tag = "TakeNumber"
    lib_dependencies: list[str] = ["uqr@0.1.3"]  # noqa: RUF012 (the code behind "#" is none of the node's business)
    texts: rx.Var[dict[str, Any]]
    title: rx.Var[dict[str, str]]
    lead: rx.Var[dict[str, str]]


class FollowTicket(rx.NoSSRComponent):
    """A ticket on its holder's phone."""

    library = importable("queues", "follow.jsx")
    tag = "FollowTicket"
    texts: rx.Var[dict[str, Any]]


class CallBoard(rx.NoSSRComponent):
    """The board in the hall."""

    library = importable("queues", "board.jsx")
    tag = "CallBoard"
    texts: rx.Var[dict[str, Any]]


def take_page() -> rx.Component:
    """The page at `/antrean`."""
    words = TakeNumber.create(texts=texts.TAKE, title=both(texts.TAKE_TITLE), lead=both(texts.TAKE_LEAD))
    return frame(words, back="/", speech="take", name="queue-take")


def follow_page() -> rx.Component:
    """The page at `/tiket?id=`."""
    return frame(FollowTicket.create(texts=texts.FOLLOW), name="queue-follow")


def board_page(*below: rx.Component) -> rx.Component:
    """The page at `/papan`; `below` stands under the picture."""
    return frame(CallBoard.create(*below, texts=texts.BOARD), surface=BOARD, name="queue-board")
