"""Which cells of a table are not shown: those of fewer than five people, and whichever would give them away.

Whoever knows the whole and all parts but one knows that one. So what is hidden together must be at least five people too.
"""

from collections.abc import Collection, Mapping

from kiosk.survey.index import FEWEST


def hidden(counts: Mapping[str, int], also: Collection[str] = ()) -> set[str]:
    """Names of the cells that are hidden; `counts` are all parts of one whole. An empty cell hides nobody.

    `also` are cells that must be hidden for another reason; no cell is hidden alone.

    >>> sorted(hidden({"a": 3, "b": 40, "c": 9, "d": 0})), hidden({"a": 5, "b": 40}), sorted(hidden({"a": 3, "b": 2, "c": 50}))
    (['a', 'c'], set(), ['a', 'b'])
    """
    there = sorted((name for name in counts if counts[name] > 0), key=lambda name: (counts[name], name))
    found = {name for name in there if counts[name] < FEWEST or name in also}
    for name in there:
        if not found or (len(found) > 1 and sum(counts[one] for one in found) >= FEWEST):
            break
        found.add(name)
    return found
