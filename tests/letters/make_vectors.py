"""Write the golden vectors: `python -m tests.letters.make_vectors`.

They are the same each time, so a difference is a change of the format.
"""

import json
from pathlib import Path
from typing import Any

from kiosk.letters.qr import aad, cbor, claims, sign1
from kiosk.letters.qr.errors import Foreign, Malformed
from kiosk.letters.qr.text import from_text
from kiosk.letters.trust.judging import judge
from kiosk.letters.trust.knowledge import Knowledge, build
from tests.letters.ground import SIGNERS, private
from tests.letters.vector_codes import CASES, Case
from tests.letters.vector_knowledge import KNOWLEDGE, Given

FILE = Path(__file__).parent / "vectors" / "letter-codes.json"
ABOUT = (
    "Golden vectors of the letter code, docs/letters.md. knowledge: what a verifier pins and was given (hex), and what it must refuse "
    "of it, in the order in which it was given. cases: a scanned text, the knowledge it is judged with, the time in seconds since 1970 "
    "UTC, and the verdict of each stage: 'ok', a reason code, or null where an earlier stage ended it. The private keys are for tests "
    "alone."
)


def stages(text: str, knowledge: Knowledge) -> dict[str, str | None]:
    """What each stage by itself says: "ok" or its reason; None where it was not reached."""
    said: dict[str, str | None] = dict.fromkeys(("text", "cbor", "cose", "claims", "signature"))
    stage = "text"
    try:
        message = from_text(text).message
        said[stage], stage = "ok", "cbor"
        cbor.decode(message, tag=sign1.TAG)
        said[stage], stage = "ok", "cose"
        signed = sign1.read(message)
        said[stage], stage = "ok", "claims"
        claims.decode(signed.payload)
        said[stage], stage = "ok", "signature"
    except (Foreign, Malformed) as fault:
        return {**said, stage: fault.reason}
    named = list(knowledge.named(signed.kid))
    holds = any(signed.holds(key.public, aad.LETTER) for _, key in named)
    return {**said, stage: "ok" if holds else "signature_wrong" if named else "key_unknown"}


def _given(given: Given, known: Knowledge) -> dict[str, Any]:
    roots, lists, revocations = given
    return {
        "roots": [{"public": root.public.hex(), "name": root.name, "office": root.office} for root in roots],
        "lists": [one.hex() for one in lists],
        "revocations": [one.hex() for one in revocations],
        "refused": [{"kind": one.kind, "place": one.place, "reason": one.reason} for one in known.refused],
    }


def _case(group: str, name: str, one: Case, known: dict[str, Knowledge]) -> dict[str, Any]:
    about, text, knowledge, now = one
    judgement = judge(text, known[knowledge], now).as_json()
    verdicts = {**stages(text, known[knowledge]), "judgement": judgement}
    return {"id": f"{group}/{name}", "about": about, "text": text, "knowledge": knowledge, "now": now, "stages": verdicts}


def vectors() -> dict[str, Any]:
    """All of the file."""
    known = {name: build(*given) for name, given in KNOWLEDGE.items()}
    keys = {name: {"private": f"{private(name):064x}", "public": one.public.hex(), "kid": one.kid.hex()} for name, one in SIGNERS.items()}
    return {
        "about": ABOUT,
        "format": 1,
        "keys": keys,
        "knowledge": {name: _given(given, known[name]) for name, given in KNOWLEDGE.items()},
        "cases": [_case(group, name, one, known) for group, cases in CASES.items() for name, one in cases.items()],
    }


def spelt() -> str:
    """The file's text."""
    return json.dumps(vectors(), indent=1, ensure_ascii=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(spelt())
