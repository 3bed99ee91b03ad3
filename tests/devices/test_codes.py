"""How codes are spelled, how long they are good, and that no lane is given twice."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import codes
from kiosk.devices.lanes import LETTERS, next_lane
from tests.devices.house import MORNING

CODES = st.text(codes.ALPHABET, min_size=8, max_size=8)
KINDS = st.sampled_from(sorted(LETTERS))


def test_a_code_has_forty_bits_and_no_sign_that_looks_like_another():
    assert 32**codes.SIGNS == 2**40
    assert len(set(codes.ALPHABET)) == 32
    assert not set("ILOU") & set(codes.ALPHABET)
    drawn = {codes.new_code() for _ in range(500)}
    assert len(drawn) == 500
    assert set("".join(drawn)) == set(codes.ALPHABET)


@given(CODES)
def test_what_is_shown_is_read_back(code):
    assert codes.parse(codes.shown(code)) == code


@given(CODES, st.data())
def test_case_spaces_hyphens_and_look_alikes_are_forgiven(code, data):
    alike = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(data.draw(st.sampled_from(alike.get(sign, sign + sign.lower()))) for sign in code)
    cuts = data.draw(st.lists(st.tuples(st.integers(0, 8), st.sampled_from([" ", "-", "\u2013", "\u200b", "\t"])), max_size=4))
    for place, mark in cuts:
        typed = typed[:place] + mark + typed[place:]
    assert codes.parse(typed) == code


@given(st.text(max_size=80))
def test_anything_else_is_no_code(typed):
    found = codes.parse(typed)
    assert found is None or (len(found) == 8 and set(found) <= set(codes.ALPHABET))


@given(st.integers(-(10**6), 10**6), st.booleans())
def test_a_code_is_good_once_and_from_the_moment_it_was_made_for_ten_minutes(seconds, used):
    now = MORNING + timedelta(seconds=seconds)
    wrong = codes.fault(made=MORNING, expires=MORNING + codes.LIFE, used=used, now=now)
    assert wrong == ("used" if used else None if 0 <= seconds < 600 else "late")


@given(st.lists(KINDS, max_size=40))
def test_every_device_that_ever_was_has_a_lane_of_its_own(kinds):
    given_lanes: list[str] = []
    for kind in kinds:
        given_lanes.append(next_lane(kind, given_lanes))
    assert len(set(given_lanes)) == len(kinds)
    for kind, letter in LETTERS.items():
        count = kinds.count(kind)
        assert [lane for lane in given_lanes if lane[0] == letter] == [f"{letter}{number}" for number in range(1, count + 1)]
