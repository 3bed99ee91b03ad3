"""One office for each test: copied from one that was made once."""

import shutil
from pathlib import Path

import pytest

from kiosk.core.config import Settings
from tests.letters.register.registry import Registry, registry


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register") / "data"
    registry(folder)
    return folder


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Registry:
    shutil.copytree(prepared, tmp_path / "data")
    return Registry(Settings(office="kaltim", data_dir=tmp_path / "data", demo=True, port=8000))
