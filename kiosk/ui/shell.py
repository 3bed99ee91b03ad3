"""The frame around every page: head, headline, content, dock.

```
offline   the notice that the node is gone; nothing while it is there
above     head (mark, office, clock), band, headline: only to be read; in low reach it fills what no seated hand reaches
main      the page; scrolls when it does not fit, also by keys
dock      touch controls, always in the same place
```
"""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from kiosk.ui.islands import FRAME_TEXTS, Dock, Offline, Screen, Top
from kiosk.ui.words import t

PUBLIC, STAFF, BOARD = "public", "staff", "tv"


def link(*children: rx.Component, to: str, **props: object) -> rx.Component:
    """A link inside the product: the page changes without a load, and so also with the node gone."""
    return ReactRouterLink.create(*children, to=to, **props)


def headline(title: str, lead: str | None = None) -> rx.Component:
    """The page's only h1 and, where it helps, one sentence below it. Both are message ids."""
    return rx.el.div(rx.el.h1(t(title)), rx.el.p(t(lead), class_name="lead") if lead else rx.fragment(), class_name="headline")


def frame(
    *children: rx.Component,
    surface: str = PUBLIC,
    back: str | None = None,
    title: str | None = None,
    lead: str | None = None,
    hero: rx.Component | None = None,
    speech: str | None = None,
    name: str = "page",
) -> rx.Component:
    """A whole page around `children`.

    `title` and `lead` are message ids (`N_`) of the headline; a page whose title is data passes neither and draws its own h1.
    `hero` stands in the headline's place. `back` is the path of "Kembali". `speech` names the page's spoken script.
    `surface`: "public" (dock, idle reset), "staff" (neither: staff log out by themselves) or "tv" (only the notice).
    `name` becomes a class, for the page's own style sheet.
    """
    above = [Top.create(texts=FRAME_TEXTS), rx.el.div(class_name="band")] if surface != BOARD else []
    if hero is not None or title is not None:
        above.append(hero if hero is not None else headline(title or "", lead))
    return rx.el.div(
        Screen.create(texts=FRAME_TEXTS, idle=surface == PUBLIC),
        Offline.create(texts=FRAME_TEXTS),
        rx.el.header(*above, class_name="above") if above else rx.fragment(),
        rx.el.main(*children, id="main", class_name="main", tab_index=0),
        Dock.create(texts=FRAME_TEXTS, back=back, page=speech) if surface == PUBLIC else rx.fragment(),
        class_name=f"frame {surface} {name}",
    )
