"""The kinds of events, each registered once, in the room where it happens: how an event becomes rows again.

The same function serves a node that was restored from an older copy and takes its history back, and the centre, which makes an
office's rows from what arrives. It must be idempotent: an event may come twice, also after its rows are there.
"""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

# An event as it travels: {"actor", "at", "body", "event_id", "kind", "office_id"}.
Event = dict[str, Any]
Apply = Callable[[Session, Event], None]

_KINDS: dict[str, Apply] = {}


def applied(*kinds: str) -> Callable[[Apply], Apply]:
    """Register the decorated function as the one that makes rows of events of `kinds`. Raises ValueError for a second one."""

    def register(function: Apply) -> Apply:
        for kind in kinds:
            if kind in _KINDS:
                raise ValueError(f"{kind} is registered already")
            _KINDS[kind] = function
        return function

    return register


def nothing(*kinds: str) -> None:
    """Register kinds of which no rows are made elsewhere: the event itself is what counts."""
    applied(*kinds)(_keep)


def _keep(_session: Session, _event: Event) -> None:
    return


def find(kind: str) -> Apply | None:
    """The function for `kind`; None for a kind that this version does not know: it is kept, and applied after an update."""
    return _KINDS.get(kind)


def known() -> frozenset[str]:
    """All kinds that are registered."""
    return frozenset(_KINDS)
