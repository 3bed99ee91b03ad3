"""Who signs: a key in this process, or one on a token."""

import hashlib
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.letters.qr.ecdsa import public_key

KID = 8  # bytes


class Signer(Protocol):
    """Signs with one P-256 key."""

    @property
    def kid(self) -> bytes:
        """The first 8 bytes of SHA-256 of the DER SubjectPublicKeyInfo."""

    @property
    def public(self) -> bytes:
        """The uncompressed point, 65 bytes."""

    def sign(self, data: bytes) -> bytes:
        """ES256 over `data`: r || s, 64 bytes."""


def kid_of(public: bytes) -> bytes:
    """The 8 bytes that name a key (65 bytes, uncompressed). Raises ValueError when it is no point of P-256."""
    spelt = public_key(public).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spelt).digest()[:KID]


class LocalSigner:
    """A private key in this process's memory; the same data gives the same signature (RFC 6979), so no weak random number leaks it."""

    def __init__(self, private_key: ec.EllipticCurvePrivateKey) -> None:
        self._key = private_key
        self._how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        self.public = private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.kid = kid_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """ES256 over `data`: r || s, 64 bytes."""
        r, s = decode_dss_signature(self._key.sign(data, self._how))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
