"""The register of letters, and the log of their issuance.

Holder, address and words stand at the office alone: at the centre, and after a restore from it, `name` is empty and `draft` is none.
"""

from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel, UniqueConstraint


class RegisterEntry(SQLModel, table=True):
    """A letter, from the moment when its number is fixed. `serial` counts the office's letters and is never given twice.

    `state` is "reserved" (number and date are fixed, nothing is sealed), "issued", "revoked" or "void" (a gap: `note` says why).
    `number` is none for a serial that was passed over. `day` and `valid_until` are the office's dates, YYYY-MM-DD, "" for no end.
    `draft` is the letter (`kiosk.letters.document.letter`) until it is issued. `check_hash`, `claims_hash`, `key` and
    `file_hash` are hex; the last is of the first `file_bytes` of the file, to which a certified signature may be added later.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("office_id", "serial"),
        UniqueConstraint("office_id", "number"),
        Index("ix_letter_state", "office_id", "state"),
    )
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    id: str = Field(primary_key=True)
    serial: int
    number: str | None = None
    state: str
    template: str = ""
    service: str = ""
    title: str = ""
    name: str = ""
    day: str = ""
    valid_until: str = ""
    draft: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    reserved_at: str
    issued_at: str = ""
    check_hash: str = ""
    claims_hash: str = ""
    key: str = ""
    file_hash: str = ""
    file_bytes: int = 0
    revoked_at: str = ""
    reason: int | None = None
    note: str = ""
    replaced_by: str = ""


class IssuanceEntry(SQLModel, table=True):
    """One line of the log: which letter was sealed with which key and when (`at`, seconds since 1970 UTC), and the hash before it."""

    __tablename__ = "letter_issuance"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    position: int = Field(primary_key=True)
    serial: int
    number: str
    claims_hash: str
    key: str
    at: int
    previous_hash: str
    hash: str
