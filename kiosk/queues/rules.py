"""Numbers and the steps of a visit: pure functions.

A number belongs to a lane and a business day: the node's own lane has no name (`A-001`), a touchscreen that issues by
itself has one (`A-K2-014`), so a number is unique however the network was split.
"""

from typing import Literal, get_args

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


def number_text(queue: str, lane: str, serial: int) -> str:
    """What is shown and called.

    >>> number_text("A", "", 7)
    'A-007'
    >>> number_text("A", "K2", 14)
    'A-K2-014'
    """
    return "-".join(part for part in (queue, lane, f"{serial:03d}") if part)


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
