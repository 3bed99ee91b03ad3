"""The migrations make exactly the tables that the models describe, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401
from kiosk.core import schema
from kiosk.core.db import open_engine


def differences(engine) -> list:
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)


def test_on_sqlite(tmp_path: Path):
    schema.migrate(f"sqlite:///{tmp_path}/office.db")
    engine = open_engine(tmp_path / "office.db")
    assert differences(engine) == []
    assert schema.check(engine) == schema.known()[-1]
    engine.dispose()


def test_on_postgresql(postgres: str):
    schema.migrate(postgres)
    engine = create_engine(postgres)
    assert differences(engine) == []
    assert schema.check(engine) == schema.known()[-1]
    engine.dispose()


def test_migrations_are_numbered_without_a_gap_and_chained():
    numbers = schema.known()
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
    for number in numbers:
        text = next(schema.MIGRATIONS.glob(f"{number}_*.py")).read_text()
        assert f"revision = '{number}'" in text or f'revision = "{number}"' in text
        previous = f"{int(number) - 1:04d}"
        assert ("down_revision = None" if previous == "0000" else previous) in text


@pytest.mark.parametrize("times", [2])
def test_migrating_again_changes_nothing(tmp_path: Path, times: int):
    for _ in range(times):
        schema.migrate(f"sqlite:///{tmp_path}/office.db")
