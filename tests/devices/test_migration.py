"""Devices that were there before there were lanes keep their rows and get a lane each."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import IntegrityError

from kiosk.core import schema

OURS = next(schema.MIGRATIONS.glob("*_device_lanes_and_codes.py")).name[:4]
BEFORE = f"{int(OURS) - 1:04d}"
DEVICES = [  # office, id, kind, enrolled at
    ("kaltim", "c", "kiosk", "2026-03-01"),
    ("kaltim", "a", "kiosk", "2026-03-03"),
    ("kaltim", "b", "board", "2026-03-02"),
    ("kaltim", "d", "tablet", "2026-03-04"),
    ("rohil", "e", "kiosk", "2026-03-05"),
]
COLUMNS = "office_id, id, kind, enrolled_at, name, token_hash, enrolled_by"
INSERT = text(f"INSERT INTO device ({COLUMNS}) VALUES (:o, :i, :k, :t, 'Kios', :h, 'cli')")


def moved(url: str, where: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS.parent))
    config.set_main_option("sqlalchemy.url", url)
    (command.upgrade if where != BEFORE else command.downgrade)(config, where)


def rows(engine: Engine, asked: str) -> list[tuple]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/office.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


def test_they_get_lanes_in_the_order_of_their_enrolment_and_the_way_back_keeps_them(url: str):
    moved(url, OURS)
    moved(url, BEFORE)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(INSERT, [dict(zip("oikt", one, strict=True), h=f"hash-{one[1]}") for one in DEVICES])
    moved(url, OURS)
    assert rows(engine, "SELECT id, lane FROM device ORDER BY id") == [("a", "K2"), ("b", "B1"), ("c", "K1"), ("d", "T1"), ("e", "K1")]
    assert rows(engine, "SELECT DISTINCT place, build, waiting, last_seen_at FROM device") == [("", "", 0, None)]
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("UPDATE device SET lane = 'K1' WHERE id = 'a'"))
    moved(url, BEFORE)
    assert rows(engine, "SELECT count(*) FROM device") == [(len(DEVICES),)]
    assert rows(engine, "SELECT token_hash FROM device WHERE id = 'a'") == [("hash-a",)]
    engine.dispose()
