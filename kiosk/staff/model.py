"""Tables: accounts of the staff, their sessions, and the wrong PINs that were tried."""

from sqlmodel import Field, ForeignKeyConstraint, SQLModel, UniqueConstraint


class Account(SQLModel, table=True):
    """One member of staff. `demo` accounts have a PIN that everybody knows: they count only in the demonstration."""

    __table_args__ = (UniqueConstraint("office_id", "name"),)
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    role: str
    pin_hash: str
    position: int
    demo: bool = False
    created_at: str
    disabled_at: str | None = None


class StaffSession(SQLModel, table=True):
    """One sign-in. The cookie's value is kept as SHA-256 only; `place` is the device it came from."""

    __tablename__ = "staff_session"
    __table_args__ = (ForeignKeyConstraint(["office_id", "account_id"], ["account.office_id", "account.id"]),)
    office_id: str = Field(primary_key=True)
    id_hash: str = Field(primary_key=True)
    account_id: str
    place: str
    opened_at: str
    seen_at: str
    ended_at: str | None = None
    counter_code: str | None = None


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
