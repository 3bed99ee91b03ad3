"""The first page: what a visitor can do here, as large as it goes."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_, texts
from kiosk.ui.icons import icon
from kiosk.ui.shared import PATHS
from kiosk.ui.shell import frame, link
from kiosk.ui.words import t

WELCOME = N_("Welcome to the one-stop licensing service")
QUESTION = N_("How can we help you?")
TAKE, TAKE_HELP = N_("Take a queue number"), N_("Start here. No registration needed.")

# picture, where it leads, what it is, what one finds there
TILES = (
    ("files-duo", "/layanan", N_("Requirements and fees"), N_("What to bring, how many days")),
    ("television-duo", "/papan", N_("Numbers being called"), N_("Who is served now")),
    ("clock-duo", "/kantor", N_("Opening hours and counters"), N_("Days and hours of service")),
    ("chat-circle-text-duo", "/kantor#pengaduan", N_("Complaints"), N_("Where to complain or ask")),
)

# Below the start: the step that saves the most waiting.
CHECK, CHECK_HELP = N_("Check your papers"), N_("What you have, what is still missing")

# For who holds a letter and doubts it.
VERIFY, VERIFY_HELP = N_("Check a letter"), N_("Is it really from the office?")

# And when one is done: what it was like.
RATE, RATE_HELP = N_("Rate our service"), N_("Nine questions, without a name")

# What "Dengarkan" reads on this page, in this order.
SCRIPT = (
    WELCOME,
    QUESTION,
    TAKE,
    TAKE_HELP,
    CHECK,
    CHECK_HELP,
    VERIFY,
    VERIFY_HELP,
    RATE,
    RATE_HELP,
    *(word for tile in TILES for word in tile[2:]),
)

TEXTS = texts(
    demo=N_("Demonstration: always open"),
    open_until=N_("Open until {time} {zone}"),
    open_now=N_("Open now"),
    opens_at=N_("Closed now, opens {time} {zone}"),
    closed_now=N_("Closed now"),
)


class OpenLine(rx.Component):
    """Whether the office is open."""

    library = PATHS["home.jsx"]
    tag = "OpenLine"
    texts: rx.Var[dict[str, Any]]


def _hero() -> rx.Component:
    return rx.el.div(rx.el.p(t(WELCOME)), rx.el.h1(t(QUESTION)), class_name="hero")


def _start() -> rx.Component:
    words = rx.el.span(rx.el.span(t(TAKE), class_name="go-title"), rx.el.span(t(TAKE_HELP), class_name="go-help"))
    return link(icon("ticket", "big"), words, icon("arrow-right", "arr"), to="/antrean", class_name="tile go")


def _also(picture: str, path: str, title: str, help_line: str, look: str = "") -> rx.Component:
    words = rx.el.span(rx.el.span(t(title), class_name="also-title"), rx.el.span(t(help_line), class_name="also-help"))
    return link(icon(picture, "pic"), words, icon("arrow-right", "arr"), to=path, class_name=f"tile also {look}".strip())


def _tile(picture: str, path: str, title: str, help_line: str) -> rx.Component:
    words = (rx.el.span(t(title), class_name="four-title"), rx.el.span(t(help_line), class_name="four-help"))
    return link(icon(picture, "pic"), *words, to=path, class_name="tile")


def home_page(*unseen: rx.Component, news: rx.Component | None = None) -> rx.Component:
    """The page at `/`. `unseen` draw nothing: what other rooms do where visitors begin. `news` stands below the start."""
    return frame(
        rx.el.div(_start(), news or rx.fragment(), class_name="begin"),
        _also("check-circle-duo", "/checklist", CHECK, CHECK_HELP),
        rx.el.div(*(_tile(*tile) for tile in TILES), rx.el.i(class_name="pancer"), class_name="four"),
        rx.el.div(
            _also("seal-check-duo", "/verify", VERIFY, VERIFY_HELP, "letter"),
            _also("smiley-duo", "/survey", RATE, RATE_HELP, "rate"),
            class_name="pair",
        ),
        OpenLine.create(texts=TEXTS),
        *unseen,
        hero=_hero(),
        speech="home",
        name="home",
    )
