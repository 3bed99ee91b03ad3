"""What a wrong PIN costs, which PINs are too simple, and when a screen was left alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.staff.pins import random_pin
from kiosk.staff.rules import IDLE, LOCKED_AT, PIN_DIGITS, Tries, after_wrong, anchored, delay, is_away, pin_fault, wait

NOON = datetime(2026, 3, 12, 5, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
COUNTS = st.integers(0, LOCKED_AT)


def test_the_table_of_waits():
    assert [int(delay(wrong).total_seconds()) for wrong in range(15)] == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_more_wrong_pins_never_cost_less(one, other):
    assert delay(min(one, other)) <= delay(max(one, other))


@given(COUNTS, st.one_of(st.none(), MOMENTS), MOMENTS)
def test_wherever_the_clock_goes_no_wait_is_longer_than_its_delay(wrong, not_before, now):
    tries = Tries(wrong, not_before)
    assert timedelta() <= wait(tries, now) <= delay(wrong)
    assert wait(anchored(tries, now), now + delay(wrong)) == timedelta()


@given(st.integers(5, LOCKED_AT), MOMENTS)
def test_a_wait_that_runs_is_not_moved(wrong, now):
    tries = after_wrong(Tries(wrong - 1), now)
    assert anchored(tries, now) == tries
    assert wait(tries, now) == delay(wrong)
    assert wait(tries, now + delay(wrong) - timedelta(microseconds=1)) > timedelta()
    assert wait(tries, now + delay(wrong)) == timedelta()


@given(st.lists(MOMENTS, min_size=15, max_size=15))
def test_fifteen_wrong_pins_lock_whatever_the_clock_said_meanwhile(moments):
    tries = Tries()
    for number, now in enumerate(moments, start=1):
        assert not tries.locked
        tries = anchored(after_wrong(tries, now), now)
        assert tries.wrong == number
    assert tries.locked


@given(MOMENTS, st.timedeltas(timedelta(days=-9000), timedelta(days=9000)))
def test_a_session_is_left_alone_after_half_an_hour_on_either_side(seen, gap):
    assert is_away(seen, seen + gap) == (abs(gap) > timedelta(minutes=30))
    assert timedelta(minutes=30) == IDLE


@given(st.text(max_size=8))
def test_a_pin_has_six_plain_digits(pin):
    ok_shape = len(pin) == PIN_DIGITS and pin.isascii() and pin.isdecimal()
    assert (pin_fault(pin) == "digits") == (not ok_shape)


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_run_of_digits_is_no_pin(first, step):
    assert pin_fault("".join(str((first + step * place) % 10) for place in range(6))) == "simple"


@given(st.integers(1, 3), st.text("0123456789", min_size=3, max_size=3))
def test_a_repeated_piece_is_no_pin(size, digits):
    assert pin_fault((digits[:size] * 6)[:6]) == "simple"


def test_few_pins_are_too_simple():
    assert sum(pin_fault(f"{number:06}") == "simple" for number in range(1_000_000)) < 10_000


def test_a_random_pin_is_a_good_one():
    pins = {random_pin() for _ in range(200)}
    assert len(pins) > 190
    assert all(pin_fault(pin) is None for pin in pins)
