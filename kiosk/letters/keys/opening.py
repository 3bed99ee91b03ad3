"""A key of this node, opened to sign with: from its file under a passphrase, or in a token under its PIN.

Opening takes a while on purpose (`sealed.ROUNDS`): call it in a thread, and keep the opened key for a batch.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.letters.keys import certificates, sealed
from kiosk.letters.keys.errors import Damaged, KeyMissing, KeyOutOfTime, WeakFile
from kiosk.letters.keys.files import Kept, authorities, kept
from kiosk.letters.qr.signer import LocalSigner, Signer
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.trust_list import TrustedKey


@dataclass(frozen=True)
class OpenedKey:
    """A key that signs. `certificate` is DER, `chain` the certificates (DER) above it, the office's authority first."""

    signer: Signer
    certificate: bytes
    chain: list[bytes]
    make_pades: Callable[[], Any]

    @cached_property
    def pades(self) -> Any:
        """What pyHanko signs a PDF with (`pyhanko.sign.signers.Signer`); made when first asked for: pyHanko takes a while to load."""
        return self.make_pades()


def open_key(
    settings: Settings, purpose: str, passphrase: str, *, now: datetime | None = None, knowledge: Knowledge | None = None
) -> OpenedKey:
    """The newest key for `purpose` ("letters", "node") that may sign at `now` (this moment); `passphrase` is the PIN of a token's.

    With `knowledge` it must also stand in a trust list, not revoked: give it whenever there is a database.
    Raises `KeyMissing`, `KeyOutOfTime`, `WrongPassphrase`, `Damaged`, what `open_token` raises, and `WeakFile` for a key of the
    demonstration outside of it.
    """
    key, certificate = chosen(settings, purpose, now or utc_now(), knowledge)
    chain = [one.public_bytes(Encoding.DER) for one in certificates.chain(certificate, authorities(settings.data_dir))]
    leaf = certificate.public_bytes(Encoding.DER)
    opened = _in_token(key, passphrase, leaf, chain) if key.in_token else _in_file(settings, key, passphrase, leaf, chain)
    if opened.signer.public != certificates.public_of(certificate):
        raise Damaged(file=key.certificate_file, reason="it belongs to another key")
    return opened


def chosen(settings: Settings, purpose: str, now: datetime, knowledge: Knowledge | None = None) -> tuple[Kept, x509.Certificate]:
    """The key that `open_key` would open, and its certificate; needs no passphrase. Raises `KeyMissing`, `KeyOutOfTime`, `Damaged`."""
    of_purpose = [one for one in kept(settings.data_dir) if one.purpose == purpose]
    ready = [(one, certificate) for one in of_purpose if (certificate := one.certificate())]
    if not ready:
        raise KeyMissing(purpose=purpose)
    newest_first = sorted(ready, key=lambda pair: pair[1].not_valid_before_utc, reverse=True)
    faults = [fault(settings.office, one, certificate, now, knowledge) for one, certificate in newest_first]
    if "" in faults:
        return newest_first[faults.index("")]
    raise KeyOutOfTime(kid=newest_first[0][0].kid, reason=faults[0], purpose=purpose)


def fault(office: str, key: Kept, certificate: x509.Certificate, now: datetime, knowledge: Knowledge | None) -> str:
    """Why the key must not sign at `now`; nothing when it may."""
    if now < certificate.not_valid_before_utc:
        return f"its time begins on {certificate.not_valid_before_utc:%Y-%m-%d}"
    if now > certificate.not_valid_after_utc:
        return f"its time ended on {certificate.not_valid_after_utc:%Y-%m-%d}"
    if knowledge is None:
        return ""
    when, entries = int(now.timestamp()), _listed(office, key, certificate, knowledge)
    if not entries:
        return "it stands in no trust list here"
    if any(one.is_revoked_for(when) for one in entries):
        return "it was revoked"
    return "" if any(one.covers(when) for one in entries) else "the trust list has it for another time"


def ends(office: str, key: Kept, certificate: x509.Certificate, knowledge: Knowledge) -> datetime:
    """When a key that signs now will sign no more: the earliest of its certificate, the trust lists, and a revocation to come."""
    entries = _listed(office, key, certificate, knowledge)
    seconds = [max(one.not_after for one in entries)] if entries else []
    seconds += [one.revoked_at for one in entries if one.revoked_at is not None]
    return min([certificate.not_valid_after_utc, *(datetime.fromtimestamp(one, UTC) for one in seconds)])


def _listed(office: str, key: Kept, certificate: x509.Certificate, knowledge: Knowledge) -> list[TrustedKey]:
    public, named = certificates.public_of(certificate), knowledge.named(bytes.fromhex(key.kid))
    return [one for _, one in named if (one.public, one.office, one.purpose) == (public, office, key.purpose)]


def _in_file(settings: Settings, key: Kept, passphrase: str, leaf: bytes, chain: list[bytes]) -> OpenedKey:
    content = key.file.read_bytes()
    if (rounds := sealed.rounds_of(content, file=key.file.name)) < sealed.ROUNDS and not settings.demo:
        raise WeakFile(file=key.file.name, rounds=rounds)
    private = sealed.unseal(content, passphrase, file=key.file.name)

    def made() -> Any:
        from asn1crypto import keys
        from asn1crypto import x509 as asn1
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        secret = keys.PrivateKeyInfo.load(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        above = SimpleCertificateStore.from_certs(map(asn1.Certificate.load, chain))  # type: ignore[no-untyped-call] # the library types none of it
        return SimpleSigner(asn1.Certificate.load(leaf), secret, above)

    return OpenedKey(LocalSigner(private), leaf, chain, made)


def _in_token(key: Kept, pin: str, leaf: bytes, chain: list[bytes]) -> OpenedKey:
    from kiosk.letters.keys.token import TokenSigner, open_token

    library, label = token_of(key)
    signer = TokenSigner(open_token(library, label, pin, folder=key.file.parent), bytes.fromhex(key.kid))
    return OpenedKey(signer, leaf, chain, signer.pades(leaf, chain))


def token_of(key: Kept) -> tuple[Path, str]:
    """Library and label of the token in which a key lies. Raises `Damaged`."""
    try:
        told = json.loads(key.file.read_text())
        return Path(told["library"]), str(told["token"])
    except (ValueError, KeyError, TypeError):
        raise Damaged(file=key.file, reason="it names no token") from None
