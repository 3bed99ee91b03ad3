"""/api/v1/letters/suspicions: whoever takes a letter for a forgery says so. Nobody is asked for a name."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.core.actors import NODE
from kiosk.core.bucket import TokenBucket
from kiosk.core.ids import parse_id
from kiosk.core.runtime import runtime
from kiosk.devices.access import address_of
from kiosk.letters.later import suspicions
from kiosk.letters.later.errors import TooManyReports
from kiosk.letters.later.suspicions import Reported, Scope, Verdict

router = APIRouter(tags=["letters"])
# Three at once, then one a minute: somebody with a folder of letters, not somebody who fills the list.
reports = TokenBucket(every=60, burst=3)
# Of all addresses together, whose number nobody limits: 144 a day fill no disk in the year for which they are kept.
together = TokenBucket(every=600, burst=100)

TEXT_MOST, NUMBER_MOST, NOTE_MOST = 4296, 64, 300  # the largest QR code; a letter's number; two sentences


def _storable(text: str) -> str:
    """PostgreSQL takes no NUL, and no database half a pair of UTF-16."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("signs that no text has")
    return text.strip()


Words = Annotated[str, AfterValidator(_storable)]


class Report(BaseModel):
    """A report as a page sends it. `id` was drawn when the person touched the button: sent twice, it counts once."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(max_length=64)
    verdict: Verdict
    scope: Scope
    text: Words = Field("", max_length=TEXT_MOST)
    number: Words = Field("", max_length=NUMBER_MOST)
    note: Words = Field("", max_length=NOTE_MOST)


class Received(BaseModel):
    """The report is durable; its sender may ask after it by this code."""

    reference: str


def _spend(address: str) -> None:
    """Raises `TooManyReports`."""
    if wait := reports.take(address):
        raise TooManyReports(wait)
    if wait := together.take(""):
        reports.give_back(address)
        raise TooManyReports(wait)


@router.post("/letters/suspicions", status_code=201)
async def report(body: Report, request: Request) -> Received:
    """Take a report in. Raises `BadId`, `TooManyReports`; it is counted before anything is looked up."""
    node, suspicion_id = runtime(), parse_id(body.id)
    if node.settings.rate_limits:
        _spend(address_of(request))
    given = Reported(**body.model_dump(exclude={"id"}))
    job = partial(suspicions.take, office_id=node.office_id, suspicion_id=suspicion_id, reported=given, at=node.now(), actor=NODE)
    return Received(reference=await node.writer.submit(job))
