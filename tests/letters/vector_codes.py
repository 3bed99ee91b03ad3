"""The codes of the golden vectors: name -> (what it shows, text, the knowledge it is judged with, when)."""

from dataclasses import replace
from typing import Any

from kiosk.letters.qr import aad, cbor, claims, sign1
from kiosk.letters.qr.text import to_text
from tests.letters.ground import DAY, ESTABLISHED, HOST, LETTER, NOW, ORDER, SIGNERS, coded, printed

Case = tuple[str, str, str, int]
PAYLOAD = claims.encode(LETTER)
PARTS = cbor.decode(coded(), tag=18)
FIELDS = cbor.decode(PAYLOAD)
SIGNATURE = PARTS[3]


def case(about: str, text: str, knowledge: str = "province", now: int = NOW) -> Case:
    return about, text, knowledge, now


def of(message: bytes) -> str:
    """These bytes as the text of a code."""
    return to_text(HOST, message)


def signed(payload: bytes, context: bytes = aad.LETTER, by: str = "letters") -> str:
    """Any payload, rightly signed."""
    return of(sign1.make(payload, SIGNERS[by], context))


def parts(place: int, value: Any) -> str:
    """The letter's message with one of its four parts another."""
    return of(cbor.encode([*PARTS[:place], value, *PARTS[place + 1 :]], tag=18))


def header(fields: dict[Any, Any]) -> str:
    """The letter under another protected header, which is signed as well."""
    protected = cbor.encode(fields)
    signature = SIGNERS["letters"].sign(cbor.encode(["Signature1", protected, aad.LETTER, PAYLOAD]))
    return of(cbor.encode([protected, {}, PAYLOAD, signature], tag=18))


def fields(outer: dict[int, Any] | None = None, inner: dict[int, Any] | None = None, *, without: int | None = None) -> str:
    """The letter with some fields another, or one left out (its own fields by their negative number), rightly signed."""
    letter = {**FIELDS[claims.LETTER], **(inner or {})}
    whole = {**FIELDS, claims.LETTER: letter, **(outer or {})}
    if without is not None:
        (letter if without < 0 else whole).pop(abs(without))
    return signed(cbor.encode(whole))


def spelt(old: bytes, new: bytes) -> str:
    """The letter's payload with some bytes spelt otherwise, rightly signed."""
    assert PAYLOAD.count(old) == 1
    return signed(PAYLOAD.replace(old, new))


MESSAGE = coded()
KID = SIGNERS["letters"].kid
R, S = SIGNATURE[:32], SIGNATURE[32:]
OTHER_S = (ORDER - int.from_bytes(S, "big")).to_bytes(32, "big")
ENCODED = [cbor.encode(part) for part in PARTS]
IAT = cbor.encode(LETTER.issued_at)

GOOD = {
    "plain": case("a letter as it is printed", printed()),
    "lower-case": case("the address in lower case", printed().lower()),
    "plain-http": case("http, and a slash after /v", printed().lower().replace("https", "http").replace("/v#", "/v/#")),
    "white-space": case("white space around it", f" \r\n\t{printed()}\n"),
    "no-expiry": case("no date of expiry", printed(replace(LETTER, expires_at=None))),
    "last-second": case("one second before it expires", printed(replace(LETTER, expires_at=NOW + 1))),
    "longest": case(
        "every field at its limit", printed(replace(LETTER, number="9" * 64, name="É" * 100, service="s" * 80, serial=2**32 - 1))
    ),
    "astral": case("signs beyond 16 bits count as one", printed(replace(LETTER, name="𐐷" * 100))),
    "other-form": case("(r, n - s) is as valid as (r, s): the same fields", parts(3, R + OTHER_S)),
    "host-unknown": case(
        "an office without a known check address, at any address", printed(LETTER, "berau-letters", "elsewhere.example:8443")
    ),
    "own-root": case("an office that is its own root", printed(), "own-root"),
    "certified": case("an office whose root another root certifies", printed(LETTER, "berau-letters"), "certified"),
    "superseded-before": case("signed before the key was superseded", printed(LETTER, "superseded")),
    "established": case("by a compromised key, but in the log before", printed(ESTABLISHED, "compromised")),
    "last-year": case("signed while the key was good", printed(replace(LETTER, issued_at=NOW - 400 * DAY), "last-year")),
    "trust-stale": case("the list should have been followed by another", printed(), "stale"),
    "revocations-missing": case("no revocations known", printed(), "no-revocations"),
    "future": case("issued after now", printed(replace(LETTER, issued_at=NOW + 301))),
    "clocks": case("clocks may differ by five minutes", printed(replace(LETTER, issued_at=NOW + 300))),
}

TEXT = {
    "too-long": case("more than 4,296 characters", f"HTTPS://CEK.KALTIM.GO.ID/V#{'0' * 4270}"),
    "longest-text": case("4,296 characters, but no letter", f"HTTPS://CEK.KALTIM.GO.ID/V#{'0' * 4269}"),
    "empty": case("nothing", ""),
    "other-site": case("a link to elsewhere", "https://example.com/pay?to=1"),
    "no-digits": case("our address without a code", "HTTPS://CEK.KALTIM.GO.ID/V#"),
    "letters-among": case("a letter among the digits", printed() + "A"),
    "inside": case("white space inside", printed().replace("#", "# ")),
    "before": case("words before", "cek " + printed()),
    "no-break-space": case("other white space is not taken off", "\u00a0" + printed()),
    "user-info": case("a name before the host", printed().replace("HTTPS://", "HTTPS://CEK.KALTIM.GO.ID@")),
    "path": case("another path", printed().replace("/V#", "/V/X#")),
    "query": case("a question before the code", printed().replace("/V#", "/V?A=1#")),
    "arabic-digits": case("digits of another script", printed()[:-1] + "\u0661"),
    "long-s": case("a long s, which case folding makes an s", printed().replace("HTTPS", "HTTP\u017f")),
    "null": case("a null at the end", printed() + "\0"),
    "wifi": case("a network's code", "WIFI:T:WPA;S:kantor;P:rahasia;;"),
    "length": case("a number of digits that no bytes have", printed() + "0"),
    "group-too-large": case("a group of 2^56", f"HTTPS://{HOST.upper()}/V#{2**56:017d}"),
    "rest-too-large": case("a last group of 256", f"HTTPS://{HOST.upper()}/V#256"),
}

CBOR = {
    "truncated": case("the last byte is gone", of(MESSAGE[:-1])),
    "trailing": case("a byte behind", of(MESSAGE + b"\0")),
    "trailing-message": case("a second message behind", of(MESSAGE + MESSAGE)),
    "no-tag": case("no tag", of(MESSAGE[1:])),
    "other-tag": case("tag 17", of(b"\xd1" + MESSAGE[1:])),
    "long-tag": case("tag 18 in two bytes", of(b"\xd8\x12" + MESSAGE[1:])),
    "self-described": case("tag 55799 around it", of(b"\xd9\xd9\xf7" + MESSAGE)),
    "tag-inside": case("a tag around the payload's string", of(b"\xd2\x84" + ENCODED[0] + ENCODED[1] + b"\xc1" + ENCODED[2] + ENCODED[3])),
    "indefinite-array": case("an array of indefinite length", of(b"\xd2\x9f" + MESSAGE[2:] + b"\xff")),
    "indefinite-string": case(
        "a string of indefinite length in the payload", spelt(b"\x74izin-praktik-perawat", b"\x7f\x74izin-praktik-perawat\xff")
    ),
    "long-head": case("a length in two bytes where one does", of(MESSAGE.replace(b"\x58\x40" + SIGNATURE, b"\x59\x00\x40" + SIGNATURE))),
    "long-integer": case("a time in eight bytes where four do", spelt(IAT, b"\x1b\0\0\0\0" + IAT[1:])),
    "duplicate-key": case("a field twice in the payload", signed(b"\xa4" + PAYLOAD[1:].replace(b"\x06" + IAT, (b"\x06" + IAT) * 2))),
    "unsorted": case("fields in another order", signed(b"\xa2\x06" + IAT + b"\x04" + cbor.encode(NOW))),
    "float": case("a time as a float", spelt(IAT, b"\xfb" + bytes(8))),
    "undefined": case("undefined as a value", spelt(IAT, b"\xf7")),
    "reserved": case("a reserved head", of(b"\xd2\x9c" + MESSAGE[2:])),
    "huge-length": case("a string that says it has 2^63 bytes", of(b"\xd2\x84\x5b\x80" + bytes(7))),
    "huge-array": case("an array that says it has 2^32 entries", of(b"\xd2\x9b\0\0\0\x01" + bytes(4))),
    "deep": case("nine arrays in each other", of(b"\xd2" + b"\x81" * 8 + b"\x80")),
    "not-utf8": case("text that is not UTF-8", spelt(b"Siti", b"S\xfft\x69")),
    "surrogate": case("half of a surrogate pair as UTF-8", spelt(b"Siti", b"\xed\xa0\x80i")),
    "overlong": case("an overlong form", spelt(b"Siti", b"S\xc0\xafi")),
    "map-key-array": case("an array as a key", signed(b"\xa1\x80\x00")),
}

COSE = {
    "three-parts": case("three parts", of(cbor.encode(PARTS[:3], tag=18))),
    "five-parts": case("five parts", of(cbor.encode([*PARTS, 0], tag=18))),
    "a-map": case("a map in the tag", of(cbor.encode({1: 2}, tag=18))),
    "unprotected": case("something in the unprotected header", parts(1, {4: KID})),
    "detached": case("no payload", parts(2, None)),
    "short-signature": case("a signature of 63 bytes", parts(3, SIGNATURE[:-1])),
    "es384": case("another algorithm", header({1: -35, 4: KID})),
    "hmac": case("an algorithm of symmetric keys", header({1: 5, 4: KID})),
    "no-algorithm": case("no algorithm", header({4: KID})),
    "no-kid": case("no kid", header({1: -7})),
    "short-kid": case("a kid of 7 bytes", header({1: -7, 4: KID[:7]})),
    "more-header": case("a further header", header({1: -7, 2: [1], 4: KID})),
    "empty-header": case("an empty protected header", parts(0, b"")),
    "header-trailing": case("a byte behind the protected header", parts(0, PARTS[0] + b"\0")),
}

CLAIMS = {
    **{f"without-{field}": case(f"without field {field}", fields(without=field)) for field in (6, -1, -2, -3, -4, -5)},
    "not-a-map": case("an array as payload", signed(cbor.encode([1]))),
    "letter-not-a-map": case("field -65537 is no map", fields({claims.LETTER: 5})),
    "more": case("a field too many", fields({7: b"id"})),
    "more-inside": case("a field of the letter too many", fields(inner={6: "x"})),
    "null-expiry": case("null as date of expiry", fields({4: None})),
    "expires-before": case("expires before it was issued", fields({4: LETTER.issued_at - 1})),
    "negative-time": case("a time before 1970", fields({6: -1})),
    "far-time": case("a time after the year 9999", fields({4: claims.LAST_TIME + 1})),
    "true-time": case("true as a time", fields({6: True})),
    "empty-name": case("an empty name", fields(inner={2: ""})),
    "long-number": case("a number of 65 characters", fields(inner={1: "9" * 65})),
    "long-name": case("a name of 101 characters", fields(inner={2: "a" * 101})),
    "long-service": case("a service of 81 characters", fields(inner={3: "s" * 81})),
    "bytes-name": case("a name as bytes", fields(inner={2: b"Siti"})),
    "line-feed": case("a line feed in the name", fields(inner={2: "Siti\nBudi"})),
    "delete": case("U+007F in the name", fields(inner={2: "Siti\x7f"})),
    "next-line": case("U+0085 in the name", fields(inner={2: "Siti\x85"})),
    "override": case("U+202E turns what follows around", fields(inner={2: "Siti \u202eidub"})),
    "isolate": case("U+2066 sets apart what follows", fields(inner={1: "503\u2066"})),
    "short-hash": case("a record's hash of 15 bytes", fields(inner={4: bytes(15)})),
    "large-serial": case("a serial of 2^32", fields(inner={5: 2**32})),
    "negative-serial": case("a serial of -1", fields(inner={5: -1})),
}

SIGNATURES = {
    "another-name": case("another name under the same signature", parts(2, PAYLOAD.replace(b"Siti Rahmawati", b"Budi Rahmawati"))),
    "another-expiry": case("a later date of expiry", parts(2, claims.encode(replace(LETTER, expires_at=NOW + 9 * 365 * DAY)))),
    "flipped": case("one bit of the signature", parts(3, bytes([SIGNATURE[0] ^ 1]) + SIGNATURE[1:])),
    "zeros": case("r = 0, s = 0", parts(3, bytes(64))),
    "r-zero": case("r = 0", parts(3, bytes(32) + S)),
    "order": case("r and s are the group's order", parts(3, ORDER.to_bytes(32, "big") * 2)),
    "swapped": case("s before r", parts(3, S + R)),
    "context-trust": case("signed as a trust list", signed(PAYLOAD, aad.TRUST)),
    "context-none": case("signed for no purpose", signed(PAYLOAD, b"")),
    "by-stranger": case(
        "another key's signature under this kid", parts(3, SIGNERS["stranger"].sign(sign1.to_be_signed(PAYLOAD, KID, aad.LETTER)))
    ),
    "unknown": case("a key that no list names", printed(replace(LETTER, issued_at=NOW - 3 * DAY), "stranger")),
    "newer": case("a key that no list names, in a letter after the list", printed(replace(LETTER, issued_at=NOW - DAY), "stranger")),
    "unknown-stale": case("the same, and the list is stale", printed(LETTER, "stranger"), "stale"),
    "no-list": case("nothing is known", printed(), "nothing"),
    "wrong-no-list": case("nothing is known, so no signature is looked at", parts(3, bytes(64)), "nothing"),
}

JUDGED = {
    "address": case("the office's signature at another address", printed(host="cek-kaltim.example")),
    "address-port": case("the office's name, another port", printed(host=f"{HOST}:8443")),
    "node-key": case("a key that signs revocations, not letters", printed(LETTER, "node")),
    "too-early": case("before the key's time", printed(replace(LETTER, issued_at=NOW - 301 * DAY))),
    "too-late": case("after the key's time", printed(replace(LETTER, issued_at=NOW + 66 * DAY))),
    "years-after": case("a key of last year signs now", printed(LETTER, "last-year")),
    "revoked": case("revoked, with date and reason", printed(replace(LETTER, serial=7))),
    "revoked-bare": case("revoked, without a date", printed(replace(LETTER, serial=8))),
    "revoked-expired": case("revoked and expired", printed(replace(LETTER, serial=7, expires_at=NOW - DAY))),
    "revoked-elsewhere": case("another office's serial 7", printed(replace(LETTER, serial=7), "berau-letters")),
    "expired": case("expired", printed(replace(LETTER, expires_at=NOW - DAY))),
    "expired-now": case("it expires in this second", printed(replace(LETTER, expires_at=NOW))),
    "superseded-after": case("signed after the key was superseded", printed(replace(LETTER, issued_at=NOW - 4 * DAY), "superseded")),
    "superseded-then": case("signed in the second in which it was", printed(replace(LETTER, issued_at=NOW - 5 * DAY), "superseded")),
    "compromised": case("by a compromised key, long before, not in the log", printed(LETTER, "compromised")),
    "address-expired": case("at another address, and expired", printed(replace(LETTER, expires_at=NOW - DAY), host="cek.example")),
    "stale-revoked": case("revoked by a stale list", printed(replace(LETTER, serial=7)), "stale"),
    "own-root-other": case("another office's letter, at a verifier that pins one office", printed(LETTER, "berau-letters"), "own-root"),
    "two-steps": case("a key under a root that a certified root names", printed(LETTER, "stranger"), "certified"),
    "older-list": case(
        "a lower sequence counts nowhere: the key stays superseded",
        printed(replace(LETTER, issued_at=NOW - 4 * DAY), "superseded"),
        "older",
    ),
}

CASES = {"good": GOOD, "text": TEXT, "cbor": CBOR, "cose": COSE, "claims": CLAIMS, "signature": SIGNATURES, "judgement": JUDGED}
