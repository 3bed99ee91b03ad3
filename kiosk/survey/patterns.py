"""Which answers were given alike, and how often: the raw data without its rows."""

from sqlalchemy import ColumnElement, Connection, Integer, func, literal, select

from kiosk.survey.counting import ANSWERS, where
from kiosk.survey.index import FEWEST
from kiosk.survey.published import Pattern
from kiosk.survey.questionnaire import ELEMENTS, SCORES
from kiosk.survey.scope import Scope

BASE = max(SCORES) + 1  # 0 is "not answered"
MOST = 1000


def patterns(connection: Connection, scope: Scope) -> list[tuple[Pattern, int]]:
    """The scores that at least five answers of `scope` have alike, most frequent first, a thousand at most."""
    code = _code().label("code")
    count = func.count()
    query = select(code, count).where(*where(connection, scope)).group_by("code").having(count >= FEWEST)
    rows = connection.execute(query.order_by(count.desc(), "code").limit(MOST)).tuples()
    return [(_pattern(number), times) for number, times in rows]


def _code() -> ColumnElement[int]:
    """One number for nine scores: a database sorts it several times as fast."""
    code: ColumnElement[int] = literal(0, Integer)
    for element in ELEMENTS:
        code = code * BASE + func.coalesce(ANSWERS.c[element], 0)
    return code


def _pattern(code: int) -> Pattern:
    digits: list[int | None] = []
    for _ in ELEMENTS:
        code, digit = divmod(code, BASE)
        digits.append(digit or None)
    return tuple(reversed(digits))
