"""A node in this process with two accounts, and argon2 made cheap: what it costs is a test of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.core.recent import Recent
from kiosk.staff import pins, service, sessions
from tests.devices.house import MORNING, House, house

RIGHT, WRONG = "270841", "999998"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(pins, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(sessions, "_known", Recent(seconds=0))  # what is remembered has tests of its own
    with house(tmp_path / "data", rate_limits=False) as running:
        for name, role in (("Sari", "officer"), ("Budi", "admin")):
            running.do(service.add_account, office_id="kaltim", name=name, role=role, pin=RIGHT, at=MORNING, actor="cli")
        yield running


@pytest.fixture
def sari(office: House) -> str:
    return str(office.call("GET", "/staff/accounts").json()[0]["id"])
