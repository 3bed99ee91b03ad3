"""Keys in a token (PKCS #11): made there, never seen here. SoftHSM2 stands in for one in the tests.

Tokens sign a digest as they are given it (CKM_ECDSA); SHA-256 is made here, because not every token can.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_named_curve_parameters

from kiosk.letters.keys.errors import TokenFailed, WrongPin
from kiosk.letters.qr.signer import kid_of

CURVE = "1.2.840.10045.3.1.7"  # P-256 (RFC 5480, section 2.1.1.1)
POINT = 65


@dataclass(frozen=True)
class TokenSession:
    """A token that was opened with its PIN."""

    session: Any
    label: str

    def close(self) -> None:
        """Log out; keys of this session sign no more."""
        self.session.close()


def open_token(library: Path, label: str, pin: str) -> TokenSession:
    """The token called `label` in the PKCS #11 `library`. Raises `WrongPin`, `TokenFailed`."""
    try:
        token = pkcs11.lib(str(library)).get_token(token_label=label)
        return TokenSession(token.open(rw=True, user_pin=pin), label)
    except (PinIncorrect, PinLocked, PinLenRange) as wrong:
        raise WrongPin(token=label, reason=type(wrong).__name__) from None
    except (PKCS11Error, RuntimeError, OSError) as failure:
        raise TokenFailed(token=label, reason=f"{type(failure).__name__} {failure}".strip()) from None


def make(opened: TokenSession, purpose: str) -> tuple[bytes, bytes]:
    """A new key in the token that never leaves it; its id there (the kid) and its public point. Raises `TokenFailed`."""
    try:
        domain = opened.session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters(CURVE)}, local=True
        )
        public, private = domain.generate_keypair(store=True, private_template={Attribute.EXTRACTABLE: False, Attribute.SENSITIVE: True})
        point = _point(public)
        for half in (public, private):  # named after what it turned out to be
            half[Attribute.ID] = kid_of(point)
            half[Attribute.LABEL] = f"{purpose}-{kid_of(point).hex()}"
    except (PKCS11Error, ValueError) as failure:
        raise TokenFailed(token=opened.label, reason=type(failure).__name__) from None
    return kid_of(point), point


def find(opened: TokenSession, kid: bytes) -> tuple[Any, bytes]:
    """Handle and public point of the key whose id is `kid`. Raises `TokenFailed`."""
    try:
        private = opened.session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=kid)
        public = _point(opened.session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=kid))
    except (PKCS11Error, ValueError) as failure:
        raise TokenFailed(token=opened.label, reason=type(failure).__name__) from None
    return private, public


def _point(public: Any) -> bytes:
    """The uncompressed point: tokens give it in an OCTET STRING (PKCS #11 2.40, section 2.3.3), some bare. Raises ValueError."""
    told = bytes(public[Attribute.EC_POINT])
    point = told[-POINT:]
    if told not in {point, bytes([4, POINT]) + point}:
        raise ValueError("no uncompressed point")
    kid_of(point)
    return point


class TokenSigner:
    """Signs with a key in a token; one signature at a time, because a PKCS #11 session does one thing at a time."""

    def __init__(self, opened: TokenSession, kid: bytes) -> None:
        self._opened, self._one = opened, threading.Lock()
        self._key, self.public = find(opened, kid)
        self.kid = kid_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """ES256 over `data`: r || s, 64 bytes. Raises `TokenFailed`."""
        try:
            with self._one:
                return bytes(self._key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))
        except PKCS11Error as failure:
            raise TokenFailed(token=self._opened.label, reason=type(failure).__name__) from None

    def pades(self, certificate: bytes, chain: list[bytes]) -> Callable[[], Any]:
        """How pyHanko gets a signer for this key."""

        def made() -> Any:
            from asn1crypto import x509
            from pyhanko.sign.pkcs11 import PKCS11Signer

            above = [x509.Certificate.load(one) for one in chain]
            leaf = x509.Certificate.load(certificate)
            return PKCS11Signer(self._opened.session, signing_cert=leaf, ca_chain=above, key_id=self.kid, use_raw_mechanism=True)

        return made
