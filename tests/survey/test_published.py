"""What leaves the office holds nothing that fewer than five answers stand behind, also when tables are set against each other."""

import csv
import io
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.paper.sheets import Sheet, as_csv, as_xlsx, is_formula
from kiosk.survey.figures import Counted
from kiosk.survey.hiding import hidden
from kiosk.survey.index import FEWEST
from kiosk.survey.published import annex, hidden_distributions, hidden_elements, hidden_groups
from kiosk.survey.questionnaire import ELEMENTS

counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))
patterns = st.lists(st.tuples(*[st.sampled_from([None, 1, 4])] * 2), max_size=60)


def group(n: int, **fewer: int) -> Counted:
    """`n` answers of 4 in each element, and so many in the elements that are named."""
    return Counted(n, {key: (0, 0, 0, fewer.get(key, n)) for key in ELEMENTS})


@given(counts)
def test_what_is_hidden_together_is_never_fewer_than_five(found: dict[str, int]):
    gone = hidden(found)
    assert all(count == 0 or count >= FEWEST for name, count in found.items() if name not in gone)
    together = sum(found[name] for name in gone)
    shown = [name for name, count in found.items() if count and name not in gone]
    assert together == 0 or together >= FEWEST or not shown, "the rest of the total gives them away"


@given(counts, st.sets(st.sampled_from("abcdefgh")))
def test_no_cell_is_hidden_alone(found: dict[str, int], also: set[str]):
    gone = hidden(found, also)
    assert {name for name in also if found.get(name)} <= gone
    assert len(gone) != 1 or sum(1 for count in found.values() if count) == 1


def test_a_group_with_an_element_that_few_answered_is_hidden_with_another():
    """Its index is made of all elements, and the total of the table would give it away."""
    groups = {"a": group(20), "b": group(20, fee=3), "c": group(9)}
    assert hidden_groups(groups) == {"b", "c"}
    assert hidden_groups({"a": group(20), "b": group(20, fee=0)}) == set()


def test_hidden_groups_are_five_in_each_element_too():
    """The whole's 23 who answered about the fee without the 20 of "a" would be three people's mean."""
    assert hidden_groups({"a": group(20), "izin": group(3, fee=0), "lain": group(6, fee=3)}) == {"a", "izin", "lain"}
    assert hidden_groups({"a": group(20), "b": group(9), "izin": group(3, fee=0), "lain": group(6, fee=3)}) == {"b", "izin", "lain"}


def test_a_group_that_is_alone_is_the_whole():
    assert hidden_groups({"a": group(20, fee=3), "b": group(0)}) == set()
    assert hidden_groups({"a": group(4)}) == {"a"}


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)), min_size=2))
def test_what_is_hidden_together_is_nobody_or_five_in_each_element(found: dict[str, tuple[int, int, int]]):
    groups = {name: group(n, fee=min(n, fee), product=min(n, product)) for name, (n, fee, product) in found.items()}
    gone = hidden_groups(groups)
    left = [name for name, one in groups.items() if one.n and name not in gone]
    for element in ELEMENTS:
        together = sum(groups[name].sums[element][1] for name in gone)
        assert together == 0 or together >= FEWEST or not left


def test_an_element_that_few_answered_is_hidden_with_another_because_the_index_is_known():
    assert hidden_elements(group(20, fee=3).sums) == {"fee", "behaviour"}
    assert hidden_elements(group(20, fee=0).sums) == frozenset()


def test_a_distribution_with_a_small_cell_is_hidden_whole():
    """Three counts, how many answered, and the mean would give the fourth away."""
    scores = {**group(20).scores, "fee": (1, 0, 9, 10), "product": (0, 5, 5, 10)}
    assert hidden_distributions(scores, frozenset({"procedure"})) == {"fee", "procedure"}


@given(patterns)
def test_the_annex_has_no_row_that_could_be_a_person(answers: list[tuple[int | None, ...]]):
    given = Counter(answers)
    rows, others = annex(given.items(), len(answers))
    assert all(count >= FEWEST and given[pattern] == count for pattern, count in rows)
    assert sum(count for _, count in rows) + others == len(answers)
    assert others == 0 or others >= FEWEST or not rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", '=HYPERLINK("http://x")'])
def test_a_formula_that_somebody_wrote_is_text_in_a_spreadsheet(text: str):
    sheet = Sheet("Saran", ("Saran", "n"), [(text, 3)])
    assert is_formula(text)
    row = list(csv.reader(io.StringIO(as_csv([sheet]).decode("utf-8-sig"))))[2]
    assert row == [f"'{text}", "3"]
    cell = load_workbook(io.BytesIO(as_xlsx([sheet]))).worksheets[0]["A2"]
    assert (cell.value.strip(), cell.data_type, cell.quotePrefix) == (text.strip(), "s", True)


def test_a_dash_is_a_dash():
    """The annex says that a dash is a skipped question; alone it computes nothing."""
    assert not is_formula("-")
    assert as_csv([Sheet("Saran", ("U1", "n"), [("-", 3)])]).decode("utf-8-sig").splitlines()[2] == "-,3"


@pytest.mark.parametrize(("number", "form"), [("0.444", "0.000"), ("91.48", "0.00"), ("3.5", "0.0"), ("7", "0"), ("1E+2", "0")])
def test_a_spreadsheet_shows_as_many_decimals_as_a_number_has(number: str, form: str):
    cell = load_workbook(io.BytesIO(as_xlsx([Sheet("a", ("a",), [(Decimal(number),)])]))).worksheets[0]["A2"]
    assert (Decimal(str(cell.value)), cell.number_format) == (Decimal(number), form)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=50))
def test_any_text_can_be_written_and_read_again(text: str):
    def cells(value: Any) -> Any:
        return load_workbook(io.BytesIO(as_xlsx([Sheet(value, ("a",), [(value,)])]))).worksheets[0]["A2"]

    cell = cells(text.encode("utf-8", "ignore").decode())
    assert cell.data_type != "f"
