"""The page at `/riwayat`: the auditor looks for acts, and has the whole chain checked."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import reflex as rx

from kiosk.audit import checking
from kiosk.audit.lines import Line, line
from kiosk.audit.search import Days, Found, Place, count, find, names
from kiosk.core import office as offices
from kiosk.core.audit_check import Noted, read_note
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.staff.guard import require_role, session_of


def _day(text: object) -> date | None:
    """A day as the browser sends it; None for none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


class TrailState(rx.State):
    """What the auditor of this session looks at; empty until somebody who may has asked."""

    ready: bool = False
    rows: rx.Field[list[Line]] = rx.field(default_factory=list)
    more: bool = False
    older_shown: bool = False
    acts: int = 0
    checking: bool = False
    verdict: str = ""
    head: str = ""
    findings: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    _asked: dict[str, Any] = {}  # noqa: RUF012 (Reflex gives each session its own; a private name takes no rx.field)
    _end: tuple[int, int] | None = None

    @rx.event
    @require_role("auditor")
    async def load(self) -> None:
        """The newest acts."""
        self._asked = {}
        await self._find(None)

    @rx.event
    @require_role("auditor")
    async def search(self, form: dict[str, Any]) -> None:
        """The newest acts that fit what was asked."""
        words, days = str(form.get("words", ""))[:400], Days(_day(form.get("first")), _day(form.get("last")))
        self._asked = {"words": words, "days": days}
        await self._find(None)

    @rx.event
    @require_role("auditor")
    async def older(self) -> None:
        """The acts before those that are shown."""
        if self._end is not None and self.more:
            await self._find(self._end)

    @rx.event
    @require_role("auditor")
    async def newest(self) -> None:
        """Back to the first of what was found."""
        await self._find(None)

    @rx.event
    @require_role("auditor")
    async def check(self, form: dict[str, Any]) -> AsyncIterator[None]:
        """Check the whole chain, against a head that was noted earlier when one was typed."""
        who, typed = session_of(self), str(form.get("noted", ""))[:200].strip()
        if who is None:
            return
        self.checking, self.verdict, self.problem = True, "", {}
        yield
        try:
            noted: Noted | None = read_note(typed) if typed else None
            report = await checking.check(noted, actor=who.actor)
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.verdict, self.head = "whole" if report.whole else "wrong", checking.head_of(report)
            self.findings = [{"id": one.text("id"), "en": one.text("en")} for one in report.findings[: checking.SHOWN]]
            await self._find(None)
        finally:
            self.checking = False

    async def _find(self, before: Place | None) -> None:
        node, asked = runtime(), self._asked

        def read() -> tuple[Found, list[Line], int]:
            with node.reading() as session:
                zone = offices.get(session, node.office_id).zone
                found = find(session, node.office_id, zone=zone, before=before, **asked)
                known = names(session, node.office_id)
                return found, [line(row, known, zone) for row in found.rows], count(session, node.office_id)

        found, self.rows, self.acts = await asyncio.to_thread(read)
        self.more, self.older_shown, self.ready = found.more, before is not None, True
        self._end = (found.rows[-1]["epoch"], found.rows[-1]["seq"]) if found.rows else None
