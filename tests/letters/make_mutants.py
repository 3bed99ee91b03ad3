"""Codes and mutants of codes, the same for the same seed: `python -m tests.letters.make_mutants COUNT SEED` prints them with their verdict.

One JSON object a line: text, now, judgement, judged with the knowledge "province" of the golden vectors.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from random import Random

from kiosk.letters.qr import cbor, claims
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.text import to_text
from kiosk.letters.trust.judging import judge
from tests.letters.ground import DAY, HOST, LETTER, NOW, ORDER, SIGNERS, coded, known

ISSUERS = ("letters", "letters", "letters", "berau-letters", "last-year", "superseded", "compromised", "berau-letters", "twin", "stranger")
PLAIN = 25  # one code in so many is left as it was signed
SIGNS = "0123456789#/:.HTPSVv \n\u202e\u0660"


def _letter(chance: Random) -> Claims:
    words = ["Siti", "Budi", "Ni Luh", "Þóra", "王", "O'Brien", "Abdullah", "Rahmawati"]
    issued = NOW - chance.randrange(400 * DAY)
    return replace(
        LETTER,
        number=f"503/{chance.randrange(9999):04d}/IMB/2026",
        name=" ".join(chance.choices(words, k=chance.randrange(1, 6))),
        record_hash=chance.randbytes(16),
        serial=chance.choice((7, 8, *(chance.randrange(2**32) for _ in range(8)))),
        issued_at=issued,
        expires_at=chance.choice((None, issued + chance.randrange(400 * DAY))),
    )


def pool(chance: Random, size: int = 64) -> list[tuple[Claims, bytes]]:
    """Letters and their codes, by keys that verifiers know and by others."""
    letters = [(_letter(chance), chance.choice(ISSUERS)) for _ in range(size)]
    return [(letter, coded(letter, by)) for letter, by in letters]


def _bits(message: bytes, chance: Random) -> bytes:
    spoilt = bytearray(message)
    for _ in range(chance.randrange(1, 4)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def _cut(message: bytes, chance: Random) -> bytes:
    start, count = chance.randrange(len(message)), chance.randrange(1, 9)
    return message[:start] + message[start + count :]


def _filled(message: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(message) + 1)
    return message[:start] + chance.randbytes(chance.randrange(1, 9)) + message[start:]


def _moved(message: bytes, chance: Random) -> bytes:
    a, b, c = sorted(chance.randrange(len(message)) for _ in range(3))
    return message[:a] + message[b:c] + message[a:b] + message[c:]


def _altered(message: bytes, chance: Random) -> bytes:
    """Other fields, well spelt, under the signature of the first."""
    parts = cbor.decode(message, tag=18)
    letter = claims.decode(parts[2])
    changes = ({"name": "Budi"}, {"serial": letter.serial ^ 1}, {"expires_at": NOW + 999 * DAY}, {"expires_at": None}, {"number": "1"})
    parts[2] = claims.encode(replace(letter, **chance.choice(changes)))
    return cbor.encode(parts, tag=18)


def _signed_otherwise(message: bytes, chance: Random) -> bytes:
    """Another signature, another key's name, or the signature's other form, which is as good."""
    parts = cbor.decode(message, tag=18)
    r, s = parts[3][:32], int.from_bytes(parts[3][32:], "big")
    if chance.random() < 0.5:
        parts[3] = chance.choice((r + (ORDER - s).to_bytes(32, "big"), bytes(64), parts[3][32:] + r, chance.randbytes(64)))
    else:
        parts[0] = cbor.encode({1: -7, 4: SIGNERS[chance.choice(ISSUERS)].kid})
    return cbor.encode(parts, tag=18)


def _mixed(message: bytes, other: bytes, chance: Random) -> bytes:
    """Parts of two codes."""
    pairs = zip(cbor.decode(message, tag=18), cbor.decode(other, tag=18), strict=True)
    return cbor.encode([chance.choice(pair) for pair in pairs], tag=18)


def _text(text: str, chance: Random) -> str:
    """The text itself spoilt."""
    start = chance.randrange(len(text))
    return text[:start] + chance.choice(("", chance.choice(SIGNS), text[start] + chance.choice(SIGNS))) + text[start + 1 :]


ON_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (_bits, _bits, _bits, _cut, _filled, _moved, _altered, _altered, _signed_otherwise)


def mutants(codes: list[tuple[Claims, bytes]], chance: Random) -> Iterator[str]:
    """Texts without end."""
    while True:
        message = chance.choice(codes)[1]
        which = chance.random()
        if which < 1 / PLAIN:
            yield to_text(HOST, message)
        elif which < 0.2:
            yield _text(to_text(HOST, message), chance)
        elif which < 0.3:
            yield to_text(HOST, _mixed(message, chance.choice(codes)[1], chance))
        else:
            yield to_text(HOST, chance.choice(ON_BYTES)(message, chance))


def main(count: int, seed: int) -> None:
    """Print `count` of them."""
    chance, knowledge = Random(seed), known()
    for text in islice(mutants(pool(chance), chance), count):
        line = {"text": text, "now": NOW, "judgement": judge(text, knowledge, NOW).as_json()}
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
