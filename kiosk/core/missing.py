"""Add a row unless it is there: one statement, on SQLite and on PostgreSQL."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session


def add_missing(session: Session, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert `row` into `table`, unless a row with one of its keys is there already; whether it was inserted."""
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(insert(table).values(dict(row)).on_conflict_do_nothing()).rowcount == 1
