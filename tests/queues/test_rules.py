"""Numbers and the steps of a visit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.queues.errors import StepNotAllowed
from kiosk.queues.rules import STATUSES, STEPS, after, number_text

LETTER, LANE = st.sampled_from("ABCD"), st.sampled_from(["", "K1", "K2", "R2"])
PLACE = st.tuples(LETTER, LANE, st.integers(1, 20_000))


@given(PLACE, PLACE)
def test_two_places_never_have_the_same_number(one, other):
    assert (number_text(*one) == number_text(*other)) == (one == other)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", STATUSES)
def test_a_step_leads_on_from_its_own_states_only(step, status):
    sources, target = STEPS[step]
    if status in sources:
        assert after(step, status) == target
    else:
        with pytest.raises(StepNotAllowed) as refused:
            after(step, status, number="A-007")
        assert refused.value.code == "QUEUE-0409"
        assert "A-007" in refused.value.text("id")


def test_a_visit_that_is_done_stays_done():
    assert not [step for step, (sources, _) in STEPS.items() if "done" in sources]


def test_somebody_absent_can_only_be_called_back():
    assert [step for step, (sources, _) in STEPS.items() if "no_show" in sources] == ["recall"]


def test_every_state_can_be_reached_and_every_unfinished_one_left():
    assert {target for _, target in STEPS.values()} == set(STATUSES)
    assert {source for sources, _ in STEPS.values() for source in sources} == set(STATUSES) - {"done"}
