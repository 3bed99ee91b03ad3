"""The centre's HTTP interface, assembled from its rooms."""

import logging

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.centre.api import router as sync
from kiosk.centre.config import CentreSettings
from kiosk.centre.desk import Desk
from kiosk.centre.errors import told
from kiosk.centre.rules import MAX_BYTES
from kiosk.centre.web.headers import centre_headers
from kiosk.centre.web.router import add_lost
from kiosk.centre.web.router import router as pages
from kiosk.centre.web.site import Site
from kiosk.core.answers import add_handlers, answer
from kiosk.core.build import build_id
from kiosk.core.clock import utc_now
from kiosk.core.limits import Asgi, limit_body

logger = logging.getLogger("kiosk.centre")


def make_centre(engine: Engine, key: Ed25519PrivateKey, here: CentreSettings) -> FastAPI:
    """The centre on `engine`, which signs with `key`: what nodes ask, and whether it is alive and ready."""
    app = FastAPI(title="Kios PTSP: centre", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(engine, key, address=here.address, clock=utc_now)
    app.include_router(sync(desk, here.address))

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> JSONResponse:
        state: dict[str, object] = {"ok": True, "build": build_id()}
        try:
            with engine.begin() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as failure:
            state |= {"ok": False, "code": told(failure).code}
        return JSONResponse(state, 200 if state["ok"] else 503)

    site = Site(engine, key, here.address, utc_now)  # forms must come from the centre's own address
    app.include_router(pages(site))
    add_handlers(app)
    add_lost(app, site)
    app.add_exception_handler(SQLAlchemyError, _database)
    return app


def guarded(app: Asgi) -> Asgi:
    """`app` behind the guards: a body larger than a batch is refused before it is read, every answer has its security headers."""
    kilobytes = -(-MAX_BYTES // 1024)
    return centre_headers(limit_body(app, kilobytes=kilobytes))


async def _database(request: Request, failure: Exception) -> JSONResponse:
    logger.error("database", exc_info=failure)
    return answer(request, told(failure))
