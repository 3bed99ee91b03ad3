"""Which notices there are now: for everybody's screens, and for the staff."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.notices.feed import TOPIC, Notice, Notices
from kiosk.notices.rules import in_order, is_over
from kiosk.sync import feed, topics

# What a room of this node itself tells the staff at a moment: `{"id", "text": {"id", "en"}, "level"}`, or None for nothing.
Own = Callable[[Session, str, datetime], dict[str, Any] | None]
_own: list[Own] = []


def told_here(own: Own) -> Own:
    """Register who tells the staff something of this node itself, beside what the centre sends."""
    _own.append(own)
    return own


def for_everybody(session: Session, *, office_id: str, now: datetime) -> list[dict[str, Any]]:
    """Public notices that are not over, the important ones first: also those to come, for a screen that will be alone by then."""
    return [_told(one) for one in in_order(_all(session, office_id).public) if not is_over(one, now)]


def for_staff(session: Session, *, office_id: str, now: datetime) -> list[dict[str, Any]]:
    """Notices for the staff that are shown at `now`: what this node itself has to say, then the centre's."""
    here = [told for own in _own if (told := own(session, office_id, now))]
    return here + [_told(one) for one in in_order(_all(session, office_id).staff) if one.begins <= now and not is_over(one, now)]


def _all(session: Session, office_id: str) -> Notices:
    content = feed.in_use(session, office_id, TOPIC)
    try:
        body = topics.read(TOPIC, content)[1] if content else Notices()
    except KioskError:  # kept by a newer program than this one
        return Notices()
    return body if isinstance(body, Notices) else Notices()


def _told(one: Notice) -> dict[str, Any]:
    moments = {"from": one.begins.isoformat(), "until": one.ends.isoformat()}
    return {"id": one.id, "text": {"id": one.indonesian, "en": one.english}, "level": one.level, **moments}
