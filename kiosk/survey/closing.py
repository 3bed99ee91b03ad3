"""When a half day is over, the node tells of its answers: all at once, in the order of their random ids, so that none has a moment.

An answer that comes late, of a half day before, waits for the end of the half day in which it came: told by itself, it would show when.
A node that is started anew tells at once of what is left of half days before: it cannot know what came late.
"""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.core.halves import HalfDay, begin_of
from kiosk.core.runtime import Runtime
from kiosk.devices.intake import tell_aside
from kiosk.survey import service
from kiosk.survey.entries import ANSWERED

logger = logging.getLogger("kiosk.survey")
EVERY_S = 60


@dataclass
class Closing:
    """Looks every minute, and first when the node starts: what another start left untold is told then."""

    node: Runtime
    _present: HalfDay | None = None

    async def run(self) -> None:
        """Look now and then, until cancelled."""
        while True:
            try:
                await self.look()
            except KioskError as wrong:  # no office yet, the disk is full, or too much waits: in a minute
                logger.info("not told", extra={"code": wrong.code})
            except Exception:  # whatever it is, the next half day must be told of too
                logger.exception("not told")
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Tell of every answer of other half days and of what was kept aside in them, when another one has begun since the last look."""
        present = await asyncio.to_thread(self._half)
        if present == self._present:
            return
        office_id, write = self.node.office_id, self.node.writer.submit
        while await write(partial(service.tell, office_id=office_id, present=present)):
            pass
        while await write(partial(_tell_aside, office_id=office_id, present=present)):
            pass
        await write(partial(service.forget_codes, office_id=office_id, present=present))
        self._present = present

    def _half(self) -> HalfDay:
        with self.node.reading() as session:
            return service.half_of(session, self.node.office_id, self.node.now())


def _tell_aside(session: Session, *, office_id: str, present: HalfDay) -> int:
    begins = begin_of(present, service.zone_of(session, office_id))
    return tell_aside(session, office_id=office_id, kind=ANSWERED, present=begins)
