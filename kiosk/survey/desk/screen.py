"""What the staff's page of the survey holds: the report that was asked for, the plan, how the office computes."""

import asyncio
from typing import Any

import reflex as rx

from kiosk.catalogue import service as catalogue
from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.rules import ADMIN, PLAN, REPORT
from kiosk.survey import counted, planning, public_api, spans
from kiosk.survey.desk.forms import asked, planned, setting_of, wrote
from kiosk.survey.model import SurveySetting
from kiosk.survey.onscreen import older
from kiosk.survey.onscreen.whole import Report

NOTHING_ASKED = {"span": "", "service": "", "place": "", "holders": ""}


class ReportState(rx.State):
    """The report; empty until somebody who may read it has asked. `form` is what was asked for."""

    ready: bool = False
    report: rx.Field[Report] = rx.field(default_factory=Report)
    spans: rx.Field[dict[str, list[dict[str, str]]]] = rx.field(default_factory=dict)
    services: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    places: rx.Field[list[str]] = rx.field(default_factory=list)
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    pages: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    @require_role(*REPORT, looking=True)
    async def load(self) -> None:
        """The half-year that runs, of the whole office; later what was chosen last."""
        await self._read()

    @rx.event
    @require_role(*REPORT)
    async def choose(self, form: dict[str, Any]) -> None:
        """Another period, service, place or group."""
        self.form, self.pages = {name: str(form.get(name, ""))[:200] for name in NOTHING_ASKED}, []
        await self._read()

    @rx.event
    @require_role(*REPORT)
    async def on(self) -> None:
        """The next suggestions."""
        if self.report.more:
            self.pages = [*self.pages, self.report.more]
            await self._read()

    @rx.event
    @require_role(*REPORT)
    async def back(self) -> None:
        """The suggestions before."""
        self.pages = self.pages[:-1]
        await self._read()

    async def _read(self) -> None:
        node, form, after = runtime(), dict(self.form), self.pages[-1] if self.pages else ""

        def job() -> tuple[Report, dict[str, Any]]:
            with node.reading() as session:
                connection, office_id = session.connection(), node.office_id
                today = business_date(node.now(), office.get(session, office_id).zone)
                choices = spans.choices(counted.earliest(connection, office_id) or today, today)
                tiles = catalogue.list_services(session, office_id=office_id)
                known = {
                    "spans": {kind: [{"code": one.code, "name": spans.label(one)} for one in found] for kind, found in choices.items()},
                    "services": [{"id": one["id"], "title": one["title"]} for one in tiles],
                    "places": counted.places(connection, office_id),
                }
                return older.read(session, asked(office_id, form, today, after)), known

        self.report, known = await asyncio.to_thread(job)
        self.spans, self.services, self.places = known["spans"], known["services"], known["places"]
        self.form, self.ready = {**NOTHING_ASKED, **form, "span": self.report.code}, True


class PlanState(rx.State):
    """What was said about the last row of the plan that was written; `element` and `first_day` tell which, `wrote` what was refused."""

    element: str = ""
    first_day: str = ""
    done: bool = False
    wrote: str = ""
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*PLAN)
    async def save(self, form: dict[str, Any]) -> Any:
        """Write the row of the form."""
        node, who = runtime(), session_of(self)
        if who is None:
            return None
        self.element, self.first_day = (str(form.get(name, ""))[:40] for name in ("element", "first_day"))
        self.done, self.wrote, self.problem = False, "", {}
        try:
            place, words, version = planned(form)
            wanted: dict[str, Any] = {"place": place, "words": words, "version": version, "actor": who.actor, "at": node.now()}
            await node.writer.submit(lambda session: _written(session, planning.write, office_id=node.office_id, **wanted))
        except KioskError as refused:
            self.problem, self.wrote = refused.in_both(), wrote(form)
        else:
            self.done = True
        return ReportState.load


class SurveySettingState(rx.State):
    """How the office computes; empty until an admin asks."""

    weight: str = ""
    applicants: str = ""
    version: int = 0
    done: bool = False
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*ADMIN, looking=True)
    async def load(self) -> None:
        """As it stands."""
        self.done, self.problem = False, {}
        await self._read()

    @rx.event
    @require_role(*ADMIN)
    async def save(self, form: dict[str, Any]) -> Any:
        """Compute with this from now on."""
        node, who = runtime(), session_of(self)
        if who is None:
            return None
        self.done, self.problem = False, {}
        try:
            wanted: dict[str, Any] = {**setting_of(form), "actor": who.actor, "at": node.now()}
            await node.writer.submit(lambda session: _written(session, planning.set_setting, office_id=node.office_id, **wanted))
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.done = True
            public_api.forget()
        await self._read()
        return ReportState.load

    async def _read(self) -> None:
        node = runtime()

        def job() -> SurveySetting:
            with node.reading() as session:
                return planning.setting(session, node.office_id)

        found = await asyncio.to_thread(job)
        self.weight, self.version = found.weight, found.version
        self.applicants = str(found.applicants or "")


def _written(session: Any, write: Any, **wanted: Any) -> None:
    """What the writer runs gives plain data back, never a row."""
    write(session, **wanted)
