"""Whatever comes in is read or refused with a reason, in little memory. `make fuzz` tries many more (FUZZ_EXAMPLES)."""

import gzip
import os
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.letters.qr import cbor, claims, sign1, text
from kiosk.letters.qr.errors import Foreign, Malformed
from kiosk.letters.trust import revocations, trust_list
from tests.letters.ground import LIST, REVOKED, coded, printed

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
MOST_MEMORY = 12_000_000  # bytes, for inputs of some kB
KEYS = st.integers(-70_000, 12) | st.binary(max_size=8) | st.text(max_size=3)
LEAVES = KEYS | st.integers(-(2**64), 2**64 - 1) | st.booleans() | st.none() | st.binary(max_size=80)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=10) | st.dictionaries(KEYS, inner, max_size=8), max_leaves=30)
GZIP = st.builds(lambda byte, count: gzip.compress(bytes([byte]) * count, mtime=0), st.integers(0, 255), st.integers(0, 3_000_000))


@st.composite
def spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """A good message with some of its bytes another, gone, or doubled."""
    data = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 9)))
        data = data[:start] + draw(st.binary(max_size=9) | st.just(data[start:end] * 2)) + data[end:]
    return data


@st.composite
def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """A good payload with one field another, rightly spelt."""
    fields = cbor.decode(whole)
    fields[draw(st.sampled_from(list(fields)) | st.integers(-1, 9))] = draw(VALUES | GZIP)
    return cbor.encode(fields)


LETTER, TRUST, REVOCATIONS = claims.encode(claims.decode(sign1.read(coded()).payload)), trust_list.encode(LIST), revocations.encode(REVOKED)
READERS: dict[str, tuple[Callable[[Any], Any], st.SearchStrategy[Any]]] = {
    "cbor": (cbor.decode, st.binary(max_size=200) | VALUES.map(cbor.encode) | spoilt(TRUST)),
    "sign1": (sign1.read, spoilt(coded()) | VALUES.map(lambda value: cbor.encode(value, tag=18))),
    "claims": (claims.decode, spoilt(LETTER) | changed(LETTER) | VALUES.map(cbor.encode)),
    "text": (text.from_text, st.text() | spoilt(printed().encode()).map(lambda data: data.decode("latin-1"))),
    "trust_list": (trust_list.decode, spoilt(TRUST) | changed(TRUST) | VALUES.map(cbor.encode)),
    "revocations": (revocations.decode, spoilt(REVOCATIONS) | changed(REVOCATIONS) | VALUES.map(cbor.encode)),
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.timeout(3600)
def test_a_reader_reads_or_refuses(name: str):
    read, inputs = READERS[name]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def tried(data: Any) -> None:
        tracemalloc.start()
        try:
            read(data)
        except (Malformed, Foreign) as fault:
            assert fault.reason.replace("_", "").isalpha()  # noqa: PT017
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MOST_MEMORY

    tried()
