"""The page at `/surat`: the letters, a new one, and taking one back. No passphrase stays in any State."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import reflex as rx
from sqlmodel import Session

from kiosk.catalogue import service as catalogue
from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_id
from kiosk.core.runtime import runtime
from kiosk.letters.document import templates
from kiosk.letters.document.errors import LetterWrong
from kiosk.letters.document.letter import Letter
from kiosk.letters.register import issuing, log, numbering, preview, service, signing
from kiosk.letters.register.desk import lines
from kiosk.letters.register.desk.lines import Line
from kiosk.letters.register.rows import row_of
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.rules import LETTERS, REVOKE
from kiosk.staff.screen import given

SHOWN = 12
LONGEST_SECRET = 500


class LettersState(rx.State):
    """The letters of the office, page by page, and the one that was touched; empty until somebody who may has asked."""

    ready: bool = False
    rows: rx.Field[list[Line]] = rx.field(default_factory=list)
    more: bool = False
    older_shown: bool = False
    searched: bool = False
    chosen: rx.Field[Line] = rx.field(default_factory=Line)
    done: str = ""
    _words: str = ""
    _end: int | None = None

    @rx.event
    @require_role(*LETTERS, looking=True)
    async def load(self) -> None:
        """The newest letters."""
        self._words, self.chosen, self.done = "", Line(), ""
        await self._list(None)

    @rx.event
    @require_role(*LETTERS)
    async def search(self, form: dict[str, Any]) -> None:
        """The newest letters whose number or holder has these words."""
        self._words, self.chosen, self.done = str(form.get("words", ""))[:100], Line(), ""
        await self._list(None)

    @rx.event
    @require_role(*LETTERS)
    async def older(self) -> None:
        """The letters before those that are shown."""
        if self.more:
            await self._list(self._end)

    @rx.event
    @require_role(*LETTERS)
    async def newest(self) -> None:
        """Back to the first of what was found."""
        await self._list(None)

    @rx.event
    @require_role(*LETTERS)
    async def choose(self, letter_id: str) -> None:
        """Show one letter."""
        self.done = ""
        await self._choose(letter_id)

    @rx.event
    @require_role(*LETTERS)
    async def tell(self, letter_id: str, done: str) -> None:
        """Show the letter with which something was just done: `done` is "issued" or "revoked"."""
        self._words, self.done = "", done if done in {"issued", "revoked"} else ""
        await self._list(None)
        await self._choose(letter_id)

    @rx.event
    @require_role(*LETTERS)
    def leave(self) -> None:
        """Show no single letter."""
        self.chosen, self.done = Line(), ""

    async def _choose(self, letter_id: str) -> None:
        node = runtime()

        def read() -> Line:
            with node.reading() as session:
                row, zone = row_of(session, node.office_id, letter_id[:40]), office.get(session, node.office_id).zone
                place = log.place_of(session, node.office_id, row.serial)
                return lines.line(row, zone, business_date(node.now(), zone), place=place)

        try:
            self.chosen = await asyncio.to_thread(read)
        except KioskError:
            self.chosen = Line()

    async def _list(self, before: int | None) -> None:
        node, words = runtime(), self._words

        def read() -> tuple[list[Line], bool]:
            with node.reading() as session:
                zone = office.get(session, node.office_id).zone
                found = service.letters(session, office_id=node.office_id, words=words, before=before, most=SHOWN)
                return [lines.line(row, zone, business_date(node.now(), zone)) for row in found.rows], found.more

        self.rows, self.more = await asyncio.to_thread(read)
        self.older_shown, self.searched, self.ready = before is not None, bool(words.strip()), True
        self._end = self.rows[-1].serial if self.rows else None


class WriteState(rx.State):
    """A letter that is being written: `step` is "" (none), "fill" or "look". What is signed is what was looked through, not the form."""

    step: str = ""
    kinds: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    services: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    form: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    pages: rx.Field[list[str]] = rx.field(default_factory=list)
    faults: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    busy: bool = False
    today: str = ""
    drawn: int = 0
    _letter: Letter | None = None
    _id: str = ""

    @rx.event
    @require_role(*LETTERS)
    async def begin(self) -> None:
        """An empty form; kind, service and signatory stay as they were in the letter before."""
        node = runtime()

        def read() -> tuple[list[dict[str, str]], str]:
            with node.reading() as session:
                tiles = catalogue.list_services(session, office_id=node.office_id)
                return [{"id": one["id"], "title": one["title"]} for one in tiles], office.get(session, node.office_id).zone

        try:
            kinds = templates.every(node.settings.data_dir / "letters/templates")
        except KioskError as damaged:
            self.problem = damaged.in_both()
            return
        self.kinds = [{"id": one.id, "name": one.name} for one in kinds]
        self.services, zone = await asyncio.to_thread(read)
        self.today = business_date(node.now(), zone).isoformat()
        stays = {name: self.form.get(name, "") for name in lines.STAYS}
        self.form = {**lines.kept({}), **stays, "day": self.today}
        self.step, self.faults, self.problem, self.pages, self._letter = "fill", [], {}, [], None
        self.drawn += 1

    @rx.event
    @require_role(*LETTERS)
    async def look(self, form: dict[str, Any]) -> None:
        """Check what was written and show its pages."""
        self.form, self.faults, self.problem = lines.kept(form), [], {}
        self.drawn += 1
        try:
            letter = lines.letter_of(self.form)
            self.pages = await asyncio.to_thread(lambda: _drawn(letter))
        except LetterWrong as wrong:
            self.faults = lines.faults(wrong)
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.step, self._letter, self._id = "look", letter, new_id()

    @rx.event
    @require_role(*LETTERS)
    def change(self) -> None:
        """Back to the form, as it was filled in."""
        self.step, self.pages, self.problem, self._letter = "fill", [], {}, None

    @rx.event
    @require_role(*LETTERS)
    def leave(self) -> None:
        """No letter is written."""
        self._put_away()

    @rx.event
    @require_role(*LETTERS)
    async def sign(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Issue what was looked through, with the passphrase that was typed now."""
        who, letter, letter_id = session_of(self), self._letter, self._id
        if who is None or letter is None or self.busy:
            return
        self.busy, self.problem = True, {}
        yield
        node, secret = runtime(), str(form.get("passphrase", ""))[:LONGEST_SECRET]

        def job() -> None:
            key = signing.letter_key(node, secret, who.account_id)
            issuing.issue_letter(signing.desk_of(node, who.actor), letter, key, letter_id=letter_id)

        if await _done(self, job):
            self._put_away()
            yield given(LettersState.tell, letter_id, "issued")

    @rx.event
    @require_role(*LETTERS)
    async def finish(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Seal a letter that was cut off."""
        who, letter_id = session_of(self), str(form.get("letter", ""))[:40]
        if who is None or self.busy:
            return
        self.busy, self.problem = True, {}
        yield
        node, secret = runtime(), str(form.get("passphrase", ""))[:LONGEST_SECRET]

        def job() -> None:
            key = signing.letter_key(node, secret, who.account_id)
            issuing.finish(signing.desk_of(node, who.actor), letter_id, key)

        if await _done(self, job):
            yield given(LettersState.tell, letter_id, "issued")

    def _put_away(self) -> None:
        self.form = {name: self.form.get(name, "") for name in lines.STAYS}
        self.step, self.pages, self.faults, self.problem, self._letter, self._id = "", [], [], {}, None, ""


class WithdrawState(rx.State):
    """Taking a letter back."""

    busy: bool = False
    letter: str = ""
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*REVOKE)
    async def revoke(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Revoke the letter of the form for good, and publish it."""
        who = session_of(self)
        if who is None or self.busy:
            return
        self.busy, self.problem, self.letter = True, {}, str(form.get("letter", ""))[:40]
        yield
        node, letter_id = runtime(), self.letter
        secret, reason = str(form.get("passphrase", ""))[:LONGEST_SECRET], str(form.get("reason", ""))
        facts: dict[str, Any] = {"reason": int(reason) if reason in {"0", "1", "2", "3", "4"} else -1}
        facts |= {"successor": str(form.get("successor", ""))[:100], "actor": who.actor, "office_id": node.office_id}

        def job() -> None:
            key = signing.node_key(node, secret, who.account_id)
            node.writer.write(lambda session: _revoked(session, letter_id, now=node.now(), signer=key.signer, **facts))

        if await _done(self, job):
            yield given(LettersState.tell, letter_id, "revoked")


async def _done(state: WriteState | WithdrawState, job: Callable[[], None]) -> bool:
    """Whether `job` ended well beside the loop; else `state` says what was wrong. It is free again either way."""
    try:
        await asyncio.to_thread(job)
    except KioskError as refused:
        state.problem = refused.in_both()
        return False
    finally:
        state.busy = False
    return True


def _revoked(session: Session, letter_id: str, **facts: Any) -> None:
    """What the writer runs gives plain data back, never a row."""
    row = row_of(session, facts["office_id"], letter_id)
    service.revoke(session, number=row.number or "", **facts)


def _drawn(letter: Letter) -> list[str]:
    """The pages of a letter that could be numbered now. Raises what stands in the way."""
    node = runtime()
    with node.reading() as session:
        _, title, _ = numbering.check(session, office_id=node.office_id, letter=letter, now=node.now())
        return preview.pages(session, node.settings, letter, service_name=title)
