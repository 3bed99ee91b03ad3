"""/api/v1/survey/report.pdf, .xlsx, .csv: the written report of what the staff's page shows."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from kiosk.core import office as offices
from kiosk.core.clock import business_date
from kiosk.core.runtime import runtime
from kiosk.staff.access import signed_in
from kiosk.staff.rules import REPORT
from kiosk.survey.counted import counted_until
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
    """The report from one day to another, as far as answers are counted on screens. Raises `NothingCounted`, `PeriodWrong`."""
    node = runtime()
    with node.reading() as session:
        now, zone = node.now(), offices.get(session, node.office_id).zone
        until = counted_until(session.connection(), node.office_id, business_date(now, zone))
        if until < first.isoformat():
            raise NothingCounted()
        period = Period(first, min(last, date.fromisoformat(until)))
        made = documents.make(session, Scope(node.office_id, period, service=service), kind, now=now)
    name = f"skm-{period.first}-{period.last}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(made, media_type=documents.TYPES[kind], headers=headers)
