"""The node's own keys: made here, certified elsewhere, and taken in again with what the root answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from kiosk.core.files import write_whole
from kiosk.letters.keys import certificates, requests, sealed
from kiosk.letters.keys.files import SEALED, TOKEN, Kept, authorities, kept, keys_folder, write_certificate
from kiosk.letters.keys.requests import Request, seconds
from kiosk.letters.keys.root import NAME_MOST
from kiosk.letters.keys.token import TokenSession, TokenSigner
from kiosk.letters.keys.token import make as make_in_token
from kiosk.letters.qr.signer import LocalSigner, Signer
from kiosk.letters.trust.issued import is_authority, is_issued


@dataclass(frozen=True)
class Office:
    """Who asks: the office's id and name, and where its letters are checked ("" when nowhere)."""

    id: str
    name: str
    host: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the root: a key of `office` for `purpose`, for `days`, in the place of the keys `replaces` (kids)."""

    office: Office
    purpose: str
    days: int
    replaces: tuple[str, ...] = ()

    def request(self, signer: Signer, now: datetime) -> bytes:
        """The request as it travels, signed by the key itself. Raises `Malformed` for what cannot stand in a list."""
        older = tuple(bytes.fromhex(one) for one in self.replaces)
        name, host = self.office.name[:NAME_MOST], self.office.host.lower()
        facts = (self.office.id, name, host, self.purpose, self.days, signer.public, seconds(now), older)
        return requests.make(Request(*facts), signer)


def make(data_dir: Path, wanted: Wanted, passphrase: str, now: datetime, *, rounds: int = sealed.ROUNDS) -> tuple[Kept, bytes]:
    """A new key in a file of its own, and the request for the root. It signs nothing before the root's answer was taken in."""
    key = certificates.new_key()
    signer = LocalSigner(key)
    request = wanted.request(signer, now)
    file = keys_folder(data_dir) / f"{wanted.purpose}-{signer.kid.hex()}{SEALED}"
    write_whole(file, sealed.seal(key, passphrase, rounds=rounds))
    return Kept(file), request


def make_on_token(data_dir: Path, wanted: Wanted, opened: TokenSession, library: Path, now: datetime) -> tuple[Kept, bytes]:
    """As `make`, with the key made in a token; the node keeps where it lies. Raises `TokenFailed`."""
    kid, _ = make_in_token(opened, wanted.purpose)
    file = keys_folder(data_dir) / f"{wanted.purpose}-{kid.hex()}{TOKEN}"
    write_whole(file, json.dumps({"library": str(library), "token": opened.label}).encode())
    return Kept(file), wanted.request(TokenSigner(opened, kid), now)


def in_use(data_dir: Path, purpose: str) -> tuple[str, ...]:
    """Kids of the certified keys for `purpose`: those that a new one takes the place of."""
    return tuple(one.kid for one in kept(data_dir) if one.purpose == purpose and one.certificate_file.exists())


def accept(data_dir: Path, given: Sequence[bytes], trusted: set[bytes]) -> list[Kept]:
    """Keep the certificates (DER) for keys of this node, and the authorities above them; the keys that it certifies anew.

    `trusted`: public keys (65 bytes) of roots in which this node believes. Nobody else's certificate is kept.
    """
    found = certificates.load_all(given)
    above = [one for one in found if is_authority(one) and certificates.public_of(one) in trusted]
    for one in above:
        name = f"authority-{one.fingerprint(hashes.SHA256()).hex()[:16]}.crt"
        write_certificate(keys_folder(data_dir) / name, one)
    issuers = [*above, *authorities(data_dir)]
    done = []
    for key in kept(data_dir):
        for one in found:
            public = certificates.public_of(one)
            if not public or certificates.kid_hex(public) != key.kid or one == key.certificate():
                continue
            if any(is_issued(one, issuer) for issuer in issuers):
                write_certificate(key.certificate_file, one)
                done.append(key)
    return done
