"""The decoder takes one spelling of each value and nothing else; cbor2 is the oracle."""

import tracemalloc
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.qr import cbor

KEYS = st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=9) | st.text(max_size=9)
LEAVES = KEYS | st.booleans() | st.none() | st.binary(max_size=300) | st.text(max_size=70)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=30) | st.dictionaries(KEYS, inner, max_size=30), max_leaves=40
)


def depth(value: Any) -> int:
    """How many arrays and maps lie within each other."""
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 1 + max(map(depth, value.values()), default=0) if isinstance(value, dict) else 0


@given(VALUES.filter(lambda value: depth(value) <= cbor.DEPTH))
def test_a_value_comes_back_and_is_spelt_as_cbor2_spells_it(value: Any):
    data = cbor.encode(value)
    assert cbor.decode(data) == value
    assert cbor2.loads(data) == value
    assert _sorted(value) == data


def _sorted(value: Any) -> bytes:
    """`value` by cbor2, its maps sorted as RFC 8949, 4.2.1 wants it (cbor2's canonical form is the older one, shorter keys first)."""
    if isinstance(value, list):
        return cbor2.dumps([0] * len(value))[: -len(value) or None] + b"".join(map(_sorted, value))
    if isinstance(value, dict):
        pairs = sorted((_sorted(key), _sorted(item)) for key, item in value.items())
        head = cbor2.dumps([0] * len(value))[: -len(value) or None]
        return bytes([head[0] ^ 0x20]) + head[1:] + b"".join(key + item for key, item in pairs)
    return cbor2.dumps(value)


@given(st.binary(max_size=60) | VALUES.map(cbor2.dumps))
def test_whatever_is_taken_is_the_only_spelling_of_its_value(data: bytes):
    try:
        value = cbor.decode(data)
    except cbor.NotCbor:
        return
    assert cbor.encode(value) == data
    assert cbor2.loads(data) == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "malformed"),
        ("18", "malformed"),
        ("1817", "not_deterministic"),
        ("190017", "not_deterministic"),
        ("1900ff", "not_deterministic"),
        ("1a0000ffff", "not_deterministic"),
        ("1b00000000ffffffff", "not_deterministic"),
        ("5801" + "00", "not_deterministic"),
        ("1c", "malformed"),
        ("1f", "indefinite_length"),
        ("5f4100ff", "indefinite_length"),
        ("7f6161ff", "indefinite_length"),
        ("9fff", "indefinite_length"),
        ("bfff", "indefinite_length"),
        ("ff", "indefinite_length"),
        ("4200", "malformed"),
        ("62c328", "malformed"),
        ("63eda080", "malformed"),
        ("82" + "00", "malformed"),
        ("a100", "malformed"),
        ("a201000100", "duplicate_keys"),
        ("a3010002000100", "duplicate_keys"),
        ("a202000100", "not_deterministic"),
        ("a1f400", "malformed"),
        ("a1f600", "malformed"),
        ("a18000", "malformed"),
        ("c100", "wrong_tag"),
        ("d28000", "wrong_tag"),
        ("81d200", "wrong_tag"),
        ("f7", "malformed"),
        ("f0", "malformed"),
        ("f8ff", "malformed"),
        ("f93c00", "malformed"),
        ("fa3f800000", "malformed"),
        ("fb3ff0000000000000", "malformed"),
        ("0000", "trailing_bytes"),
        ("81" * 9 + "00", "malformed"),
        ("a100" * 9 + "00", "malformed"),
    ],
)
def test_each_fault_has_its_reason(data: str, reason: str):
    with pytest.raises(cbor.NotCbor) as fault:
        cbor.decode(bytes.fromhex(data))
    assert fault.value.reason == reason


@pytest.mark.parametrize(
    ("data", "reason"), [("80", "wrong_tag"), ("d180", "wrong_tag"), ("d81280", "not_deterministic"), ("d2", "malformed")]
)
def test_a_tag_is_taken_where_it_was_asked_for(data: str, reason: str):
    assert cbor.decode(bytes.fromhex("d28101"), tag=18) == [1]
    with pytest.raises(cbor.NotCbor) as fault:
        cbor.decode(bytes.fromhex(data), tag=18)
    assert fault.value.reason == reason


def test_eight_levels_are_taken():
    assert cbor.decode(b"\x81" * 7 + b"\x80") == [[[[[[[[]]]]]]]]


@pytest.mark.parametrize(
    "data", [b"\x9b" + b"\xff" * 8, b"\x5b\x7f" + b"\xff" * 7, b"\xbb" + b"\xff" * 8, b"\x9a\x00\x3f\xff\xff" + b"\xa0" * 2**22]
)
def test_a_length_that_lies_costs_no_memory(data: bytes):
    """Four million empty maps would take 256 MB."""
    tracemalloc.start()
    with pytest.raises(cbor.NotCbor):
        cbor.decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_what_cannot_be_spelt_is_said():
    with pytest.raises(OverflowError):
        cbor.encode(2**64)
    with pytest.raises(TypeError):
        cbor.encode(1.0)
