"""A certificate that somebody made up is nobody's: it stops nothing."""

from datetime import UTC, datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.letters.keys import certificates
from kiosk.letters.trust.certified import is_known_signer
from kiosk.letters.trust.issued import is_authority, is_issued

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
KEY = certificates.new_key()
AUTHORITY = certificates.authority(KEY, name="Dinas", all_offices=False, now=NOW)


def with_an_extension_twice() -> bytes:
    """`AUTHORITY` as DER with one of its extensions standing there twice (RFC 5280, 4.2: it must not)."""
    bent = asn1.Certificate.load(AUTHORITY.public_bytes(Encoding.DER))
    extensions = bent["tbs_certificate"]["extensions"]
    extensions.append(extensions[0].copy())
    return bytes(bent.dump(force=True))


def with_a_key_of_no_known_kind() -> bytes:
    """`AUTHORITY` as DER with its key on a curve that has no name."""
    p256 = bytes.fromhex("06082a8648ce3d030107")
    whole = AUTHORITY.public_bytes(Encoding.DER)
    assert whole.count(p256) == 1
    return whole.replace(p256, p256[:-1] + b"\x7f")


def test_an_authority_issued_what_it_signed():
    assert is_authority(AUTHORITY)
    assert is_issued(AUTHORITY, AUTHORITY)
    assert not is_issued(AUTHORITY, certificates.authority(certificates.new_key(), name="Dinas", all_offices=False, now=NOW))


def test_what_cannot_be_read_is_nobody_s():
    for bent in (with_an_extension_twice(), with_a_key_of_no_known_kind()):
        assert not is_issued(x509.load_der_x509_certificate(bent), AUTHORITY)
        assert not is_issued(AUTHORITY, x509.load_der_x509_certificate(bent))
        assert not is_known_signer(bent, NOW, (AUTHORITY,))
    assert not is_authority(x509.load_der_x509_certificate(with_an_extension_twice()))
    assert certificates.public_of(x509.load_der_x509_certificate(with_a_key_of_no_known_kind())) is None
