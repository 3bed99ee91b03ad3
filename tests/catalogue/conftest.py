"""The real seeds in a real database, and the API over them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlmodel import Session, SQLModel

import kiosk.catalogue.model
import kiosk.sync.outbox  # noqa: F401 (its tables)
from kiosk.catalogue import service
from kiosk.catalogue.api import router
from kiosk.catalogue.standard import ServiceStandard
from kiosk.core import runtime
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.errors import KioskError
from kiosk.core.office import Office
from kiosk.speech import service as speech

SEEDS = Path(__file__).parents[2] / "db/seeds"
OFFICES = ("kaltim", "rohil", "jatim")
MORNING = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)


def standards_of(office_id: str) -> list[ServiceStandard]:
    office = yaml.safe_load((SEEDS / f"{office_id}.yaml").read_text())
    return [ServiceStandard.model_validate(yaml.safe_load((SEEDS / f"services/{name}.yaml").read_text())) for name in office["services"]]


def add_office(session: Session, office_id: str) -> None:
    facts = yaml.safe_load((SEEDS / f"{office_id}.yaml").read_text())["office"]
    session.add(Office(office_id=facts.pop("id"), **facts))
    session.flush()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An empty migrated database with the three offices."""
    engine = open_engine(tmp_path / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        for office_id in OFFICES:
            add_office(opened, office_id)
        yield opened
    engine.dispose()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the catalogue of every office loaded."""
    folder: Path = tmp_path_factory.mktemp("data")
    engine = open_engine(folder / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        for office_id in OFFICES:
            add_office(opened, office_id)
            service.load(opened, office_id=office_id, standards=standards_of(office_id), at=MORNING)
        opened.commit()
    engine.dispose()
    return folder


@pytest.fixture(params=OFFICES)
def any_office(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[TestClient]:
    """The API of each office in turn."""
    yield from _serve(data_dir, request.param)


@pytest.fixture
def kaltim(data_dir: Path) -> Iterator[TestClient]:
    """The API of East Kalimantan."""
    yield from _serve(data_dir, "kaltim")


def _serve(data_dir: Path, office: Any) -> Iterator[TestClient]:
    runtime.start(Settings(office=office, data_dir=data_dir, public_url="https://kios.example.go.id"))
    speech.start(data_dir)
    app = FastAPI()
    app.include_router(router, prefix="/api/v1")

    @app.exception_handler(KioskError)
    def say(_request: Request, error: KioskError) -> JSONResponse:
        return JSONResponse({"code": error.code, "message": error.text("id")}, status_code=error.status)

    try:
        with TestClient(app) as client:
            yield client
    finally:
        speech.stop()
        runtime.stop()
