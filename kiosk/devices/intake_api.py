"""POST /api/v1/entries: a device hands in what waited on it."""

import asyncio
import logging
from functools import partial
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from kiosk.core.errors import Busy, KioskError
from kiosk.core.i18n import language_of
from kiosk.core.ids import new_id, parse_id
from kiosk.core.runtime import runtime
from kiosk.devices.access import enrolled
from kiosk.devices.entries import way_of
from kiosk.devices.errors import EntryWrong, KeptAside
from kiosk.devices.intake import Given, keep_aside, take_in
from kiosk.devices.rewind import heed
from kiosk.devices.sealing import sealing_key
from kiosk.devices.service import DeviceIdentity
from kiosk.sync.standing import signed_head, told_durable

router = APIRouter(tags=["devices"])
log = logging.getLogger("kiosk.devices")
MOST = 100


class NewEntry(BaseModel):
    """An entry of a device's outbox: `body` or `sealed`, how old it is by the device's steady clock."""

    model_config = ConfigDict(extra="ignore")  # a newer page may say more
    id: str = Field(max_length=64)
    kind: str = Field(min_length=1, max_length=64)
    age_ms: int = 0
    body: dict[str, Any] | None = None
    sealed: dict[str, Any] | None = None


class Batch(BaseModel):
    """What waited, oldest first, and the highest signed head that the device was told. A body of a request has 64 kB at most."""

    model_config = ConfigDict(extra="forbid")
    entries: list[NewEntry] = Field(max_length=MOST)
    head: dict[str, Any] | None = None


class Answer(BaseModel):
    """What became of one entry: "taken", with the stamp of its event; "held": the node holds it, and tells of it later, so the device keeps
    it and asks again in `again_s` seconds; or "parked", with a code and a sentence: it stays on the device."""

    id: str
    result: str
    stamp: tuple[int, int] | None = None
    again_s: int | None = None
    told: dict[str, Any] = {}
    code: str | None = None
    message: str | None = None


class Answers(BaseModel):
    """An answer for each entry; the node's signed head; `durable`: `[epoch, seq]` that the centre holds, None without a centre."""

    entries: list[Answer]
    head: dict[str, Any]
    durable: tuple[int, int] | None


@router.post("/entries")
async def hand_in(batch: Batch, device: Annotated[DeviceIdentity, Depends(enrolled)], request: Request) -> Answers:
    """Take in what waited on a device, each entry in a transaction of its own. The limits on touches do not count here."""
    await heed(batch.head, device)
    key = await run_in_threadpool(sealing_key, runtime().settings.data_dir)
    language = language_of(request.headers.get("accept-language"))

    async def one(entry: NewEntry) -> Answer:
        try:
            return await _take(entry, device, key)
        except Busy:
            raise  # nothing is wrong with the entry: all of it is handed in again
        except KioskError as refused:
            return Answer(id=entry.id, result="parked", code=refused.code, message=refused.text(language))

    answers = await asyncio.gather(*(one(entry) for entry in batch.entries))
    taken = {entry.kind for entry, answer in zip(batch.entries, answers, strict=True) if answer.result != "parked"}
    for way in filter(None, map(way_of, taken)):
        if way.then is not None:
            way.then()
    head, durable = await run_in_threadpool(_standing)
    return Answers(entries=answers, head=head, durable=durable)


async def _take(entry: NewEntry, device: DeviceIdentity, key: X25519PrivateKey) -> Answer:
    node = runtime()
    words: dict[str, Any] = {"office_id": node.office_id, "device": device, "now": node.now()}
    given = Given(parse_id(entry.id), entry.kind, entry.age_ms, entry.body, entry.sealed)
    if (given.body is None) == (given.sealed is None):
        raise EntryWrong()
    try:
        done = await node.writer.submit(partial(take_in, given=given, key=key, **words))
    except KeptAside as refused:
        await node.writer.submit(partial(keep_aside, given=given, refused=refused, **words))
        raise
    except KioskError:
        raise
    except Exception:  # one entry that breaks its room must not hold up the others
        way = way_of(given.kind)
        named = None if way is not None and way.traceless else given.id  # a line of the log has its moment
        log.exception("an entry could not be taken in", extra={"reference": new_id(), "entry": named, "kind": given.kind})
        raise EntryWrong() from None
    return Answer(id=entry.id, result="taken" if done.stamp else "held", stamp=done.stamp, again_s=done.again_s, told=done.told)


def _standing() -> tuple[dict[str, Any], tuple[int, int] | None]:
    node = runtime()
    with node.reading() as session:
        durable = told_durable(session, node.office_id)
    return signed_head(), durable
