"""What a node takes: answers of phones a second, and a tablet's 5,000 waiting answers, sealed as a tablet seals them."""

import asyncio
import http.client
import json
import tempfile
import time
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any
from uuid import uuid4

import pysqlite3
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.machine import fsync_rate, hash_rate, percentile
from bench.table import Row
from kiosk.devices.sealing import INFO, NONCE, public_text, sealing_key
from kiosk.survey.questionnaire import ELEMENTS
from tests.support import Node

WAITING, BATCH, SECONDS, CONNECTIONS = 5000, 50, 6.0, 10
JSON = "content-type: application/json"
BODY = {"scores": dict.fromkeys(ELEMENTS, 3), "profile": {"sex": "P", "age": "26-35"}, "suggestion": "Tambah kursi di ruang tunggu."}


async def _phone(port: int, times: list[float], end: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        body = json.dumps({"id": str(uuid4()), **BODY}).encode()
        head = f"POST /api/v1/survey/answers HTTP/1.1\r\nhost: localhost\r\n{JSON}\r\ncontent-length: {len(body)}\r\n\r\n"
        began = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(length)
        if answer.split(b" ", 2)[1] not in {b"200", b"201"}:
            raise SystemExit(f"an answer was answered with {answer!r}")
        times.append(time.perf_counter() - began)
    writer.close()


async def _phones(port: int) -> list[float]:
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    await asyncio.gather(*(_phone(port, times, end) for _ in range(CONNECTIONS)))
    return times


def _sealed(node: Node) -> list[dict[str, Any]]:
    """As `seal.js` closes them: one pair of keys for each."""
    theirs = b64decode(public_text(sealing_key(node.data)))
    return [_entry(theirs) for _ in range(WAITING)]


def _entry(theirs: bytes) -> dict[str, Any]:
    entry_id, pair = str(uuid4()), X25519PrivateKey.generate()
    mine = pair.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    secret = HKDF(SHA256(), 32, salt=mine + theirs, info=INFO).derive(pair.exchange(X25519PublicKey.from_public_bytes(theirs)))
    box = AESGCM(secret).encrypt(NONCE, json.dumps(BODY).encode(), f"{entry_id}.survey.answered".encode())
    sealed = {"key": b64encode(mine).decode(), "box": b64encode(box).decode()}
    return {"id": entry_id, "kind": "survey.answered", "age_ms": 600_000, "sealed": sealed}


def _send(node: Node, token: str, entries: list[dict[str, Any]]) -> float:
    """One batch after the other, as the outbox does; seconds until the last was answered."""
    line = http.client.HTTPConnection("localhost", node.port)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    began = time.perf_counter()
    for start in range(0, WAITING, BATCH):
        line.request("POST", "/api/v1/entries", json.dumps({"entries": entries[start : start + BATCH]}), headers)
        told = json.loads(line.getresponse().read())
        if {one["result"] for one in told["entries"]} - {"held", "taken"}:
            raise SystemExit(f"entries were answered with {told}")
    return time.perf_counter() - began


def _count(node: Node) -> int:
    database = pysqlite3.connect(node.data / "office.db")
    try:
        return int(database.execute("SELECT count(*) FROM survey_answer").fetchone()[0])
    finally:
        database.close()


def rows() -> list[Row]:
    """Rate and p95 of answers, and seconds for what waited; all of them must be there afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        node = Node(Path(folder), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        try:
            limit = f"fsync of 4 kB: {fsync_rate(Path(folder)):.0f}/s"
            times = asyncio.run(_phones(node.port))
            token, entries = node.token("tablet"), _sealed(node)
            seconds = _send(node, token, entries)
            if _count(node) != len(times) + WAITING:
                raise SystemExit("the node does not hold what it took")
        finally:
            node.stop()
    core = f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    return [
        Row(f"answers taken, {CONNECTIONS} connections", round(len(times) / SECONDS), "1/s", "", limit),
        Row(f"answer p95, {CONNECTIONS} connections", round(1000 * percentile(times, 0.95), 1), "ms", "", limit),
        Row(f"{WAITING} waiting answers of a tablet, in batches of {BATCH}", round(seconds, 1), "s", "<=10", core),
    ]
