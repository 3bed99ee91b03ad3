"""Sealed bodies: what is personal is closed in the browser at once, and only this node can open it.

A fresh X25519 pair for every entry (RFC 7748), HKDF-SHA256 over the shared secret (RFC 5869; salt: both public keys), AES-256-GCM with
the entry's id and kind as associated data. The browser's side is `kiosk/ui/seal.js`.
"""

import json
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from kiosk.core.errors import StartError
from kiosk.core.files import write_whole
from kiosk.core.i18n import N_
from kiosk.devices.errors import SealBroken

FILE = "sealing-key.pem"
INFO = b"kios-sealed-1"
NONCE = bytes(12)  # every key seals once, so one nonce is enough


class SealingKeyDamaged(StartError):
    """The file of the node's sealing key is not one."""

    code = "SYNC-0501"
    sentence = N_("The sealing key in {file} cannot be read. Restore the file from a backup; without it sealed entries stay closed.")


@cache
def sealing_key(data_dir: Path) -> X25519PrivateKey:
    """The node's sealing key (PKCS#8, readable by its owner alone); made when there is none yet. Raises `SealingKeyDamaged`."""
    path = data_dir / FILE
    if not path.exists():
        write_whole(path, X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise SealingKeyDamaged(file=path) from None
    if not isinstance(key, X25519PrivateKey):
        raise SealingKeyDamaged(file=path)
    return key


def public_text(key: X25519PrivateKey) -> str:
    """The public half, 32 bytes in base64: what browsers seal to."""
    return b64encode(_raw(key.public_key())).decode()


def open_sealed(key: X25519PrivateKey, sealed: dict[str, Any], *, entry_id: str, kind: str) -> dict[str, Any]:
    """The body in `sealed`, `{"key": base64, "box": base64}`. Raises `SealBroken` for what was not sealed to this node, for this entry."""
    try:
        theirs = b64decode(str(sealed["key"]), validate=True)
        shared = key.exchange(X25519PublicKey.from_public_bytes(theirs))
        secret = HKDF(SHA256(), 32, salt=theirs + _raw(key.public_key()), info=INFO).derive(shared)
        plain = AESGCM(secret).decrypt(NONCE, b64decode(str(sealed["box"]), validate=True), f"{entry_id}.{kind}".encode())
        body = json.loads(plain)
    except (KeyError, ValueError, InvalidTag):
        raise SealBroken() from None
    if not isinstance(body, dict):
        raise SealBroken()
    return body


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
