"""Before and while it is served: what is warned of, what stops HTTPS, and that nothing else stops with it."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core.config import Settings
from kiosk.core.https import Https, tell
from kiosk.core.origins import allowed_origins
from kiosk.tls import rules, serving
from tests.tls.house import NOW, Disk

END = NOW + timedelta(days=rules.SERVER_DAYS)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    made = Disk.of(tmp_path_factory.mktemp("serving"))
    made.authority()
    return made


def here(disk: Disk, **more: object) -> Settings:
    return Settings(data_dir=disk.data, https_port=8443, **more)


def test_no_certificate_or_switched_off_means_no_https(disk: Disk, tmp_path: Path):
    assert serving.at_start(Settings(data_dir=tmp_path), NOW) is None
    assert serving.at_start(here(disk, tls="off"), NOW) is None


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        (None, "https://kios.test:8443"),
        ("http://192.168.1.10:8000", "https://192.168.1.10:8443"),
        ("http://elsewhere.lan", "https://kios.test:8443"),
        ("https://kios.test", "https://kios.test"),
    ],
)
def test_the_public_address_says_where_one_is_led_when_the_certificate_names_it(disk: Disk, public_url: str | None, address: str):
    assert serving.at_start(here(disk, public_url=public_url), NOW).address == address


@pytest.mark.parametrize(
    ("days", "code", "renew"), [(31, None, False), (29, None, True), (1, None, True), (0, "TLS-0410", True), (-400, "TLS-0410", True)]
)
def test_the_end_is_told_thirty_days_before_and_by_its_code_after(disk: Disk, days: int, code: str | None, renew: bool, caplog):
    now = END - timedelta(days=days)
    told = serving.at_start(here(disk), NOW)  # started long ago
    state = serving.state(told, now)
    assert (state["code"], state["renew"]) == (code, renew)
    if code is None:
        assert state["days"] == days
    with caplog.at_level(logging.WARNING):
        serving.warn(told, now)
    assert bool(caplog.records) is renew
    fresh = serving.at_start(here(disk), now)  # started now
    assert (fresh.problem.code if fresh.problem else None) == code
    assert (fresh.address is None) is (code is not None)


def test_the_node_goes_on_looking_while_it_runs(disk: Disk, caplog):
    told, moments = serving.at_start(here(disk), NOW), iter([NOW, END - timedelta(days=5), END])

    async def look() -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await serving.watch(told, lambda: next(moments), every=0)

    with caplog.at_level(logging.WARNING):
        asyncio.run(look())
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]


def test_a_clock_before_the_certificate_and_a_secure_address_in_codes_are_warned_of(disk: Disk, caplog):
    with caplog.at_level(logging.WARNING):
        serving.at_start(here(disk, public_url="https://kios.test:8443"), NOW - timedelta(days=700))
    assert [word in caplog.text for word in ("begins later", "visitors' phones")] == [True, True]


@pytest.mark.parametrize("damage", [b"", b"nothing"])
def test_a_damaged_file_stops_https_only(tmp_path: Path, damage: bytes):
    disk = Disk.of(tmp_path)
    disk.served.parent.mkdir()
    disk.served.write_bytes(damage)
    told = serving.at_start(here(disk), NOW)
    assert told.problem.code == "TLS-0422"
    assert serving.state(told, NOW)["renew"] is True


def test_beside_https_no_plain_page_of_the_network_may_call():
    settings = Settings(port=8000, public_url="http://kios.test:8000")
    try:
        tell(None)
        assert "http://kios.test:8000" in allowed_origins(settings)
        tell(Https(("kios.test", "192.168.1.10"), 8443))
        allowed = allowed_origins(settings)
    finally:
        tell(None)
    assert {"https://kios.test:8443", "https://192.168.1.10:8443", "http://localhost:8000"} <= allowed
    assert "http://kios.test:8000" not in allowed
