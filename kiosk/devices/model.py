"""The table of devices: touchscreens, tablets, boards, staff browsers and scripts."""

from sqlmodel import Field, SQLModel, UniqueConstraint


class Device(SQLModel, table=True):
    """One device. Of its token only the SHA-256 is kept; `enrolled_by` is "cli", "demo" or `staff:<id>`."""

    __table_args__ = (UniqueConstraint("office_id", "token_hash"),)
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    kind: str
    token_hash: str
    enrolled_at: str
    enrolled_by: str
    revoked_at: str | None = None
