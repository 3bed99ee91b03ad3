"""Tables: devices (touchscreens, tablets, boards, staff browsers, scripts), and the codes by which they are enrolled."""

from sqlmodel import Field, SQLModel, UniqueConstraint


class Device(SQLModel, table=True):
    """One device. Of its token only the SHA-256 is kept; `enrolled_by` is "cli", "demo" or `staff:<id>`.

    Rows are never deleted: a `lane` is given once. `build` and `waiting` are what the device said at `last_seen_at`.
    """

    __table_args__ = (UniqueConstraint("office_id", "token_hash"), UniqueConstraint("office_id", "lane"))
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    kind: str
    token_hash: str
    enrolled_at: str
    enrolled_by: str
    revoked_at: str | None = None
    lane: str
    place: str = ""
    last_seen_at: str | None = None
    build: str = ""
    waiting: int = 0


class EnrolmentCode(SQLModel, table=True):
    """A code that makes one browser a device; `device_id` is what it became.

    SHA-256 of 40 bits hides nothing for long: what protects a code is that it is worthless after ten minutes or one use.
    """

    __tablename__ = "enrolment_code"
    office_id: str = Field(primary_key=True)
    code_hash: str = Field(primary_key=True)
    kind: str
    name: str
    place: str
    made_by: str
    made_at: str
    expires_at: str
    used_at: str | None = None
    device_id: str | None = None
