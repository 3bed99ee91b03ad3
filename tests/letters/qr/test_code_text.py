"""The text of a code: every message has one, every text at most one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.qr.errors import Foreign, Malformed
from kiosk.letters.qr.text import DIGITS, MOST, from_digits, from_text, to_digits, to_text


@given(st.binary(max_size=400))
def test_bytes_come_back(message: bytes):
    assert from_digits(to_digits(message)) == message


@given(st.text("0123456789", max_size=90))
def test_digits_are_the_only_ones_of_their_bytes(digits: str):
    try:
        message = from_digits(digits)
    except Malformed as fault:
        assert fault.reason in {"malformed", "group_too_large"}  # noqa: PT017
        return
    assert to_digits(message) == digits


@pytest.mark.parametrize("rest", [digits for digits in range(DIGITS) if digits not in {0, 3, 5, 8, 10, 13, 15}])
def test_lengths_that_no_bytes_have(rest: int):
    with pytest.raises(Malformed, match="malformed"):
        from_digits("0" * (DIGITS + rest))


@pytest.mark.parametrize(("bytes_", "digits"), [(1, 3), (2, 5), (3, 8), (4, 10), (5, 13), (6, 15), (7, 17)])
def test_a_group_above_its_bytes(bytes_: int, digits: int):
    assert from_digits(str(2 ** (8 * bytes_) - 1).zfill(digits)) == b"\xff" * bytes_
    with pytest.raises(Malformed, match="group_too_large"):
        from_digits(str(2 ** (8 * bytes_)).zfill(digits))
    with pytest.raises(Malformed, match="group_too_large"):
        from_digits("9" * digits)


@given(st.text())
def test_any_text_is_read_or_refused(text: str):
    for one in (text, f"HTTPS://CEK.KALTIM.GO.ID/V#{text}"):
        try:
            from_text(one)
        except (Foreign, Malformed):
            continue


@pytest.mark.parametrize("host", ["", "a/b", "a b", "user@host", "host:", "host:123456", "-a", "a.", "café.id", "a" * 254, "[::1]"])
def test_what_is_no_host_gets_no_code(host: str):
    with pytest.raises(ValueError, match="not a host"):
        to_text(host, b"x")


def test_the_longest_text():
    start = "HTTPS://A.ID/V#"
    longest = (MOST - len(start)) // DIGITS * 7
    assert from_text(to_text("a.id", bytes(longest))).message == bytes(longest)
    with pytest.raises(ValueError, match="too long"):
        to_text("a.id", bytes(longest + 7))
    with pytest.raises(Malformed, match="too_long"):
        from_text(start + "0" * (MOST + 1 - len(start)))


def test_a_port_belongs_to_the_host():
    assert from_text(to_text("Localhost:8000", b"x")).host == "localhost:8000"
