"""The staff as an admin sees and changes it. Its page is drawn in `staff/people`."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from kiosk.core import office
from kiosk.core.clock import local
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.staff import managing
from kiosk.staff.changing import Change
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.listing import Member, members
from kiosk.staff.rules import ADMIN, ROLES


@dataclass
class Row:
    """One account as the page draws it. `version` is the one that the admin saw; `key` is another for each."""

    id: str = ""
    key: str = ""
    name: str = ""
    roles: list[str] = field(default_factory=list)
    version: int = 0
    open: bool = True
    locked: bool = False
    last: str = ""
    sessions: int = 0


class RosterState(rx.State):
    """The accounts; empty until an admin asks. `shown` is a PIN that was just made: it goes with the next touch."""

    ready: bool = False
    rows: rx.Field[list[Row]] = rx.field(default_factory=list)
    chosen: rx.Field[Row] = rx.field(default_factory=Row)
    adding: bool = False
    draft: int = 0
    shown: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: str = ""

    @rx.event
    @require_role(*ADMIN)
    async def load(self) -> None:
        """Everybody, as it is now."""
        self._calm()
        await self._read()

    @rx.event
    @require_role(*ADMIN)
    async def choose(self, account_id: str) -> None:
        """Look at one person."""
        self._calm()
        self.adding = False
        await self._read(account_id)

    @rx.event
    @require_role(*ADMIN)
    def begin(self) -> None:
        """Write down somebody new."""
        self._calm()
        self.adding, self.chosen = True, Row()

    @rx.event
    @require_role(*ADMIN)
    async def leave(self) -> None:
        """Back to everybody."""
        self._calm()
        self.adding, self.chosen = False, Row()
        await self._read()

    @rx.event
    @require_role(*ADMIN)
    async def add(self, form: dict[str, Any]) -> None:
        """Add the person of the form; the PIN is shown once."""
        self._calm()

        async def job(actor: str) -> None:
            added = await managing.add(str(form.get("name", "")), _ticked(form), actor)
            self.shown, self.chosen = {"name": added.name, "pin": added.pin}, Row(id=added.account_id)
            self.adding, self.draft = False, self.draft + 1

        await self._do(job)

    @rx.event
    @require_role(*ADMIN)
    async def save_roles(self, form: dict[str, Any]) -> None:
        """Give the chosen person the ticked roles and no other."""
        await self._change(lambda change: managing.set_roles(change, _ticked(form)), "roles")

    @rx.event
    @require_role(*ADMIN)
    async def reset_pin(self) -> None:
        """Give the chosen person a new PIN; it is shown once."""

        async def job(change: Change) -> None:
            name, pin = self.chosen.name, await managing.reset_pin(change)
            self.shown = {"name": name, "pin": pin}

        await self._change(job)

    @rx.event
    @require_role(*ADMIN)
    async def unlock(self) -> None:
        """Forget the chosen person's wrong PINs."""
        await self._change(managing.unlock, "unlocked")

    @rx.event
    @require_role(*ADMIN)
    async def end_sessions(self) -> None:
        """Sign the chosen person out on every device."""
        await self._change(managing.end_sessions, "ended")

    @rx.event
    @require_role(*ADMIN)
    async def close(self) -> None:
        """Close the chosen person's account."""
        await self._change(managing.close, "closed")

    @rx.event
    @require_role(*ADMIN)
    async def reopen(self) -> None:
        """Open the chosen person's account again."""
        await self._change(managing.reopen, "reopened")

    def _calm(self) -> None:
        self.problem, self.shown, self.done = {}, {}, ""

    async def _change(self, job: Callable[[Change], Awaitable[Any]], done: str = "") -> None:
        self._calm()
        if self.chosen.id:
            await self._do(lambda actor: job(managing.change_of(self.chosen.id, actor, self.chosen.version)), done)

    async def _do(self, job: Callable[[str], Awaitable[Any]], done: str = "") -> None:
        who = session_of(self)
        if who is None:
            return
        try:
            await job(who.actor)
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.done = done
        await self._read()

    async def _read(self, chosen: str | None = None) -> None:
        node, wanted = runtime(), chosen or self.chosen.id

        def read() -> list[Row]:
            with node.reading() as session:
                zone = office.get(session, node.office_id).zone
                found = members(session, node.office_id, now=node.now(), demo=node.settings.demo)
                return [_row(one, zone) for one in found]

        self.rows = await asyncio.to_thread(read)
        self.chosen = next((row for row in self.rows if row.id == wanted), Row())
        self.ready = True


def _row(one: Member, zone: str) -> Row:
    return Row(
        id=one.id,
        key=f"{one.id} {one.version}",
        name=one.name,
        roles=list(one.roles),
        version=one.version,
        open=one.open,
        locked=one.locked,
        last=local(one.last, zone),
        sessions=one.sessions,
    )


def _ticked(form: dict[str, Any]) -> list[str]:
    """The roles whose boxes are ticked; an empty box does not come at all."""
    return [role for role in ROLES if form.get(f"role-{role}")]
