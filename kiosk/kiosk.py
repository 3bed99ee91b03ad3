"""Composition root: the Reflex app, its pages, the API and what runs beside them."""

import reflex as rx

from kiosk.pages import add_pages

app = rx.App(html_lang="id", toaster=None)
add_pages(app)
