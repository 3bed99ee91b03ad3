"""What an enrolled touchscreen hands in: a checklist that somebody went through. It holds no person."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session

from kiosk.checklist import service
from kiosk.checklist.errors import MadeWrong
from kiosk.checklist.rules import MOST_PAPERS, Code, fits
from kiosk.core.actors import device_actor
from kiosk.devices.entries import Entry, taken_in
from kiosk.devices.service import DeviceIdentity
from kiosk.sync.outbox import record

KIND = "checklist.made"


class Made(BaseModel):
    """A finished checklist. `day` and `half` (morning, afternoon) are the device's own: nearer than that nobody needs to know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: Annotated[str, Field(max_length=80)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    answers: Annotated[str, Field(pattern=f"^[hmux]{{1,{MOST_PAPERS}}}$")]
    day: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    half: Literal["am", "pm"]


@taken_in(KIND)
def take_in(session: Session, device: DeviceIdentity, entry: Entry, now: datetime) -> None:
    """Record `checklist.made` of the checklist that `entry` is. That the same entry comes once is the inbox's care.

    Raises `MadeWrong` for anything else than a finished checklist, `ServiceElsewhere` for a service that the office does not have.
    """
    try:
        made, checklist_id = Made.model_validate(entry.body), str(UUID(entry.id))
    except ValidationError as wrong:
        raise MadeWrong(where=".".join(map(str, wrong.errors()[0]["loc"])) or "body") from None
    except ValueError:
        raise MadeWrong(where="id") from None
    listed = service.list_of(session, office_id=entry.office_id, service=made.service)
    code = Code(made.service, made.digest[:12], checklist_id, made.answers)
    # An older list than the one in force is a fact all the same; one of this list must fit it.
    if made.digest == listed["digest"] and not fits(code, listed["digest"], [item["when"] is not None for item in listed["items"]]):
        raise MadeWrong(where="answers")
    facts = {"id": checklist_id, **made.model_dump()}
    told: dict[str, Any] = {"actor": device_actor(device.id), "at": now, "event_id": entry.event_id}
    record(session, office_id=entry.office_id, kind=KIND, body=facts, **told)
