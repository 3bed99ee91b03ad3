"""What the office adds to its requirements, and the checklists that were signed."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ChecklistGuide(SQLModel, table=True):
    """An office's notes and questions, as `kiosk.checklist.guide.Guide` gives them; `digest` tells whether a seed differs."""

    __tablename__ = "checklist_guide"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    digest: str
    guide: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class Checklist(SQLModel, table=True):
    """A checklist that an officer signed. Nobody's name but the officer's account stands in it.

    `digest` is the standard's. `answers` (the applicant's, "" when it was begun at the desk) and `checked` (the officer's) have one
    letter for each requirement, see `kiosk.checklist.rules`. `missing` are the texts of what was not there. `version` counts signatures.
    """

    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    id: str = Field(primary_key=True)
    service: str
    digest: str
    answers: str
    checked: str
    missing: list[str] = Field(sa_column=Column(JSON, nullable=False))
    version: int
    signed_by: str
    signed_at: str
