"""Tables of trust: signed messages as they came, so that each is proved anew whenever it is used."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class TrustRoot(SQLModel, table=True):
    """A root that this node was told to trust. `root` is its fingerprint, `only_for` the one office it may speak for (None: every one)."""

    __tablename__ = "trust_root"
    office_id: str = Field(primary_key=True)
    root: str = Field(primary_key=True)
    public: bytes
    name: str
    only_for: str | None = None
    pinned_at: str
    pinned_by: str


class TrustListRow(SQLModel, table=True):
    """The newest trust list that the root with this fingerprint signed. An older one is never taken again."""

    __tablename__ = "trust_list"
    office_id: str = Field(primary_key=True)
    root: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)
    message: bytes
    taken_at: str


class RevocationListRow(SQLModel, table=True):
    """The newest revocations of the office `issuer`, which may be this one."""

    __tablename__ = "revocation_list"
    office_id: str = Field(primary_key=True)
    issuer: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)
    message: bytes
    taken_at: str
