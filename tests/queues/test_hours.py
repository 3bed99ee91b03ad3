"""When an office is open."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.queues.errors import OfficeClosed
from kiosk.queues.hours import Closed, Open, opening

WITA = ZoneInfo("Asia/Makassar")
KALTIM = {**{str(day): ["08:00", "19:00"] for day in range(1, 5)}, "5": ["08:00", "11:00"]}
CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SPANS = st.tuples(CLOCK, CLOCK).map(lambda pair: [at.strftime("%H:%M") for at in sorted(pair)])
HOURS = st.dictionaries(st.sampled_from("1234567"), SPANS)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=WITA))
FREE = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just("Libur"), max_size=40)


def at(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), WITA)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(12, "08:00"), Open(at(12, "19:00"))),
        (at(12, "18:59"), Open(at(12, "19:00"))),
        (at(12, "07:59"), Closed(at(12, "08:00"), "before_opening")),
        (at(12, "19:00"), Closed(at(13, "08:00"), "after_closing")),
        (at(13, "11:00"), Closed(at(16, "08:00"), "after_closing")),  # Friday -> Monday
        (at(14, "09:00"), Closed(at(16, "08:00"), "free_day")),
    ],
)
def test_kaltim_as_its_standard_says(moment, expected):
    assert opening(moment, KALTIM, {}) == expected


def test_a_holiday_is_closed_all_day_and_skipped():
    nyepi = {date(2026, 3, 19): "Hari Suci Nyepi", date(2026, 3, 20): "Idul Fitri"}
    assert opening(at(19, "09:00"), KALTIM, nyepi) == Closed(at(23, "08:00"), "holiday")


def test_where_no_source_tells_hours_the_office_counts_as_open():
    assert opening(at(14, "03:00"), None, {date(2026, 3, 14): "Libur"}) == Open(None)


def test_an_office_that_never_opens_says_so_without_a_date():
    closed = opening(at(12, "09:00"), {}, {})
    assert closed == Closed(None, "free_day")
    assert OfficeClosed(opens_at=None).text("id") != OfficeClosed(opens_at=None).text("en")


def test_closed_names_day_and_time_in_both_languages():
    closed = OfficeClosed(opens_at=at(16, "08:00"))
    assert "Senin, 16 Maret 2026, 08.00" in closed.text("id")
    assert "Monday, 16 March 2026, 08:00" in closed.text("en")


@given(MOMENTS, HOURS, FREE)
def test_what_is_promised_holds(moment, hours, free):
    """Open until the very minute named; closed until the very minute named, and not a minute of opening skipped."""
    state = opening(moment, hours, free)
    if isinstance(state, Open):
        assert moment < state.until
        assert opening(state.until - timedelta(microseconds=1), hours, free) == state
        assert isinstance(opening(state.until, hours, free), Closed)
    elif state.opens_at is not None:
        assert state.opens_at > moment
        assert isinstance(opening(state.opens_at, hours, free), Open)
        assert isinstance(opening(state.opens_at - timedelta(microseconds=1), hours, free), Closed)
        between = moment + (state.opens_at - moment) / 2
        assert opening(between, hours, free).opens_at == state.opens_at
    else:
        assert isinstance(opening(moment + timedelta(days=200), hours, free), Closed)


@given(MOMENTS, HOURS, FREE)
def test_never_open_on_a_free_day(moment, hours, free):
    assert isinstance(opening(moment, hours, {**free, moment.date(): "Libur"}), Closed)
