"""Tables of the centre. Every key begins with `office_id`, so that a row of one office cannot meet another's."""

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

ACTIVE, REVOKED = "active", "revoked"


class CentreNode(SQLModel, table=True):
    """An office's computer as the centre knows it: its public key (Ed25519, hex), and its cursor `(epoch, seq, hash)`.

    The cursor lives here and nowhere else, so that a node restored from an old copy is found out.
    """

    __tablename__ = "centre_node"
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    name: str
    public_key: str
    state: str = ACTIVE
    epoch: int
    seq: int
    hash: str
    enrolled_at: str
    last_contact_at: str | None = None
    build: str = ""
    backlog: int = 0
    clock_off_s: int = 0
    twin_seen_at: str | None = None


class CentreEpoch(SQLModel, table=True):
    """An epoch that is closed: where its chain stood when the node drew the next one. Nothing more enters it."""

    __tablename__ = "centre_epoch"
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int
    hash: str
    closed_at: str


class CentreEvent(SQLModel, table=True):
    """One event as it came: `line` is its canonical JSON, `content_hash` the SHA-256 of that."""

    __tablename__ = "centre_event"
    __table_args__ = (UniqueConstraint("office_id", "node_id", "epoch", "seq"),)
    office_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    node_id: str
    epoch: int
    seq: int
    kind: str
    at: str
    received_at: str
    content_hash: str
    line: str


class CentreRepeat(SQLModel, table=True):
    """A place in a chain whose event the centre holds already, under an older stamp: after a node was enrolled anew."""

    __tablename__ = "centre_repeat"
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    event_id: str


class NodeCode(SQLModel, table=True):
    """A code that makes one computer a node of the office; only its SHA-256 is kept."""

    __tablename__ = "centre_node_code"
    office_id: str = Field(primary_key=True)
    code_hash: str = Field(primary_key=True)
    expires_at: str
    used_at: str | None = None
    node_id: str | None = None


class SetAside(SQLModel, table=True):
    """What came and could not be taken: shown with its code, never dropped. `note` is what whoever settled it did about it."""

    __tablename__ = "centre_set_aside"
    __table_args__ = (Index("set_aside_open", "office_id", "settled_at"),)
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    code: str
    event_id: str | None = None
    line: str
    received_at: str
    settled_at: str | None = None
    settled_by: str | None = None
    note: str | None = None


class CentreFeed(SQLModel, table=True):
    """One version of a topic that was published for an office: what `sync.items` signs. The highest version is the one in force."""

    __tablename__ = "centre_feed"
    office_id: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str
    digest: str
    signature: str
    made_at: str
    made_by: str


class CentreFeedHad(SQLModel, table=True):
    """The newest version of a topic that a node of the office ever said it has.

    A centre that was restored from an older copy would else give a number a second time, and no office would take it.
    """

    __tablename__ = "centre_feed_had"
    office_id: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    version: int
    told_at: str


class CentreApplied(SQLModel, table=True):
    """How far a node's events have become rows of the centre: everything up to `(epoch, seq)` was looked at."""

    __tablename__ = "centre_applied"
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    epoch: int = 0
    seq: int = 0


class CentreUnapplied(SQLModel, table=True):
    """An event that the centre holds and of which no rows could be made yet: its kind is not known here, or it failed."""

    __tablename__ = "centre_unapplied"
    office_id: str = Field(primary_key=True)
    node_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str
    code: str
    reason: str
