"""Style sheets, fonts and pictures of the pages: the product's own, from the same files as at the touchscreens."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Depends, Response

from kiosk.centre.web.rights import Rights
from kiosk.centre.web.site import Site
from kiosk.core.build import ROOT
from kiosk.core.doors import anyone

ASSETS = ROOT / "assets"
SHEETS = ("1-tokens", "2-base", "3-controls", "4-parts", "5-shell", "8-staff", "9-desk", "9-people", "9-trail")
FILES = {
    "mark.svg": "image/svg+xml",
    "mark-on-dark.svg": "image/svg+xml",
    "pattern.svg": "image/svg+xml",
    "icons.svg": "image/svg+xml",
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2": "font/woff2",
    "fonts/bricolage-grotesque-latin-wght-normal.woff2": "font/woff2",
}
KEPT = {"cache-control": "public, max-age=3600"}


@cache
def style() -> str:
    """The sheets of the product that the pages use, then their own."""
    own = Path(__file__).parent / "centre.css"
    return "\n".join(path.read_text() for path in [*(ASSETS / "css" / f"{name}.css" for name in SHEETS), own])


def add(routes: APIRouter, _: Site, __: Rights) -> None:
    """Each file by its name, and no other."""

    @routes.get("/centre.css", dependencies=[Depends(anyone)])
    def sheet() -> Response:
        return Response(style(), media_type="text/css", headers=KEPT)

    for name, kind in FILES.items():
        routes.add_api_route(f"/{name}", _reader(name, kind), dependencies=[Depends(anyone)])


def _reader(name: str, kind: str) -> Callable[[], Response]:
    def file() -> Response:
        return Response((ASSETS / name).read_bytes(), media_type=kind, headers=KEPT)

    return file
