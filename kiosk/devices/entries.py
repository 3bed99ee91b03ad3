"""What devices hand in: each room registers the kinds that it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from kiosk.devices.service import DeviceIdentity

OLDEST_MS = 366 * 24 * 3600 * 1000


@dataclass(frozen=True)
class Entry:
    """One entry, opened. `arrived`: when it was made, by the device's steady clock, never outside of what the node knows of the device."""

    office_id: str
    id: str
    kind: str
    body: dict[str, Any]
    arrived: datetime


@dataclass(frozen=True)
class Here:
    """What the room of a traceless way says of an entry that it holds durably.

    `event_id`: the event that tells of it. While there is none yet, the device is to ask again in `again_s` seconds. Neither: no event
    will ever tell of it, and the device need not keep it.
    """

    event_id: str | None = None
    again_s: int | None = None


# Takes an entry in, in the caller's transaction, and gives what the device is told of it (or None); of a traceless way, how it stands
# (`Here`). It must be idempotent by the entry's id. A KioskError that it raises parks the entry on the device; a `KeptAside` keeps it here.
Take = Callable[[Session, DeviceIdentity, Entry, datetime], dict[str, Any] | Here | None]


@dataclass(frozen=True)
class Way:
    """How a kind is taken in; `then` is called when that is durable.

    `traceless`: nothing of who handed it in, when, or in which order is written down beside what the room itself keeps; the room alone
    tells an entry that came before, and one with other content.
    """

    take: Take
    then: Callable[[], None] | None = None
    traceless: bool = False


_WAYS: dict[str, Way] = {}


def taken_in(kind: str, *, then: Callable[[], None] | None = None, traceless: bool = False) -> Callable[[Take], Take]:
    """Register the decorated function as the one that takes entries of `kind` in. Raises ValueError for a second one."""

    def register(function: Take) -> Take:
        if kind in _WAYS:
            raise ValueError(f"{kind} is taken in already")
        _WAYS[kind] = Way(function, then, traceless)
        return function

    return register


def way_of(kind: str) -> Way | None:
    """How `kind` is taken in; None for a kind that this version does not know."""
    return _WAYS.get(kind)


def arrived(*, age_ms: int, floor: datetime, now: datetime) -> datetime:
    """When an entry of this age was made: not before `floor`, when the device last said that nothing waits on it, and not after `now`.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 12, 12, tzinfo=UTC)
    >>> [f"{arrived(age_ms=age, floor=noon - timedelta(minutes=5), now=noon):%H:%M}" for age in (60_000, 9_000_000, -5)]
    ['11:59', '11:55', '12:00']
    """
    return min(now, max(floor, now - timedelta(milliseconds=min(max(0, age_ms), OLDEST_MS))))
