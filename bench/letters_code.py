"""What the check of a letter's code costs, beside the bare signature, and what it takes to draw the symbol."""

from collections.abc import Callable

from bench.machine import milliseconds, percentile
from bench.table import Row
from kiosk.letters.qr import aad, cbor, ecdsa, sign1, symbol
from kiosk.letters.qr.text import from_text
from kiosk.letters.trust.judging import judge
from tests.letters.ground import NOW, SIGNERS, coded, known, printed

ROUNDS = 2000


def _milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of one call."""
    return round(percentile(milliseconds(work, rounds), 0.5), 3)


def rows() -> list[Row]:
    """Check of a text, verification alone, reading alone; issuing and drawing."""
    text, knowledge, signer = printed(), known(), SIGNERS["letters"]
    signed = sign1.read(coded())
    data = cbor.encode(["Signature1", signed.protected, aad.LETTER, signed.payload])
    if judge(text, knowledge, NOW).verdict != "code_genuine" or not ecdsa.verifies(signer.public, data, signed.signature):
        raise SystemExit("the letter of the bench is not genuine")
    bare = _milliseconds(lambda: ecdsa.verifies(signer.public, data, signed.signature))
    limit = f"bare ECDSA verification: {bare} ms"
    return [
        Row(
            "letter code: check of a text",
            _milliseconds(lambda: judge(text, knowledge, NOW)),
            "ms",
            "<=1",
            f"{limit}; two keys share its name",
        ),
        Row("letter code: read, without the signature", _milliseconds(lambda: sign1.read(from_text(text).message)), "ms", "", limit),
        Row("letter code: signed", _milliseconds(coded), "ms", "", f"bare ECDSA signature: {_milliseconds(lambda: signer.sign(data))} ms"),
        Row("letter code: symbol drawn", _milliseconds(lambda: symbol.matrix(text), 60), "ms", "", f"characters: {len(text)}"),
    ]
