"""COSE_Sign1 (RFC 9052, 4.2) in the one shape that is used here: tag 18, ES256, a kid of 8 bytes, nothing unprotected."""

from dataclasses import dataclass

from kiosk.letters.qr import cbor, ecdsa
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.signer import KID, Signer

TAG, ES256 = 18, -7
_ALG, _KID = 1, 4  # header labels (RFC 9052, 3.1)


@dataclass(frozen=True)
class Sign1:
    """A message that was read, not yet verified."""

    kid: bytes
    payload: bytes
    signature: bytes
    protected: bytes

    def holds(self, public: bytes, aad: bytes) -> bool:
        """Whether the key of `public` (65 bytes) signed it for the purpose `aad`."""
        return ecdsa.verifies(public, _structure(self.protected, self.payload, aad), self.signature)


def read(data: bytes) -> Sign1:
    """The parts of a message. Raises `Malformed` with the reasons of `cbor.decode`, wrong_tag, wrong_algorithm, missing_field."""
    match cbor.decode(data, tag=TAG):
        case [bytes(protected), {**unprotected}, bytes(payload), bytes(signature)] if not unprotected:
            if len(signature) != ecdsa.SIGNATURE:
                raise Malformed("malformed")
            return Sign1(_kid(protected), payload, signature, protected)
    raise Malformed("malformed")


def _kid(protected: bytes) -> bytes:
    """The key's name out of the protected header, which must be exactly {1: -7, 4: kid}."""
    header = cbor.decode(protected)
    if not isinstance(header, dict):
        raise Malformed("malformed")
    if _ALG not in header:
        raise Malformed("missing_field")
    if header[_ALG] != ES256:
        raise Malformed("wrong_algorithm")
    if _KID not in header:
        raise Malformed("missing_field")
    kid = header[_KID]
    if not isinstance(kid, bytes) or len(kid) != KID or len(header) != 2:
        raise Malformed("malformed")
    return kid


def _protected(kid: bytes) -> bytes:
    return cbor.encode({_ALG: ES256, _KID: kid})


def _structure(protected: bytes, payload: bytes, aad: bytes) -> bytes:
    """Sig_structure (RFC 9052, 4.4)."""
    return cbor.encode(["Signature1", protected, aad, payload])


def to_be_signed(payload: bytes, kid: bytes, aad: bytes) -> bytes:
    """The bytes that a key named `kid` signs."""
    return _structure(_protected(kid), payload, aad)


def make(payload: bytes, signer: Signer, aad: bytes) -> bytes:
    """`payload` signed for the purpose `aad`, as a message."""
    signature = signer.sign(to_be_signed(payload, signer.kid, aad))
    return cbor.encode([_protected(signer.kid), {}, payload, signature], tag=TAG)
