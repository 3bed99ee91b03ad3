"""What a node remembers of its centre. The cursor is not here: it lives at the centre, and what stands here is what was told last."""

from sqlmodel import Field, SQLModel

CURRENT, UNREACHABLE, REFUSED, REVOKED, TWIN = "current", "unreachable", "refused", "revoked", "twin"


class CentreLine(SQLModel, table=True):
    """The office's line to its centre: who this node is there, and how the last conversation ended.

    `address` is the centre's own, which signatures are over; `reached_at` is where it is reached from here. `epoch`, `seq` is the place
    up to which the centre has made everything durable, `countersigned` (JSON) the newest head of this chain that the centre signed.
    `state` is one of `LINE_STATES`; `code` and `message` say why the last try failed.
    """

    __tablename__ = "centre_line"
    office_id: str = Field(primary_key=True)
    node_id: str
    address: str
    reached_at: str
    centre_key: str
    enrolled_at: str
    state: str = CURRENT
    epoch: int = 1
    seq: int = 0
    last_try_at: str | None = None
    last_contact_at: str | None = None
    code: str = ""
    message: str = ""
    countersigned: str = Field(default="", sa_column_kwargs={"server_default": ""})


class UnappliedEvent(SQLModel, table=True):
    """An event of the outbox that came back and of which no rows could be made yet: its kind is not known here, or it failed."""

    __tablename__ = "unapplied_event"
    office_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    kind: str
    code: str
    reason: str
    since: str


LINE_STATES = (CURRENT, UNREACHABLE, REFUSED, REVOKED, TWIN)


class FeedItem(SQLModel, table=True):
    """One version of a topic that came from the centre. Of each topic there is the one in use, and behind it a newer one that waits.

    `applied_at` says since when it is in use. A newer one that could not be used says why in `code`, `message` (Indonesian) and
    `message_en`; one whose signature or digest did not fit has no body, because nothing was taken from it.
    """

    __tablename__ = "feed_item"
    office_id: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str
    signature: str
    received_at: str
    applied_at: str | None = None
    code: str = ""
    message: str = ""
    message_en: str = Field(default="", sa_column_kwargs={"server_default": ""})


class FeedStanding(SQLModel, table=True):
    """What an office said of a topic: the version in use, and the newest one that it could not use. Made of its events, for the centre."""

    __tablename__ = "feed_standing"
    office_id: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    version: int = 0
    digest: str = ""
    applied_at: str = ""
    refused_version: int = 0
    code: str = ""
    message: str = ""
    message_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    refused_at: str = ""
