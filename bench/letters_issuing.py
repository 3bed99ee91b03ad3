"""Letters drawn and sealed on one core, a batch of 100, beside what the signatures alone cost in the same run."""

import os
import time

from bench.machine import hash_rate, milliseconds, percentile
from bench.table import Row
from kiosk.letters.document import drawing, record, sealing
from kiosk.letters.qr import aad, claims, sign1, text
from kiosk.letters.qr.claims import Claims
from tests.letters import written
from tests.letters.keyring import opened

BATCH, BARE = 100, 2000
HOST = "cek.kaltim.go.id"


def rows() -> list[Row]:
    """One core alone: what an office's small computer gives to it while it serves."""
    whole = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(whole)})
    try:
        return _measured()
    finally:
        os.sched_setaffinity(0, whole)


def _measured() -> list[Row]:
    key, limit = opened(), f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    _issued(0)  # loads fonts and libraries
    bare = milliseconds(lambda: key.signer.sign(b"x" * 200), BARE)
    said = written.recorded()
    drawn = milliseconds(lambda: drawing.draw(said, written.CODE), BATCH)
    pdf = drawing.draw(said, written.CODE)
    sealed = milliseconds(lambda: sealing.seal(pdf, key, written.SEALED_AT), BATCH)
    began = time.perf_counter()
    taken = [_issued(number) for number in range(1, BATCH + 1)]
    seconds = time.perf_counter() - began
    beside = f"{limit}; two bare signatures: {2 * _middle(bare):.2f} ms"
    return [
        Row("one P-256 signature, bare", round(_middle(bare), 3), "ms", "", limit),
        Row("letter drawn", round(_middle(drawn), 1), "ms", "", limit),
        Row("letter sealed (PAdES B-B)", round(_middle(sealed), 1), "ms", "", beside),
        Row("letter issued: record, code, drawing, seal; p95", round(percentile(taken, 0.95), 1), "ms", "<=250", beside),
        Row(f"letters issued, a batch of {BATCH}", round(BATCH / seconds, 1), "/s", ">=4", beside),
    ]


def _issued(number: int) -> float:
    """Milliseconds of one letter, from its words to the sealed file, without register and disk."""
    began = time.perf_counter()
    said = written.recorded(number=f"500.16.7/{number:04d}/DPMPTSP/2026")
    fields = {"number": said["number"], "name": said["recipient"]["name"], "service": said["service"]}
    at = int(written.SEALED_AT.timestamp())
    payload = claims.encode(Claims(**fields, record_hash=record.hash16(said), serial=number, issued_at=at))
    message = sign1.make(payload, opened().signer, aad.LETTER)
    sealing.seal(drawing.draw(said, text.to_text(HOST, message)), opened(), written.SEALED_AT)
    return (time.perf_counter() - began) * 1000


def _middle(taken: list[float]) -> float:
    return percentile(taken, 0.5)
