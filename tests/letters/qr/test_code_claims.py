"""What may stand in a letter's code: the same when it is issued and when it is read."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.qr import cbor, claims
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.errors import BadClaim, Malformed
from tests.letters.ground import LETTER

TURNING = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
PLAIN = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=TURNING)
TIMES = st.integers(0, claims.LAST_TIME)
LETTERS = st.builds(
    Claims,
    st.text(PLAIN, min_size=1, max_size=64),
    st.text(PLAIN, min_size=1, max_size=100),
    st.text(PLAIN, min_size=1, max_size=80),
    st.binary(min_size=16, max_size=16),
    st.integers(0, 2**32 - 1),
    TIMES,
    st.none() | TIMES,
).filter(lambda one: one.expires_at is None or one.expires_at >= one.issued_at)


@given(LETTERS)
def test_a_letter_comes_back(letter: Claims):
    assert claims.decode(claims.encode(letter)) == letter


@pytest.mark.parametrize("sign", [*TURNING, *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))], ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("field", ["number", "name", "service"])
def test_signs_that_control_or_turn_are_refused_both_ways(field: str, sign: str):
    letter = replace(LETTER, **{field: f"a{sign}b"})
    with pytest.raises(BadClaim) as refused:
        claims.encode(letter)
    assert refused.value.facts == {"what": field}
    with pytest.raises(Malformed, match="malformed"):
        claims.decode(_unchecked(letter))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("number", "1" * 65),
        ("name", "a" * 101),
        ("name", b"Siti"),
        ("name", "\ud800"),
        ("service", "s" * 81),
        ("record_hash", bytes(15)),
        ("record_hash", bytes(17)),
        ("record_hash", "0" * 16),
        ("serial", -1),
        ("serial", 2**32),
        ("serial", True),
        ("issued_at", -1),
        ("issued_at", claims.LAST_TIME + 1),
        ("issued_at", False),
        ("expires_at", LETTER.issued_at - 1),
        ("expires_at", "tomorrow"),
    ],
)
def test_limits_hold_both_ways(field: str, value: Any):
    letter = replace(LETTER, **{field: value})
    with pytest.raises(BadClaim):
        claims.encode(letter)
    if value != "\ud800":
        with pytest.raises(Malformed, match="malformed"):
            claims.decode(_unchecked(letter))


def _unchecked(letter: Claims) -> bytes:
    """The payload as somebody would make it who does not look at the limits."""
    inner = {1: letter.number, 2: letter.name, 3: letter.service, 4: letter.record_hash, 5: letter.serial}
    return cbor.encode({4: letter.expires_at, 6: letter.issued_at, -65537: inner})
