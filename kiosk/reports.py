"""What a node with a centre tells of itself every hour: how its devices are, and where its audit chain stands."""

import asyncio
import logging
from dataclasses import dataclass, field

from kiosk.core.chain import Head
from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.devices import health
from kiosk.sync import reading
from kiosk.sync.kinds import nothing
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import record

logger = logging.getLogger("kiosk.reports")
FIRST_S, EVERY_S = 60, 3600
HEAD, ENROLLED = "audit.head", "node.enrolled"
nothing(HEAD, ENROLLED)


@dataclass
class Reporter:
    """Remembers what it told, so that nothing is told twice; after a restart once more."""

    node: Runtime
    _told: health.Told = field(default_factory=dict)
    _head_told: Head | None = None

    async def run(self) -> None:
        """Tell now and then, until cancelled."""
        await asyncio.sleep(FIRST_S)
        while True:
            try:
                await self.tell()
            except KioskError as wrong:  # the disk is full, or too much waits: next hour
                logger.warning("not reported", extra={"code": wrong.code})
            await asyncio.sleep(EVERY_S)

    async def tell(self) -> None:
        """Record what changed, if this node has a centre."""
        if not await asyncio.to_thread(self._has_centre):
            return
        office_id, at, told = self.node.office_id, self.node.now(), self._told
        self._told = await self.node.writer.submit(lambda s: health.report(s, office_id=office_id, told=told, at=at))
        head = await asyncio.to_thread(self._head)
        if head != self._head_told:
            await self.node.writer.submit(lambda s: record(s, office_id=office_id, kind=HEAD, body=vars(head), actor="node", at=at))
            self._head_told = await asyncio.to_thread(self._head)  # with the event that tells of it

    def _has_centre(self) -> bool:
        with self.node.reading() as session:
            return session.get(CentreLine, self.node.office_id) is not None

    def _head(self) -> Head:
        with self.node.reading() as session:
            return reading.head_of(session.connection(), self.node.office_id)
