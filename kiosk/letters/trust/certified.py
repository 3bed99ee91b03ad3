"""The certified signer that this office knows: whose signature may stand on a letter beside the office's own."""

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from kiosk.core.config import settings
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


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


def is_known_signer(certificate_der: bytes, known: tuple[x509.Certificate, ...] | None = None) -> bool:
    """Whether this certificate (DER) is one of the certified signer's: pinned itself, or issued directly by a pinned authority.

    `known`: the pinned ones; by default those of KIOSK_SIGNER_CERTIFICATE, which is read at each call. Says nothing about dates or
    revocation (RFC 5280, section 6): a signature is judged by the time at which it was made. Raises `SignerCertificateMissing`.
    """
    try:
        shown = x509.load_der_x509_certificate(certificate_der)
    except ValueError:
        return False
    trusted = pinned(settings().signer_certificate) if known is None else known
    return any(shown == one or _issued_by(shown, one) for one in trusted)


def _issued_by(shown: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        is_authority = authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        shown.verify_directly_issued_by(authority)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return is_authority
