"""The catalogue as the centre sends it down: all service standards of an office, in their order, with translations."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlmodel import Session

from kiosk.catalogue.service import load
from kiosk.catalogue.standard import ServiceStandard
from kiosk.core import office
from kiosk.sync.topics import ACTOR, topic


class Catalogue(BaseModel):
    """The services of an office; one that is not here is no longer offered."""

    model_config = ConfigDict(extra="forbid")
    services: Annotated[list[ServiceStandard], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({one.id for one in self.services}) < len(self.services):
            raise ValueError("two services have the same id")
        return self


@topic("catalogue", body=Catalogue)
def take_catalogue(session: Session, office_id: str, body: Catalogue, at: datetime) -> None:
    """Make these the office's services. Raises `OfficeUnknown`."""
    office.get(session, office_id)
    load(session, office_id=office_id, standards=body.services, at=at, actor=ACTOR)
