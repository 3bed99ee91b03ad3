"""The office's own revocations: signed by its node key, newest sequence, for the next seven days."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from kiosk.letters.qr.signer import Signer


def publish_revocations(
    session: Session, office_id: str, signer: Signer, revoked: Mapping[int, tuple[int, int]], now: datetime, *, by: str = "node"
) -> bytes:
    """Sign all revocations of this office anew (`revoked`: serial to moment and reason), keep them, tell of them; the message."""
    raise NotImplementedError
