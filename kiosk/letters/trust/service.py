"""What a node does about trust: pin a root, take in lists and revocations, know whom to believe."""

from datetime import datetime

from sqlmodel import Session

from kiosk.letters.trust.knowledge import Knowledge, Root


def pin_root(session: Session, *, office_id: str, root: Root, at: datetime, by: str) -> str:
    """Trust `root` from now on; its fingerprint."""
    raise NotImplementedError


def take_list(session: Session, office_id: str, message: bytes, at: datetime, *, by: str = "cli") -> bool:
    """Take in a trust list; whether it is new. Raises `NotTrusted`, `OlderList`, `TwoLists`."""
    raise NotImplementedError


def take_revocations(session: Session, office_id: str, message: bytes, at: datetime, *, by: str = "cli") -> bool:
    """Take in an office's revocations; whether they are new. Raises `NotTrusted`, `OlderList`, `TwoLists`."""
    raise NotImplementedError


def knowledge_of(session: Session, office_id: str, now: datetime) -> Knowledge:
    """What this node knows at `now`."""
    raise NotImplementedError
