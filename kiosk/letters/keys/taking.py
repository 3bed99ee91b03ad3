"""What comes on a stick, taken into the node: lists, revocations, certificates for its keys; and what leaves on one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.letters.keys.files import Kept
from kiosk.letters.keys.shelf import accept
from kiosk.letters.qr.signer import kid_of
from kiosk.letters.trust import service
from kiosk.letters.trust.bundle import Bundle
from kiosk.letters.trust.knowledge import certified
from kiosk.sync.outbox import record


@dataclass
class Taken:
    """How much of a file was new and how much was here; why the rest was refused; which keys of this node are certified by it."""

    new: int = 0
    here: int = 0
    refused: list[KioskError] = field(default_factory=list)
    keys: list[Kept] = field(default_factory=list)


def take_in(session: Session, data_dir: Path, office_id: str, given: Bundle, at: datetime, *, by: str = "cli") -> Taken:
    """Take in whatever of `given` is proved and new, each message by itself: one that is refused keeps no other out."""
    done = Taken()
    for take, messages in ((service.take_list, given.lists), (service.take_revocations, given.revocations)):
        for message in _highest_first(session, office_id, messages) if take is service.take_list else messages:
            try:
                new = take(session, office_id, message, at, by=by)
            except KioskError as refused:
                done.refused.append(refused)
            else:
                done.new, done.here = done.new + new, done.here + (not new)
    known = service.knowledge_of(session, office_id)
    trusted = {root.public for root in known.roots} | {root.public for one in known.lists for root, _ in certified(one)}
    done.keys = accept(data_dir, given.certificates, trusted)
    for key in done.keys:
        record(session, office_id=office_id, kind="key.certified", body={"key": key.kid, "purpose": key.purpose}, actor=by, at=at)
    return done


def _highest_first(session: Session, office_id: str, messages: Sequence[bytes]) -> list[bytes]:
    """Lists of pinned roots before those of the roots which they certify."""
    pinned = {kid_of(root.public) for root in service.roots_of(session, office_id)}
    return sorted(messages, key=lambda one: service.signer_of(one) not in pinned)
