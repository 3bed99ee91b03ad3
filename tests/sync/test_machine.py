"""Whatever the line does and whenever a backup comes back: what happened reaches the centre once, and the chain stays whole."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.browsers import OfficeWithScreens
from tests.sync.office import runs


@pytest.mark.timeout(1800)  # a minute on a machine that does nothing else
@pytest.mark.usefixtures("quick_signatures")
def test_what_happened_is_at_the_centre_once_whatever_came_between():
    run_state_machine_as_test(OfficeWithScreens, settings=runs(300, 25))


@pytest.mark.usefixtures("quick_signatures")
@pytest.mark.parametrize("minutes", [0, 5, -40])
def test_a_number_handed_in_again_to_a_node_that_forgot_it_is_one_event(minutes: int):
    """The answer was lost on its way to the screen, the centre heard of it, the disk died; and meanwhile the clock was moved."""
    state = OfficeWithScreens()
    state.begin()
    copy = state.back_up()
    state.issue(screen="K1")
    state.hand_in(screen="K1", fault="reply lost")
    state.speak(fault="fine")
    state.restore(copy=copy)
    state.clock(minutes=minutes)
    state.hand_in(screen="K1", fault="fine")
    state.teardown()


@pytest.mark.soak
def test_the_same_for_long():
    run_state_machine_as_test(OfficeWithScreens, settings=runs(2500, 40))
