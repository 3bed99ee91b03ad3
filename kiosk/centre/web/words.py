"""Words, moments and spans in the reader's language, for the templates."""

from datetime import datetime

from kiosk.centre.web import texts
from kiosk.centre.web.signs import CLOCK_OFF_S, span
from kiosk.core.clock import local, zone_abbreviation
from kiosk.core.errors import KioskError
from kiosk.core.i18n import Language, translate


class Words:
    """`words.OFFICES` is that text of `texts`, `words("CODE_TITLE", office=...)` fills its places, `words.of("SIGNS", key)` picks one."""

    def __init__(self, language: Language, now: datetime) -> None:
        self.language, self._now = language, now

    def __getattr__(self, name: str) -> str:
        return translate(getattr(texts, name), self.language)

    def __call__(self, name: str, /, **facts: object) -> str:
        """The text `name` with its places filled."""
        return translate(getattr(texts, name), self.language).format(**facts)

    def of(self, name: str, key: str, /, **facts: object) -> str:
        """The text for `key` among those of `name`."""
        return translate(getattr(texts, name)[key], self.language).format(**facts)

    def say(self, message: str, /, **facts: object) -> str:
        """A message id from elsewhere."""
        return translate(message, self.language).format(**facts)

    def error(self, error: KioskError) -> str:
        """An error's sentence."""
        return error.text(self.language)

    def at(self, moment: str | None, zone: str) -> str:
        """A stored moment on the office's clock, with the zone's name."""
        return f"{local(moment, zone)} {zone_abbreviation(zone)}" if moment else self.NEVER

    def day(self, business_date: str) -> str:
        """A business date as Indonesian offices write it; what is none, as it came."""
        parts = business_date.split("-")
        return "-".join(reversed(parts)) if len(parts) == 3 else business_date

    def moment(self, said: object, zone: str) -> str:
        """A moment that a report names, if it is one that can be read."""
        try:
            return self.at(str(said), zone)
        except (ValueError, OverflowError):
            return "–"

    def ago(self, moment: str | None) -> str:
        """How long ago a stored moment was, in its largest unit."""
        if not moment:
            return self.NEVER
        past = span(max((self._now - datetime.fromisoformat(moment)).total_seconds(), 0))
        return self.of("AGO", past.unit, count=past.count)

    def clock(self, seconds: int) -> str:
        """How far a computer's clock is off."""
        if abs(seconds) < CLOCK_OFF_S:
            return self.CLOCK_RIGHT
        off = span(seconds)
        return self("CLOCK_AHEAD" if seconds > 0 else "CLOCK_BEHIND", span=self.of("SPANS", off.unit, count=off.count))
