"""Numbers and the steps of a visit: pure functions.

A number belongs to a lane and a business day: the node's own lane has no name (`A-001`), a touchscreen that issues by
itself has one (`A-K2-014`), and a node that was restored from an older copy goes on in another (`A-R2-001`), so a number is unique
however the network was split.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from kiosk.core.chain import FIRST_EPOCH
from kiosk.core.clock import stored
from kiosk.queues.errors import StepNotAllowed

Status = Literal["waiting", "called", "serving", "done", "no_show"]
Step = Literal["call", "call_again", "recall", "start", "transfer", "finish", "no_show"]
STATUSES: tuple[Status, ...] = get_args(Status)
OPEN: tuple[Status, ...] = ("called", "serving")

# Which step leads from where to where. `recall` brings back somebody who was away when called; `transfer` puts the visit,
# with its number, at the end of another queue.
STEPS: dict[Step, tuple[tuple[Status, ...], Status]] = {
    "call": (("waiting",), "called"),
    "call_again": (("called",), "called"),
    "recall": (("no_show",), "called"),
    "start": (("called",), "serving"),
    "transfer": (("called", "serving"), "waiting"),
    "finish": (("serving",), "done"),
    "no_show": (("called",), "no_show"),
}


# When a state was entered: the column that tells it.
SINCE: dict[str, str] = {"waiting": "joined_at", "called": "called_at", "serving": "started_at", "done": "ended_at", "no_show": "ended_at"}
TWICE = "*"


def number_text(queue: str, lane: str, serial: int) -> str:
    """What is shown and called. A number that was given twice keeps its text and bears a mark.

    >>> number_text("A", "", 7)
    'A-007'
    >>> number_text("A", "K2", 14)
    'A-K2-014'
    >>> number_text("A", "*", 51)
    'A-051*'
    """
    name = lane.rstrip(TWICE)
    return "-".join(part for part in (queue, name, f"{serial:03d}") if part) + lane[len(name) :]


def own_lane(epoch: int) -> str:
    """The node's own lane in an epoch of its chain.

    >>> own_lane(1), own_lane(2)
    ('', 'R2')
    """
    return "" if epoch == FIRST_EPOCH else f"R{epoch}"


def moment_of(row: Mapping[str, Any]) -> str:
    """When a visit came to stand as `row` says, as stored text."""
    return str(row[SINCE[row["status"]]])


def not_before(now: datetime, last: str) -> str:
    """The moment of a step that follows one at `last`: now, or just after `last` where the clock was set back meanwhile.

    >>> not_before(datetime.fromisoformat("2026-03-12T01:00:00+00:00"), "2026-03-12T01:42:00.000000+00:00")
    '2026-03-12T01:42:00.000001+00:00'
    """
    return max(stored(now), stored(datetime.fromisoformat(last) + timedelta(microseconds=1)))


def stands_over(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether of two accounts of one visit `one` is to be believed: a finished visit before any other, else what happened last.

    The same two accounts give the same answer in whatever order they come.
    """
    return _weight(one) > _weight(other)


def _weight(row: Mapping[str, Any]) -> tuple[bool, str, int, str, str, int]:
    last = (STATUSES.index(row["status"]), row["current_queue"], row["counter"] or "", row["calls"])
    return (row["status"] == "done", moment_of(row), *last)


def after(step: Step, status: str, *, number: str = "") -> Status:
    """The status that `step` leads to from `status`. Raises `StepNotAllowed` (QUEUE-0409), which names `number`.

    >>> after("start", "called")
    'serving'
    >>> after("finish", "waiting", number="A-001")
    Traceback (most recent call last):
        ...
    kiosk.queues.errors.StepNotAllowed: Number A-001 cannot take this step now. Look at the list again: another counter may have it.
    """
    sources, target = STEPS[step]
    if status not in sources:
        raise StepNotAllowed(number=number)
    return target
