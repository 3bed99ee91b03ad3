"""Tables: who may sign in at the centre, and who is signed in. `office_id` is "*" for the centre's operators."""

from sqlmodel import Field, ForeignKeyConstraint, SQLModel


class CentreUser(SQLModel, table=True):
    """One person. `wrong` passphrases in a row; before `not_before` no other is looked at."""

    __tablename__ = "centre_user"
    office_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    passphrase_hash: str
    made_at: str
    closed_at: str | None = None
    wrong: int = 0
    not_before: str | None = None


class CentreSession(SQLModel, table=True):
    """One sign-in. Of the cookie only the SHA-256 is kept."""

    __tablename__ = "centre_session"
    __table_args__ = (ForeignKeyConstraint(["office_id", "name"], ["centre_user.office_id", "centre_user.name"]),)
    office_id: str = Field(primary_key=True)
    id_hash: str = Field(primary_key=True)
    name: str
    opened_at: str
    seen_at: str
    ended_at: str | None = None
