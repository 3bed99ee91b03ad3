"""The arithmetic, against published tables and against what must hold for any answers."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.index import FACTOR, OLD, SKM, WEIGHTS, grade_of, half_up, pooled, ranked, result, sample_size, weakest
from kiosk.survey.questionnaire import ELEMENTS, questionnaire

PUBLISHED = dict(zip(ELEMENTS, (105, 101, 100, 116, 102, 105, 106, 105, 115), strict=True))
NOT_REPRODUCIBLE = ("3.200", "3.216", "2.936", "3.530", "3.136", "3.200", "3.316", "3.916", "3.323")

answers = st.dictionaries(st.sampled_from(ELEMENTS), st.integers(1, 4), min_size=1)
surveys = st.lists(answers, min_size=1, max_size=30)


def sums_of(survey: list[dict[str, int]]) -> dict[str, tuple[int, int]]:
    return pooled({element: (score, 1) for element, score in answer.items()} for answer in survey)


def alike(total: int, n: int) -> dict[str, tuple[int, int]]:
    """Sums of `n` full answers whose scores are `total` in all, spread over the elements."""
    share, rest = divmod(total, len(ELEMENTS))
    return {element: (share + (at < rest), n) for at, element in enumerate(ELEMENTS)}


@pytest.mark.parametrize(("weight", "index"), [("1/9", "91.48"), ("0.11", "90.56")])
def test_the_published_table_comes_out_to_the_last_digit(weight: str, index: str):
    found = result({element: (total, 29) for element, total in PUBLISHED.items()}, 29, weight)
    assert (found.index, found.grade, found.n, found.weight) == (Decimal(index), "A", 29, weight)
    means = [str(found.elements[element].mean) for element in ELEMENTS]
    assert means == ["3.62", "3.48", "3.45", "4.00", "3.52", "3.62", "3.66", "3.62", "3.97"]


def test_one_published_table_is_82_70_and_cannot_be_81_71():
    """Its own nine means give 82.70. No weight in use gives 81.71, nor rounding at every step, nor a digit mistyped in one mean.

    81.71 needs a weight of 0.1097..., which is none; an index of 81.71 needs means that sum to 29.4156, and these sum to 29.773.
    """
    means = [Fraction(mean) for mean in NOT_REPRODUCIBLE]
    sums = {element: (int(mean * 1000), 1000) for element, mean in zip(ELEMENTS, means, strict=True)}
    by_weight = {weight: str(result(sums, 1000, weight).index) for weight in WEIGHTS}
    assert by_weight == {"1/9": "82.70", "0.11": "81.88", "0.111": "82.62"}
    for weight, places in product(WEIGHTS, (2, 3, 4)):
        stepwise = sum(round(mean * Fraction(weight), places) for mean in means)
        assert half_up(FACTOR * stepwise) != Decimal("81.71")
    for at, place, digit in product(range(9), range(5), "0123456789"):
        mistyped = list(NOT_REPRODUCIBLE)
        mistyped[at] = mistyped[at][:place] + digit + mistyped[at][place + 1 :] if place != 1 else mistyped[at]
        assert half_up(FACTOR * sum(map(Fraction, mistyped)) / 9) != Decimal("81.71")
    needed = Decimal("81.71") / FACTOR / Decimal(str(float(sum(means))))
    assert Decimal("0.10977") < needed < Decimal("0.10979")


@pytest.mark.parametrize(
    ("n", "total", "index", "grade"),
    [(100, 3179, "88.31", "A"), (58, 1357, "64.99", "D"), (100, 3178, "88.28", "B"), (1, 9, "25.00", "D"), (1, 36, "100.00", "A")],
)
def test_cases_between_the_grades_fall_right(n: int, total: int, index: str, grade: str):
    """88.305... is 88.31 after rounding and an A; the raw value compared with 88.31 would be a B."""
    found = result(alike(total, n), n)
    assert (found.index, found.grade) == (Decimal(index), grade)


def test_every_index_of_two_decimals_has_exactly_one_grade():
    for hundredths in range(2500, 10001):
        index = Decimal(hundredths).scaleb(-2)
        assert sum(band.first <= index <= band.last for band in SKM.bands) == 1
        assert sum(band.first <= index <= band.last for band in OLD.bands) == 1


def test_below_25_there_is_no_grade():
    """With 0.11 the worst answers give 24.75, which no grade of the regulation covers."""
    worst = result(alike(9, 1), 1, "0.11")
    assert (worst.index, worst.grade) == (Decimal("24.75"), None)
    assert worst.elements["fee"].grade == "D", "an element's grade has no weight in it"
    assert grade_of(Decimal("24.99")) is None


def test_with_0_111_the_best_answers_do_not_reach_100():
    assert result(alike(36, 1), 1, "0.111").index == Decimal("99.90")


def test_the_older_scheme_has_its_own_elements_weight_and_grades():
    """The published index of 2011, 74.67, from fourteen elements of 0.071: a B by its own grades, by today's a C."""
    sums = {element: (3005 if at < 13 else 3004, 1000) for at, element in enumerate(OLD.elements)}
    found = result(sums, 1000, OLD.weight, OLD)
    assert (found.index, found.grade, found.weight) == (Decimal("74.67"), "B", "0.071")
    assert grade_of(Decimal("74.67")) == "C"


def test_without_an_answer_there_is_no_index():
    found = result({}, 0)
    assert (found.n, found.index, found.grade) == (0, None, None)
    assert found.elements["fee"].mean is None
    assert ranked({}) == weakest({}) == ()


def test_an_element_that_nobody_answered_counts_nowhere():
    """Its weight goes to the others: eight elements of 4 are 100, not 88.89."""
    sums = {element: (20, 5) for element in ELEMENTS if element != "complaints"}
    found = result(sums, 5)
    assert (found.index, found.elements["complaints"].n) == (Decimal("100.00"), 0)


@pytest.mark.parametrize(("total", "count"), [(3, 5), (21, 5), (1, 0), (0, 1)])
def test_a_sum_that_scores_cannot_have_is_refused(total: int, count: int):
    with pytest.raises(ValueError, match="cannot sum"):
        result({"fee": (total, count)}, 5)


def test_pooling_is_not_the_mean_of_means():
    """One answer of 4 and nine of 1 are 32.50; the mean of their indexes, 62.50, would let one answer weigh as much as nine."""
    one, nine = alike(36, 1), alike(81, 9)
    assert result(pooled([one, nine]), 10).index == Decimal("32.50")
    assert (result(one, 1).index, result(nine, 9).index) == (Decimal("100.00"), Decimal("25.00"))


@given(surveys, st.randoms(use_true_random=False))
def test_permuting_answers_changes_nothing(survey: list[dict[str, int]], random):
    shuffled = random.sample(survey, len(survey))
    assert result(sums_of(shuffled), len(survey)) == result(sums_of(survey), len(survey))


@given(surveys)
def test_the_index_lies_between_25_and_100(survey: list[dict[str, int]]):
    found = result(sums_of(survey), len(survey))
    assert found.index is not None
    assert Decimal(25) <= found.index <= Decimal(100)
    assert found.grade is not None


@given(surveys, st.data(), st.sampled_from(WEIGHTS))
def test_a_better_answer_never_lowers_the_index(survey: list[dict[str, int]], data: st.DataObject, weight: str):
    at = data.draw(st.integers(0, len(survey) - 1))
    element = data.draw(st.sampled_from(sorted(survey[at])))
    better = [dict(answer) for answer in survey]
    better[at][element] = data.draw(st.integers(survey[at][element], 4))
    before, after = (result(sums_of(one), len(survey), weight) for one in (survey, better))
    assert before.index is not None
    assert after.index is not None
    assert after.index >= before.index


@given(surveys)
def test_the_index_is_one_rounding_of_the_exact_value(survey: list[dict[str, int]]):
    sums = sums_of(survey)
    exact = FACTOR * sum(Fraction(*sums[element]) for element in sums) / len(sums)
    found = result(sums, len(survey)).index
    assert found is not None
    assert -Fraction(1, 200) <= exact - Fraction(found) < Fraction(1, 200)


def test_samples_are_the_next_row_up():
    rows = questionnaire().sample
    assert sample_size(4384) == 354
    assert [sample_size(people) for people, _ in rows] == [sample for _, sample in rows]
    nexts = [(people + 1, sample) for (people, _), (_, sample) in pairwise(rows)]
    assert [sample_size(people) for people, _ in nexts] == [min(people, sample) for people, sample in nexts]
    assert (sample_size(0), sample_size(7), sample_size(10**9)) == (0, 7, 384)
