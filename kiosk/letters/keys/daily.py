"""The office's revocations, published again each day while the node runs: verifiers see that they are not old.

It needs the node key's passphrase without anybody to type it (`KIOSK_KEY_PASSPHRASE_FILE`, `KIOSK_KEY_PASSPHRASE`). Without it the
log says so, and so does the staff's page, from two days before verifiers call the list old.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from kiosk.core.clock import business_date, day_text
from kiosk.core.config import Settings
from kiosk.core.errors import KioskError
from kiosk.core.i18n import LANGUAGES, N_, translate
from kiosk.core.office import get as office_of
from kiosk.core.runtime import Runtime
from kiosk.letters.keys import demo, passphrases
from kiosk.letters.keys.errors import NoPassphrase
from kiosk.letters.keys.opening import OpenedKey, chosen, open_key
from kiosk.letters.trust import publishing
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.service import knowledge_of
from kiosk.letters.trust.trust_list import NODE
from kiosk.notices.service import told_here

logger = logging.getLogger("kiosk.keys")
FIRST_S, EVERY_S = 30, 3600
WARN = timedelta(days=2)
OLD = N_("The list of revoked letters must be signed again by {day}, or verifiers call it old. On the office computer: kiosk keys publish")


@dataclass
class Daily:
    """Looks every hour; the key is opened for the moment of signing alone."""

    node: Runtime

    async def run(self) -> None:
        """Look now and then, until cancelled."""
        await asyncio.sleep(FIRST_S)
        while True:
            try:
                await self.look()
            except (KioskError, OSError) as wrong:
                logger.warning("revocations not published", extra={"code": getattr(wrong, "code", ""), "facts": str(wrong)})
            except Exception:  # whatever it is, tomorrow's list must come too
                logger.exception("revocations not published")
            await asyncio.sleep(EVERY_S)

    async def look(self) -> bool:
        """Publish when it is due and a key is here; whether it was. Raises what keeps it from being published."""
        now, office_id = self.node.now(), self.node.office_id
        due = await asyncio.to_thread(self._due, now)
        if due is None:
            return False
        opened = await asyncio.to_thread(_opened, self.node.settings, now, due)
        await self.node.writer.submit(lambda session: publishing.publish_again(session, office_id, opened.signer, now))
        return True

    def _due(self, now: datetime) -> Knowledge | None:
        """What is known, when the office has a node key and its list is old; None when there is nothing to do."""
        with self.node.reading() as session:
            known = knowledge_of(session, self.node.office_id)
            due = publishing.is_due(session, self.node.office_id, now)
        return known if due and known.roots else None


def _opened(settings: Settings, now: datetime, known: Knowledge) -> OpenedKey:
    """Raises as `open_key`, and `NoPassphrase`."""
    chosen(settings, NODE, now, known)
    passphrase = passphrases.ready() or (demo.PASSPHRASE if settings.demo else None)
    if passphrase is None:
        raise NoPassphrase(variable=passphrases.NODE)
    return open_key(settings, NODE, passphrase, now=now, knowledge=known)


@told_here
def note(session: Session, office_id: str, now: datetime) -> dict[str, Any] | None:
    """What the staff are told when nobody published for five days: verifiers would soon call the list old."""
    until = publishing.fresh_until(session, office_id)
    if until is None or now.timestamp() <= until - WARN.total_seconds():
        return None
    day = business_date(datetime.fromtimestamp(until, UTC), office_of(session, office_id).zone)
    text = {one: translate(OLD, one).format(day=day_text(day, one)) for one in LANGUAGES}
    return {"id": "revocations", "text": text, "level": "important"}
