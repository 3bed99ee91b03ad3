"""An office in this process that takes answers: real routes, writer and database, and a clock that the test holds."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import Depends

from kiosk.api import own_answers
from kiosk.catalogue.model import ServiceStandardRow
from kiosk.devices import service as devices
from kiosk.devices.sealing import INFO, NONCE, public_text, sealing_key
from kiosk.speech import service as speech
from kiosk.survey import api, entries  # noqa: F401 (registers what it takes in)
from kiosk.survey.closing import Closing
from kiosk.survey.model import SurveyAnswer
from kiosk.sync.outbox import OutboxEvent
from tests.devices.house import MORNING, House, house, make_app

SCORES = {"requirements": 4, "procedure": 3, "fee": 2, "complaints": 1}
SERVICE = "izin-pameran"


def body(**more: Any) -> dict[str, Any]:
    return {"scores": SCORES, "service": SERVICE, "profile": {"sex": "P"}, "suggestion": "Tambah kursi.", **more}


def new_id() -> str:
    return str(uuid4())


def given(answer_id: str | None = None, *, age_ms: int = 0, **more: Any) -> dict[str, Any]:
    """An entry as the outbox hands it in, open."""
    return {"id": answer_id or new_id(), "kind": "survey.answered", "age_ms": age_ms, "body": body(**more)}


def code_entry(hashed: str) -> dict[str, Any]:
    return {"id": new_id(), "kind": "survey.code", "age_ms": 0, "body": {"hash": hashed}}


def sealed(office: House, entry: dict[str, Any]) -> dict[str, Any]:
    """The entry closed, as `seal.js` closes it."""
    theirs = b64decode(public_text(sealing_key(office.node.settings.data_dir)))
    pair = X25519PrivateKey.generate()
    mine = pair.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = HKDF(SHA256(), 32, salt=mine + theirs, info=INFO).derive(pair.exchange(X25519PublicKey.from_public_bytes(theirs)))
    box = AESGCM(secret).encrypt(NONCE, json.dumps(entry["body"]).encode(), f"{entry['id']}.{entry['kind']}".encode())
    rest = {name: value for name, value in entry.items() if name != "body"}
    return {**rest, "sealed": {"key": b64encode(mine).decode(), "box": b64encode(box).decode()}}


def tablet(office: House, *, place: str = "Loket 1-3") -> str:
    """A tablet's token."""
    words = {
        "office_id": "kaltim",
        "name": f"Tablet {os.urandom(4).hex()}",
        "kind": "tablet",
        "place": place,
        "at": office.now,
        "actor": "cli",
    }
    return str(office.do(devices.enrol, **words).token)


def hand(office: House, token: str, *what: dict[str, Any]) -> list[dict[str, Any]]:
    answer = office.call("POST", "/entries", headers={"authorization": f"Bearer {token}"}, json={"entries": list(what)})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["entries"]
    return found


def rows(office: House) -> dict[str, SurveyAnswer]:
    return {row.id: row for row in office.rows(SurveyAnswer)}


def told(office: House) -> list[dict[str, Any]]:
    """Bodies of the events, in the order of the chain."""
    found = sorted(office.rows(OutboxEvent), key=lambda row: (row.epoch, row.seq))
    return [json.loads(row.body) for row in found if row.kind == "survey.answered"]


async def look(office: House, closing: Closing | None = None) -> None:
    await (closing or Closing(office.node)).look()


def is_random(text: str) -> bool:
    return UUID(text).version == 4


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    app = make_app()
    app.include_router(api.router, prefix="/api/v1", dependencies=[Depends(own_answers)])
    api.answers._full_at.clear()
    with house(tmp_path / "data", app=app) as running:
        parts = dict.fromkeys(("requirements", "product", "fee", "time_limit"))
        standard = {**parts, "document": {"title": "Izin", "kind": "Izin", "number": "1"}}
        row = ServiceStandardRow(office_id="kaltim", id=SERVICE, position=1, name="Izin", standard=standard, digest="d")
        running.do(lambda session: session.add(row))
        speech.start(tmp_path / "speech")
        yield running
        speech.stop()


__all__ = ["MORNING", "SCORES", "SERVICE", "House", "body", "code_entry", "given", "hand", "is_random", "look", "new_id", "office", "rows"]
__all__ += ["sealed", "tablet", "told"]
