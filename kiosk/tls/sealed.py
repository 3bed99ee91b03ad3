"""A private key under a passphrase: PKCS #8 EncryptedPrivateKeyInfo (RFC 5958) with PBES2 (RFC 8018).

`cryptography` writes the same structure, but with 2,048 rounds; a disk that is lost deserves more. It reads any number, and so
does `openssl pkey`.
"""

import os
from base64 import b64encode

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kiosk.tls.errors import Damaged, WrongPassphrase

ROUNDS = 600_000  # OWASP's figure for PBKDF2 with SHA-256
SEQUENCE, INTEGER, OCTETS = 0x30, 0x02, 0x04
# Object identifiers in DER: PBES2, PBKDF2, hmacWithSHA256 with its NULL (RFC 8018, appendix C), aes256-CBC (RFC 3565).
PBES2, PBKDF2 = bytes.fromhex("06092a864886f70d01050d"), bytes.fromhex("06092a864886f70d01050c")
HMAC_SHA256, AES256_CBC = bytes.fromhex("300c06082a864886f70d02090500"), bytes.fromhex("060960864801650304012a")


def seal(key: ec.EllipticCurvePrivateKey, passphrase: str) -> bytes:
    """The key as PEM that only the passphrase opens."""
    salt, iv = os.urandom(16), os.urandom(16)
    secret = PBKDF2HMAC(hashes.SHA256(), 32, salt, ROUNDS).derive(passphrase.encode())
    pad = padding.PKCS7(128).padder()
    plain = pad.update(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())) + pad.finalize()
    cipher = Cipher(algorithms.AES256(secret), modes.CBC(iv)).encryptor()
    stretched = _der(SEQUENCE, PBKDF2, _der(SEQUENCE, _der(OCTETS, salt), _der(INTEGER, ROUNDS.to_bytes(3, "big")), HMAC_SHA256))
    scheme = _der(SEQUENCE, PBES2, _der(SEQUENCE, stretched, _der(SEQUENCE, AES256_CBC, _der(OCTETS, iv))))
    return _pem(_der(SEQUENCE, scheme, _der(OCTETS, cipher.update(plain) + cipher.finalize())))


def unseal(text: bytes, passphrase: str, *, file: str) -> ec.EllipticCurvePrivateKey:
    """The key in the PEM `text`. Raises `WrongPassphrase`, or `Damaged` for what is no such key; both name `file`."""
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" not in text:
        raise Damaged(file=file, reason="no encrypted private key in it")
    try:
        key = load_pem_private_key(text, passphrase.encode())
    except (ValueError, TypeError) as wrong:
        if str(wrong).startswith("Unable to load PEM"):
            raise Damaged(file=file, reason="the key is not whole") from None
        raise WrongPassphrase(file=file) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Damaged(file=file, reason="not a key of an office's authority")
    return key


def _der(tag: int, *parts: bytes) -> bytes:
    """One value in DER (X.690): tag, length, contents."""
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + body


def _pem(der: bytes) -> bytes:
    text = b64encode(der)
    lines = [text[place : place + 64] for place in range(0, len(text), 64)]
    return b"\n".join([b"-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, b"-----END ENCRYPTED PRIVATE KEY-----", b""])
