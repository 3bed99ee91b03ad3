"""What a node concludes from where the centre stands with it: pure, without a database."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from kiosk.core.chain import Head

HashAt = Callable[[int, int], str | None]


class Verdict(StrEnum):
    """What the node does next."""

    CURRENT = "current"
    REWOUND = "rewound"
    TWIN = "twin"


def compare(*, own: Head, cursor: Head, closed: Iterable[Head], hash_at: HashAt) -> Verdict:
    """Compare the node's chain with the centre's cursor and the epochs that the centre has closed.

    `own` is where the node's chain stands, `hash_at(epoch, seq)` the hash of its link there, None where it has none.
    CURRENT: the cursor lies on the node's chain, so what follows it is sent. REWOUND: it does not, so the node was restored from
    an older copy. TWIN: the node's chain runs on beyond the end of a closed epoch, without a break: somebody else drew the next
    epoch with this node's key, so two computers live with one identity.

    >>> chain = {(1, 0): "g", (1, 1): "a", (1, 2): "b"}
    >>> at = lambda epoch, seq: chain.get((epoch, seq))
    >>> compare(own=Head(1, 2, "b"), cursor=Head(1, 1, "a"), closed=[], hash_at=at).value
    'current'
    >>> compare(own=Head(1, 2, "b"), cursor=Head(1, 5, "x"), closed=[], hash_at=at).value
    'rewound'
    >>> compare(own=Head(1, 2, "b"), cursor=Head(2, 7, "y"), closed=[Head(1, 1, "a")], hash_at=at).value
    'twin'
    """
    if hash_at(cursor.epoch, cursor.seq) == cursor.hash:
        return Verdict.CURRENT
    for end in closed:
        if own.epoch == end.epoch and own.seq > end.seq and hash_at(end.epoch, end.seq) == end.hash:
            return Verdict.TWIN
    return Verdict.REWOUND


def is_beyond(own: Head, shown: Head, hash_at: HashAt) -> bool:
    """Whether `shown`, a head that the node signed, proves that its chain was longer once: it lies in no epoch before the node's
    own, and the chain does not hold it. `hash_at` as in `compare`.

    >>> chain = {(1, 0): "g", (1, 1): "a"}
    >>> at = lambda epoch, seq: chain.get((epoch, seq))
    >>> [is_beyond(Head(1, 1, "a"), shown, at) for shown in (Head(1, 1, "a"), Head(1, 2, "b"), Head(1, 1, "x"), Head(2, 1, "y"))]
    [False, True, True, True]
    >>> is_beyond(Head(2, 1, "z"), Head(1, 9, "b"), at)
    False
    """
    return shown.epoch >= own.epoch and hash_at(shown.epoch, shown.seq) != shown.hash


def last_agreed(highest: int, same_at: Callable[[int], bool]) -> int:
    """The last sequence number up to `highest` at which two chains hold the same event; 0 for none.

    Chains that differ at a number differ at every later one, so that about `log2(highest)` questions are enough.

    >>> last_agreed(500, lambda seq: seq <= 300)
    300
    >>> last_agreed(0, lambda seq: True), last_agreed(7, lambda seq: False)
    (0, 0)
    """
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        if same_at(middle):
            low = middle
        else:
            high = middle - 1
    return low
