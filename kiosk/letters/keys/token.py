"""Keys in a token (PKCS #11): made there, never seen here. SoftHSM2 stands in for one in the tests.

Tokens sign a digest as they are given it (CKM_ECDSA); SHA-256 is made here, because not every token can.
"""

import hashlib
import hmac
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_named_curve_parameters

from kiosk.letters.keys import tries
from kiosk.letters.keys.errors import PinSpared, TokenFailed, TokenLocked, WrongPin
from kiosk.letters.keys.sealed import WRONG_S
from kiosk.letters.qr.ecdsa import POINT
from kiosk.letters.qr.signer import kid_of

CURVE = "1.2.840.10045.3.1.7"  # P-256 (RFC 5480, section 2.1.1.1)


@dataclass(frozen=True)
class TokenSession:
    """A token that was opened with its PIN. `one`: it does one thing at a time."""

    session: Any
    label: str
    proof: bytes
    one: threading.Lock = field(default_factory=threading.Lock)


# A process logs in to a token once, whoever asks (PKCS #11 2.40, section 5.6); so the session is kept, and the PIN compared here.
_open: dict[tuple[Path, str], TokenSession] = {}
_salt = os.urandom(32)
_one_at_a_time = threading.Lock()


def open_token(library: Path, label: str, pin: str, *, folder: Path) -> TokenSession:
    """The token called `label` in the PKCS #11 `library`, open as long as this process lives.

    `folder`: the node's keys, where wrong PINs are counted (`tries`); the token never gets the one that could lock it.
    Raises `WrongPin`, `PinSpared`, `TokenLocked`, `TokenFailed`.
    """
    if not pin:
        raise WrongPin(token=label, reason="PinEmpty")  # some tokens count even this one
    proof = hashlib.scrypt(pin.encode(), salt=_salt, n=2**14, r=8, p=1)
    with _one_at_a_time:
        if here := _open.get((library, label)):
            if not hmac.compare_digest(here.proof, proof):
                time.sleep(WRONG_S)
                raise WrongPin(token=label, reason="PinIncorrect")
            return here
        with tries.one_try(folder, label):
            opened = _open[library, label] = TokenSession(_logged_in(library, label, pin, folder), label, proof)
        return opened


def _logged_in(library: Path, label: str, pin: str, folder: Path) -> Any:
    """A session of the token, if its flags allow a try (CK_TOKEN_INFO, PKCS #11 2.40, section 3.2). Raises as `open_token`."""
    try:
        token = pkcs11.lib(str(library)).get_token(token_label=label)
        if token.flags & TokenFlag.USER_PIN_LOCKED:
            raise TokenLocked(token=label)
        if token.flags & TokenFlag.USER_PIN_FINAL_TRY:
            raise PinSpared(token=label, file=tries.file_of(folder, label).name)
        return token.open(rw=True, user_pin=pin)
    except (PinIncorrect, PinLenRange) as wrong:
        raise WrongPin(token=label, reason=type(wrong).__name__) from None
    except PinLocked:
        raise TokenLocked(token=label) from None
    except (PKCS11Error, RuntimeError, OSError) as failure:
        raise TokenFailed(token=label, reason=f"{type(failure).__name__} {failure}".strip()) from None


def close_token(library: Path, label: str) -> None:
    """Log out: keys of the token sign no more before its PIN is given again."""
    if here := _open.pop((library, label), None):
        with suppress(PKCS11Error):
            here.session.close()


def _failed(opened: TokenSession, failure: Exception) -> TokenFailed:
    """What to raise; the session is given up, so that a token that was pulled out works again when it is back."""
    for library, label in [place for place, one in _open.items() if one is opened]:
        close_token(library, label)
    return TokenFailed(token=opened.label, reason=type(failure).__name__)


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
        raise _failed(opened, failure) from None
    return kid_of(point), point


def find(opened: TokenSession, kid: bytes) -> tuple[Any, bytes]:
    """Handle and public point of the key whose id is `kid`. Raises `TokenFailed`."""
    try:
        private = opened.session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=kid)
        public = _point(opened.session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=kid))
    except (PKCS11Error, ValueError) as failure:
        raise _failed(opened, failure) from None
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
    """Signs with a key in a token."""

    def __init__(self, opened: TokenSession, kid: bytes) -> None:
        self._opened = opened
        self._key, self.public = find(opened, kid)
        self.kid = kid_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """ES256 over `data`: r || s, 64 bytes. Raises `TokenFailed`."""
        try:
            with self._opened.one:
                return bytes(self._key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))
        except PKCS11Error as failure:
            raise _failed(self._opened, failure) from None

    def pades(self, certificate: bytes, chain: list[bytes]) -> Callable[[], Any]:
        """How pyHanko gets a signer for this key."""

        def made() -> Any:
            from asn1crypto import x509
            from pyhanko.sign.pkcs11 import PKCS11Signer

            above = [x509.Certificate.load(one) for one in chain]
            leaf = x509.Certificate.load(certificate)
            return PKCS11Signer(self._opened.session, signing_cert=leaf, ca_chain=above, key_id=self.kid, use_raw_mechanism=True)

        return made
