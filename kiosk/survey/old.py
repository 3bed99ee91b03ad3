"""Answers by the older scheme of fourteen elements (KepmenPAN 25/2004): imported, counted by themselves, never pooled with others."""

from sqlalchemy import Connection, func, select

from kiosk.core.table_of import table_of
from kiosk.survey.figures import whole
from kiosk.survey.index import OLD
from kiosk.survey.model import SurveyOldAnswer
from kiosk.survey.questionnaire import Both
from kiosk.survey.scope import Scope

ANSWERS = table_of(SurveyOldAnswer)

NAMES = dict(
    zip(
        OLD.elements,
        (
            Both(id="Prosedur pelayanan", en="Procedure"),
            Both(id="Persyaratan pelayanan", en="Requirements"),
            Both(id="Kejelasan petugas pelayanan", en="Clearness who serves"),
            Both(id="Kedisiplinan petugas pelayanan", en="Discipline of the staff"),
            Both(id="Tanggung jawab petugas pelayanan", en="Responsibility of the staff"),
            Both(id="Kemampuan petugas pelayanan", en="Ability of the staff"),
            Both(id="Kecepatan pelayanan", en="Speed"),
            Both(id="Keadilan mendapatkan pelayanan", en="Fairness"),
            Both(id="Kesopanan dan keramahan petugas", en="Politeness of the staff"),
            Both(id="Kewajaran biaya pelayanan", en="Reasonable fees"),
            Both(id="Kepastian biaya pelayanan", en="Certain fees"),
            Both(id="Kepastian jadwal pelayanan", en="Certain times"),
            Both(id="Kenyamanan lingkungan", en="Comfort"),
            Both(id="Keamanan pelayanan", en="Safety"),
        ),
        strict=True,
    )
)


def is_alone(connection: Connection, scope: Scope) -> bool:
    """Whether the scope has answers by the older scheme and by no other."""
    return whole(connection, scope).n == 0 < sums(connection, scope)[0]


def earliest(connection: Connection, office_id: str) -> str | None:
    """The day of the oldest of them; None for none."""
    found: str | None = connection.execute(select(func.min(ANSWERS.c.day)).where(ANSWERS.c.office_id == office_id)).scalar_one()
    return found


def sums(connection: Connection, scope: Scope) -> tuple[int, dict[str, tuple[int, int]]]:
    """How many answers of the older scheme the scope has, and for each element the sum of its scores and how many answered it.

    They know no place and no ticket: a scope of these has none.
    """
    if scope.place is not None or scope.holders is not None:
        return 0, {}
    scores = [ANSWERS.c.scores[element].as_integer() for element in OLD.elements]
    columns = [function(score) for score in scores for function in (func.sum, func.count)]
    days = ANSWERS.c.day.between(scope.period.first.isoformat(), scope.period.last.isoformat())
    query = select(func.count(), *columns).where(ANSWERS.c.office_id == scope.office_id, days)
    if scope.service is not None:
        query = query.where(ANSWERS.c.service == scope.service)
    n, *cells = (int(cell or 0) for cell in connection.execute(query).one())
    return n, {element: (cells[2 * at], cells[2 * at + 1]) for at, element in enumerate(OLD.elements)}
