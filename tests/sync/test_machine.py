"""Whatever the line does and whenever a backup comes back: what happened reaches the centre once, and the chain stays whole."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.browsers import OfficeWithScreens
from tests.sync.office import runs


@pytest.mark.timeout(1800)  # a minute on a machine that does nothing else
@pytest.mark.usefixtures("quick_signatures")
def test_what_happened_is_at_the_centre_once_whatever_came_between():
    run_state_machine_as_test(OfficeWithScreens, settings=runs(300, 25))


@pytest.mark.soak
def test_the_same_for_long():
    run_state_machine_as_test(OfficeWithScreens, settings=runs(2500, 40))
