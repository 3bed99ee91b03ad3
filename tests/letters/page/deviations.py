"""Codes, lists and revocations that are rightly signed and wrongly made: only strict reading finds that. The same for the same seed."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from kiosk.letters.qr import aad, cbor, claims
from kiosk.letters.qr.text import to_text
from kiosk.letters.trust import revocations, trust_list
from kiosk.letters.trust.knowledge import Root
from kiosk.letters.trust.trust_list import TrustedKey, TrustList
from tests.letters.ground import DAY, HOST, ISSUED, LETTER, NOW, OWN, PROVINCE, REVOKED, SIGNERS, key
from tests.letters.make_mutants import ISSUERS, mutants, pool
from tests.letters.vector_knowledge import KNOWLEDGE

HOSTS = (HOST, HOST, HOST, HOST.title(), f"{HOST}:443", "cek.berau.example", "cek.kaltim.go.id.example")
EDGES = (0, 1, 23, 24, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**53 - 1, 2**53, 2**63, 2**64 - 1, -1, -7, -65_537, -(2**53), -(2**64))
SIGNS = ("a", "É", "王", "𐐷", "\u200e", "\u202e", "\u2066", "\ufeff", "\0", "\x7f", "\x85", "\xad", "\u2028", "\ufffe", "e\u0301")
TIMES = (-1, 0, 1, LETTER.issued_at, NOW - 5 * DAY, NOW - 2 * DAY, NOW, NOW + 301, NOW + 65 * DAY, claims.LAST_TIME, claims.LAST_TIME + 1)
# Floats, undefined, a reserved head, a break, tags, constants in two bytes, text that is no UTF-8.
ODD = "f97c00 fa00000000 fb0000000000000000 f7 1c ff c100 d8407f f814 f820 62c0af 63eda080 61ff 5f40ff 9fff bfff"


PERSONS = ("Siti", "\ufeffSiti", "Site\u0301", "𐐷" * 100, "王" * 100, "Siti\u200e", "\U0010ffff\ufffe", " ", "<b>&amp;</b>")
# What stood in the log before a key was compromised, as far as a list says so.
WHEN = (ISSUED, NOW - 5 * DAY, NOW - DAY)
STOOD = [claims.encode(replace(LETTER, serial=serial, issued_at=issued)) for serial in (6, 7, 8) for issued in WHEN]


@dataclass(frozen=True)
class Given:
    """What a verifier is given, as `build` takes it, under a name."""

    name: str
    roots: tuple[Root, ...]
    lists: list[bytes]
    revocations: list[bytes]


def spelt(value: Any, chance: Random, rate: float) -> bytes:
    """`value` as CBOR in which each item deviates with probability `rate`."""
    if chance.random() < rate:
        return _deviating(value, chance, rate)
    if isinstance(value, dict):
        pairs = [(cbor.encode(key), spelt(key, chance, rate), spelt(item, chance, rate)) for key, item in value.items()]
        return _counted(5, len(pairs)) + b"".join(key + item for _, key, item in sorted(pairs))
    if isinstance(value, list):
        return _counted(4, len(value)) + b"".join(spelt(item, chance, rate) for item in value)
    return cbor.encode(value)


def _deviating(value: Any, chance: Random, rate: float) -> bytes:
    way = chance.randrange(6)
    encoded = cbor.encode(value)
    if way == 0:
        atoms = (*EDGES, *TIMES, None, True, False, "", b"", [], {}, chance.randbytes(chance.randrange(70)))
        encoded = cbor.encode(chance.choice((*atoms, "".join(chance.choices(SIGNS, k=chance.choice((1, 2, 64, 65, 80, 81, 100, 101)))))))
    elif way == 1:
        encoded = bytes.fromhex(chance.choice(ODD.split()))
    elif way == 2:
        encoded = b"\x81" * chance.randrange(9) + encoded
    elif way == 3 and isinstance(value, dict) and value:
        encoded = _rearranged(value, chance, rate)
    elif way == 4 and isinstance(value, bytes | str) and value:
        start = chance.randrange(len(value))
        encoded = cbor.encode(value[:start] + value[start + 1 :])
    elif way == 5:
        encoded = _longer(encoded, chance)
    return encoded


def _rearranged(value: dict[Any, Any], chance: Random, rate: float) -> bytes:
    """A map with entries doubled, left out, added or in another order."""
    pairs = [cbor.encode(key) + spelt(item, chance, rate) for key, item in sorted(value.items(), key=lambda pair: cbor.encode(pair[0]))]
    way = chance.randrange(4)
    if way == 0:
        pairs.insert(chance.randrange(len(pairs)), chance.choice(pairs))
    elif way == 1:
        pairs.pop(chance.randrange(len(pairs)))
    elif way == 2:
        pairs.append(cbor.encode(chance.choice((100, -70_000, "x", b"x"))) + cbor.encode(1))
    else:
        chance.shuffle(pairs)
    return _counted(5, len(pairs)) + b"".join(pairs)


def _longer(encoded: bytes, chance: Random) -> bytes:
    """The same with a head of more bytes than it needs, or of indefinite length."""
    major, info = encoded[0] & 0xE0, encoded[0] & 31
    if info >= 24:
        return encoded[:1] + b"\0" + encoded[1:]
    width = chance.choice((0, 1, 2, 3, 7))  # 7: of indefinite length
    return bytes([major | 24 + width]) + (b"" if width == 7 else struct.pack(">Q", info)[-(1 << width) :]) + encoded[1:]


def _counted(major: int, count: int) -> bytes:
    return bytes([major << 5 | cbor.encode(count)[0]]) + cbor.encode(count)[1:]


def message(fields: Any, by: str, context: bytes, chance: Random, rate: float) -> bytes:
    """`fields` spelt with deviations, in a message with deviations, under a signature that holds whatever they are."""
    payload = spelt(fields, chance, rate) + chance.choice((b"", b"", b"", b"", b"", b"\0"))
    header = spelt({1: chance.choice((-7,) * 20 + (-35, 5)), 4: SIGNERS[by].kid}, chance, rate / 4)
    signature = SIGNERS[by].sign(cbor.encode(["Signature1", header, context, payload]))
    return chance.choice((b"\xd2",) * 30 + (b"", b"\xd1", b"\xd8\x12")) + spelt([header, {}, payload, signature], chance, rate / 8)


def letters(chance: Random) -> Iterator[str]:
    """Texts of letters that deviate, and of some that do not, without end."""
    fields = cbor.decode(claims.encode(LETTER))
    while True:
        fields[claims.IAT] = chance.choice((*TIMES, NOW - chance.randrange(800 * DAY)))
        fields[claims.EXP] = chance.choice((*TIMES, fields[claims.IAT], NOW + chance.randrange(800 * DAY)))
        fields[claims.LETTER][claims.SERIAL] = chance.choice((7, 8, 117, 300, chance.randrange(2**32)))
        fields[claims.LETTER][claims.NAME] = chance.choice(PERSONS)
        given = {key: item for key, item in fields.items() if key != claims.EXP or chance.random() < 0.7}
        kept = chance.random() < 0.3
        by, rate = chance.choice((*ISSUERS, "node")), 0 if kept else chance.choice((0, 0.02, 0.1))
        made = message(cbor.decode(chance.choice(STOOD)) if kept else given, by, aad.LETTER, chance, rate)
        try:
            yield to_text(chance.choice(HOSTS), made)
        except ValueError:  # too long for a code
            continue


def _keys(chance: Random, offices: tuple[str, ...]) -> tuple[TrustedKey, ...]:
    """Some of the keys, each with its own fate."""
    keys = []
    for name in (*ISSUERS, "node", "berau-node", "berau-root"):
        purpose = next((one for one in (trust_list.NODE, trust_list.ROOT) if one in name), trust_list.LETTERS)
        first, last = chance.choice(((NOW - 300 * DAY, NOW + 65 * DAY), (ISSUED, NOW), (NOW - 900 * DAY, ISSUED)))
        one = key(name, chance.choice(offices), purpose, not_before=first, not_after=last)
        if chance.random() < 0.3:
            reason = chance.choice((trust_list.UNSPECIFIED, trust_list.COMPROMISE, trust_list.SUPERSEDED))
            one = replace(one, revoked_at=chance.choice((ISSUED, NOW - 5 * DAY)), reason=reason)
        if chance.random() < 0.8:
            keys.append(one)
    return tuple(keys)


def _list(chance: Random, offices: tuple[str, ...]) -> TrustList:
    named = {office: (f"Kantor {office} {chance.randrange(3)}", chance.choice(("", HOST))) for office in offices}
    issued = chance.choice((ISSUED, NOW - DAY))
    ends, keys = chance.choice((NOW - 1, NOW, NOW + DAY)), _keys(chance, offices)
    stood = b"".join(sorted(trust_list.established_hash(one) for one in STOOD if chance.random() < 0.5))
    return TrustList(chance.randrange(3), issued, ends, named, keys, {one.kid: stood for one in keys if chance.random() < 0.5})


def knowledges(chance: Random, count: int) -> Iterator[Given]:
    """The knowledge of the golden vectors, then `count` more of several roots, some with lists and revocations that deviate."""
    for name, (roots, lists, revoked) in KNOWLEDGE.items():
        yield Given(name, roots, lists, revoked)
    for number in range(count):
        rate = chance.choice((0, 0, 0, 0.003, 0.01))
        signing = [("province-root", ("kaltim", "berau")), ("kaltim-root", ("kaltim",)), ("berau-root", ("berau",))] * 2
        chance.shuffle(signing)
        fields = [(by, cbor.decode(trust_list.encode(_list(chance, offices)))) for by, offices in signing[: chance.randrange(1, 7)]]
        lists = [message(one, by, aad.TRUST, chance, rate) for by, one in fields]
        ends = chance.choice((NOW - 1, NOW, NOW + DAY))
        told = [
            replace(REVOKED, sequence=chance.randrange(3), issued=chance.choice((ISSUED, NOW - DAY)), next_update=ends, office=office)
            for office in ("kaltim", "berau")
        ]
        by = chance.choice(("node", "node", "berau-node", "letters"))
        revoked = [message(cbor.decode(revocations.encode(one)), by, aad.REVOCATIONS, chance, rate) for one in told]
        yield Given(f"deviating {number}", chance.choice(((PROVINCE,), (OWN,), (PROVINCE, OWN), (OWN, PROVINCE))), lists, revoked)


def texts(chance: Random) -> Iterator[str]:
    """Deviating letters and mutants of good ones, in turn; here and there with other digits."""
    spoilt = mutants(pool(chance), chance)
    for text in letters(chance):
        yield text if chance.random() < 0.9 else _renumbered(text, chance)
        yield next(spoilt)


def _renumbered(text: str, chance: Random) -> str:
    """With one digit another, one more or one less."""
    start = chance.randrange(text.index("#") + 1, len(text))
    return text[:start] + chance.choice(("", "0", "8", "9", "99")) + text[start + 1 :]
