"""/api/v1 assembled from the rooms; health, readiness and metrics."""

from fastapi import Depends, FastAPI, Request
from starlette.middleware.gzip import GZipMiddleware

from kiosk import health
from kiosk.catalogue.api import router as catalogue
from kiosk.checklist import entries as _made  # noqa: F401 (registers what it takes in)
from kiosk.checklist.api import router as checklist
from kiosk.core.answers import add_handlers
from kiosk.core.doors import ANYONE, anyone, door, refuse_open_routes
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.i18n import N_
from kiosk.core.origins import allowed_origins, plain_origins
from kiosk.core.runtime import runtime
from kiosk.devices.access import caller_of, counted
from kiosk.devices.api import router as devices
from kiosk.devices.intake_api import router as entries
from kiosk.devices.rules import is_foreign
from kiosk.letters.checking.api import router as letters_checking
from kiosk.letters.later.api import router as suspicions
from kiosk.letters.trust.api import router as trust
from kiosk.notices.api import router as notices
from kiosk.queues import entries as _numbers  # noqa: F401 (registers what it takes in)
from kiosk.queues.api import router as queues
from kiosk.speech.api import router as speech
from kiosk.staff.api import router as staff
from kiosk.survey import entries as _answers  # noqa: F401 (registers what it takes in)
from kiosk.survey.api import router as survey
from kiosk.survey.files_api import router as survey_files
from kiosk.survey.public_api import router as survey_index
from kiosk.survey.slip_api import router as survey_slip
from kiosk.tls.api import files as setup_files
from kiosk.tls.api import router as setup

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})  # RFC 9110, section 9.2.1
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class ForeignWrite(KioskError):
    """A page of another site tried to write."""

    code = "HTTP-0403"
    status = 403
    sentence = N_("This page was opened at an address that is not the office's. Please open {address}.")


async def own_writes(request: Request) -> None:
    """Refuse what another site's page wants to change, whoever's cookie came with it. Raises `ForeignWrite`."""
    here = runtime().settings
    if request.method not in SAFE and is_foreign(caller_of(request), allowed_origins(here)):
        raise ForeignWrite(address=here.public_address)


async def own_answers(request: Request) -> None:
    """As `own_writes`, where a page that came over plain HTTP counts too: no cookie does. Raises `ForeignWrite`."""
    here = runtime().settings
    if request.method not in SAFE and is_foreign(caller_of(request), allowed_origins(here) | plain_origins(here)):
        raise ForeignWrite(address=here.public_address)


def make_api() -> FastAPI:
    """The HTTP interface of the node."""
    api = FastAPI(title="Kios PTSP", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    api.add_middleware(GZipMiddleware, minimum_size=2048, compresslevel=6)  # the catalogue, for phones; streams are left alone
    own, counting, open_to_all = Depends(own_writes), Depends(counted), Depends(anyone)
    for room in (queues, staff):  # they count by themselves
        api.include_router(room, prefix="/api/v1", dependencies=[own])
    for room in (devices, entries, survey_files):
        api.include_router(room, prefix="/api/v1", dependencies=[own, counting])
    for room in (catalogue, checklist, notices, setup, survey_index, survey_slip, trust):
        api.include_router(room, prefix="/api/v1", dependencies=[own, counting, open_to_all])
    for room in (survey, suspicions, letters_checking):  # a phone on plain HTTP may send
        api.include_router(room, prefix="/api/v1", dependencies=[Depends(own_answers), counting, open_to_all])
    api.include_router(setup_files, dependencies=[counting, open_to_all])
    api.include_router(speech, prefix="/api/v1", dependencies=[open_to_all])  # clips are files that a page fetches by the dozen
    api.include_router(health.router, dependencies=[open_to_all])
    add_handlers(api)

    @api.api_route("/api/{rest:path}", methods=METHODS, include_in_schema=False)
    @door(ANYONE)
    async def nothing_here(rest: str) -> None:
        raise NotFound()

    refuse_open_routes(api)
    return api
