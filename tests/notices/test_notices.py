"""Which notices are told, in which order, and what a notice may say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kiosk.notices import service
from kiosk.notices.feed import MOST, Notices
from tests.sync.feeding import NOW, OFFICE, Feeding, feeding, notice

__all__ = ["feeding"]


def span(begins: int, ends: int) -> dict[str, str]:
    """Hours from now."""
    return {"from": (NOW + timedelta(hours=begins)).isoformat(), "until": (NOW + timedelta(hours=ends)).isoformat()}


def test_before_anything_came_there_is_nothing_to_say(feeding: Feeding):
    assert feeding.read(lambda session: service.for_everybody(session, office_id=OFFICE, now=NOW)) == []


def test_what_is_over_is_gone_what_is_to_come_is_told_the_important_first(feeding: Feeding):
    public = [
        notice(id="over", **span(-5, -1)),
        notice(id="now", **span(-1, 1)),
        notice(id="ends-now", **span(-1, 0)),
        notice(id="later", **span(2, 3)),
        notice(id="urgent", level="important", **span(-1, 1)),
    ]
    staff = [notice(id="update", **span(-1, 1)), notice(id="next-update", **span(1, 2))]
    feeding.publish("notices", {"public": public, "staff": staff})
    assert feeding.round() == 1
    told = feeding.read(lambda session: service.for_everybody(session, office_id=OFFICE, now=NOW))
    assert [one["id"] for one in told] == ["urgent", "now", "later"]
    assert told[0]["text"] == {"id": "Besok libur", "en": "Closed tomorrow"}
    at_work = feeding.read(lambda session: service.for_staff(session, office_id=OFFICE, now=NOW))
    assert [one["id"] for one in at_work] == ["update"], "the staff's are for the staff, when it is time"
    feeding.publish("notices", {})
    assert feeding.round() == 1
    assert feeding.read(lambda session: service.for_everybody(session, office_id=OFFICE, now=NOW)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"indonesian": ""},
        {"english": "x" * 141},
        {"from": "2026-03-12T00:00:00"},
        {"until": "2026-03-11T00:00:00+08:00"},
        {"level": "red"},
        {"id": "Not an id"},
        {"link": "https://example.org"},
    ],
)
def test_a_notice_says_no_more_than_a_notice_can(change: dict[str, Any]):
    with pytest.raises(ValidationError):
        Notices.model_validate({"public": [notice() | change]})


def test_ids_are_one_of_a_kind_and_there_are_not_too_many():
    with pytest.raises(ValidationError):
        Notices.model_validate({"public": [notice()], "staff": [notice()]})
    with pytest.raises(ValidationError):
        Notices.model_validate({"public": [notice(id=f"n{number}") for number in range(MOST + 1)]})


def test_moments_keep_their_zone(tmp_path: Path):
    one = Notices.model_validate({"public": [notice()]}).public[0]
    assert one.begins.astimezone(UTC) == datetime(2026, 3, 11, 16, tzinfo=UTC)
