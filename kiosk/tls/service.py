"""What an admin does about HTTPS: make the authority, renew the node's certificate, bring a public one, look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.core.files import ANYBODY, write_whole
from kiosk.tls import certificates, rules, sealed, store
from kiosk.tls.errors import (
    AuthorityExists,
    AuthorityExpired,
    BadHost,
    BadName,
    ChainBroken,
    Expired,
    KeyMismatch,
    NameOutside,
    NotProven,
    OtherAuthority,
    WeakPassphrase,
)
from kiosk.tls.rules import Host
from kiosk.tls.store import Chain

COMMON_NAME_MOST = 64  # RFC 5280, appendix A, ub-common-name


@dataclass(frozen=True)
class Report:
    """What `kiosk tls status` tells; `fingerprint` is the authority's, None with a public certificate."""

    hosts: tuple[str, ...]
    issuer: str
    not_before: datetime
    not_after: datetime
    days: int
    fingerprint: str | None
    own_fingerprint: str
    authority_until: datetime | None


def make_authority(
    *, folder: Path, data_dir: Path, hosts: Sequence[Host], name: str, passphrase: str, now: datetime, replace: bool = False
) -> Chain:
    """Make an authority, leave its key in `folder` and nowhere else, and give the node its first certificate.

    The folder is read back and the chain held against an independent verifier before anything of the node changes.
    Raises `FolderMissing`, `FolderOnNode`, `AuthorityExists`, `WeakPassphrase`, `BadName`, `NotProven`.
    """
    place = store.removable(folder, data_dir)
    if not replace:
        _refuse_overwriting(place, data_dir)
    if len(passphrase) < rules.PASSPHRASE_LEAST:
        raise WeakPassphrase(least=rules.PASSPHRASE_LEAST)
    if not 0 < len(name) <= COMMON_NAME_MOST or not name.isprintable():
        raise BadName()
    signer = certificates.new_key()
    made = certificates.authority(signer, name=name, permitted=[rules.subtree(one) for one in hosts], now=now)
    write_whole(place / store.KEY_FILE, sealed.seal(signer, passphrase))
    write_whole(place / store.CERT_FILE, made.public_bytes(Encoding.PEM), mode=ANYBODY)
    return _issue(place, data_dir, hosts, passphrase, now)


def _refuse_overwriting(folder: Path, data_dir: Path) -> None:
    if store.holds_authority(folder):
        raise AuthorityExists(place=folder)
    file = store.node_file(data_dir)
    if file.exists() and (chain := store.read_node(data_dir)) and chain.authority:
        raise AuthorityExists(place=file)


def renew(*, folder: Path, data_dir: Path, hosts: Sequence[Host] | None, passphrase: str, now: datetime) -> Chain:
    """A new certificate, with a new key, from the authority in `folder`; for the same hosts unless others are given.

    Raises `AuthorityMissing`, `WrongPassphrase`, `Damaged`, `OtherAuthority`, `AuthorityExpired`, `NameOutside`.
    """
    place = store.removable(folder, data_dir)
    _, issuer = store.read_authority(place)
    before = store.read_node(data_dir)
    here = before.authority if before else None
    if here is not None and here != issuer:
        raise OtherAuthority(folder=folder, here=here.subject.rfc4514_string())
    kept = before.hosts if before and here else ()
    wanted = hosts or tuple(rules.host(one) for one in kept) or _hosts_of(issuer)
    return _issue(place, data_dir, wanted, passphrase, now)


def _hosts_of(issuer: x509.Certificate) -> tuple[Host, ...]:
    """Every name and single address that the authority was made for: what a node that lost its files starts with."""
    return tuple(rules.host(str(one).removesuffix("/32").removesuffix("/128")) for one in certificates.permitted(issuer))


def _issue(folder: Path, data_dir: Path, hosts: Sequence[Host], passphrase: str, now: datetime) -> Chain:
    """Sign with what stands in the folder, prove it, and only then change the node."""
    text, issuer = store.read_authority(folder)
    if issuer.not_valid_after_utc <= now:
        raise AuthorityExpired(day=issuer.not_valid_after_utc.date())
    allowed = certificates.permitted(issuer)
    for one in hosts:
        if not rules.permits(allowed, one):
            raise NameOutside(host=one, permitted=rules.written(allowed))
    signer = sealed.unseal(text, passphrase, file=str(folder / store.KEY_FILE))
    if signer.public_key() != issuer.public_key():
        raise KeyMismatch(key=folder / store.KEY_FILE, cert=folder / store.CERT_FILE)
    key = certificates.new_key()
    leaf = certificates.server(key, hosts=hosts, issuer=issuer, signer=signer, now=now)
    certificates.prove(leaf, issuer, hosts, now)
    store.write_node(data_dir, key, (leaf, issuer))
    return _read_back(data_dir, leaf)


def _read_back(data_dir: Path, leaf: x509.Certificate) -> Chain:
    chain = store.read_node(data_dir)
    if chain is None or chain.leaf != leaf:
        raise NotProven(reason=store.node_file(data_dir))
    return chain


def use(*, cert: Path, key: Path, data_dir: Path, now: datetime) -> Chain:
    """Serve with a certificate from elsewhere: fits its key, is not over, names hosts, and its chain is in order.

    A root at the end of the chain is left out: browsers have it, and the node must not offer it to tablets as its own.
    Raises `Damaged`, `KeyMismatch`, `Expired`, `ChainBroken`, `BadHost`.
    """
    chain, secret = store.read_certificates(cert), store.read_key(key)
    if secret.public_key() != chain[0].public_key():
        raise KeyMismatch(key=key, cert=cert)
    for number, (one, issuer) in enumerate(pairwise(chain), 1):
        if not _signed_by(one, issuer):
            raise ChainBroken(file=cert, number=number)
    hosts = certificates.names(chain[0])
    if not hosts:
        raise BadHost(host=cert, reason="the certificate names no host")
    if chain[0].not_valid_after_utc <= now:
        raise Expired(host=hosts[0], day=chain[0].not_valid_after_utc.date())
    served = chain[:-1] if len(chain) > 1 and chain[-1].issuer == chain[-1].subject else chain
    store.write_node(data_dir, secret, served)
    return _read_back(data_dir, chain[0])


def _signed_by(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def report(chain: Chain, now: datetime) -> Report:
    """What an admin wants to know of the certificate that is served."""
    leaf, authority = chain.leaf, chain.authority
    return Report(
        hosts=chain.hosts,
        issuer=leaf.issuer.rfc4514_string(),
        not_before=leaf.not_valid_before_utc,
        not_after=leaf.not_valid_after_utc,
        days=rules.days_left(leaf.not_valid_after_utc, now),
        fingerprint=certificates.fingerprint(authority) if authority else None,
        own_fingerprint=certificates.fingerprint(leaf),
        authority_until=authority.not_valid_after_utc if authority else None,
    )
