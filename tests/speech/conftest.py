import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from kiosk.core.errors import KioskError
from kiosk.speech import api, service
from kiosk.speech.service import Voice


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[Voice]:
    yield service.start(tmp_path)
    service.stop()


@pytest.fixture
def app(voice: Voice) -> FastAPI:
    app = FastAPI()
    app.include_router(api.router, prefix="/api/v1")

    @app.get("/api/v1/office")
    def office() -> dict[str, str]:
        return {"name": "another room"}

    @app.exception_handler(KioskError)
    async def known(_request: Request, error: KioskError) -> JSONResponse:
        return JSONResponse({"code": error.code, "message": error.text("id")}, error.status)

    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def without_espeak(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path with everything but espeak-ng that a clip could need."""
    programs = tmp_path_factory.mktemp("bin")
    for name in ("sh", "python3"):
        (programs / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(programs))
