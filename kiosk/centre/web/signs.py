"""How an office's computer stands, as one word with a colour: pure, without a database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.centre.model import REVOKED, CentreNode

CONNECTED_FOR = timedelta(minutes=15)
# A computer that is switched off on Friday afternoon is heard of again on Monday morning: that is no fault of anybody.
LATE_AFTER = timedelta(days=3)
CLOCK_OFF_S = 300
MINUTE, HOUR, DAY = 60, 3600, 86400


class Sign(StrEnum):
    """What is wrong with a computer, or nothing."""

    CONNECTED = "connected"
    QUIET = "quiet"
    LATE = "late"
    NEVER = "never"
    REVOKED = "revoked"
    TWIN = "twin"


# The worst first: an office is as well as its worst computer that still counts.
ORDER = (Sign.TWIN, Sign.LATE, Sign.QUIET, Sign.NEVER, Sign.CONNECTED, Sign.REVOKED)
TONES = {Sign.CONNECTED: "ok", Sign.QUIET: "warn", Sign.LATE: "bad", Sign.NEVER: "plain", Sign.REVOKED: "plain", Sign.TWIN: "bad"}
ICONS = {
    Sign.CONNECTED: "check-circle",
    Sign.QUIET: "wifi-slash",
    Sign.LATE: "warning-circle",
    Sign.NEVER: "question",
    Sign.REVOKED: "lock-key",
    Sign.TWIN: "warning",
}


def sign_of(node: CentreNode, now: datetime) -> Sign:
    """How `node` stands at `now`. What was seen in the future counts as just now: the centre's clock moved."""
    if node.state == REVOKED:
        return Sign.REVOKED
    if node.twin_seen_at:
        return Sign.TWIN
    if node.last_contact_at is None:
        return Sign.NEVER
    silent = now - datetime.fromisoformat(node.last_contact_at)
    return Sign.CONNECTED if silent <= CONNECTED_FOR else Sign.QUIET if silent <= LATE_AFTER else Sign.LATE


def worst(signs: list[Sign]) -> Sign:
    """The sign of an office with computers of these `signs`.

    >>> worst([Sign.REVOKED, Sign.CONNECTED, Sign.LATE]).value, worst([]).value
    ('late', 'never')
    """
    return min(signs, key=ORDER.index, default=Sign.NEVER)


@dataclass(frozen=True)
class Span:
    """A length of time in the largest unit that fits: "minutes", "hours" or "days" ("now" for less than a minute)."""

    unit: str
    count: int


def span(seconds: float) -> Span:
    """How long `seconds` are, either way.

    >>> span(59), span(-3700), span(200000)
    (Span(unit='now', count=0), Span(unit='hours', count=1), Span(unit='days', count=2))
    """
    whole = abs(int(seconds))
    for unit, size in (("days", DAY), ("hours", HOUR), ("minutes", MINUTE)):
        if whole >= size:
            return Span(unit, whole // size)
    return Span("now", 0)
