"""What the centre published for an office, and what became of it there."""

from typing import Any

from sqlalchemy import Connection

from kiosk.centre import feed
from kiosk.centre.web.texts import TOPICS


def standing(connection: Connection, office_id: str) -> list[dict[str, Any]]:
    """As `centre.feed.standing`, each with `look` and whether the topic has a name in the pages' words (`named`)."""
    return [{**one, "look": look(one), "named": one["topic"] in TOPICS} for one in feed.standing(connection, office_id)]


def look(one: dict[str, Any]) -> str:
    """How an office stands with a topic: "refused", "current", or "waits" for a version that it has not spoken of.

    >>> look({"version": 3, "in_use": 2, "code": "FEED-0426"}), look({"version": 3, "in_use": 3, "code": ""})
    ('refused', 'current')
    >>> look({"version": 3, "in_use": 2, "code": ""})
    'waits'
    """
    return "refused" if one["code"] else "current" if one["in_use"] >= one["version"] else "waits"
