"""Tables: accounts of the staff, their roles, their sessions, and the wrong PINs that were tried."""

from sqlmodel import Field, ForeignKeyConstraint, Index, SQLModel, UniqueConstraint


class Account(SQLModel, table=True):
    """One member of staff. `demo` accounts have a PIN that everybody knows: they count only in the demonstration.

    `version` counts what admins did to the account: who changes it names the one that was seen. `pin_set_at`: since when the PIN counts.
    """

    __table_args__ = (UniqueConstraint("office_id", "name"),)
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    pin_hash: str
    position: int
    demo: bool = False
    created_at: str
    disabled_at: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    pin_set_at: str = Field(default="", sa_column_kwargs={"server_default": ""})


class AccountRole(SQLModel, table=True):
    """One role of one account; `staff.rules.ROLES` says which there are."""

    __tablename__ = "account_role"
    __table_args__ = (ForeignKeyConstraint(["office_id", "account_id"], ["account.office_id", "account.id"]),)
    office_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    role: str = Field(primary_key=True)


class StaffSession(SQLModel, table=True):
    """One sign-in. The cookie's value is kept as SHA-256 only; `place` is the device it came from."""

    __tablename__ = "staff_session"
    __table_args__ = (
        ForeignKeyConstraint(["office_id", "account_id"], ["account.office_id", "account.id"]),
        Index("staff_session_of", "office_id", "account_id"),
    )
    office_id: str = Field(primary_key=True)
    id_hash: str = Field(primary_key=True)
    account_id: str
    place: str
    opened_at: str
    seen_at: str
    ended_at: str | None = None
    counter_code: str | None = None


class PlaceGuard(SQLModel, table=True):
    """Wrong PINs in a row from one place, for whatever account, since the last right one."""

    __tablename__ = "place_guard"
    office_id: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    wrong: int
    not_before: str | None = None


class PinGuard(SQLModel, table=True):
    """Wrong PINs in a row for one account from one place, since the last right one."""

    __tablename__ = "pin_guard"
    __table_args__ = (ForeignKeyConstraint(["office_id", "account_id"], ["account.office_id", "account.id"]),)
    office_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    wrong: int
    not_before: str | None = None
    locked: bool = False
