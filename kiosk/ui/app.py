"""What the Reflex app is told once: style sheets, head, language, what wraps every page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import reflex as rx

from kiosk.ui.broken import broken_page

ASSETS = Path(__file__).parents[2] / "assets"


def stylesheets() -> list[str]:
    """The sheets in `assets/css` in the order of their names: tokens first, then parts, then each room's own."""
    return [f"/css/{file.name}" for file in sorted((ASSETS / "css").glob("*.css"))]


def _head() -> list[rx.Component]:
    """What stands in every page's head. `early.js` comes first: it dresses <html> before anything is painted."""
    font = {"rel": "preload", "type": "font/woff2", "cross_origin": "anonymous", "custom_attrs": {"as": "font"}}
    return [
        rx.el.script(src="/early.js"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content="#1e2a63"),
        rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/kiosk-192.png"),
        rx.el.link(href="/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", **font),
        rx.el.link(href="/fonts/bricolage-grotesque-latin-wght-normal.woff2", **font),
        rx.el.script(src="/register.js", defer=True),
    ]


def _wraps() -> dict[tuple[int, str], Callable[[bool], rx.Component | None]]:
    """The error boundary, in our words. Reflex's overlay about its websocket is left out: the frame says what is gone."""
    return {(55, "ErrorBoundary"): lambda stateful: broken_page()}


def app_options() -> dict[str, Any]:
    """Keyword arguments for `rx.App`."""
    return {
        "html_lang": "id",
        "toaster": None,
        "reset_style": False,
        "stylesheets": stylesheets(),
        "head_components": _head(),
        "app_wraps": _wraps(),
    }
