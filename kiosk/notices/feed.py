"""Notices as the centre sends them down: short lines for the public's screens, and about the software for the staff."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from sqlmodel import Session

from kiosk.sync.topics import topic

TOPIC = "notices"
MOST = 20
Line = Annotated[str, Field(min_length=1, max_length=140)]  # a sentence or two: more nobody reads in passing
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Notice(BaseModel):
    """One notice in both languages, and from when until when it is shown. `important` stands out and comes first."""

    model_config = ConfigDict(extra="forbid")
    id: Id
    indonesian: Line
    english: Line
    begins: AwareDatetime = Field(alias="from")
    ends: AwareDatetime = Field(alias="until")
    level: Annotated[str, Field(pattern="^(normal|important)$")] = "normal"

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("until is not after from")
        return self


class Notices(BaseModel):
    """All notices of an office; one that is not here is taken down."""

    model_config = ConfigDict(extra="forbid")
    public: Annotated[list[Notice], Field(max_length=MOST)] = []
    staff: Annotated[list[Notice], Field(max_length=MOST)] = []

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.id for one in (*self.public, *self.staff)]
        if len(set(ids)) < len(ids):
            raise ValueError("two notices have the same id")
        return self


@topic(TOPIC, body=Notices)
def take_notices(_session: Session, _office_id: str, _body: Notices, _at: datetime) -> None:
    """Nothing else to make of them: what was kept is what is shown."""
