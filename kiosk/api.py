"""/api/v1 assembled from the rooms; errors as `{"code", "message", "reference"}`; health, readiness and metrics."""

import logging
from collections.abc import Callable

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from kiosk import health
from kiosk.catalogue.api import router as catalogue
from kiosk.checklist.api import router as checklist
from kiosk.core import log
from kiosk.core.doors import ANYONE, anyone, door, refuse_open_routes
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.i18n import N_, language_of
from kiosk.core.origins import allowed_origins
from kiosk.core.runtime import runtime
from kiosk.devices.access import caller_of, counted
from kiosk.devices.api import router as devices
from kiosk.devices.rules import is_foreign
from kiosk.queues.api import router as queues
from kiosk.speech.api import router as speech
from kiosk.staff.api import router as staff
from kiosk.tls.api import files as setup_files
from kiosk.tls.api import router as setup

logger = logging.getLogger("kiosk.api")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, section 9.2.1
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class BadRequest(KioskError):
    """A body or parameter that does not fit the description of the API."""

    code = "HTTP-0422"
    status = 422
    sentence = N_("This part of the request is missing or wrong: {where}.")


class ForeignWrite(KioskError):
    """A page of another site tried to write."""

    code = "HTTP-0403"
    status = 403
    sentence = N_("This page was opened at an address that is not the office's. Please open {address}.")


class Bug(KioskError):
    """Our own fault; the reference finds it in the log."""

    code = "NODE-0500"
    status = 500
    sentence = N_("Something went wrong on our side. Please tell the staff this reference: {reference}.")


async def own_writes(request: Request) -> None:
    """Refuse what another site's page wants to change, whoever's cookie came with it. Raises `ForeignWrite`."""
    here = runtime().settings
    if request.method not in SAFE and is_foreign(caller_of(request), allowed_origins(here)):
        raise ForeignWrite(address=here.public_address)


def answer(request: Request, error: KioskError, reference: str | None = None) -> JSONResponse:
    """The error as JSON, and one line in the log with the same reference."""
    reference = reference or log.reference()
    logger.info("refused", extra={"code": error.code, "path": request.url.path, "reference": reference})
    body = {"code": error.code, "message": error.text(language_of(request.headers.get("accept-language"))), "reference": reference}
    return JSONResponse(body, status_code=error.status, headers=getattr(error, "headers", None))


def _where(error: RequestValidationError) -> str:
    first = error.errors()[0]
    return ".".join(str(part) for part in first["loc"]) or "body"


def _handlers(api: FastAPI) -> None:
    async def known(request: Request, error: KioskError) -> JSONResponse:
        return answer(request, error)

    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(request, BadRequest(where=_where(error)))

    async def http(request: Request, error: HTTPException) -> JSONResponse:
        own = getattr(error, "kiosk_error", None)
        return answer(request, own if isinstance(own, KioskError) else BadRequest(where="body") if error.status_code == 400 else NotFound())

    async def bug(request: Request, error: Exception) -> JSONResponse:
        reference = log.reference()
        logger.error("bug", exc_info=error, extra={"path": request.url.path, "reference": reference})
        return answer(request, Bug(reference=reference), reference)

    handlers: list[tuple[type[Exception], Callable[..., object]]] = [
        (KioskError, known),
        (RequestValidationError, invalid),
        (HTTPException, http),
        (Exception, bug),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)  # type: ignore[arg-type]


def make_api() -> FastAPI:
    """The HTTP interface of the node."""
    api = FastAPI(title="Kios PTSP", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    api.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=6)  # the catalogue, for phones; streams are left alone
    own, counting, open_to_all = Depends(own_writes), Depends(counted), Depends(anyone)
    for room in (queues, staff):  # they count by themselves
        api.include_router(room, prefix="/api/v1", dependencies=[own])
    api.include_router(devices, prefix="/api/v1", dependencies=[own, counting])
    for room in (catalogue, checklist, setup):
        api.include_router(room, prefix="/api/v1", dependencies=[own, counting, open_to_all])
    api.include_router(setup_files, dependencies=[counting, open_to_all])
    api.include_router(speech, prefix="/api/v1", dependencies=[open_to_all])  # clips are files that a page fetches by the dozen
    api.include_router(health.router, dependencies=[open_to_all])
    _handlers(api)

    @api.api_route("/api/{rest:path}", methods=METHODS, include_in_schema=False)
    @door(ANYONE)
    async def nothing_here(rest: str) -> None:
        raise NotFound()

    refuse_open_routes(api)
    return api
