"""The addresses: only what pages show is spoken, by name, to anyone."""

import asyncio
import threading
from pathlib import Path

import httpx
import pytest
import soundfile
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kiosk.core.i18n import N_, catalogue
from kiosk.speech import maker, scripts, service
from kiosk.speech.clips import Clip, name_of
from kiosk.speech.service import Voice

HOME = (N_("Your queue number is"), N_("please go to"))


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "_pages", {"home": HOME})


def test_a_registered_text_is_heard_and_may_be_kept_for_ever(client: TestClient, tmp_path: Path) -> None:
    [address] = service.register_texts("id", ["Biaya: Rp. 0,-"])
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    heard = tmp_path / "heard.ogg"
    heard.write_bytes(answer.content)
    assert soundfile.info(heard).subtype == "OPUS"
    part = client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"OggS")


def test_nobody_can_make_the_node_speak_another_text(client: TestClient, tmp_path: Path) -> None:
    other = Clip("id", "Kantor ini tutup selamanya")
    for asked in (other.name, other.text, f"{other.name}?text={other.text}"):
        answer = client.get(f"/api/v1/speech/{asked}")
        assert (answer.status_code, answer.json()["code"]) == (404, "SPEECH-0404")
    assert client.post("/api/v1/speech", json={"text": other.text}).status_code == 405
    assert not list((tmp_path / "speech").glob("*.ogg"))


@pytest.mark.parametrize("name", [
    "..%2f..%2foffice.db", "%2e%2e", "....//x.ogg", "%2fetc%2fpasswd", "recorded",
    "a" * 32, "A" * 32 + ".ogg", f"{'a' * 32}.ogg%00", f"{'a' * 32}.ogg%0a",
])  # fmt: skip
def test_names_that_are_no_names_are_refused(client: TestClient, tmp_path: Path, name: str) -> None:
    (tmp_path / "office.db").write_text("secret")
    answer = client.get(f"/api/v1/speech/{name}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_the_manifest_names_each_page_in_both_languages_and_the_pieces_of_a_number(client: TestClient) -> None:
    service.register_counters({"L1": {"id": "Loket 1", "en": "Counter 1"}})
    contents = client.get("/api/v1/speech").json()
    assert contents["available"] is True
    assert contents["pages"]["home"]["en"] == [f"/api/v1/speech/{Clip('en', text).name}" for text in HOME]
    assert contents["pages"]["home"]["id"] == [f"/api/v1/speech/{Clip('id', catalogue()[text]).name}" for text in HOME]
    pieces = contents["pieces"]["id"]
    assert len(pieces["signs"]) == 36
    assert pieces["counters"]["L1"] == [f"/api/v1/speech/{Clip('id', 'Loket 1').name}"]
    for address in (*contents["pages"]["home"]["id"], pieces["signs"]["A"], *pieces["counters"]["L1"]):
        assert client.get(address).status_code == 200


def test_the_manifest_is_sent_once_a_version(client: TestClient) -> None:
    first = client.get("/api/v1/speech")
    again = client.get("/api/v1/speech", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    service.register_counters({"L1": {"id": "Loket 1", "en": "Counter 1"}})
    changed = client.get("/api/v1/speech", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_an_address_from_before_a_restart_still_speaks(client: TestClient, tmp_path: Path) -> None:
    address = client.get("/api/v1/speech").json()["pages"]["home"]["id"][0]
    service.stop()
    service.start(tmp_path)
    assert client.get(address).status_code == 200


def test_one_page_name_has_one_script() -> None:
    scripts.page("home", *HOME)
    with pytest.raises(ValueError, match="home"):
        scripts.page("home", HOME[0])


@pytest.mark.usefixtures("without_espeak")
def test_without_espeak_speech_says_so_and_everything_else_works(client: TestClient) -> None:
    manifest = client.get("/api/v1/speech")
    assert manifest.json()["available"] is False
    answer = client.get(manifest.json()["pages"]["home"]["id"][0])
    assert (answer.status_code, answer.json()["code"]) == (503, "SPEECH-0503")
    assert "espeak-ng" in answer.json()["message"]
    assert client.get("/api/v1/office").status_code == 200


@pytest.mark.usefixtures("without_espeak")
def test_the_start_says_in_one_line_what_is_missing_and_how_to_get_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    service.start(tmp_path)
    service.stop()
    [line] = caplog.records
    assert "espeak-ng" in line.getMessage()
    assert "apt-get install espeak-ng" in line.install  # type: ignore[attr-defined]


def test_a_clip_that_exists_is_heard_without_espeak(voice: Voice, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    [address] = service.register_texts("id", ["Loket 1"])
    assert client.get(address).status_code == 200
    monkeypatch.setenv("PATH", "/nowhere")
    assert client.get(address).status_code == 200


def test_other_answers_come_while_a_clip_is_being_made(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    [address] = service.register_texts("id", ["Sebentar"])
    answered = threading.Event()

    def make(_clip: Clip, target: Path) -> Path:
        assert answered.wait(20), "the event loop was held"
        target.write_bytes(b"OggS")
        return target

    async def ask() -> tuple[int, int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            clip = asyncio.create_task(client.get(address))
            await asyncio.sleep(0)
            office = await client.get("/api/v1/office")
            answered.set()
            return office.status_code, (await clip).status_code

    monkeypatch.setattr(maker, "make", make)
    assert asyncio.run(ask()) == (200, 200)


def test_who_walks_away_does_not_end_the_making_for_another(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    [address] = service.register_texts("id", ["Sebentar"])
    gate = threading.Event()

    def make(_clip: Clip, target: Path) -> Path:
        gate.wait(20)
        target.write_bytes(b"OggS")
        return target

    async def ask() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            first, second = (asyncio.create_task(client.get(address)) for _ in range(2))
            await client.get("/api/v1/office")
            first.cancel()
            await client.get("/api/v1/office")
            gate.set()
            return (await second).status_code

    # both workers are held by other clips: the one asked for twice is still waiting when the first caller leaves
    monkeypatch.setattr(maker, "make", make)
    service.voice().maker.order(Clip("id", "Satu"))
    service.voice().maker.order(Clip("id", "Dua"))
    assert asyncio.run(ask()) == 200


def test_stale_clips_go_and_known_ones_stay(client: TestClient, tmp_path: Path) -> None:
    [address] = service.register_texts("id", ["Loket 1"])
    assert client.get(address).status_code == 200
    stale = tmp_path / "speech" / name_of("old")
    stale.write_bytes(b"OggS")
    assert service.tidy() == 1
    assert not stale.exists()
    assert client.get(address).status_code == 200


def test_what_the_office_adds_to_a_page_is_read_behind_its_fixed_words(client, voice):
    before = client.get("/api/v1/speech").json()
    service.register_page("home", "en", [("en", "Exhibition permit"), ("id", "Izin Lain")])
    after = client.get("/api/v1/speech").json()
    fixed = before["pages"]["home"]
    assert after["pages"]["home"]["id"] == fixed["id"]
    assert after["pages"]["home"]["en"] == [
        *fixed["en"],
        *service.register_texts("en", ["Exhibition permit"]),
        *service.register_texts("id", ["Izin Lain"]),
    ]
    assert after["version"] != before["version"]
