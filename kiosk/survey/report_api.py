"""/api/v1/survey/report.pdf and its like: the report as a file, for those of the staff who see it on the screen."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.core.runtime import runtime
from kiosk.staff.access import signed_in
from kiosk.staff.rules import REPORT
from kiosk.staff.sessions import SignedIn
from kiosk.survey import spans
from kiosk.survey.counted import counted_until
from kiosk.survey.errors import NotCountedYet, SpanUnknown
from kiosk.survey.scope import Period, Scope
from kiosk.survey.written import documents

router = APIRouter(tags=["survey"])
reader = signed_in(*REPORT)


class Kind(StrEnum):
    """What kind of file."""

    pdf = "pdf"
    xlsx = "xlsx"
    csv = "csv"


@router.get("/survey/report.{kind}", summary="The report of a month, quarter, half-year or year, fit to be published")
def file(
    kind: Kind,
    _who: Annotated[SignedIn, Depends(reader)],
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    service: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """Counts no further than screens do. Raises `SpanUnknown`, `NotCountedYet`, `ServiceUnknown`."""
    node = runtime()
    with node.reading() as session:
        today = business_date(node.now(), office.get(session, node.office_id).zone)
        until = counted_until(session.connection(), node.office_id, today)
        scope = Scope(node.office_id, counted_part(first, last, until), service=service or None)
        content = documents.make(session, scope, kind.value, now=node.now())
    headers = {"content-disposition": f'attachment; filename="skm-{first}-{last}.{kind.value}"', "cache-control": "no-store"}
    return Response(content, media_type=documents.TYPES[kind.value], headers=headers)


def counted_part(first: date, last: date, until: str) -> Period:
    """The days of a span that are counted already; `until` YYYY-MM-DD or "".

    Whoever could choose any days would take two reports that differ by one day, and know what was said on it.

    >>> counted_part(date(2026, 1, 1), date(2026, 6, 30), "2026-03-12").last
    datetime.date(2026, 3, 12)
    """
    if not any((one.first, one.last) == (first, last) for one in (spans.around(first, kind) for kind in spans.MONTHS)):
        raise SpanUnknown()
    if until < first.isoformat():
        raise NotCountedYet()
    return Period(first, min(last, date.fromisoformat(until)))
