"""The certified signer that this office knows: whose signature may stand on a letter beside the office's own."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from kiosk.core.config import settings
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.letters.trust.issued import UNREADABLE, is_issued

# Document signing (RFC 9336, and as Adobe and Microsoft call it), mail, anything. Not: a server's name, code, time.
DOCUMENTS = {
    ObjectIdentifier("1.3.6.1.5.5.7.3.36"), ObjectIdentifier("1.2.840.113583.1.1.5"), ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),
    ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
}  # fmt: skip


class SignerCertificateMissing(KioskError):
    """KIOSK_SIGNER_CERTIFICATE names no certificate."""

    code = "TRUST-1527"
    status = 500
    sentence = N_("KIOSK_SIGNER_CERTIFICATE names {file}, and no certificate can be read there.")


def pinned(file: Path | None) -> tuple[x509.Certificate, ...]:
    """The certificates (PEM) in `file`; none without a file. Raises `SignerCertificateMissing`."""
    if file is None:
        return ()
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError):
        raise SignerCertificateMissing(file=file) from None


def is_known_signer(certificate_der: bytes, at: datetime | None, known: tuple[x509.Certificate, ...] | None = None) -> bool:
    """Whether this certificate (DER) is one of the certified signer's, for documents, and was in its time at `at`.

    It is pinned itself, or issued directly by a pinned authority: no chain is followed. `at`: the time that the signature claims (aware);
    without one it is none. `known`: the pinned ones; by default those of KIOSK_SIGNER_CERTIFICATE, which is read at each call. Says nothing
    about revocation. Raises `SignerCertificateMissing`.
    """
    try:
        shown = x509.load_der_x509_certificate(certificate_der)
        fits = at is not None and shown.not_valid_before_utc <= at <= shown.not_valid_after_utc and _signs_documents(shown)
    except UNREADABLE:
        return False
    trusted = pinned(settings().signer_certificate) if known is None else known
    return fits and any(shown == one or is_issued(shown, one) for one in trusted)


def _signs_documents(shown: x509.Certificate) -> bool:
    """Whether it may sign at all (RFC 5280, 4.2.1.3), and documents where it says what for (4.2.1.12); no authority does.

    Raises one of `UNREADABLE` for extensions that cannot be read.
    """
    kinds = {type(one.value): one.value for one in shown.extensions}
    usage, purposes, basic = (kinds.get(kind) for kind in (x509.KeyUsage, x509.ExtendedKeyUsage, x509.BasicConstraints))
    if isinstance(basic, x509.BasicConstraints) and basic.ca:
        return False
    if isinstance(usage, x509.KeyUsage) and not (usage.digital_signature or usage.content_commitment):
        return False
    return not isinstance(purposes, x509.ExtendedKeyUsage) or bool(DOCUMENTS & set(purposes))
