"""Every route on one screen."""

import reflex as rx


def _home() -> rx.Component:
    return rx.el.main(rx.el.h1("Kios PTSP"))


def add_pages(app: rx.App) -> None:
    """Give `app` its pages."""
    app.add_page(_home, route="/", title="Kios PTSP")
