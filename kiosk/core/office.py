"""The office that a node serves: its names, its zone, its hours and its free days."""

from datetime import date

from sqlalchemy import JSON, Column
from sqlmodel import Field, Session, SQLModel, select

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class OfficeUnknown(KioskError):
    """The database holds no such office."""

    code = "OFFICE-0404"
    status = 404
    sentence = N_("The office {office} is not loaded. Run: kiosk seed")


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
