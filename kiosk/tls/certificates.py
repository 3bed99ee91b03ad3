"""Certificates as RFC 5280 describes them: the office's authority, and what it signs for the node."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import TypeGuard

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from kiosk.tls import rules
from kiosk.tls.errors import Damaged, NotProven
from kiosk.tls.rules import Host, Subtree

Extension = tuple[x509.ExtensionType, bool]
Key = ec.EllipticCurvePrivateKey


def new_key() -> Key:
    """A key on P-256, which every tablet knows."""
    return ec.generate_private_key(ec.SECP256R1())


def authority(key: Key, *, name: str, permitted: Sequence[Subtree], now: datetime) -> x509.Certificate:
    """An authority for five years that may vouch for nothing but servers at `permitted`.

    Its name constraints are critical: who does not understand them must not trust it (RFC 5280, section 4.2.1.10). They hold
    names and addresses both, because a kind of name that is not mentioned would be free.
    """
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return _sign(
        subject,
        issuer=subject,
        public=key.public_key(),
        key=key,
        now=now,
        until=now + timedelta(days=rules.AUTHORITY_DAYS),
        extensions=[
            (x509.BasicConstraints(ca=True, path_length=0), True),
            (_usage(key_cert_sign=True, crl_sign=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.NameConstraints([_general(one) for one in permitted], None), True),
        ],
    )


def server(key: Key, *, hosts: Sequence[Host], issuer: x509.Certificate, signer: Key, now: datetime) -> x509.Certificate:
    """A certificate of the node for `hosts`, at most 397 days and never longer than its issuer."""
    until = min(now + timedelta(days=rules.SERVER_DAYS), issuer.not_valid_after_utc)
    issuer_id = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return _sign(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(hosts[0])[:64])]),
        issuer=issuer.subject,
        public=key.public_key(),
        key=signer,
        now=now,
        until=until,
        extensions=[
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(digital_signature=True), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.SubjectAlternativeName([x509.DNSName(one) if isinstance(one, str) else x509.IPAddress(one) for one in hosts]), False),
            (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id), False),
        ],
    )


def _sign(
    subject: x509.Name,
    *,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    key: Key,
    now: datetime,
    until: datetime,
    extensions: Sequence[Extension],
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - rules.EARLIER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, hashes.SHA256())


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(one: Subtree) -> x509.GeneralName:
    return x509.DNSName(one) if isinstance(one, str) else x509.IPAddress(one)


def permitted(issuer: x509.Certificate) -> tuple[Subtree, ...]:
    """What the authority's constraints let through. Raises `Damaged` for one without constraints: it is not ours."""
    try:
        found = issuer.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    except (x509.ExtensionNotFound, ValueError):
        raise Damaged(file="the authority", reason="it has no name constraints") from None
    return tuple(one.value if isinstance(one, x509.DNSName) else ip_network(str(one.value)) for one in found or () if _is_ours(one))


def _is_ours(one: x509.GeneralName) -> TypeGuard[x509.DNSName | x509.IPAddress]:
    return isinstance(one, x509.DNSName | x509.IPAddress)


def names(certificate: x509.Certificate) -> tuple[str, ...]:
    """Hosts of a server's certificate in their order; empty when it has none."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    return tuple(str(one.value) for one in found if _is_ours(one))


def fingerprint(certificate: x509.Certificate) -> str:
    """Its SHA-256 in groups, as tablet and office computer show it."""
    return rules.fingerprint(certificate.fingerprint(hashes.SHA256()))


def prove(leaf: x509.Certificate, issuer: x509.Certificate, hosts: Sequence[Host], now: datetime) -> None:
    """Hold the chain against a verifier that is not ours, once for each host. Raises `NotProven`."""
    for one in hosts:
        subject = x509.DNSName(one) if isinstance(one, str) else x509.IPAddress(one)
        try:
            PolicyBuilder().store(Store([issuer])).time(now).build_server_verifier(subject).verify(leaf, [])
        except VerificationError as failure:
            raise NotProven(reason=f"{one}: {failure}") from None


def common_name(certificate: x509.Certificate) -> str:
    """How people see it in a list; empty when it has none."""
    return next((str(one.value) for one in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)), "")
