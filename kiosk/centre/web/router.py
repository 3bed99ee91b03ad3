"""The pages of the centre as one router: every failure is a page with a sentence."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from kiosk.centre.people.errors import NotSignedIn
from kiosk.centre.web import entrance, files, nodes, pages
from kiosk.centre.web.errors import BadForm, PageBroken
from kiosk.centre.web.rights import SAFE, Rights
from kiosk.centre.web.site import SESSION, Site, to
from kiosk.core import log
from kiosk.core.errors import KioskError, NotFound

logger = logging.getLogger("kiosk.centre")
NOTHING_HERE = frozenset({404, 405})  # no such address; one that only takes forms
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def router(site: Site) -> APIRouter:
    """The centre's pages."""
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


def add_lost(app: FastAPI, site: Site) -> None:
    """Where there is nothing, a browser gets a page; a program keeps the answer that `app` has for it."""
    told: Any = app.exception_handlers[HTTPException]

    async def lost(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else None
        if status in NOTHING_HERE and wants_page(request.method, request.headers.get("accept", "")):
            return wrong(site, request, NotFound())
        answer: Response = await told(request, error)
        return answer

    app.add_exception_handler(HTTPException, lost)


def wants_page(method: str, accept: str) -> bool:
    """Whether somebody looks at the answer: a browser that opens an address names text/html (RFC 9110, section 12.5.1).

    >>> wants_page("GET", "text/html,application/xhtml+xml;q=0.9"), wants_page("GET", "*/*"), wants_page("POST", "text/html")
    (True, False, False)
    """
    return method in SAFE and any(part.partition(";")[0].strip().lower() == "text/html" for part in accept.split(","))


__all__ = ["NotFound", "Site", "add_lost", "router", "wrong"]
