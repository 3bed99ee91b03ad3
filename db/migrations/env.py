"""Alembic's entry: migrate the database whose address `kiosk migrate` (or a test) gives, SQLite or PostgreSQL."""

from pathlib import Path

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401  (every table of the product)
from kiosk.centre.row_security import secure
from kiosk.centre.tenancy import as_operator
from kiosk.core.db import open_engine


def run() -> None:
    """Run the migrations in one transaction."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    prefix = "sqlite:///"
    engine = open_engine(Path(url.removeprefix(prefix)), writing=True) if url.startswith(prefix) else create_engine(url)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # row security holds for the owner too, and a migration mends every office's rows
            as_operator(connection)
        context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=url.startswith(prefix))
        with context.begin_transaction():
            context.run_migrations()
            secure(connection)
        connection.commit()
    engine.dispose()


run()
