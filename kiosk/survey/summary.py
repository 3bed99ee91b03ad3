"""Index and sample of a scope: the few numbers that the whole report stands on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.catalogue.service import ServiceUnknown
from kiosk.core.table_of import table_of
from kiosk.survey import old
from kiosk.survey.counting import ANSWERS, where
from kiosk.survey.errors import WeightUnknown
from kiosk.survey.figures import whole
from kiosk.survey.index import OLD, SKM, WEIGHTS, Result, Scheme, Sums, result, sample_size
from kiosk.survey.model import SurveyImport, SurveySetting
from kiosk.survey.sample import population
from kiosk.survey.scope import Scope

SETTINGS, IMPORTS = table_of(SurveySetting), table_of(SurveyImport)
SERVICES = table_of(ServiceStandardRow)


@dataclass(frozen=True)
class Summary:
    """`result` of `sums` by `scheme`; `applicants` of the period, None where nobody knows.

    `apart`: how many answers of the older scheme the period also holds; they are not in `result`.
    """

    scope: Scope
    scheme: Scheme
    sums: Sums
    result: Result
    applicants: int | None
    apart: int = 0

    @property
    def needed(self) -> int | None:
        """The sample of Krejcie and Morgan."""
        return None if self.applicants is None else sample_size(self.applicants)

    @property
    def missing(self) -> int | None:
        """How many answers are still missing for the sample."""
        return None if self.needed is None else max(0, self.needed - self.result.n)


def summary(connection: Connection, scope: Scope, *, weight: str | None = None, applicants: int | None = None) -> Summary:
    """The scope's index by `weight`, else by the office's own; `applicants` where it is known better than by the node.

    A period with answers of the older scheme alone is computed by that one. Raises `WeightUnknown`.
    """
    applicants = population(connection, scope) if applicants is None else applicants
    counted = whole(connection, scope)
    older, sums = old.sums(connection, scope)
    if older and not counted.n:
        return Summary(scope, OLD, sums, result(sums, older, _fair(weight or OLD.weight, OLD), OLD), applicants)
    weight = _fair(weight or weight_of(connection, scope), SKM)
    return Summary(scope, SKM, counted.sums, counted.result(weight), applicants, older)


def make(session: Session, scope: Scope, *, weight: str | None = None, applicants: int | None = None) -> Summary:
    """As `summary`, for a service that the office has or had. Raises `ServiceUnknown`."""
    connection = session.connection()
    if scope.service is not None:
        known_service(connection, scope)
    return summary(connection, scope, weight=weight, applicants=applicants)


def known_service(connection: Connection, scope: Scope) -> None:
    """Raises `ServiceUnknown` for a service that is not in the catalogue and that nobody ever answered about."""
    for table, column in ((SERVICES, SERVICES.c.id), (ANSWERS, ANSWERS.c.service), (old.ANSWERS, old.ANSWERS.c.service)):
        here = (table.c.office_id == scope.office_id, column == scope.service)
        if connection.execute(select(column).where(*here).limit(1)).first() is not None:
            return
    raise ServiceUnknown()


def _fair(weight: str, scheme: Scheme) -> str:
    known = WEIGHTS if scheme is SKM else (OLD.weight,)
    if weight not in known:
        raise WeightUnknown(known=", ".join(known), found=weight)
    return weight


def weight_of(connection: Connection, scope: Scope) -> str:
    """The office's weight; for a period whose answers all come from files with another one, theirs: an import keeps its own."""
    asked = select(SETTINGS.c.weight).where(SETTINGS.c.office_id == scope.office_id)
    mine: str = connection.execute(asked).scalar() or SKM.weight
    files = select(IMPORTS.c.id, IMPORTS.c.weight).where(IMPORTS.c.office_id == scope.office_id, IMPORTS.c.scheme == SKM.key)
    weights: dict[str, str] = {row[0]: row[1] for row in connection.execute(files)}
    if set(weights.values()) <= {mine}:
        return mine
    sources = connection.execute(select(ANSWERS.c.source).where(*where(connection, scope)).distinct()).scalars().all()
    found = {weights.get(source, mine) for source in sources}
    return found.pop() if len(found) == 1 else mine


def as_json(made: Summary) -> dict[str, Any]:
    """The report for machines: numbers with two decimals as strings, null where there is none."""
    found = made.result
    elements = {key: {"n": one.n, "mean": _text(one.mean), "grade": one.grade} for key, one in found.elements.items()}
    return {
        "n": found.n,
        "index": _text(found.index),
        "grade": found.grade,
        "weight": found.weight,
        "elements": elements,
        "sample": {"population": made.applicants, "needed": made.needed},
    }


def _text(number: object) -> str | None:
    return None if number is None else str(number)
