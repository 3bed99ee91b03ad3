"""Lanes: the name under which a device issues what is its own, such as numbers while the node is gone (`A-K2-014`).

A lane is given once. Were it given again after a device was wiped, the next one could issue the same number twice.
"""

from collections.abc import Iterable

TWICE = "*"  # after a lane that a restored node gave a second time
LETTERS = {"kiosk": "K", "tablet": "T", "staff": "S", "board": "B"}


def next_lane(kind: str, given: Iterable[str]) -> str:
    """The first lane of `kind` beyond all that were ever `given`, also to devices that are gone.

    >>> next_lane("kiosk", []), next_lane("tablet", ["T1", "K7", "T10", "T9"])
    ('K1', 'T11')
    >>> next_lane("kiosk", ["K3", "K3*"])
    'K4'
    """
    letter = LETTERS[kind]
    numbers = (place_of(lane) for lane in given if lane.startswith(letter))
    return f"{letter}{max(numbers, default=0) + 1}"


def place_of(lane: str) -> int:
    """The number in a lane's name.

    >>> place_of("K12"), place_of("K3*")
    (12, 3)
    """
    return int(lane[1:].rstrip(TWICE))
