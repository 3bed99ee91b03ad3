"""What the centre decides about a message of a node: pure, without a database."""

import json
import re
from dataclasses import dataclass, field

from kiosk.core.chain import FIELDS, Head, content_hash, follow
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.ids import UUID_TEXT

MAX_LINES, MAX_BYTES = 1000, 1_000_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", re.ASCII)
KIND = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,40}")

NOT_AN_EVENT, FOREIGN_OFFICE, OTHER_BODY = "SYNC-0422", "SYNC-0403", "SYNC-0409"


class Rewound(KioskError):
    """The node's chain does not go on from where the centre's cursor stands: it was restored from an older copy."""

    code = "SYNC-0410"
    status = 409
    sentence = N_("This node does not go on from where the centre stands. It was restored from an older copy and must draw a new epoch.")


class TooLarge(KioskError):
    """More lines or bytes than one batch may hold."""

    code = "SYNC-0413"
    status = 413
    sentence = N_("A batch holds at most {lines} events and {bytes} bytes.")


@dataclass(frozen=True)
class Batch:
    """What a node sends: lines of one epoch that begin with the sequence number `first`; `previous` is the hash before them."""

    epoch: int
    first: int
    previous: str
    lines: list[bytes]


@dataclass(frozen=True)
class Event:
    """One event that can be taken."""

    seq: int
    event_id: str
    kind: str
    at: str
    content_hash: str
    line: bytes


@dataclass(frozen=True)
class Odd:
    """A line that is set aside, and why (a stable code)."""

    seq: int
    code: str
    line: bytes
    event_id: str | None = None


@dataclass
class Sorted:
    """A batch's lines: those to take and those to set aside."""

    events: list[Event] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)


def cut(body: bytes) -> list[bytes]:
    """The lines of a batch's body (NDJSON, each line ended). Raises `TooLarge`.

    >>> cut(b'{"a":1}\\n{"b":2}\\n')
    [b'{"a":1}', b'{"b":2}']
    """
    lines = body.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    if len(lines) > MAX_LINES or len(body) > MAX_BYTES:
        raise TooLarge(lines=MAX_LINES, bytes=MAX_BYTES)
    return lines


def go_on(cursor: Head, batch: Batch) -> Head:
    """The head after which the batch's new lines begin: what came before is known, so that a batch sent twice is taken once.

    A new epoch begins by citing the cursor's hash, which closes the epoch before it. Raises `Rewound` for any other chain.
    """
    if batch.epoch > cursor.epoch and batch.first == 1 and batch.previous == cursor.hash:
        return Head(batch.epoch, 0, cursor.hash)
    known = cursor.seq - batch.first + 1
    if batch.epoch != cursor.epoch or known < 0 or batch.first < 1:
        raise Rewound()
    before = Head(batch.epoch, batch.first - 1, batch.previous)
    if known < len(batch.lines) and follow(before, batch.lines[:known]) != cursor:
        raise Rewound()
    return cursor


def sort(office_id: str, first: int, lines: list[bytes]) -> Sorted:
    """Read `lines`, of which the first has the sequence number `first`; the office is that of the node's key."""
    result = Sorted()
    for seq, line in enumerate(lines, first):
        event = _read(seq, line)
        if event is None:
            result.odd.append(Odd(seq, NOT_AN_EVENT, line))
        elif event[1] != office_id:
            result.odd.append(Odd(seq, FOREIGN_OFFICE, line, event[0].event_id))
        else:
            result.events.append(event[0])
    return result


def _read(seq: int, line: bytes) -> tuple[Event, str] | None:
    """The event in `line` and the office that it names; None when it is none."""
    try:
        value = json.loads(line.decode())
    except (ValueError, RecursionError):
        return None
    if type(value) is not dict or tuple(value) != FIELDS or b"\\u0000" in line:
        return None
    actor, at, body, event_id, kind, office = value.values()
    if not (type(body) is dict and type(actor) is type(at) is type(event_id) is type(kind) is type(office) is str):
        return None
    if not (UUID_TEXT.fullmatch(event_id) and KIND.fullmatch(kind) and MOMENT.fullmatch(at)):
        return None
    return Event(seq, event_id, kind, at, content_hash(line), line), office
