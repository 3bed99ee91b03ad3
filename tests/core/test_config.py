"""Settings: each wrong one stops the start with a sentence that names it."""

import pytest

from kiosk.core.config import BadSetting, read_settings
from kiosk.letters.keys.asking import check_host


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


@pytest.mark.parametrize(
    ("public", "host"),
    [
        ("https://kios.example.go.id/kios", "kios.example.go.id"),
        ("http://10.0.0.2:8000", "10.0.0.2:8000"),
        ("https://kios.example.go.id:80", "kios.example.go.id:80"),
    ],
)
def test_codes_of_letters_and_the_trust_list_name_the_same_host(monkeypatch, public, host):
    """Or every letter of the office would be called altered."""
    monkeypatch.setenv("KIOSK_PUBLIC_URL", public)
    assert read_settings().checked_at == check_host(read_settings(), None) == host
