"""The office that a node serves: its names, its zone, its hours and its free days."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Checked
from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, select

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class OfficeUnknown(KioskError):
    """The database holds no such office."""

    code = "OFFICE-0404"
    status = 404
    sentence = N_("The office {office} is not loaded. Run: kiosk seed")


Weekday = Annotated[str, Checked(pattern="^[1-7]$")]
Clock = Annotated[str, Checked(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Line = Annotated[str, Checked(min_length=1, max_length=200)]


class OfficeTexts(BaseModel):
    """What an office calls itself and when it is open, as a seed file or the centre gives it."""

    model_config = ConfigDict(extra="forbid")
    name: Line
    short_name: Annotated[str, Checked(min_length=1, max_length=40)]
    hours: dict[Weekday, tuple[Clock, Clock]] | None = None
    hours_text: Line | None = None
    motto: Line | None = None


TEXTS = tuple(OfficeTexts.model_fields)


class Office(SQLModel, table=True):
    """One office. `hours` maps ISO weekday ("1" Monday) to [opens, closes] as "HH:MM", or is None where no source tells them."""

    office_id: str = Field(primary_key=True)
    name: str
    short_name: str
    region: str
    zone: str
    hours: dict[str, list[str]] | None = Field(default=None, sa_column=Column(JSON))
    hours_text: str | None = None
    motto: str | None = None
    digest: str = ""


class Holiday(SQLModel, table=True):
    """A day on which the office is closed: national holiday or collective leave."""

    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    day: date = Field(primary_key=True)
    name: str
    kind: str


def get(session: Session, office_id: str) -> Office:
    """The office's row. Raises `OfficeUnknown`."""
    office = session.get(Office, office_id)
    if office is None:
        raise OfficeUnknown(office=office_id)
    return office


def holidays(session: Session, office_id: str) -> dict[date, str]:
    """Free days of the loaded calendar, with their names."""
    rows = session.exec(select(Holiday).where(Holiday.office_id == office_id))
    return {row.day: row.name for row in rows}
