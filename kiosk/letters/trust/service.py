"""What a node does about trust: pin a root, take in lists and revocations, know whom to believe.

The rows hold messages as they came. Whatever wrote them, a message counts only after its signature was proved against a pinned root.
"""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlmodel import Session, col, select

from kiosk.core.clock import stored
from kiosk.letters.qr import aad, sign1
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.signer import kid_of
from kiosk.letters.trust import knowledge, revocations
from kiosk.letters.trust.bundle import Bundle, fingerprint
from kiosk.letters.trust.errors import NotTrusted, OlderList, RootKnown, RootNotPinned, TwoLists
from kiosk.letters.trust.knowledge import Knowledge, Refused, Root, read_list, read_revocations
from kiosk.letters.trust.model import RevocationListRow, TrustListRow, TrustRoot
from kiosk.letters.trust.revocations import Revocations
from kiosk.letters.trust.trust_list import NODE, TrustList
from kiosk.sync.outbox import record
from kiosk.sync.topics import ACTOR

MOST_TOLD = 500_000  # bytes: a line to the centre takes a million at once


class Take(Protocol):
    """`take_list` or `take_revocations`."""

    def __call__(self, session: Session, office_id: str, message: bytes, at: datetime, *, by: str) -> bool:
        """Whether the message is new here."""


def pin_root(session: Session, *, office_id: str, root: Root, at: datetime, by: str) -> str:
    """Trust `root` from now on, for its office or for all; its fingerprint. Raises `RootKnown` when it is pinned with another scope."""
    name = fingerprint(root.public)
    known = session.get(TrustRoot, (office_id, name))
    if known is not None:
        if known.only_for != root.office:
            raise RootKnown(root=name[:16], scope=known.only_for or "*")
        return name
    row: dict[str, Any] = {"root": name, "name": root.name, "only_for": root.office}
    session.add(TrustRoot(office_id=office_id, public=root.public, pinned_at=stored(at), pinned_by=by, **row))
    body = {**row, "public": b64encode(root.public).decode()}
    record(session, office_id=office_id, kind="trust.root_pinned", body=body, actor=by, at=at)
    return name


def remove_root(session: Session, *, office_id: str, beginning: str, at: datetime, by: str) -> str:
    """No longer trust the root whose fingerprint begins like this (at least 16 digits); its name. Raises `RootNotPinned`."""
    rows = session.exec(select(TrustRoot).where(TrustRoot.office_id == office_id, col(TrustRoot.root).startswith(beginning))).all()
    if len(rows) != 1 or len(beginning) < 16:
        raise RootNotPinned(root=beginning)
    body = {"root": rows[0].root, "name": rows[0].name}
    session.delete(rows[0])
    record(session, office_id=office_id, kind="trust.root_removed", body=body, actor=by, at=at)
    return rows[0].name


def roots_of(session: Session, office_id: str) -> tuple[Root, ...]:
    """The pinned roots, the most general first."""
    rows = session.exec(select(TrustRoot).where(TrustRoot.office_id == office_id)).all()
    in_order = sorted(rows, key=lambda row: (row.only_for is not None, row.root))
    return tuple(Root(row.public, row.name, row.only_for) for row in in_order)


def take_list(session: Session, office_id: str, message: bytes, at: datetime, *, by: str = "cli") -> bool:
    """Take in a trust list of a pinned root, or of a root that a pinned one certified; whether it is new.

    Raises `NotTrusted`, `OlderList`, and `TwoLists` for another content under the same number.
    """
    content = _proved(session, office_id, message)
    root = fingerprint(content.root.public) if content.root else ""
    row = session.get(TrustListRow, (office_id, root))
    here = _proved_number(lambda: read_list(row.message, [content.root] if content.root else [])) if row is not None else None
    owner = content.root.name if content.root else ""
    if row is not None and here is not None and _is_here(message, content.sequence, row.message, here, owner):
        return False
    fresh: dict[str, Any] = {"root": root, "sequence": content.sequence}
    session.merge(TrustListRow(office_id=office_id, message=message, taken_at=stored(at), **fresh))
    session.flush()
    if by != ACTOR:  # what came from the centre is not told back
        body = {**fresh, "message": _carried(message)}
        record(session, office_id=office_id, kind="trust.list_taken", body=body, actor=by, at=at)
    return True


def _proved(session: Session, office_id: str, message: bytes) -> TrustList:
    """The list in `message`, as it counts here. Raises `NotTrusted`."""
    roots = roots_of(session, office_id)
    pinned = [row.message for one in roots if (row := session.get(TrustListRow, (office_id, fingerprint(one.public))))]
    signer = signer_of(message)
    built = _built(roots, (message, *(one for one in pinned if signer_of(one) != signer)), ())
    for one in built.refused:
        if one.place == 0:
            raise NotTrusted(reason=one.reason)
    return next(one for one in built.lists if one.root and kid_of(one.root.public) == signer)


def signer_of(message: bytes) -> bytes:
    """The kid that a message names; nothing for what is no message."""
    try:
        return sign1.read(message).kid
    except Malformed:
        return b""


def take_revocations(session: Session, office_id: str, message: bytes, at: datetime, *, by: str = "cli") -> bool:
    """Take in an office's revocations; whether they are new. Raises `NotTrusted`, `OlderList`, `TwoLists`."""
    lists = _lists_here(session, office_id)
    try:
        content = read_revocations(message, lists)
    except Refused as refused:
        raise NotTrusted(reason=refused.reason) from None
    row = session.get(RevocationListRow, (office_id, content.office))
    here = _proved_number(lambda: read_revocations(row.message, lists)) if row is not None else None
    if row is not None and here is not None and _is_here(message, content.sequence, row.message, here, content.office):
        return False
    fresh: dict[str, Any] = {"issuer": content.office, "sequence": content.sequence}
    session.merge(RevocationListRow(office_id=office_id, message=message, taken_at=stored(at), **fresh))
    session.flush()
    if by != ACTOR:
        body = {**fresh, "message": _carried(message)}
        record(session, office_id=office_id, kind="trust.revocations_taken", body=body, actor=by, at=at)
    return True


def _carried(message: bytes) -> str:
    """For the centre, which hands it to other offices; what is too large for a line goes by hand."""
    return b64encode(message).decode() if len(message) <= MOST_TOLD else ""


def _is_here(message: bytes, sequence: int, kept: bytes, here: int, owner: str) -> bool:
    """Whether it is the very one that is here; False for a newer one. Raises `OlderList`, `TwoLists`."""
    if sequence < here:
        raise OlderList(owner=owner, sequence=sequence, here=here)
    if sequence == here and sign1.read(message).payload != sign1.read(kept).payload:
        raise TwoLists(owner=owner, sequence=sequence)
    return sequence == here


def _proved_number(prove: Callable[[], TrustList | Revocations]) -> int | None:
    """The number that is signed in what is kept, whatever the row says; None when that proves nothing: then it keeps no good one out."""
    try:
        return prove().sequence
    except Refused:
        return None


def has_proved_list(session: Session, office_id: str, root: str) -> bool:
    """Whether a list of the root with this fingerprint is here and counts."""
    return any(one.root and fingerprint(one.root.public) == root for one in _lists_here(session, office_id))


def has_proved_revocations(session: Session, office_id: str, issuer: str) -> bool:
    """Whether revocations of the office `issuer` are here and count."""
    row = session.get(RevocationListRow, (office_id, issuer))
    lists = _lists_here(session, office_id)
    return row is not None and _proved_number(lambda: read_revocations(row.message, lists)) is not None


def number_used(session: Session, office_id: str) -> int:
    """The number of this office's newest revocations, also when their node key was revoked since; 0 when none of its keys signed them.

    What the row says beside the message is not asked: it may come from a centre that made it up.
    """
    row = session.get(RevocationListRow, (office_id, office_id))
    try:
        signed = sign1.read(row.message if row else b"")
        content = revocations.decode(signed.payload)
    except Malformed:
        return 0
    known = (key for one in _lists_here(session, office_id) for key in one.keys if (key.kid, key.purpose) == (signed.kid, NODE))
    own = any(key.office == office_id == content.office and signed.holds(key.public, aad.REVOCATIONS) for key in known)
    return content.sequence if own else 0


def _lists_here(session: Session, office_id: str) -> tuple[TrustList, ...]:
    here = messages_of(session, office_id)
    return _built(tuple(here.roots), tuple(here.lists), ()).lists


def messages_of(session: Session, office_id: str) -> Bundle:
    """Everything that is here, as it travels: roots, lists, revocations."""
    lists = select(TrustListRow).where(TrustListRow.office_id == office_id).order_by(col(TrustListRow.root))
    revoked = select(RevocationListRow).where(RevocationListRow.office_id == office_id).order_by(col(RevocationListRow.issuer))
    kept = [row.message for row in session.exec(lists)], [row.message for row in session.exec(revoked)]
    return Bundle(roots_of(session, office_id), *kept)


def knowledge_of(session: Session, office_id: str) -> Knowledge:
    """What this node knows; what does not prove itself is left out and named in `refused`.

    Proved once, as long as no row changes; what is stale is told when a letter is judged.
    """
    here = messages_of(session, office_id)
    return _built(tuple(here.roots), tuple(here.lists), tuple(here.revocations))


@lru_cache(maxsize=8)
def _built(roots: tuple[Root, ...], lists: tuple[bytes, ...], revoked: tuple[bytes, ...]) -> Knowledge:
    return knowledge.build(roots, lists, revoked)
