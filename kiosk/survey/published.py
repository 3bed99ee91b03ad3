"""What may leave the office: nothing that fewer than five answers stand behind, and nothing from which such could be computed.

A report on paper, in a spreadsheet or on a public page shows a table beside its total. Where a group is too small, what all hidden
groups have together can be computed from that total; so groups are hidden, smallest first, until this is five answers or more.
"""

from collections.abc import Iterable, Mapping

from kiosk.survey.figures import Counted, Scores
from kiosk.survey.hiding import hidden
from kiosk.survey.index import FEWEST, Sums

Pattern = tuple[int | None, ...]  # the scores of one answer in the order of the elements; None where it has none


def is_small(count: int) -> bool:
    """Whether so many answers could be a person. None at all is nobody."""
    return 0 < count < FEWEST


def hidden_groups(groups: Mapping[str, Counted]) -> set[str]:
    """The groups of a table that may not be shown; the table's total is.

    A group is too small as a whole, or in one element: its index is made of all elements. What is hidden together is five answers or
    more in each element too: the total's mean of an element, without the shown groups', would tell. A group that is alone is the total.
    """
    there = {name: one.n for name, one in groups.items() if one.n}
    if len(there) == 1:
        return {name for name, n in there.items() if is_small(n)}
    found = hidden(there, {name for name in there if _has_small(groups[name])})
    left = sorted((n, name) for name, n in there.items() if name not in found)
    while left and _has_small(sum((groups[name] for name in found), Counted())):
        found.add(left.pop(0)[1])
    return found


def _has_small(one: Counted) -> bool:
    return any(is_small(count) for _, count in one.sums.values())


def hidden_elements(sums: Sums) -> frozenset[str]:
    """The elements whose mean may not be shown beside the index: one alone could be computed from it."""
    small = {key for key, (_, count) in sums.items() if is_small(count)}
    left = sorted((count, key) for key, (_, count) in sums.items() if count and key not in small)
    while small and left and len(small) < 2:
        small.add(left.pop(0)[1])
    return frozenset(small)


def shown_sums(sums: Sums) -> dict[str, tuple[int, int]]:
    """The sums of those elements that may be shown beside the index. Only they are ranked: a place among others would tell."""
    few = hidden_elements(sums)
    return {key: one for key, one in sums.items() if key not in few}


def hidden_distributions(scores: Mapping[str, Scores], elements: frozenset[str]) -> frozenset[str]:
    """The elements whose four counts may not be shown: one is small, and count and mean would give away up to two that are hidden."""
    return elements | {key for key, counts in scores.items() if any(is_small(count) for count in counts)}


def annex(patterns: Iterable[tuple[Pattern, int]], n: int) -> tuple[list[tuple[Pattern, int]], int]:
    """The raw data as it may be shown: answers that at least five gave alike, most frequent first, and how many others there are.

    The others are none, or five or more, whatever else of the report is known.
    """
    shown = sorted((one for one in patterns if one[1] >= FEWEST), key=lambda one: (-one[1], [score or 0 for score in one[0]]))
    others = n - sum(count for _, count in shown)
    while is_small(others) and shown:
        others += shown.pop()[1]
    return shown, others
