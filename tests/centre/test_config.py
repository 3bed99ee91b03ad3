"""What the centre may be set to."""

from pathlib import Path

import pytest

from kiosk.centre.config import CentreSettings
from kiosk.core.config import BadSetting, read


def test_without_a_word_it_is_a_file_beside_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    here = read(CentreSettings)
    assert (here.database.drivername, here.database.database) == ("sqlite", str(tmp_path / "centre.db"))
    assert here.address == "http://localhost:8100"


@pytest.mark.parametrize("address", ["postgres://a:secret@b/c", "postgresql://a:secret@b/c", "postgresql+psycopg://a:secret@b/c"])
def test_postgresql_is_spoken_to_by_psycopg_and_its_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, address: str):
    monkeypatch.setenv("KIOSK_DATABASE_URL", address)
    here = read(CentreSettings)
    assert here.database.drivername == "postgresql+psycopg"
    assert "secret" not in f"{here!r} {here.database_url}"


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://x/y"), ("DATABASE_URL", "x"), ("DATABASE_URL", "sqlite://"), ("CENTRE_PORT", "0"), ("CENTRE_URL", "pusat")],
)
def test_what_cannot_be_names_the_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(f"KIOSK_{name}", value)
    with pytest.raises(BadSetting, match=f"KIOSK_{name}"):
        _ = read(CentreSettings).database
