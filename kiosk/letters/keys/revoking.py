"""The root takes a key back; and a root's folder that slept catches up with what was published since."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.core.files import ANYBODY, write_whole
from kiosk.letters.keys import certificates
from kiosk.letters.keys.errors import BadOption, BadReason, KeyUnknown
from kiosk.letters.keys.files import ROOT_FACE
from kiosk.letters.keys.requests import seconds
from kiosk.letters.keys.root import OpenRoot, face_of, publish
from kiosk.letters.trust import bundle
from kiosk.letters.trust.bundle import Bundle
from kiosk.letters.trust.issued import is_authority, is_issued
from kiosk.letters.trust.knowledge import Refused, read_list
from kiosk.letters.trust.trust_list import CESSATION, COMPROMISE, ESTABLISHED, SUPERSEDED, UNSPECIFIED, TrustedKey

REASONS = {"unspecified": UNSPECIFIED, "compromise": COMPROMISE, "superseded": SUPERSEDED, "cessation": CESSATION}
WORDS = {number: word for word, number in REASONS.items()}


def revoke(opened: OpenRoot, kid: str, *, reason: int, at: datetime, now: datetime, established: bytes | None = None) -> OpenRoot:
    """The root with a new list in which `kid` (16 hex digits) is revoked from `at` on; when compromised, for whatever it signed.

    `established`: hashes (16 bytes each, sorted) of letters that stay good all the same. Raises `KeyUnknown`, `BadOption`, and
    `BadReason` for what would make an earlier revocation milder or later.
    """
    if not any(one.kid.hex() == kid for one in opened.content.keys):
        raise KeyUnknown(kid=kid)
    if established is not None and reason != COMPROMISE:
        raise BadOption(name="--established", value="given", reason="only letters of a compromised key need it")
    keys = tuple(_revoked(one, reason, seconds(at)) if one.kid.hex() == kid else one for one in opened.content.keys)
    known = dict(opened.content.established)
    if established is not None:
        known[bytes.fromhex(kid)] = _hashes(established)
    return publish(opened, replace(opened.content, keys=keys, established=known), now=now)


def _revoked(key: TrustedKey, reason: int, at: int) -> TrustedKey:
    if key.revoked_at is not None:
        stricter = reason == COMPROMISE != key.reason
        if not stricter and (at > key.revoked_at or (key.reason == COMPROMISE != reason)):
            told = {"reason": WORDS.get(key.reason or 0, key.reason), "at": datetime.fromtimestamp(key.revoked_at, UTC)}
            raise BadReason(kid=key.kid.hex(), **told)
    return replace(key, revoked_at=at, reason=reason)


def _hashes(content: bytes) -> bytes:
    """Raises `BadOption` for what is no sorted row of whole hashes, each once."""
    rows = [content[at : at + ESTABLISHED] for at in range(0, len(content), ESTABLISHED)]
    if len(content) % ESTABLISHED or any(one >= following for one, following in pairwise(rows)):
        raise BadOption(name="--established", value="this file", reason="it must hold hashes of 16 bytes, sorted, each once")
    return content


def catch_up(folder: Path, other: Bundle) -> bool:
    """Take from `other` this root's own newer list (an old copy of the folder would use numbers twice) and certificates for it.

    Whether anything was new. Raises `RootMissing`, `Damaged`.
    """
    face, content = face_of(folder)
    root, newest = face.roots[0], face.lists[0]
    for message in other.lists:
        try:
            read = read_list(message, [root])
        except Refused:
            continue
        if read.sequence > content.sequence:
            content, newest = read, message
    own = x509.load_der_x509_certificate(face.certificates[0])
    more = [one for one in certificates.load_all(other.certificates) if _belongs(one, own, {key.public for key in content.keys})]
    given = [one.public_bytes(Encoding.DER) for one in more]
    fresh = replace(face, lists=[newest], certificates=list(dict.fromkeys([*face.certificates, *given])))
    if fresh == face:
        return False
    write_whole(folder / ROOT_FACE, bundle.encode(fresh), mode=ANYBODY)
    return True


def _belongs(one: x509.Certificate, own: x509.Certificate, keys: set[bytes]) -> bool:
    """Whether this root gave it to a key of its list, or it is an authority: this root as a higher one certified it, and that one."""
    return is_authority(one) or (certificates.public_of(one) in keys and is_issued(one, own))
