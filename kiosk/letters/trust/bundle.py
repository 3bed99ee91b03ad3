"""How trust travels without a line: one file with roots, trust lists, revocations and certificates.

The file itself is not signed: everything in it that counts is. A root in it is a proposal; a person pins it by its fingerprint.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.letters.qr import cbor
from kiosk.letters.qr.claims import is_plain
from kiosk.letters.qr.ecdsa import is_point, public_key
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.trust.errors import BadFile
from kiosk.letters.trust.trust_list import Root, is_office

FORMAT = 1
MOST_BYTES = 64_000_000  # every office's list and revocations, many times over
SUFFIX = ".trust"


@dataclass(frozen=True)
class Bundle:
    """`lists` and `revocations` are signed messages, `certificates` DER."""

    roots: Sequence[Root] = ()
    lists: Sequence[bytes] = ()
    revocations: Sequence[bytes] = ()
    certificates: Sequence[bytes] = ()


def fingerprint(public: bytes) -> str:
    """SHA-256 of the DER SubjectPublicKeyInfo, in hex; its first 16 digits are the kid. Raises ValueError for no point of P-256."""
    return hashlib.sha256(public_key(public).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def encode(content: Bundle) -> bytes:
    """The file's bytes.

    >>> decode(encode(Bundle(lists=[b"x"]))) == Bundle([], [b"x"], [], [])
    True
    """
    roots = [[one.public, one.name, one.office] for one in content.roots]
    return cbor.encode({1: FORMAT, 2: roots, 3: list(content.lists), 4: list(content.revocations), 5: list(content.certificates)})


def decode(data: bytes) -> Bundle:
    """What the bytes hold; nothing of it is verified yet. Raises `Malformed`."""
    found = cbor.decode(data)
    if not isinstance(found, dict) or set(found) != {1, 2, 3, 4, 5} or found[1] != FORMAT or not isinstance(found[2], list):
        raise Malformed("malformed")
    return Bundle([_root(one) for one in found[2]], _messages(found[3]), _messages(found[4]), _messages(found[5]))


def read(path: Path) -> Bundle:
    """What a file holds. Raises `BadFile` or OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise BadFile(file=path, reason="too_large")
    try:
        return decode(path.read_bytes())
    except Malformed as wrong:
        raise BadFile(file=path, reason=wrong.reason) from None


def joined(given: Iterable[Bundle]) -> Bundle:
    """Everything that several files hold."""
    every = list(given)
    return Bundle(*([thing for one in every for thing in getattr(one, name)] for name in ("roots", "lists", "revocations", "certificates")))


def _root(told: Any) -> Root:
    match told:
        case [bytes(public), str(name), None | str() as office] if is_plain(name, 100) and (office is None or is_office(office)):
            if is_point(public):
                return Root(public, name, office)
    raise Malformed("malformed")


def _messages(told: Any) -> list[bytes]:
    if not isinstance(told, list) or not all(isinstance(one, bytes) for one in told):
        raise Malformed("malformed")
    return told
