"""The report as a file: PDF, XLSX or CSV."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.paper.sheets import Sheet, as_csv, as_xlsx
from kiosk.survey import figures
from kiosk.survey.onscreen import texts as shown
from kiosk.survey.scope import Scope
from kiosk.survey.summary import known_service
from kiosk.survey.written import report, texts
from kiosk.survey.written.tables import Tables

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_SUGGESTIONS = 100_000


def make(session: Session, scope: Scope, kind: str, *, now: datetime, suggestions: bool = False, **asked: Any) -> bytes:
    """The report of `scope` as a file of `kind` ("pdf", "xlsx", "csv"). `suggestions` only in tables, for the office's own eyes.

    `asked`: see `report.read`. Raises what that raises, and `ServiceUnknown`.
    """
    if scope.service is not None:
        known_service(session.connection(), scope)
    made = report.read(session, scope, made_on=business_date(now, office.get(session, scope.office_id).zone), **asked)
    if kind == "pdf":
        from kiosk.survey.written.pdf import as_pdf

        return as_pdf(made)
    tables = Tables(made)
    sheets = [*tables.all(), *([_suggestions(session, scope, tables)] if suggestions else [])]
    return as_csv(sheets) if kind == "csv" else as_xlsx(sheets)


def _suggestions(session: Session, scope: Scope, tables: Tables) -> Sheet:
    page = figures.suggestions(session.connection(), scope, limit=MOST_SUGGESTIONS)
    rows = [(text,) for _, text in page.rows]
    return Sheet(tables.say(shown.SUGGESTIONS), (tables.say(shown.SUGGESTIONS),), rows, [tables.say(texts.SUGGESTIONS_WARNING)])
