"""Up to which day answers are counted on screens: a figure that moves with each answer would tell what the last one said.

Who watches the index before and after one visitor knows the visitor's answers from the difference. So screens count whole days that
are over, and the last of them moves on only when at least five answers have come since it moved last: of all answers, and of those
that a service, a place or a way of answering was asked for. An answer that comes later for a day that is counted already (from a
tablet without a network, from a file) is counted at once; what everybody sees does not move by it either, see `held`. What is
published in the same words (a period that is over, a command's report) is not touched by this.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, func, select

from kiosk.core.table_of import table_of
from kiosk.survey import old
from kiosk.survey.counting import whose
from kiosk.survey.index import FEWEST
from kiosk.survey.model import SurveyAnswer
from kiosk.survey.scope import Scope

ANSWERS = table_of(SurveyAnswer)


def step(days: Iterable[tuple[str, int]]) -> str:
    """The last day that is counted; "" for none. `days`: (day, answers) of days that are over, in order.

    More days at the end move it on by five answers at least; more answers on earlier days can move it either way.

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


def counted_until(connection: Connection, scope: Scope, today: date) -> str:
    """The last day whose answers screens count of the scope, whatever its period; "" while there are too few. `today` is the office's.

    A part of the office is counted as far as the office is, and there too by five of its own answers at a time.
    """
    office = replace(scope, service=None, place=None, holders=None)
    until = step(one for one in _days(connection, office) if one[0] < today.isoformat())
    return until if scope == office else step(one for one in _days(connection, scope) if one[0] <= until)


def _days(connection: Connection, scope: Scope) -> list[tuple[str, int]]:
    query = select(ANSWERS.c.day, func.count()).where(*whose(scope)).group_by(ANSWERS.c.day).order_by(ANSWERS.c.day)
    return [(day, count) for day, count in connection.execute(query)]


def waiting_after(connection: Connection, scope: Scope, until: str) -> int:
    """How many answers of the scope, whatever its period, lie here and are not counted yet."""
    return int(connection.execute(select(func.count()).where(*whose(scope), ANSWERS.c.day > until)).scalar_one())


def earliest(connection: Connection, office_id: str) -> date | None:
    """The day of the oldest answer by any scheme; None for none."""
    query = select(func.min(ANSWERS.c.day)).where(ANSWERS.c.office_id == office_id)
    found = [day for day in (connection.execute(query).scalar_one(), old.earliest(connection, office_id)) if day]
    return date.fromisoformat(min(found)) if found else None


def places(connection: Connection, office_id: str) -> list[str]:
    """The counter groups that answers came from; phones have none."""
    query = select(ANSWERS.c.place).where(ANSWERS.c.office_id == office_id, ANSWERS.c.place != "").distinct().order_by(ANSWERS.c.place)
    return list(connection.execute(query).scalars())
