"""The pages of the centre as one router: every failure is a page with a sentence."""

import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy import Engine

from kiosk.centre.people.errors import NotSignedIn
from kiosk.centre.web import entrance, files, nodes, pages
from kiosk.centre.web.errors import BadForm, PageBroken
from kiosk.centre.web.rights import Rights
from kiosk.centre.web.site import SESSION, Site, to
from kiosk.core import log
from kiosk.core.errors import KioskError, NotFound

logger = logging.getLogger("kiosk.centre")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def router(engine: Engine, key: Ed25519PrivateKey, *, address: str, clock: Callable[[], datetime]) -> APIRouter:
    """The centre's pages. `address`: the centre's own, without a slash: forms must come from there; `key` signs the ends of chains."""
    site = Site(engine, key, address, clock)
    rights = Rights(site)
    routes = APIRouter(route_class=_page_of(site), include_in_schema=False, dependencies=[Depends(rights.own_form)])
    for room in (files.add, entrance.add, pages.add, nodes.add):
        room(routes, site, rights)
    return routes


def _page_of(site: Site) -> type[APIRoute]:
    """A kind of route whose failures are pages."""

    class Page(APIRoute):
        def get_route_handler(self) -> Handler:
            inner = super().get_route_handler()

            async def handler(request: Request) -> Response:
                try:
                    return await inner(request)
                except NotSignedIn as nobody:
                    if request.method != "GET":
                        return wrong(site, request, nobody)
                    answer = to("/masuk")
                    if SESSION in request.cookies:
                        site.keep(answer, SESSION, "")
                    return answer
                except KioskError as refused:
                    return wrong(site, request, refused)
                except RequestValidationError as invalid:
                    return wrong(site, request, BadForm(where=str(invalid.errors()[0]["loc"][-1])))
                except Exception as bug:
                    reference = log.reference()
                    logger.error("bug", exc_info=bug, extra={"path": request.url.path, "reference": reference})
                    return wrong(site, request, PageBroken(reference=reference))

            return handler

    return Page


def wrong(site: Site, request: Request, error: KioskError) -> Response:
    """The page that says what did not work."""
    logger.info("refused", extra={"code": error.code, "path": request.url.path})
    return site.page(request, "wrong.html", error.status, error=error)


__all__ = ["NotFound", "Site", "router", "wrong"]
