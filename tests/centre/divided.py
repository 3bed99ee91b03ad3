"""A centre's PostgreSQL as it is run: tables of an owner, and a role for the server that owns nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, create_engine, make_url
from sqlalchemy.sql.sqltypes import JSON, Boolean, Date, Integer, LargeBinary
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401
from kiosk.centre.row_security import grant
from kiosk.core import schema

ROLE = "kios_app"
MAKE_ROLE = f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"


def make_role(owner_url: str) -> None:
    """Make the server's role, if the cluster has none yet."""
    owner = create_engine(owner_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(MAKE_ROLE)
    owner.dispose()


def as_server(owner_url: str) -> str:
    """The same database, as the server's role."""
    return make_url(owner_url).set(username=ROLE).render_as_string(hide_password=False)


@dataclass
class Divided:
    """`owner` may do everything, `server` is what the centre's server uses."""

    owner_url: str
    server_url: str
    owner: Engine
    server: Engine


@pytest.fixture
def divided(postgres: str) -> Iterator[Divided]:
    schema.migrate(postgres)
    make_role(postgres)
    owner, url = create_engine(postgres), as_server(postgres)
    with owner.begin() as connection:
        grant(connection, ROLE)
    made = Divided(postgres, url, owner, create_engine(url))
    yield made
    made.server.dispose()
    owner.dispose()


def tables() -> list[Table]:
    """Every table of the product, those first that others point to."""
    return list(SQLModel.metadata.sorted_tables)


def row(table: Table, office_id: str, word: str = "x") -> dict[str, Any]:
    """A row of `table` for the office: every text is `word`, so that rows of one office fit together."""
    values: dict[type, Any] = {Boolean: False, Integer: 1, JSON: {}, Date: date(2026, 3, 12), LargeBinary: word.encode()}
    kinds = {column.name: type(column.type) for column in table.columns}
    return {name: next((value for kind, value in values.items() if issubclass(is_, kind)), word) for name, is_ in kinds.items()} | {
        "office_id": office_id
    }


def fill(connection: Connection, *offices: str) -> None:
    """One row of each table for each office. As a superuser: the rules do not count for it."""
    for table in tables():
        for office_id in offices:
            connection.execute(table.insert(), row(table, office_id))
