"""Signed messages between a node and the centre: RFC 9421 with Ed25519, the body bound by its digest (RFC 9530).

Signatures carry no lifetime: every call may be repeated without harm, and an office's clock may be ten years off.
A reply's signature covers that of its request, so that no reply answers another question.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

TAG = "kios-sync"
REQUEST = ("@method", "@target-uri", "content-digest")
REPLY = ("@status", "content-digest", '"signature";req')


class BadSignature(KioskError):
    """A message without a signature, with one that does not fit, or of a key that is not known here."""

    code = "SYNC-0401"
    status = 401
    sentence = N_("The signature of this message does not fit. Nothing was taken from it.")


@dataclass
class Request:
    """What is signed of a request: the method, the centre's own address of the resource, the headers, the body."""

    method: str
    url: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Reply:
    """What is signed of a reply."""

    status_code: int
    body: bytes
    request: Request
    headers: dict[str, str] = field(default_factory=dict)


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, *, private: Ed25519PrivateKey | None = None, public: Callable[[str], Ed25519PublicKey | None] | None = None) -> None:
        self._private, self._public = private, public

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey | None:
        return self._private

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        return self._public(key_id) if self._public else None


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = timedelta(days=365 * 100)


def sign(message: Request | Reply, key: Ed25519PrivateKey, key_id: str, *, at: datetime) -> None:
    """Sign `message` in place: its headers gain Content-Digest, Signature-Input and Signature."""
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(private=key))
    covered = REQUEST if isinstance(message, Request) else REPLY
    signer.sign(message, key_id=key_id, created=at.astimezone(UTC), tag=TAG, covered_component_ids=covered, body=message.body)


def verify(message: Request | Reply, key_of: Callable[[str], Ed25519PublicKey | None]) -> str:
    """The key id whose signature `message` carries; `key_of` gives the public key of an id. Raises `BadSignature`."""
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(public=key_of))
    covered = REQUEST if isinstance(message, Request) else REPLY
    try:
        (result,) = verifier.verify(message, max_age=None, expect_tag=TAG, require_components=covered, body=message.body)
    except (InvalidSignature, ValueError) as wrong:
        raise BadSignature() from wrong
    return str(result.parameters["keyid"])
