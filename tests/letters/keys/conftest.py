"""Houses for tests of keys."""

from pathlib import Path

import pytest

from tests.letters.keys.machines import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)
