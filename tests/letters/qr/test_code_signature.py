"""Our verification agrees with every case of Project Wycheproof; a message has one shape and counts for one purpose."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.qr import aad, cbor, ecdsa, sign1
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.signer import kid_of
from tests.letters.ground import ORDER, SIGNERS

FILE = Path(__file__).parents[1] / "vectors" / "ecdsa_secp256r1_sha256_p1363_test.json"
GROUPS: list[dict[str, Any]] = json.loads(FILE.read_text())["testGroups"]
CASES = [(group["publicKey"]["uncompressed"], case) for group in GROUPS for case in group["tests"]]
SIGNER = SIGNERS["letters"]


@pytest.mark.parametrize(("public", "case"), CASES, ids=lambda one: str(one["tcId"]) if isinstance(one, dict) else "")
def test_wycheproof(public: str, case: dict[str, Any]):
    held = ecdsa.verifies(bytes.fromhex(public), bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
    assert held == (case["result"] == "valid"), case["comment"]


def test_all_cases_are_there():
    assert len(CASES) == 262
    assert sum(case["result"] == "valid" for _, case in CASES) > 100


def test_the_name_of_a_key_is_the_hash_of_its_der():
    import hashlib

    der = bytes.fromhex(GROUPS[0]["publicKeyDer"])
    assert kid_of(bytes.fromhex(GROUPS[0]["publicKey"]["uncompressed"])) == hashlib.sha256(der).digest()[:8]


@given(st.binary(max_size=300), st.sampled_from([aad.LETTER, aad.TRUST, aad.REVOCATIONS]))
def test_a_message_holds_for_its_key_and_purpose_alone(payload: bytes, purpose: bytes):
    message = sign1.make(payload, SIGNER, purpose)
    assert sign1.read(message).payload == payload
    assert sign1.read(message).kid == SIGNER.kid
    for other in (aad.LETTER, aad.TRUST, aad.REVOCATIONS, b""):
        assert sign1.read(message).holds(SIGNER.public, other) == (other == purpose)
    assert not sign1.read(message).holds(SIGNERS["stranger"].public, purpose)


def test_what_is_signed_is_that_of_the_standard():
    """RFC 9052, 4.4: Sig_structure of COSE_Sign1."""
    expected = bytes.fromhex("846a5369676e6174757265314da2012604480001020304050607") + b"\x50DPMPTSP-SURAT-v1\x41x"
    assert sign1.to_be_signed(b"x", bytes(range(8)), aad.LETTER) == expected


def test_both_forms_of_a_signature_hold_and_carry_the_same():
    """(r, s) and (r, n - s): what is promised is that no message with other fields holds."""
    message = sign1.make(b"payload", SIGNER, aad.LETTER)
    protected, _, payload, signature = cbor.decode(message, tag=18)
    other = signature[:32] + (ORDER - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")
    again = cbor.encode([protected, {}, payload, other], tag=18)
    assert again != message
    assert sign1.read(again).holds(SIGNER.public, aad.LETTER)
    assert sign1.read(again).payload == sign1.read(message).payload


@pytest.mark.parametrize("size", [0, 63, 65, 70, 72, 128])
def test_a_signature_has_64_bytes(size: int):
    protected, _, payload, _ = cbor.decode(sign1.make(b"x", SIGNER, aad.LETTER), tag=18)
    with pytest.raises(Malformed, match="malformed"):
        sign1.read(cbor.encode([protected, {}, payload, bytes(size)], tag=18))
    assert not ecdsa.verifies(SIGNER.public, b"x", bytes(size))


def test_a_longer_spelling_of_s_is_no_signature():
    signature = SIGNER.sign(b"x")
    assert ecdsa.verifies(SIGNER.public, b"x", signature)
    assert not ecdsa.verifies(SIGNER.public, b"x", signature[:32] + b"\0" + signature[32:])


@pytest.mark.parametrize("public", [b"", bytes(65), b"\x04" + bytes(64), SIGNER.public[:-1], b"\x02" + SIGNER.public[1:33]])
def test_what_is_no_key_holds_nothing(public: bytes):
    signature = SIGNER.sign(b"x")
    assert ecdsa.verifies(SIGNER.public, b"x", signature)
    assert not ecdsa.verifies(public, b"x", signature)
