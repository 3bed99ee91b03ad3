"""Alembic's entry: migrate the database whose address `kiosk migrate` (or a test) gives, SQLite or PostgreSQL."""

from pathlib import Path

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401  (every table of the product)
from kiosk.core.db import open_engine


def run() -> None:
    """Run the migrations in one transaction."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    prefix = "sqlite:///"
    engine = open_engine(Path(url.removeprefix(prefix)), writing=True) if url.startswith(prefix) else create_engine(url)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=url.startswith(prefix))
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
