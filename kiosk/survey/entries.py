"""What enrolled devices hand in: answers, and the hashes of the codes that tickets got. Nothing of who, when or in which order is kept."""

import math
import re
from datetime import datetime, timedelta

from sqlmodel import Session

from kiosk.core.halves import HalfDay, end_of
from kiosk.devices.entries import Entry, Here, taken_in
from kiosk.devices.service import DeviceIdentity
from kiosk.survey import service
from kiosk.survey.answered import random_id, read
from kiosk.survey.errors import AnswerWrong

ANSWERED, CODE = "survey.answered", "survey.code"
AFTER_S = 120  # the node looks every minute whether a half day is over
GRAIN = timedelta(minutes=11)  # ten minutes of the device's clock, as `outbox_rules.js` rounds it, and the way here
HASH = re.compile("[0-9a-f]{64}")


@taken_in(ANSWERED, traceless=True)
def take_answer(session: Session, device: DeviceIdentity, entry: Entry, now: datetime) -> Here:
    """Keep an answer. Until its event is made, when the present half day is over, the device keeps it too.

    Raises `AnswerWrong`, `ServiceElsewhere`, `KeptAside`.
    """
    here = {"office_id": entry.office_id, "answer_id": random_id(entry.id)}
    half = _half(session, entry, now)
    event_id = service.take(session, **here, given=read(entry.body), half=half, place=device.place)
    return Here(event_id) if event_id else Here(again_s=_left(session, entry.office_id, now))


@taken_in(CODE, traceless=True)
def take_code(session: Session, device: DeviceIdentity, entry: Entry, now: datetime) -> Here:
    """Keep the hash of a ticket's code. Raises `AnswerWrong`."""
    hashed = entry.body.get("hash")
    if set(entry.body) != {"hash"} or not isinstance(hashed, str) or not HASH.fullmatch(hashed):
        raise AnswerWrong(where="hash")
    service.give_code(session, office_id=entry.office_id, hashed=hashed, half=_half(session, entry, now))
    return Here()


def _half(session: Session, entry: Entry, now: datetime) -> HalfDay:
    """The half day of an entry. What is younger than the grain belongs to the present one: a few that the rounding put on the other side
    of noon would be told of apart from all others, and known by that."""
    return service.half_of(session, entry.office_id, now if now - entry.arrived <= GRAIN else entry.arrived)


def _left(session: Session, office_id: str, now: datetime) -> int:
    """Seconds until the present half day is over and what belongs to it was told."""
    end = end_of(service.half_of(session, office_id, now), service.zone_of(session, office_id))
    return math.ceil((end - now).total_seconds()) + AFTER_S
