"""Up to which day answers are counted on screens: a figure that moves with each answer would tell what the last one said.

Who watches the index before and after one visitor knows the visitor's answers from the difference. So screens count whole days that
are over, and the count moves on only when at least five answers have come since it moved last. What is published in the same words
(a period that is over, a command's report) is not touched by this.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from kiosk.survey import old
from kiosk.survey.index import FEWEST
from kiosk.survey.model import SurveyAnswer

ANSWERS = SurveyAnswer.__table__  # type: ignore[attr-defined]


def step(days: Iterable[tuple[str, int]]) -> str:
    """The last day that is counted; "" for none. `days`: (day, answers) of days that are over, in order.

    >>> step([("2026-03-02", 4), ("2026-03-03", 1), ("2026-03-04", 4)])
    '2026-03-03'
    >>> step([("2026-03-02", 4)])
    ''
    """
    until, waiting = "", 0
    for day, count in days:
        waiting += count
        if waiting >= FEWEST:
            until, waiting = day, 0
    return until


def counted_until(connection: Connection, office_id: str, today: date) -> str:
    """The last day whose answers screens of this office count; "" while there are too few. `today` is the office's."""
    over = (ANSWERS.c.office_id == office_id, ANSWERS.c.day < today.isoformat())
    query = select(ANSWERS.c.day, func.count()).where(*over).group_by(ANSWERS.c.day).order_by(ANSWERS.c.day)
    return step((day, count) for day, count in connection.execute(query))


def waiting_after(connection: Connection, office_id: str, until: str) -> int:
    """How many answers lie here and are not counted yet."""
    query = select(func.count()).where(ANSWERS.c.office_id == office_id, ANSWERS.c.day > until)
    return int(connection.execute(query).scalar_one())


def earliest(connection: Connection, office_id: str) -> date | None:
    """The day of the oldest answer by any scheme; None for none."""
    query = select(func.min(ANSWERS.c.day)).where(ANSWERS.c.office_id == office_id)
    found = [day for day in (connection.execute(query).scalar_one(), old.earliest(connection, office_id)) if day]
    return date.fromisoformat(min(found)) if found else None


def places(connection: Connection, office_id: str) -> list[str]:
    """The counter groups that answers came from; phones have none."""
    query = select(ANSWERS.c.place).where(ANSWERS.c.office_id == office_id, ANSWERS.c.place != "").distinct().order_by(ANSWERS.c.place)
    return list(connection.execute(query).scalars())
