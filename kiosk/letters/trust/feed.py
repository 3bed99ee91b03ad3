"""Trust lists and revocations of other offices as the centre sends them down.

The centre only carries: each message is proved against the roots that this office pinned, so that no centre can invent a key.
"""

import logging
from base64 import b64decode
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.letters.trust import service
from kiosk.sync.topics import ACTOR, topic

MOST = 2000  # offices, twice over
log = logging.getLogger("kiosk.trust")


def _message(text: str) -> str:
    """Raises ValueError for what is no base64."""
    b64decode(text, validate=True)
    return text


Message = Annotated[str, Field(min_length=1, max_length=6_000_000), AfterValidator(_message)]


class Trust(BaseModel):
    """Signed messages, in base64. What is left out stays as it is: an office keeps the newest of each."""

    model_config = ConfigDict(extra="forbid")
    lists: Annotated[list[Message], Field(max_length=MOST)] = []
    revocations: Annotated[list[Message], Field(max_length=MOST)] = []


@topic("trust", body=Trust)
def take_trust(session: Session, office_id: str, body: Trust, at: datetime) -> None:
    """Take in what is new and proved. The rest is left out: the centre sends what it has, also of roots that are not pinned here."""
    for text in body.lists:
        _take(service.take_list, session, office_id, text, at)
    for text in body.revocations:
        _take(service.take_revocations, session, office_id, text, at)


def _take(take: service.Take, session: Session, office_id: str, text: str, at: datetime) -> None:
    try:
        take(session, office_id, b64decode(text), at, by=ACTOR)
    except KioskError as refused:
        log.info("not taken", extra={"code": refused.code, "facts": str(refused)})
