"""What the office adds to the questionnaire, kept by every screen for the time without the node; and answers from phones.

The questions themselves stand in the page, which is built with them.

An enrolled screen hands its answers in through its outbox (`entries`). A phone has nobody's name here either: of its address there is
a count in memory, for the limit, and nothing else.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.catalogue import service as catalogue
from kiosk.core.bucket import TokenBucket
from kiosk.core.halves import HalfDay
from kiosk.core.i18n import LANGUAGES
from kiosk.core.runtime import Runtime, runtime
from kiosk.devices.access import address_of
from kiosk.devices.errors import KeptAside
from kiosk.devices.intake import Given, keep_aside
from kiosk.speech.service import register_texts
from kiosk.survey import reading, service
from kiosk.survey.answered import Answered, random_id, read
from kiosk.survey.entries import ANSWERED
from kiosk.survey.errors import TooManyAnswers
from kiosk.survey.rules import digest_of

router = APIRouter(tags=["survey"])
# Six answers at once, then six in ten minutes: a family with one phone, not somebody who fills the box.
answers = TokenBucket(every=100, burst=6)


@router.get("/survey")
def survey() -> dict[str, Any]:
    """The office's services, and what reads each step aloud."""
    node = runtime()
    with node.reading() as session:
        tiles = catalogue.list_services(session, office_id=node.office_id)
    services = [_service(tile) for tile in tiles]
    return {"services": services, "speech": _speech(services)}


def _service(tile: dict[str, Any]) -> dict[str, Any]:
    return {"id": tile["id"], "name": tile["title"], "name_en": ((tile["translation"] or {}).get("en") or {}).get("name")}


def _speech(services: list[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Addresses of the clips by the name of the step, and by language."""
    by_language = {language: reading.scripts(services, language) for language in LANGUAGES}
    return {step: {language: _clips(scripts[step]) for language, scripts in by_language.items()} for step in by_language["id"]}


def _clips(says: list[reading.Spoken]) -> list[str]:
    return [address for voice, text in says for address in register_texts(voice, [text])]


class FromPhone(BaseModel):
    """An answer as a phone hands it in: `id` is a random UUID that it drew, the rest is read by `answered.read`."""

    model_config = ConfigDict(extra="allow")
    id: str = Field(max_length=64)


class Received(BaseModel):
    """The answer is durable at the office."""

    result: str = "taken"


@dataclass(frozen=True)
class Brought:
    """An answer that came in, and what decides whether it counts for the limit."""

    node: Runtime
    id: str
    given: Answered

    def is_free(self, session: Session) -> bool:
        """Whether it does not count: it is here already, or it is new and has a ticket's code that is still good."""
        known = service.find(session, office_id=self.node.office_id, answer_id=self.id)
        if known is not None:  # another content under its id counts, whatever code comes with it: that would spend none
            return bool(known["digest"] == digest_of(self.given.content()))
        return service.counts(session, office_id=self.node.office_id, code=self.given.code, half=self._half(session))

    def reads_free(self) -> bool:
        """The same from a reader of its own."""
        with self.node.reading() as session:
            return self.is_free(session)

    def take(self, session: Session) -> None:
        """Keep it."""
        service.take(session, office_id=self.node.office_id, answer_id=self.id, given=self.given, half=self._half(session), place="")

    def take_free(self, session: Session) -> None:
        """Keep it, unless somebody else spent the code since: of many with one code all look free, and one is. Raises `NotFree`."""
        if not self.is_free(session):
            raise NotFree
        self.take(session)

    def _half(self, session: Session) -> HalfDay:
        return service.half_of(session, self.node.office_id, self.node.now())


class NotFree(Exception):
    """An answer counts for the limit, though it did not when that was asked first."""


@router.post("/survey/answers")
async def hand_in(body: FromPhone, request: Request) -> Received:
    """Take an answer in; the same id again is the same answer."""
    node = runtime()
    answer_id, told = random_id(body.id), body.model_dump(exclude={"id"})
    brought = Brought(node, answer_id, read(told))
    try:
        await _keep(brought, request)
    except KeptAside as refused:
        kept = {**told, "suggestion": brought.given.suggestion, "code": None}  # its signs as any database takes them; and nobody's code
        aside = Given(answer_id, ANSWERED, 0, kept)
        words: dict[str, Any] = {"office_id": node.office_id, "device": None, "now": node.now()}
        await node.writer.submit(partial(keep_aside, given=aside, refused=refused, **words))
        raise
    return Received()


async def _keep(brought: Brought, request: Request) -> None:
    write = brought.node.writer.submit
    if brought.node.settings.rate_limits:
        if await run_in_threadpool(brought.reads_free):
            with suppress(NotFree):
                await write(brought.take_free)
                return
        if wait := answers.take(address_of(request)):
            raise TooManyAnswers(wait)
    await write(brought.take)
