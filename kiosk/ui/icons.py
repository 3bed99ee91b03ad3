"""Icons of the screens, drawn from one sprite (`assets/icons.svg`), which islands use too (`icons.jsx`).

An icon never stands without a word, so it is hidden from who listens.
"""

import re
from functools import cache
from pathlib import Path

import reflex as rx

SPRITE = Path(__file__).parents[2] / "assets" / "icons.svg"
ADDRESS = "/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Every icon that the sprite holds; empty where the sources of the front end are not installed."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())) if SPRITE.exists() else frozenset()


def icon(name: str, class_name: str = "") -> rx.Component:
    """The icon `name`, as large as 1.5 times its text. Raises ValueError for a name that the sprite does not hold."""
    if icon_names() and name not in icon_names():
        raise ValueError(f"no icon is called {name!r}; there are: {', '.join(sorted(icon_names()))}")
    return rx.el.svg(
        rx.el.svg.use(href=f"{ADDRESS}#{name}"),
        view_box="0 0 256 256",
        aria_hidden="true",
        class_name=f"ic {class_name}".strip(),
    )
