"""What everybody was told of a half-year stands until at least five more answers are counted in it, also after a restart.

An answer can come late for a day that is counted already: from a tablet that was without a network, from a file. All means are told to
two decimals, so the difference that one answer makes would be its nine scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from kiosk.survey.figures import Counted
from kiosk.survey.index import FEWEST
from kiosk.survey.model import SurveyTold
from kiosk.survey.scope import Period

Profile = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Told:
    """The counted days of a half-year, all their answers, and how many each group has of the parts of the profile that are told."""

    period: Period
    whole: Counted
    profile: Profile


def hold(session: Session, office_id: str, found: Told) -> Told:
    """What is told now that `found` was counted: that, or what was told before while fewer than five answers lie between."""
    key = (office_id, found.period.first.isoformat())
    known = session.get(SurveyTold, key)
    if known is not None and abs(found.whole.n - known.figures["whole"]["n"]) < FEWEST:
        return _of_row(known)
    row = SurveyTold(office_id=office_id, first_day=key[1], last_day=found.period.last.isoformat(), figures=_as_json(found))
    session.merge(row)
    return found


def _as_json(told: Told) -> dict[str, Any]:
    return {"whole": vars(told.whole), "profile": {part: dict(groups) for part, groups in told.profile.items()}}


def _of_row(row: SurveyTold) -> Told:
    whole = row.figures["whole"]
    scores = {key: (one, two, three, four) for key, (one, two, three, four) in whole["scores"].items()}
    period = Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day))
    return Told(period, Counted(whole["n"], scores), row.figures["profile"])
