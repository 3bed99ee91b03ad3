"""A million mutants (`make soak`): none passes with other signed fields."""

import os

import pytest

from tests.letters.test_code_mutants import tried

MUTANTS, LOT = int(os.environ.get("MUTANTS", "1000000")), 50_000


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_million_mutants():
    """In lots, each with letters of its own."""
    for lot in range(-(-MUTANTS // LOT)):
        assert tried(min(LOT, MUTANTS), 1000 + lot)["code_genuine"] > 0
