"""What `picture.desk` found, as texts for the officer's page: times on the office's clock, minutes waited."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


def clock(stored: str | None, zone: str) -> str:
    """Hours and minutes of a stored moment as Indonesian offices write them.

    >>> clock("2026-03-12T01:42:00.000000+00:00", "Asia/Makassar")
    '09.42'
    """
    return datetime.fromisoformat(stored).astimezone(ZoneInfo(zone)).strftime("%H.%M") if stored else ""


def minutes(since: str, now: datetime) -> int:
    """Whole minutes from a stored moment to `now`, never below 0 (a clock may have been set back)."""
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds() // 60))


def visit(row: dict[str, Any] | None, zone: str, now: datetime) -> dict[str, str]:
    """The visit at the counter; every text is empty when nobody is there."""
    if row is None:
        return dict.fromkeys(("id", "number", "queue", "status", "came", "waited", "called", "calls"), "")
    waited = minutes(row["joined_at"], datetime.fromisoformat(row["called_at"]))
    return {
        "id": row["id"],
        "number": row["number"],
        "queue": row["current_queue"],
        "status": row["status"],
        "came": clock(row["taken_at"], zone),
        "waited": str(waited),
        "called": clock(row["called_at"], zone),
        "calls": str(row["calls"]),
    }


def line(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, str]]:
    """Who waits or was absent: id, number, queue and the minutes since the visit came to this queue."""
    return [{"id": r["id"], "number": r["number"], "queue": r["queue"], "minutes": str(minutes(r["joined_at"], now))} for r in rows]


def targets(queues: list[dict[str, Any]], current: str) -> list[dict[str, str]]:
    """Queues to which a visit that stands in `current` can be transferred."""
    return [{"code": q["code"], "name": q["name"], "name_en": q["name_en"]} for q in queues if q["code"] != current]
