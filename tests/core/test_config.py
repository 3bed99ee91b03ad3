"""Settings: each wrong one stops the start with a sentence that names it."""

from pathlib import Path

import pytest

from kiosk.centre.config import CentreSettings
from kiosk.core.config import BadSetting, Settings, read_settings
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
        ("KIOSK_LETTER_HOST", "-cek.go.id"),
        ("KIOSK_LETTER_HOST", "cek.go.id."),
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


def test_an_optional_file_that_is_set_to_nothing_is_not_set(monkeypatch):
    optional = [
        name for name, field in Settings.model_fields.items() if field.default is None and Path in getattr(field.annotation, "__args__", ())
    ]
    assert {"centre_ca", "signer_certificate", "signer_credentials", "timestamp_ca"} <= set(optional)
    for name in optional:
        monkeypatch.setenv(f"KIOSK_{name.upper()}", "")
    assert {getattr(read_settings(), name) for name in optional} == {None}


def test_a_data_folder_that_is_set_to_nothing_is_the_usual_one(monkeypatch, tmp_path):
    """Not the folder in which the command was started: the data folder is closed to others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIOSK_DATA_DIR", "")
    assert read_settings().data_dir == CentreSettings().data_dir == tmp_path / "data"


def test_an_address_without_a_certificate_to_trust_is_refused_also_when_that_is_set_to_nothing(monkeypatch):
    monkeypatch.setenv("KIOSK_TIMESTAMP_URL", "http://tsa.example")
    monkeypatch.setenv("KIOSK_TIMESTAMP_CA", "")
    with pytest.raises(BadSetting, match="KIOSK_TIMESTAMP_CA"):
        read_settings()


@pytest.mark.parametrize(
    ("public_url", "letter_host", "checked_at"),
    [
        ("https://kios.example.go.id/", "", "kios.example.go.id"),
        ("http://kios.lan:8000", "", "kios.lan:8000"),
        ("https://kios.lan/portal", "", "kios.lan"),
        ("https://kios.lan", "Cek.Kantor.go.id", "cek.kantor.go.id"),
    ],
)
def test_letters_are_checked_at_a_host_without_a_path(monkeypatch, public_url, letter_host, checked_at):
    monkeypatch.setenv("KIOSK_PUBLIC_URL", public_url)
    monkeypatch.setenv("KIOSK_LETTER_HOST", letter_host)
    assert read_settings().checked_at == checked_at
