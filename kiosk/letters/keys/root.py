"""The offline root: its key, the trust list that it signs, the certificates that it gives. A folder with three files:

`root.p12` the key; `root.trust` everything that is public, in one file, so that list and certificates are always of one moment;
`root.request` for a higher root, which may certify this one.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.core.files import ANYBODY, write_whole
from kiosk.letters.keys import certificates, requests, sealed
from kiosk.letters.keys.certificates import EARLIER, point_of
from kiosk.letters.keys.errors import Damaged, DemoRoot, OtherOffice, RootExists, RootMissing
from kiosk.letters.keys.files import ROOT_FACE, ROOT_KEY, ROOT_REQUEST
from kiosk.letters.keys.requests import Request, seconds
from kiosk.letters.qr import aad, sign1
from kiosk.letters.qr.signer import LocalSigner
from kiosk.letters.trust import bundle, trust_list
from kiosk.letters.trust.bundle import Bundle
from kiosk.letters.trust.knowledge import Refused, Root, read_list
from kiosk.letters.trust.trust_list import ROOT, SUPERSEDED, TrustedKey, TrustList

LIST_DAYS = 180  # verifiers call a list stale after this; certify or renew brings a new one
OVERLAP = timedelta(days=7)  # how long an old key still signs after its successor was certified: the answer travels on a stick
NAME_MOST = 100  # of an office, in a list


@dataclass(frozen=True)
class OpenRoot:
    """A root's folder, opened to sign."""

    folder: Path
    key: certificates.Key
    face: Bundle
    content: TrustList

    @property
    def root(self) -> Root:
        """Key, name and scope."""
        return self.face.roots[0]

    @property
    def authority(self) -> x509.Certificate:
        """Its own certificate, as an authority for PAdES."""
        return x509.load_der_x509_certificate(self.face.certificates[0])


def refuse_second(folder: Path) -> None:
    """Raises `RootExists` where one would be overwritten."""
    if (folder / ROOT_KEY).exists():
        raise RootExists(folder=folder)


def make(
    folder: Path, *, office: str | None, name: str, passphrase: str, now: datetime, host: str = "", rounds: int = sealed.ROUNDS
) -> Root:
    """A new root in `folder` for `office`, or for all offices (None), with a first, empty list. Raises `RootExists`, `Malformed`."""
    refuse_second(folder)
    key = certificates.new_key()
    signer, root = LocalSigner(key), Root(point_of(key.public_key()), name[:NAME_MOST], office)
    authority = certificates.authority(key, name=name, all_offices=office is None, now=now)
    offices = {} if office is None else {office: (root.name, host.lower())}
    first = _times(TrustList(1, 0, 0, offices, ()), now)
    face = Bundle([root], [_signed(first, signer)], [], [authority.public_bytes(Encoding.DER)])
    if office is not None:
        wanted = Request(office, root.name, host.lower(), ROOT, requests.MOST_DAYS, root.public, seconds(now))
        write_whole(folder / ROOT_REQUEST, requests.make(wanted, signer), mode=ANYBODY)
    write_whole(folder / ROOT_FACE, bundle.encode(face), mode=ANYBODY)
    write_whole(folder / ROOT_KEY, sealed.seal(key, passphrase, rounds=rounds))  # last: a root whose making was cut off is none
    return root


def face_of(folder: Path) -> tuple[Bundle, TrustList]:
    """What is public of the root in `folder`, and its list. Raises `RootMissing`, `Damaged`."""
    missing = [name for name in (ROOT_KEY, ROOT_FACE) if not (folder / name).is_file()]
    if missing:
        raise RootMissing(folder=folder, files=", ".join(missing))
    face = bundle.read(folder / ROOT_FACE)
    try:
        (root,), (message,) = face.roots, face.lists
        return face, read_list(message, [root])
    except (ValueError, Refused):
        raise Damaged(file=folder / ROOT_FACE, reason="its list is not its own") from None


def open_root(folder: Path, passphrase: str, *, demonstration: bool = False) -> OpenRoot:
    """The root in `folder`, to sign with.

    Raises `RootMissing`, `Damaged`, `WrongPassphrase`, and `DemoRoot` for a root of the demonstration unless this is one.
    """
    face, content = face_of(folder)
    file = folder / ROOT_KEY
    text = file.read_bytes()
    if sealed.rounds_of(text, file=str(file)) < sealed.ROUNDS and not demonstration:
        raise DemoRoot(folder=folder)
    key = sealed.unseal(text, passphrase, file=str(file))
    if point_of(key.public_key()) != face.roots[0].public:
        raise Damaged(file=folder / ROOT_FACE, reason="it belongs to another key")
    return OpenRoot(folder, key, face, content)


def certify(opened: OpenRoot, wanted: Request, *, now: datetime, days: int | None = None, host: str | None = None) -> OpenRoot:
    """The root with `wanted` in a new list, and its certificate beside; the same root for a key that is certified already.

    Raises `OtherOffice` for what this root may not speak for.
    """
    if opened.root.office not in {None, wanted.office} or (wanted.purpose == ROOT and opened.root.office is not None):
        raise OtherOffice(own=opened.root.office, asked=wanted.office)
    if any(one.public == wanted.public and one.purpose == wanted.purpose for one in opened.content.keys):
        return opened
    until = min(now + timedelta(days=days or wanted.days), opened.authority.not_valid_after_utc)
    facts: dict[str, Any] = {"name": opened.root.name if opened.root.office else wanted.name, "now": now, "until": until}
    if wanted.purpose == ROOT:
        made = certificates.below(opened.key, opened.authority, wanted.public, **facts)
    else:
        made = certificates.leaf(opened.key, opened.authority, wanted.public, purpose=wanted.purpose, kid=wanted.kid, **facts)
    times = (seconds(now - EARLIER), seconds(until))
    entry = TrustedKey(wanted.kid, wanted.public, wanted.office, *times, wanted.purpose)
    keys = (*(_replaced(one, wanted, seconds(now + OVERLAP)) for one in opened.content.keys), entry)
    known = opened.content.offices.get(wanted.office, ("", ""))
    office = (wanted.name[:NAME_MOST], (host if host is not None else wanted.host or known[1]).lower())
    content = replace(opened.content, offices={**opened.content.offices, wanted.office: office}, keys=keys)
    return publish(opened, content, now=now, certificate=made)


def _replaced(key: TrustedKey, successor: Request, at: int) -> TrustedKey:
    same = (key.kid in successor.replaces, key.office == successor.office, key.purpose == successor.purpose, key.revoked_at is None)
    return replace(key, revoked_at=at, reason=SUPERSEDED) if all(same) else key


def publish(opened: OpenRoot, content: TrustList, *, now: datetime, certificate: x509.Certificate | None = None) -> OpenRoot:
    """Sign `content` as the next list and keep it, with one more `certificate`, in one step."""
    following = _times(replace(content, sequence=opened.content.sequence + 1), now)
    given = [certificate.public_bytes(Encoding.DER)] if certificate else []
    face = replace(opened.face, lists=[_signed(following, LocalSigner(opened.key))], certificates=[*opened.face.certificates, *given])
    write_whole(opened.folder / ROOT_FACE, bundle.encode(face), mode=ANYBODY)
    return replace(opened, face=face, content=following)


def _times(content: TrustList, now: datetime) -> TrustList:
    return replace(content, issued=seconds(now), next_update=seconds(now + timedelta(days=LIST_DAYS)))


def _signed(content: TrustList, signer: LocalSigner) -> bytes:
    return sign1.make(trust_list.encode(content), signer, aad.TRUST)
