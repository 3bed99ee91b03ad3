"""/api/v1/verify: what a file, the text of a code, or a number with its check code is worth. Nothing that was sent is kept."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from kiosk.core.bucket import TokenBucket
from kiosk.core.limits import KILOBYTES, BodyTooLarge
from kiosk.core.runtime import runtime
from kiosk.devices.access import address_of
from kiosk.devices.errors import TooSoon
from kiosk.letters.checking import file, numbers
from kiosk.letters.checking.errors import NothingToCheck, TooManyFiles, TooManyNumbers
from kiosk.letters.checking.limits import MOST_BYTES
from kiosk.letters.checking.readers import Readers
from kiosk.letters.checking.uploads import Uploads, body_of
from kiosk.letters.trust import service as trust
from kiosk.letters.trust.certified import pinned
from kiosk.letters.trust.judging import CODE, Judgement, judge

router = APIRouter(tags=["letters"])
PATH = "/verify"
# A family's letters at once, then one in ten seconds: each may cost a process ten seconds.
files = TokenBucket(every=10, burst=6)
# Sixty random bits stand behind a number; this is for who types it wrongly, and against who tries many numbers.
numbers_asked = TokenBucket(every=30, burst=10)
readers = Readers()
uploads = Uploads()


class Asked(BaseModel):
    """The text of a code, or a letter's number and the check code that is printed on it."""

    model_config = ConfigDict(extra="forbid")
    text: str | None = None
    number: str | None = Field(None, max_length=200)
    code: str | None = Field(None, max_length=100)


@router.post(PATH)
async def verify(request: Request) -> dict[str, Any]:
    """Check what is in the body: JSON with a text or a number, or else a file. The type that is told only says which of these.

    Raises `TooManyFiles`, `TooManyNumbers`, `ReadersBusy`, `TooSlow`, `NothingToCheck`, `BodyTooLarge`.
    """
    told = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    found = await (_words(request) if told == "application/json" else _file(request))
    return found.as_json()


async def _file(request: Request) -> Judgement:
    """The token and the place come before the first byte is read."""
    address = address_of(request)
    _spend(files, address, TooManyFiles)
    with uploads.place(address):
        readers.prepare()
        data = await body_of(request, most=MOST_BYTES)
        if data is None:
            return Judgement(CODE, "unreadable", reasons=("too_large",))
        if not data:
            raise NothingToCheck()
        return await run_in_threadpool(_check_file, data)


def _check_file(data: bytes) -> Judgement:
    node = runtime()
    with node.reading() as session:
        knowledge = trust.knowledge_of(session, node.office_id)
    return file.check(data, knowledge, int(node.now().timestamp()), readers=readers, certified=pinned(node.settings.signer_certificate))


async def _words(request: Request) -> Judgement:
    body = await body_of(request, most=KILOBYTES * 1024)
    if body is None:
        raise BodyTooLarge(kilobytes=KILOBYTES)
    try:
        asked = Asked.model_validate_json(body)
    except ValidationError:
        raise NothingToCheck() from None
    if asked.text is not None and asked.number is None and asked.code is None:
        return await run_in_threadpool(_check_text, asked.text)
    if asked.number and asked.code and asked.text is None:
        _spend(numbers_asked, address_of(request), TooManyNumbers)
        return await run_in_threadpool(partial(_check_number, asked.number, asked.code))
    raise NothingToCheck()


def _check_text(text: str) -> Judgement:
    node = runtime()
    with node.reading() as session:
        knowledge = trust.knowledge_of(session, node.office_id)
    return judge(text, knowledge, int(node.now().timestamp()))


def _check_number(number: str, code: str) -> Judgement:
    node = runtime()
    now = node.now()
    with node.reading() as session:
        knowledge = trust.knowledge_of(session, node.office_id)
        asked = {"office_id": node.office_id, "number": number, "check_code": code}
        return numbers.check(session, **asked, knowledge=knowledge, now=int(now.timestamp()))


def _spend(bucket: TokenBucket, address: str, refusal: type[TooSoon]) -> None:
    if runtime().settings.rate_limits and (wait := bucket.take(address)):
        raise refusal(wait)
