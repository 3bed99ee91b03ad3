"""What letter tests stand on: fixed keys, an office's lists and revocations, a letter. Nothing here is random."""

import hashlib
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from kiosk.letters.qr import aad, claims, sign1
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.signer import LocalSigner, kid_of
from kiosk.letters.qr.text import to_text
from kiosk.letters.trust import revocations, trust_list
from kiosk.letters.trust.knowledge import Knowledge, Root, build
from kiosk.letters.trust.revocations import Revocations
from kiosk.letters.trust.trust_list import TrustedKey, TrustList, established_hash

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256's group
DAY = 86_400
NOW = 1_795_300_000  # 2026-11-21 22:26:40 UTC
ISSUED = NOW - 10 * DAY
HOST = "cek.kaltim.go.id"
KALTIM, BERAU = "DPMPTSP Provinsi Kalimantan Timur", "DPMPTSP Kabupaten Berau"
NAMES = (
    "province-root", "kaltim-root", "berau-root", "far-root", "stranger-root", "lost-root",
    "letters", "twin", "last-year", "superseded", "compromised", "node", "lost-node", "berau-letters", "berau-node", "stranger",
)  # fmt: skip


def private(name: str) -> int:
    """The private number of a key: its name's hash, so that everybody can make it again."""
    return int.from_bytes(hashlib.sha256(f"kios-ptsp vector {name}".encode()).digest(), "big") % (ORDER - 1) + 1


SIGNERS = {name: LocalSigner(ec.derive_private_key(private(name), ec.SECP256R1())) for name in NAMES}

LETTER = Claims(
    number="503/0117/IMB/2026",
    name="Siti Rahmawati binti Abdullah",
    service="izin-praktik-perawat",
    record_hash=hashlib.sha256(b"record").digest()[:16],
    serial=117,
    issued_at=ISSUED,
    expires_at=NOW + 365 * DAY,
)
ESTABLISHED = replace(LETTER, serial=118, number="503/0118/IMB/2026")


def key(name: str, office: str = "kaltim", purpose: str = trust_list.LETTERS, **other: Any) -> TrustedKey:
    """A key of `SIGNERS` as a list has it, good for a year around now."""
    public = SIGNERS[name].public
    return replace(TrustedKey(kid_of(public), public, office, NOW - 300 * DAY, NOW + 65 * DAY, purpose), **other)


KEYS = (
    key("twin", kid=SIGNERS["letters"].kid),  # another key under the same name, and before it
    key("letters"),
    key("last-year", not_before=NOW - 700 * DAY, not_after=NOW - 300 * DAY),
    key("superseded", revoked_at=NOW - 5 * DAY, reason=trust_list.SUPERSEDED),
    key("compromised", revoked_at=NOW - 5 * DAY, reason=trust_list.COMPROMISE),
    key("node", purpose=trust_list.NODE),
    key("lost-node", purpose=trust_list.NODE, revoked_at=NOW - 5 * DAY, reason=trust_list.COMPROMISE),
    key("berau-letters", "berau"),
    key("berau-node", "berau", trust_list.NODE),
)
LIST = TrustList(
    sequence=3,
    issued=NOW - 2 * DAY,
    next_update=NOW + 28 * DAY,
    offices={"kaltim": (KALTIM, HOST), "berau": (BERAU, "")},
    keys=KEYS,
    established={SIGNERS["compromised"].kid: established_hash(claims.encode(ESTABLISHED))},
)
REVOKED = Revocations(
    sequence=12,
    issued=NOW - DAY,
    next_update=NOW + DAY,
    office="kaltim",
    bits=revocations.bits_of({7: (0, 0), 8: (0, 0), 300: (0, 0)}),
    details={7: (NOW - 3 * DAY, revocations.REPLACED)},
)
PROVINCE = Root(SIGNERS["province-root"].public, "Kementerian", None)
OWN = Root(SIGNERS["kaltim-root"].public, KALTIM, "kaltim")


def listed(content: TrustList, by: str = "province-root") -> bytes:
    """A trust list, signed."""
    return sign1.make(trust_list.encode(content), SIGNERS[by], aad.TRUST)


def revoked(content: Revocations = REVOKED, by: str = "node") -> bytes:
    """Revocations, signed."""
    return sign1.make(revocations.encode(content), SIGNERS[by], aad.REVOCATIONS)


def only(office: str, content: TrustList = LIST) -> TrustList:
    """The part of a list that is about one office."""
    keys = tuple(one for one in content.keys if one.office == office)
    return replace(content, keys=keys, offices={office: content.offices[office]})


def coded(letter: Claims = LETTER, by: str = "letters") -> bytes:
    """A letter's code as bytes."""
    return sign1.make(claims.encode(letter), SIGNERS[by], aad.LETTER)


def printed(letter: Claims = LETTER, by: str = "letters", host: str = HOST) -> str:
    """A letter's code as text."""
    return to_text(host, coded(letter, by))


def known() -> Knowledge:
    """What a verifier of the province knows."""
    return build([PROVINCE], [listed(LIST)], [revoked()])
