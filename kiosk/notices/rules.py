"""Which notice comes first, and when one is over: pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

LEVELS = ("important", "normal")


class Timed(Protocol):
    """What has a level and a span of time."""

    begins: datetime
    ends: datetime
    level: str


T = TypeVar("T", bound=Timed)


def in_order(notices: Sequence[T]) -> list[T]:
    """The important ones first, then by when they began; of two alike the one that was written first."""
    return sorted(notices, key=lambda one: (LEVELS.index(one.level), one.begins))


def is_over(notice: Timed, now: datetime) -> bool:
    """Whether the notice's last moment has passed; the moment of `until` belongs to it no more."""
    return now >= notice.ends
