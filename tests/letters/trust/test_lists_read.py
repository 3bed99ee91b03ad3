"""Trust lists and revocations come back as they were; what breaks a limit is refused before it costs memory."""

import gzip
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.qr import cbor
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.trust import revocations, trust_list
from kiosk.letters.trust.revocations import Revocations, bits_of
from kiosk.letters.trust.trust_list import ESTABLISHED, TrustList, established_hash
from tests.letters.ground import LIST, NOW, REVOKED, key

SERIALS = st.dictionaries(st.integers(0, 5000), st.tuples(st.integers(0, NOW), st.integers(0, 4)), max_size=40)


def test_a_list_comes_back():
    assert trust_list.decode(trust_list.encode(LIST)) == LIST


def test_a_host_is_written_in_lower_case():
    written = replace(LIST, offices={**LIST.offices, "kaltim": ("Kaltim", "CEK.Kaltim.go.id")})
    assert trust_list.decode(trust_list.encode(written)).offices["kaltim"] == ("Kaltim", "cek.kaltim.go.id")


def test_514_offices_fit_in_100_kilobytes():
    offices = {f"office-{number}": (f"DPMPTSP Kabupaten {number}", f"cek.office-{number}.go.id") for number in range(514)}
    content = replace(LIST, offices=offices, keys=tuple(key("letters", office) for office in offices), established={})
    assert len(trust_list.encode(content)) < 100_000


def test_what_a_reader_would_refuse_is_not_written():
    for broken in (
        replace(LIST, keys=(key("letters", "nowhere"),)),
        replace(LIST, keys=(key("letters", purpose="fun"),)),
        replace(LIST, keys=(key("letters", revoked_at=NOW),)),
        replace(LIST, keys=(key("letters", reason=1),)),
        replace(LIST, keys=(key("letters", revoked_at=NOW, reason=2),)),
        replace(LIST, next_update=LIST.issued - 1),
        replace(LIST, established={b"12345678": b"b" * 16 + b"a" * 16}),
    ):
        with pytest.raises(Malformed):
            trust_list.encode(broken)


@given(st.sets(st.binary(max_size=6), max_size=40), st.binary(max_size=6))
def test_the_established_letters_are_found_and_no_others(inside: set[bytes], asked: bytes):
    known = b"".join(sorted(map(established_hash, inside)))
    content = TrustList(1, 0, 0, {}, (), {b"12345678": known})
    assert len(known) == ESTABLISHED * len(inside)
    assert content.is_established(b"12345678", asked) == (asked in inside)
    assert not content.is_established(b"87654321", asked)


@given(SERIALS)
def test_revocations_come_back_and_name_these_letters_alone(details: dict[int, tuple[int, int]]):
    content = replace(REVOKED, bits=bits_of(details), details=details)
    read = revocations.decode(revocations.encode(content))
    assert read == content
    assert {serial for serial in range(5100) if read.is_revoked(serial)} == set(details)
    assert all(read.detail(serial) == told for serial, told in details.items())


def test_a_hundred_thousand_letters_fit_in_a_kilobyte():
    """500 of them revoked; the details come on top."""
    bits = bits_of(dict.fromkeys(range(0, 100_000, 200), (0, 0))).ljust(12_500, b"\0")
    assert len(revocations.encode(Revocations(1, 0, 0, "kaltim", bits))) < 1000


@pytest.mark.parametrize("size", [1_000_001, 100_000_000])
def test_a_bomb_is_not_unpacked(size: int):
    fields = cbor.decode(revocations.encode(REVOKED))
    payload = cbor.encode({**fields, 6: gzip.compress(bytes(size), mtime=0)})
    tracemalloc.start()
    with pytest.raises(Malformed, match="too_large"):
        revocations.decode(payload)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_the_largest_bitstring_is_taken():
    content = replace(REVOKED, bits=bytes(1_000_000), details={})
    assert revocations.decode(revocations.encode(content)) == content


def test_a_message_beyond_the_limit_is_not_looked_at():
    for decode in (trust_list.decode, revocations.decode):
        with pytest.raises(Malformed, match="too_large"):
            decode(bytes(trust_list.MOST_BYTES + 1))
