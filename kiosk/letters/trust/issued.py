"""Whose certificate a certificate is (RFC 5280). It may be anybody's: what cannot be read is nobody's."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

# What `cryptography` raises when it looks into extensions or the key of a certificate that it could load.
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


def is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the holder of `issuer` signed `certificate`, and `issuer` is an authority."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *UNREADABLE):
        return False
    return is_authority(issuer)


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it may certify others (RFC 5280, section 4.2.1.9)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
