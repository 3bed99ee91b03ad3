"""A private key under a passphrase: PKCS #12 (RFC 7292), AES-256 with PBKDF2, and a MAC that is as slow to try as the key itself.

`cryptography` stretches the passphrase for the key as often as it is told, and for the MAC 2,048 times whatever it is told: who
guesses would guess at the MAC. So the MAC is made anew here. `openssl pkcs12` reads the file.
"""

import hashlib
import hmac
import os
import threading
import time

from asn1crypto import pkcs12 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from kiosk.letters.keys.errors import Damaged, WrongPassphrase

ROUNDS = 600_000  # OWASP's figure for PBKDF2 with SHA-256
MOST_ROUNDS = 10_000_000  # a file that asks for more would only keep the machine busy
PASSPHRASE_LEAST = 12
WRONG_S = 1.0  # a wrong passphrase costs this much more than a right one
MAC_KEY, BLOCK = b"\x03", 64  # RFC 7292, appendix B.3: what the derived bytes are for; block of SHA-256

_one_at_a_time = threading.Lock()


def seal(key: ec.EllipticCurvePrivateKey, passphrase: str, *, rounds: int = ROUNDS) -> bytes:
    """The key as a PKCS #12 file that only the passphrase opens, stretched `rounds` times for the key and for the MAC."""
    how = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(rounds).hmac_hash(hashes.SHA256())
    how = how.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
    pfx = asn1.Pfx.load(pkcs12.serialize_key_and_certificates(None, key, None, None, how.build(passphrase.encode())))
    salt = os.urandom(16)
    digest = hmac.digest(_mac_key(passphrase, salt, rounds), pfx["auth_safe"]["content"].native, "sha256")
    told = {"digest_algorithm": {"algorithm": "sha256"}, "digest": digest}
    pfx["mac_data"] = asn1.MacData({"mac": told, "mac_salt": salt, "iterations": rounds})
    return bytes(pfx.dump(force=True))


def _mac_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """RFC 7292, appendix B.2, for one block of SHA-256: 32 bytes."""
    secret = (passphrase + "\0").encode("utf-16-be")
    block = MAC_KEY * BLOCK + b"".join((one * (BLOCK // len(one) + 2))[: -(-len(one) // BLOCK) * BLOCK] for one in (salt, secret))
    for _ in range(rounds):
        block = hashlib.sha256(block).digest()
    return block


def rounds_of(content: bytes, *, file: str) -> int:
    """How often a guess must be stretched: the lesser of key and MAC. Raises `Damaged`, naming `file`, for what is no such file."""
    try:
        pfx = asn1.Pfx.load(content, strict=True)
        found = [int(pfx["mac_data"]["iterations"].native)]
        for safe in pfx.authenticated_safe:
            for bag in asn1.SafeContents.load(safe["content"].native):
                if bag["bag_id"].native != "pkcs8_shrouded_key_bag":
                    raise ValueError("more in it than a key")
                found.append(int(bag["bag_value"]["encryption_algorithm"].kdf_iterations))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Damaged(file=file, reason="no key in PKCS #12 with a passphrase") from None
    if len(found) != 2 or not 0 < min(found) <= max(found) <= MOST_ROUNDS:
        raise Damaged(file=file, reason="no single key with a believable number of rounds")
    return min(found)


def unseal(content: bytes, passphrase: str, *, file: str) -> ec.EllipticCurvePrivateKey:
    """The key in the file's `content`; takes its while, a wrong passphrase a second more, one guess at a time.

    Raises `WrongPassphrase`, or `Damaged` for what is no such file; both name `file`.
    """
    rounds_of(content, file=file)
    with _one_at_a_time:
        try:
            key = pkcs12.load_pkcs12(content, passphrase.encode()).key
        except ValueError:
            time.sleep(WRONG_S)
            raise WrongPassphrase(file=file) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Damaged(file=file, reason="not a key on P-256")
    return key
