"""ES256 (RFC 9053, 2.1): ECDSA on P-256 with SHA-256, signatures as r || s of 32 bytes each."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

POINT, SIGNATURE = 65, 64  # bytes: an uncompressed point, r and s
_ES256 = ec.ECDSA(hashes.SHA256())


@lru_cache(maxsize=1024)
def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The key of an uncompressed point (65 bytes: 4, x, y). Raises ValueError when it is none of P-256."""
    if len(point) != POINT or point[0] != 4:
        raise ValueError("not an uncompressed point of P-256")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def verifies(point: bytes, data: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) over `data` is by the key of `point`; False for whatever cannot be one."""
    if len(signature) != SIGNATURE:
        return False
    pair = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    try:
        public_key(point).verify(encode_dss_signature(*pair), data, _ES256)
    except (InvalidSignature, ValueError):
        return False
    return True
