"""The verdict on a letter's code: pure, the same in every program that checks letters."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from kiosk.letters.qr import aad, claims, sign1
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.errors import Foreign, Malformed
from kiosk.letters.qr.sign1 import Sign1
from kiosk.letters.qr.text import from_text
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.trust_list import COMPROMISE, LETTERS, TrustedKey, TrustList

CODE, DOCUMENT, REGISTER = "code", "document", "register"
GOOD = {CODE: "code_genuine", DOCUMENT: "valid", REGISTER: "registered"}  # what a scope may say at best
BAD = ("unreadable", "not_ours", "altered", "unknown_issuer", "revoked", "expired")  # the worst first
_UNTRUSTED = BAD[:4]  # with these nobody knows what was signed, so no field is told
AHEAD = 300  # seconds by which two clocks may differ before a letter counts as issued in the future


@dataclass(frozen=True)
class Judgement:
    """A verdict and what it rests on. Times are seconds since 1970 UTC; `revoked` is (when or None, reason); `office` the issuer's id."""

    scope: str
    verdict: str
    claims: Claims | None = None
    issuer: str | None = None
    key: bytes | None = None
    trust_as_of: int | None = None
    revocations_as_of: int | None = None
    reasons: tuple[str, ...] = ()
    revoked: tuple[int | None, int] | None = None
    office: str | None = None

    def with_reasons(self, verdict: str | None, *reasons: str) -> "Judgement":
        """With one more finding: the worse verdict stands (None changes nothing), `reasons` are added."""
        stands = self.verdict if verdict is None else worst(self.verdict, verdict)
        return replace(self, verdict=stands, reasons=tuple(dict.fromkeys(self.reasons + reasons)))

    def in_scope(self, scope: str) -> "Judgement":
        """The same in another scope, whose best verdict is another word."""
        return replace(self, scope=scope, verdict=self.verdict if self.verdict in BAD else GOOD[scope])

    def as_json(self) -> dict[str, Any]:
        """As machines get it: docs/letters.md."""
        return {
            "scope": self.scope,
            "verdict": self.verdict,
            "fields": None if self.claims is None or self.verdict in _UNTRUSTED else _fields(self.claims),
            "issuer": self.issuer,
            "key": self.key.hex() if self.key else None,
            "trust_as_of": _iso(self.trust_as_of),
            "revocations_as_of": _iso(self.revocations_as_of),
            "reasons": list(self.reasons),
            "revoked": {"at": _iso(self.revoked[0]), "reason": self.revoked[1]} if self.revoked else None,
        }


def worst(*verdicts: str) -> str:
    """The verdict that stands.

    >>> worst("code_genuine", "expired", "altered"), worst("valid")
    ('altered', 'valid')
    """
    return min(verdicts, key=lambda one: BAD.index(one) if one in BAD else len(BAD))


def judge(text: str, knowledge: Knowledge, now: int) -> Judgement:
    """What a scanned text is worth at `now`, to somebody who knows `knowledge`."""
    try:
        scanned = from_text(text)
    except Foreign as foreign:
        return Judgement(CODE, "not_ours", reasons=(foreign.reason,))
    except Malformed as fault:
        return Judgement(CODE, "unreadable", reasons=(fault.reason,))
    return judge_message(scanned.message, scanned.host, knowledge, now)


def judge_message(message: bytes, host: str | None, knowledge: Knowledge, now: int) -> Judgement:
    """The same of a code's bytes; `host` is the address that stood around them, None where none did."""
    try:
        signed = sign1.read(message)
        read = claims.decode(signed.payload)
    except Malformed as fault:
        return Judgement(CODE, "unreadable", reasons=(fault.reason,))
    if not knowledge.lists:
        return Judgement(CODE, "unknown_issuer", key=signed.kid, reasons=("no_trust_list",))
    named = list(knowledge.named(signed.kid))
    held = [(one, key) for one, key in named if signed.holds(key.public, aad.LETTER)]
    if not held:
        return _unsigned(signed, read, bool(named), knowledge, now)
    # Two offices may list one key, and the most general list speaks first. Of that office every list counts.
    same = [(one, key) for one, key in held if key.office == held[0][1].office]
    return _signed(signed, read, same, host=host, knowledge=knowledge, now=now)


def _unsigned(signed: Sign1, read: Claims, is_named: bool, knowledge: Knowledge, now: int) -> Judgement:
    """Of a code that no known key signed. Which list would have named the key nobody knows: the oldest tells how old this is."""
    oldest = min(knowledge.lists, key=lambda one: one.as_of)
    found = Judgement(CODE, GOOD[CODE], key=signed.kid, trust_as_of=oldest.as_of)
    if is_named:
        found = found.with_reasons("altered", "signature_wrong")
    else:
        found = found.with_reasons("unknown_issuer", "key_newer_than_list" if read.issued_at > oldest.as_of else "key_unknown")
    return found.with_reasons(None, *(["trust_stale"] if any(one.is_stale(now) for one in knowledge.lists) else []))


def _signed(
    signed: Sign1, read: Claims, held: list[tuple[TrustList, TrustedKey]], *, host: str | None, knowledge: Knowledge, now: int
) -> Judgement:
    """Of a code that a key of the office in `held` signed."""
    office = held[0][1].office
    issuer, own_host = knowledge.office(office)
    fit = [(one, key) for one, key in held if key.purpose == LETTERS]
    then = [(one, key) for one, key in fit if key.covers(read.issued_at)]
    upon = (then or fit or held)[0][0]
    found = Judgement(CODE, GOOD[CODE], read, issuer, signed.kid, upon.as_of, office=office)
    if host is not None and own_host and host.lower() != own_host:
        found = found.with_reasons("altered", "address_foreign")
    if not then:
        found = found.with_reasons("unknown_issuer", "key_not_valid_then" if fit else "key_not_for_letters")
    else:
        found = _standing(_revoked_key(found, signed, held), read, office, knowledge, now)
    if upon.is_stale(now):
        found = found.with_reasons(None, "trust_stale")
    return found.with_reasons(None, "issued_in_future") if read.issued_at > now + AHEAD else found


def _revoked_key(found: Judgement, signed: Sign1, held: list[tuple[TrustList, TrustedKey]]) -> Judgement:
    """Whether one of the lists revokes the key, for this letter."""
    when = found.claims.issued_at if found.claims else 0
    for one, key in held:
        if not key.is_revoked_for(when) or (key.reason == COMPROMISE and one.is_established(key.kid, signed.payload)):
            continue
        reason = "key_compromised" if key.reason == COMPROMISE else "key_revoked"
        found = replace(found.with_reasons("revoked", reason), revoked=found.revoked or (key.revoked_at, key.reason or 0))
    return found


def _standing(found: Judgement, read: Claims, office: str, knowledge: Knowledge, now: int) -> Judgement:
    """Whether the letter itself was revoked or has expired."""
    known = knowledge.revocations.get(office)
    if known and (told := known.detail(read.serial)):
        found = replace(found.with_reasons("revoked", "letter_revoked"), revoked=told)
    if read.expires_at is not None and now >= read.expires_at:
        found = found.with_reasons("expired", "letter_expired")
    if known is None:
        return found.with_reasons(None, "revocations_missing")
    found = replace(found, revocations_as_of=known.issued)
    return found.with_reasons(None, "revocations_stale") if known.is_stale(now) else found


def _fields(read: Claims) -> dict[str, str | None]:
    return {
        "number": read.number,
        "name": read.name,
        "service": read.service,
        "issued": _iso(read.issued_at),
        "expires": _iso(read.expires_at),
    }


def _iso(when: int | None) -> str | None:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return None if when is None else datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
