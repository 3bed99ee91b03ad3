"""Devices as the admin's list shows them: words instead of moments, the front end held against the node's."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.core.i18n import both
from kiosk.devices import texts
from kiosk.devices.model import Device

CLOCK_OFF_S = 120  # a device's clock that is further off is worth a word


@dataclass
class Line:
    """One device. Texts come in both languages; `old` marks a front end that is not the node's, `mark` a lane that is withdrawn.

    `parked`: what the node did not take, with its code and how many, such as "ticket.taken QUEUE-0404 (2)".
    """

    id: str = ""
    lane: str = ""
    name: str = ""
    place: str = ""
    kind: str = ""
    kind_en: str = ""
    seen: str = ""
    seen_en: str = ""
    build: str = ""
    old: bool = False
    waiting: int = 0
    parked: str = ""
    mark: str = ""
    mark_en: str = ""
    clock: str = ""
    clock_en: str = ""
    revoked: str = ""


def ago(seconds: float) -> dict[str, str]:
    """How long ago, in words of both languages; what lies in the future was just now (the clock was set back).

    >>> ago(-5)["en"], ago(59)["en"], ago(60)["en"], ago(7300)["en"], ago(90_000)["en"]
    ('just now', 'just now', '1 minute ago', '2 hours ago', '1 day ago')
    """
    for unit, one, several in texts.AGO:
        if seconds >= unit:
            count = int(seconds // unit)
            return {language: text.format(count=count) for language, text in both(one if count == 1 else several).items()}
    return both(texts.JUST_NOW)


def line(device: Device, *, now: datetime, zone: str, front_end: str) -> Line:
    """A device at `now`; `front_end` is the build that the node serves, `zone` the office's."""
    kind = both(texts.KINDS[device.kind])
    seen = datetime.fromisoformat(device.last_seen_at) if device.last_seen_at else None
    words = both(texts.NEVER) if seen is None else ago((now - seen).total_seconds())
    revoked = datetime.fromisoformat(device.revoked_at).astimezone(ZoneInfo(zone)) if device.revoked_at else None
    mark = both(texts.MARKS[device.mark]) if device.mark else {}
    clock = both(texts.CLOCK_OFF) if abs(device.clock_off_s) > CLOCK_OFF_S else {}
    parked = ", ".join(f"{one['kind']} {one['code']} ({one['count']})" for one in json.loads(device.parked))
    return Line(
        parked=parked,
        mark=mark.get("id", ""),
        mark_en=mark.get("en", ""),
        clock=clock.get("id", ""),
        clock_en=clock.get("en", ""),
        id=device.id,
        lane=device.lane,
        name=device.name,
        place=device.place,
        kind=kind["id"],
        kind_en=kind["en"],
        seen=words["id"],
        seen_en=words["en"],
        build=device.build,
        old=bool(device.build) and device.build != front_end,
        waiting=device.waiting,
        revoked=f"{revoked:%d.%m.%Y %H.%M}" if revoked else "",
    )
