"""The report of a period that has answers by the older scheme of fourteen elements alone: index and elements, and nothing else."""

from sqlalchemy import Connection
from sqlmodel import Session

from kiosk.survey import old
from kiosk.survey.drawing import BEST, HIGHEST, LOWEST, along
from kiosk.survey.index import FEWEST, OLD, result
from kiosk.survey.onscreen import lines, whole
from kiosk.survey.onscreen.lines import number, percent
from kiosk.survey.onscreen.whole import Asked, Report
from kiosk.survey.scope import Period, Scope


def read(session: Session, asked: Asked) -> Report:
    """The report as it stands: see `whole.read`; by the older scheme where the period has answers by no other.

    Only of the whole office: a service's older answers set against the office's would tell of the rest.
    """
    report, connection = whole.read(session, asked), session.connection()
    scope = Scope(asked.office_id, Period(asked.span.first, asked.span.last), asked.service, asked.place, asked.holders)
    if not report.shown and asked.service is None and old.is_alone(connection, scope):
        _tell(report, connection, scope)
    return report


def _tell(report: Report, connection: Connection, scope: Scope) -> None:
    n, sums = old.sums(connection, scope)
    if n < FEWEST:
        return
    found = result(sums, n, OLD.weight, OLD)
    begin = lines.begin_of(sums, found, OLD)
    report.shown, report.old, report.n = True, True, number(n, "id", 0)
    report.index, report.index_en, report.grade = number(found.index, "id"), number(found.index, "en"), found.grade or ""
    report.weight, report.weight_en = OLD.weight.replace(".", ","), OLD.weight
    report.place = "" if found.index is None else percent(along(found.index, LOWEST, HIGHEST))
    report.scale, report.element_marks = lines.marks(LOWEST, HIGHEST, scheme=OLD), lines.marks(begin, BEST, 25, OLD)
    report.begin, report.begin_en = number(begin, "id"), number(begin, "en")
    report.elements = lines.ranked(sums, found, OLD)
    report.needed = report.short = report.short_en = ""
