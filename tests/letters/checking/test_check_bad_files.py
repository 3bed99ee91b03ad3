"""Files that mean harm: each gets its reason, in time, in bounds, and nothing falls."""

import time

import pytest

from kiosk.letters.checking.limits import SECONDS
from kiosk.letters.checking.readers import Readers
from tests.letters.checking.bad_files import ENDLESS, NOT_READ, png

MOST_RESIDENT = 200 * 1024  # kB


@pytest.fixture(scope="module")
def readers():
    made = Readers()
    yield made
    made.close()


@pytest.mark.parametrize("name", NOT_READ)
def test_what_cannot_be_read_gets_its_own_reason(name: str, readers: Readers) -> None:
    make, reason = NOT_READ[name]
    facts = readers.read(make())
    assert facts.unreadable == reason
    assert facts.peak_kb < MOST_RESIDENT


@pytest.mark.parametrize("name", ENDLESS)
def test_what_wants_to_go_on_for_ever_is_ended_in_bounds(name: str, readers: Readers) -> None:
    data = ENDLESS[name]()
    began = time.monotonic()
    facts = readers.read(data)
    assert time.monotonic() - began < SECONDS + 3
    assert facts.unreadable in {None, "broken_pdf", "reading_took_too_long"}
    assert (facts.letters, facts.foreign) == ((), 0)
    assert facts.peak_kb < MOST_RESIDENT


def test_the_bomb_is_small_and_would_be_large() -> None:
    assert len(png(20_000, 20_000)) < 60_000


def test_the_largest_picture_that_is_read_stays_in_bounds(readers: Readers) -> None:
    facts = readers.read(png(5000, 5000))
    assert facts.unreadable is None
    assert 0 < facts.peak_kb < MOST_RESIDENT
