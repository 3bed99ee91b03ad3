"""Settings: each wrong one stops the start with a sentence that names it."""

import pytest

from kiosk.core.config import BadSetting, read_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIOSK_PORT", "many"),
        ("KIOSK_PORT", "70000"),
        ("KIOSK_OFFICE", "jakarta"),
        ("KIOSK_PUBLIC_URL", "kios"),
        ("KIOSK_DEMO", "perhaps"),
        ("KIOSK_LETTER_HOST", "https://cek.go.id"),
        ("KIOSK_LETTER_HOST", "cek.go.id/V"),
    ],
)
def test_a_bad_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name) as wrong:
        read_settings()
    assert wrong.value.code == "CONFIG-0422"


def test_the_demonstration_listens_on_this_machine_only(monkeypatch):
    monkeypatch.setenv("KIOSK_DEMO", "on")
    monkeypatch.setenv("KIOSK_HOST", "0.0.0.0")
    with pytest.raises(BadSetting, match="KIOSK_HOST"):
        read_settings()


def test_addresses_in_codes_come_from_the_public_url(monkeypatch):
    monkeypatch.setenv("KIOSK_PUBLIC_URL", "https://kios.example.go.id/")
    assert read_settings().public_address == "https://kios.example.go.id"
