"""Errors over HTTP: `{"code", "message", "reference"}`, and one line in the log with the same reference."""

import logging
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kiosk.core import log
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.i18n import N_, language_of

logger = logging.getLogger("kiosk.api")


class BadRequest(KioskError):
    """A body or parameter that does not fit the description of the API."""

    code = "HTTP-0422"
    status = 422
    sentence = N_("This part of the request is missing or wrong: {where}.")


class CutShort(KioskError):
    """The caller went away in the middle of what it sent: a cut line, and no fault of ours."""

    code = "HTTP-0400"
    status = 400
    sentence = N_("The request ended before it was whole. Please send it again.")


class Bug(KioskError):
    """Our own fault; the reference finds it in the log."""

    code = "NODE-0500"
    status = 500
    sentence = N_("Something went wrong on our side. Please tell the staff this reference: {reference}.")


def answer(request: Request, error: KioskError, reference: str | None = None) -> JSONResponse:
    """The error as JSON, and one line in the log with the same reference."""
    reference = reference or log.reference()
    logger.info("refused", extra={"code": error.code, "path": request.url.path, "reference": reference})
    body = {"code": error.code, "message": error.text(language_of(request.headers.get("accept-language"))), "reference": reference}
    return JSONResponse(body, status_code=error.status, headers=getattr(error, "headers", None))


def _where(error: RequestValidationError) -> str:
    first = error.errors()[0]
    return ".".join(str(part) for part in first["loc"]) or "body"


def add_handlers(api: FastAPI) -> None:
    """Every error of `api` becomes JSON with a code and a sentence."""

    async def known(request: Request, error: KioskError) -> JSONResponse:
        return answer(request, error)

    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer(request, BadRequest(where=_where(error)))

    async def http(request: Request, error: HTTPException) -> JSONResponse:
        own = getattr(error, "kiosk_error", None)
        return answer(request, own if isinstance(own, KioskError) else BadRequest(where="body") if error.status_code == 400 else NotFound())

    async def cut_short(request: Request, _: ClientDisconnect) -> JSONResponse:
        return answer(request, CutShort())

    async def bug(request: Request, error: Exception) -> JSONResponse:
        reference = log.reference()
        logger.error("bug", exc_info=error, extra={"path": request.url.path, "reference": reference})
        return answer(request, Bug(reference=reference), reference)

    handlers: list[tuple[type[Exception], Callable[..., object]]] = [
        (KioskError, known),
        (RequestValidationError, invalid),
        (HTTPException, http),
        (ClientDisconnect, cut_short),
        (Exception, bug),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)  # type: ignore[arg-type]
