"""The page at `/indeks`, and the board's line with the index."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_, texts
from kiosk.speech import scripts
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.shell import frame, link
from kiosk.ui.words import t

for name in ("index_rules.js", "use_index.js"):  # what the islands import beside them
    importable("survey/public", name)

TITLE = N_("Index of satisfaction")
LEAD = N_("What visitors say of this office's service, without names.")
scripts.page("index", TITLE, LEAD)
LINK = N_("How satisfied visitors are")
TEXTS = texts(
    grade=N_("Grade"),
    respondents=N_("Respondents"),
    period=N_("Period"),
    until=N_("counted up to"),
    elements=N_("Value of each element, 1 to 4"),
    few=N_("fewer than 5"),
    weakest=N_("the three lowest: here we plan what to do better"),
    sex=N_("Sex"),
    education=N_("Education"),
    method=N_("Computed by PermenPANRB 14/2017 with a weight of {weight} for each element. Answers are counted at least five at a time."),
    too_few=N_("There is no index yet: fewer than five answers have been counted."),
    unreachable=N_("The office computer does not answer, so the index cannot be shown now."),
    answer=N_("Answer the survey"),
)
BOARD_TEXTS = texts(
    grade=N_("Grade"),
    board=N_("Satisfaction index"),
    of=N_("{n} respondents"),
)


class IndexPage(rx.NoSSRComponent):
    """Index, scale, elements, respondents."""

    library = importable("survey/public", "index.jsx")
    tag = "IndexPage"
    texts: rx.Var[dict[str, Any]]


class BoardLine(rx.NoSSRComponent):
    """The board's line: notices, and the index in its turn."""

    library = importable("survey/public", "board_index.jsx")
    tag = "BoardLine"
    texts: rx.Var[dict[str, Any]]


def index_page() -> rx.Component:
    """The page at `/indeks`."""
    return frame(IndexPage.create(texts=TEXTS), title=TITLE, lead=LEAD, back="/", speech="index", name="ikm-page")


def board_line() -> rx.Component:
    """What stands below the board's picture."""
    return BoardLine.create(texts=BOARD_TEXTS)


def index_link() -> rx.Component:
    """The way to the index, from the page about the office."""
    return link(icon("users"), t(LINK), icon("arrow-right"), to="/indeks", class_name="btn ikm-link")
