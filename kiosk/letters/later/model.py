"""What waits for a line: letters for the certified signer, timestamps of the log; and what people reported as forged."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

NOT_DONE = text("done_at IS NULL")


class Suspicion(SQLModel, table=True):
    """Somebody takes a letter for a forgery. `id` was drawn where it was sent; `reference` is what that person was told.

    `verdict` and `scope` are what the check had said. `text` (of the code), `number` and `note` may hold names: they stand here alone,
    never in the trail, and go with the row after a year. `outcome` is what was done about it; open while `handled_at` is None.
    """

    __tablename__ = "suspicion"
    __table_args__ = (Index("ix_suspicion_at", "office_id", "at"),)
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    reference: str
    at: str
    verdict: str
    scope: str
    text: str = ""
    number: str = ""
    note: str = ""
    handled_at: str | None = None
    handled_by: str = ""
    outcome: str = ""


class CertifiedLetter(SQLModel, table=True):
    """A letter on its way to the certified signer, and what came of it.

    `not_before`: it is not tried sooner. `needs_person`: the signer refused, or what came back is not our letter; `reason` is the code
    of the error and `said` its sentence. `digest`: SHA-256 in hex of the certified file that is kept, "" while there is none.
    """

    __tablename__ = "certified_letter"
    __table_args__ = (Index("ix_certified_letter_open", "office_id", "not_before", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),)
    office_id: str = Field(primary_key=True)
    letter_id: str = Field(primary_key=True)
    queued_at: str
    not_before: str
    failed_attempts: int = 0
    needs_person: bool = False
    reason: str = ""
    said: str = ""
    done_at: str | None = None
    digest: str = ""


class LogTimestamp(SQLModel, table=True):
    """A time-stamp token (RFC 3161) over the head that the issuance log had at `position`.

    `head` is that head in hex, `token` the ContentInfo in base64, `at` the authority's own time, `taken_at` when it came here.
    """

    __tablename__ = "log_timestamp"
    office_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    head: str
    token: str
    at: str
    taken_at: str
