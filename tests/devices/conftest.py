"""One node in this process for a test, with and without the demonstration."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.house import House, house


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "data") as running:
        yield running


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "data", demo=True) as running:
        yield running
