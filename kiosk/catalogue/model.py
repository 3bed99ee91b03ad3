"""The office's service standards, as loaded."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ServiceStandardRow(SQLModel, table=True):
    """One standard. `standard` is the document (without translations), `translation` the office's own by language, never official.

    `name` is None for an office-wide standard; `digest` tells whether a seed differs from what is loaded.
    """

    __tablename__ = "service_standard"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    id: str = Field(primary_key=True)
    position: int
    name: str | None = None
    standard: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    translation: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    digest: str
