"""Tables: devices (touchscreens, tablets, boards, staff browsers, scripts), and the codes by which they are enrolled."""

from sqlmodel import Field, SQLModel, UniqueConstraint


class Device(SQLModel, table=True):
    """One device. Of its token only the SHA-256 is kept; `enrolled_by` is "cli", "demo" or `staff:<id>`.

    Rows are never deleted: a `lane` is given once. `build`, `waiting`, `parked` (JSON: `[{"kind", "code", "count"}]`) and `clock_off_s`
    (the device's clock before the node's) are what the device said at `last_seen_at`; `clear_at`: when it last said that nothing
    waits on it, but for coarse entries of the last twenty minutes. `mark` is one of `MARKS`; the three grants are hashes,
    see `devices.grants`.
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
    parked: str = "[]"
    clock_off_s: int = 0
    clear_at: str | None = None
    mark: str = ""
    marked_at: str | None = None
    grant_now: str = ""
    grant_before: str = ""
    grant_replaced: str = ""


# Why a device may not issue numbers by itself: its lane was copied to another browser, or wiped with its count.
MARKS = ("cloned", "wiped")


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


class TakenEntry(SQLModel, table=True):
    """An entry of a device's outbox that became the office's own. `event_id` is the event that it made, where it made one.

    The content's hash tells "the same id with another body"; `told` (JSON) is what the device was told of it.
    """

    __tablename__ = "taken_entry"
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    device_id: str
    kind: str
    content_hash: str
    taken_at: str
    event_id: str | None = None
    told: str = "{}"


class AsideEntry(SQLModel, table=True):
    """An entry that contradicts what the office holds: kept as it came (`entry`, JSON) with a `code`, for people to look at.

    `settled_at`, `settled_by` and `note` say what was done about it; None and empty while nobody did. `entry` is empty where only the
    settling is known: at the centre, and on a restored node until the device hands it in again.
    """

    __tablename__ = "aside_entry"
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    content_hash: str = Field(primary_key=True)
    device_id: str
    kind: str
    code: str
    about: str = ""
    entry: str
    at: str
    settled_at: str | None = None
    settled_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    note: str = Field(default="", sa_column_kwargs={"server_default": ""})
