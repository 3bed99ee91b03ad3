"""Certificates for PAdES (RFC 5280): the root as an authority of the office, and what it certifies for a key of the node.

The trust list decides whom our verifiers believe. The certificates say the same to everybody else's PDF program.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID, ObjectIdentifier

from kiosk.letters.qr.signer import kid_of
from kiosk.letters.trust.issued import UNREADABLE, is_issued
from kiosk.letters.trust.trust_list import LETTERS

AUTHORITY_DAYS = 20 * 365
EARLIER = timedelta(hours=1)  # the clock of another computer may be a little behind
NAME_MOST = 64  # RFC 5280, appendix A, ub-organization-name
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

Key = ec.EllipticCurvePrivateKey
Extension = tuple[x509.ExtensionType, bool]


def new_key() -> Key:
    """A key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as lists hold it: 65 bytes, uncompressed."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_of(certificate: x509.Certificate) -> bytes | None:
    """The certified key as lists hold it; None for another kind of key."""
    try:
        key = certificate.public_key()
    except UNREADABLE:
        return None
    return point_of(key) if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1) else None


def kid_hex(public: bytes) -> str:
    """The kid of a public key as files and people have it: 16 hex digits."""
    return kid_of(public).hex()


def authority(key: Key, *, name: str, all_offices: bool, now: datetime) -> x509.Certificate:
    """The root's own certificate. It may certify keys of the organisation `name` alone; with `all_offices`, offices of the country."""
    subject = _name(name, "Otoritas surat")
    public = key.public_key()
    extensions = _authority(name, all_offices=all_offices)
    return _sign(public, subject, subject, key, now=now, until=now + timedelta(days=AUTHORITY_DAYS), extensions=extensions)


def below(key: Key, issuer: x509.Certificate, public: bytes, *, name: str, now: datetime, until: datetime) -> x509.Certificate:
    """The root of one office, certified by a higher one: the same name and key as in the office's own certificate."""
    extensions = [*_authority(name, all_offices=False), _issued_by(issuer)]
    return _sign(_point(public), _name(name, "Otoritas surat"), issuer.subject, key, now=now, until=until, extensions=extensions)


def leaf(
    key: Key, issuer: x509.Certificate, public: bytes, *, name: str, purpose: str, kid: bytes, now: datetime, until: datetime
) -> x509.Certificate:
    """A certificate for a key of the node: for letters it signs documents (non-repudiation), otherwise it signs data."""
    letters = purpose == LETTERS
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(digital_signature=True, content_commitment=letters), True),
        _issued_by(issuer),
    ]
    if letters:
        extensions.append((x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), False))
    subject = _name(name, f"{'Surat' if letters else 'Node'} {kid.hex()}")
    return _sign(_point(public), subject, issuer.subject, key, now=now, until=until, extensions=extensions)


def _authority(name: str, *, all_offices: bool) -> list[Extension]:
    """Its name constraint is critical: who does not understand it must not trust it (RFC 5280, section 4.2.1.10)."""
    permitted = x509.Name([*_name(name, "")][: 1 if all_offices else 2])
    return [
        (x509.BasicConstraints(ca=True, path_length=1 if all_offices else 0), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
        (x509.NameConstraints([x509.DirectoryName(permitted)], None), True),
    ]


def organisation(name: str) -> str:
    """An office's name as a certificate can hold it: 64 characters, cut between words.

    >>> organisation("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Provinsi Kalimantan Timur")
    'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Provinsi'
    """
    return name if len(name) <= NAME_MOST else name[: NAME_MOST + 1].rpartition(" ")[0][:NAME_MOST] or name[:NAME_MOST]


def _name(office: str, common: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "ID"), (NameOID.ORGANIZATION_NAME, organisation(office)), (NameOID.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])


def _issued_by(issuer: x509.Certificate) -> Extension:
    found = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(found), False


def _point(public: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)


def _sign(
    public: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    issuer: x509.Name,
    key: Key,
    *,
    now: datetime,
    until: datetime,
    extensions: Sequence[Extension],
) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - EARLIER).not_valid_after(until)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


def _usage(
    *, digital_signature: bool = False, content_commitment: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def chain(certificate: x509.Certificate, authorities: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """The authorities above `certificate`, the nearest first, as far as they are among `authorities`; one of its own ends it."""
    found: list[x509.Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        above = next((one for one in authorities if one not in found and is_issued(last, one)), None)
        if above is None:
            break
        found.append(above)
        last = above
    return found


def load_all(given: Iterable[bytes]) -> list[x509.Certificate]:
    """The certificates among `given` (DER); what is none is left out."""
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(x509.load_der_x509_certificate(one))
    return found
