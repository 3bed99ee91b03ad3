"""/api/v1/survey/report.pdf, .xlsx, .csv: the written report of what the staff's page shows."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from kiosk.core import office as offices
from kiosk.core.clock import business_date
from kiosk.core.runtime import runtime
from kiosk.staff.access import signed_in
from kiosk.staff.rules import REPORT
from kiosk.survey import old, spans
from kiosk.survey.counted import counted_until
from kiosk.survey.errors import SpanUnknown
from kiosk.survey.planning_errors import NothingCounted
from kiosk.survey.scope import Period, Scope
from kiosk.survey.written import documents

router = APIRouter(tags=["survey"])


@router.get("/survey/report.{kind}", dependencies=[Depends(signed_in(*REPORT))], response_class=Response)
def report(
    kind: Literal["pdf", "xlsx", "csv"],
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    service: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The report of a month, quarter, half-year or year, as far as answers are counted on screens.

    Raises `NothingCounted`, `SpanUnknown`, and what `documents.make` raises.
    """
    node = runtime()
    with node.reading() as session:
        now, zone = node.now(), offices.get(session, node.office_id).zone
        span = a_span(first, last)
        asked = Scope(node.office_id, span, service=service or None)
        until = counted_until(session.connection(), asked, business_date(now, zone))
        if until < str(first) and old.is_alone(session.connection(), asked):
            until = str(last)  # nothing waits to be counted
        period = counted_part(span, until)
        made = documents.make(session, replace(asked, period=period), kind, now=now, span=span)
    name = f"skm-{period.first}-{period.last}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(made, media_type=documents.TYPES[kind], headers=headers)


def a_span(first: date, last: date) -> Period:
    """The days of a month, quarter, half-year or year. Raises `SpanUnknown`.

    Whoever could choose any days would take two reports that differ by one day, and know what was said on it.
    """
    if spans.of(first, last) is None:
        raise SpanUnknown()
    return Period(first, last)


def counted_part(span: Period, until: str) -> Period:
    """The days of a span that are counted already; `until` YYYY-MM-DD or "". Raises `NothingCounted`.

    Two files of a span that runs, taken on two days, differ by five answers or more (see `counted`).

    >>> counted_part(Period(date(2026, 1, 1), date(2026, 6, 30)), "2026-03-12").last
    datetime.date(2026, 3, 12)
    """
    if until < span.first.isoformat():
        raise NothingCounted()
    return Period(span.first, min(span.last, date.fromisoformat(until)))
