"""An office's own recordings are heard instead of espeak-ng; a bad one never stops anything."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kiosk.speech import service
from kiosk.speech.clips import Clip

SOUND = b"OggS" + bytes(range(200))


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Runs before `voice` opens the same folder."""
    folder = tmp_path / "speech" / "recorded" / "id"
    folder.mkdir(parents=True)
    (folder / "selamat-datang.ogg").write_bytes(SOUND)
    (folder / "index.yaml").write_text("selamat-datang: Selamat datang di kantor kami\n")
    return folder


def test_a_recorded_text_is_heard_as_recorded(recordings: Path, client: TestClient) -> None:
    [address] = service.register_texts("id", ["Selamat  datang di kantor kami"])
    assert client.get(address).content == SOUND
    assert service.register([Clip("id", "Selamat datang di kantor kami")]) == [address]


def test_another_language_is_not_the_recording(recordings: Path, client: TestClient) -> None:
    [indonesian] = service.register_texts("id", ["Selamat datang di kantor kami"])
    [english] = service.register_texts("en", ["Selamat datang di kantor kami"])
    assert indonesian != english


def test_a_new_recording_has_a_new_address_because_browsers_keep_the_old_one(recordings: Path, client: TestClient, tmp_path: Path) -> None:
    [old] = service.register_texts("id", ["Selamat datang di kantor kami"])
    (recordings / "selamat-datang.ogg").write_bytes(SOUND + b"louder")
    service.stop()
    service.start(tmp_path)
    [new] = service.register_texts("id", ["Selamat datang di kantor kami"])
    assert new != old
    assert client.get(new).content.endswith(b"louder")


@pytest.mark.parametrize(
    "index", ["../../../office: Loket 1", "/etc/passwd: Loket 1", "gone: Loket 1", "text: Loket 1", "- a\n- b", "a: [", "\x00"]
)
def test_a_bad_recording_is_logged_and_espeak_speaks(
    recordings: Path, tmp_path: Path, index: str, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "office.ogg").write_bytes(SOUND)
    (recordings / "text.ogg").write_bytes(b"not a sound")
    (recordings / "index.yaml").write_text(index)
    client: TestClient = request.getfixturevalue("client")
    assert "recording not used" in caplog.text
    [address] = service.register_texts("id", ["Loket 1"])
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content != SOUND


def test_a_recording_taken_away_is_not_found(recordings: Path, client: TestClient) -> None:
    [address] = service.register_texts("id", ["Selamat datang di kantor kami"])
    (recordings / "selamat-datang.ogg").unlink()
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "SPEECH-0404")
