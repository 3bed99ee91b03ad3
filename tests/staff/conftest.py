"""A node in this process with two accounts, and argon2 made cheap: what it costs is a test of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from kiosk.core.recent import Recent
from kiosk.staff import pins, service, sessions
from tests.devices.house import MORNING, House, house

RIGHT, WRONG = "270841", "999998"


def add(house: House, name: str, *roles: str, pin: str | None = RIGHT, office_id: str = "kaltim", **words: Any) -> service.Added:
    """An account with these roles, as the command adds it."""
    secret = pins.new_pin(pin)
    given = {"office_id": office_id, "name": name, "roles": roles, "secret": secret, "at": MORNING, "actor": "cli"}
    return house.do(service.add_account, **given, **words)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(pins, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(sessions, "_known", Recent(seconds=0))  # what is remembered has tests of its own
    with house(tmp_path / "data", rate_limits=False) as running:
        add(running, "Sari", "information", "registration")
        add(running, "Budi", "admin")
        yield running


@pytest.fixture
def sari(office: House) -> str:
    return str(office.call("GET", "/staff/accounts").json()[0]["id"])
