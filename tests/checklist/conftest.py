"""The real seeds of the offices in a real database, with two officers."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from kiosk.catalogue import service as catalogue
from kiosk.checklist import service
from kiosk.checklist.guide import Guide
from kiosk.core.db import open_engine
from kiosk.staff.model import Account
from tests.catalogue.conftest import add_office, standards_of

SEEDS = Path(__file__).parents[2] / "db/seeds"
OFFICES = ("kaltim", "rohil", "jatim")
MORNING = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)
SERVICE = "kaltim-rekomendasi-penyelenggara-pameran"


def guide_of(office_id: str) -> Guide:
    return Guide.model_validate(yaml.safe_load((SEEDS / f"checklists/{office_id}.yaml").read_text()))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the three offices, their services and what they add, and two officers of one."""
    path: Path = tmp_path_factory.mktemp("prepared") / "office.db"
    engine = open_engine(path, writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        for office_id in OFFICES:
            add_office(opened, office_id)
            catalogue.load(opened, office_id=office_id, standards=standards_of(office_id), at=MORNING)
            service.load(opened, office_id=office_id, guide=guide_of(office_id), at=MORNING)
        for position, (account, name) in enumerate((("one", "Ani"), ("two", "Budi"))):
            opened.add(Account(office_id="kaltim", id=account, name=name, pin_hash="-", position=position, created_at="-"))
        opened.commit()
    engine.dispose()
    return path


@pytest.fixture
def session(prepared: Path, tmp_path: Path) -> Iterator[Session]:
    for file in prepared.parent.glob("office.db*"):
        shutil.copy(file, tmp_path)
    engine = open_engine(tmp_path / "office.db", writing=True)
    with Session(engine) as opened:
        yield opened
    engine.dispose()
