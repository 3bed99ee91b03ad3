"""What `kiosk keys list` tells, line by line."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from kiosk.core.config import Settings
from kiosk.letters.keys.files import Kept, kept
from kiosk.letters.keys.opening import ends, fault
from kiosk.letters.keys.revoking import WORDS
from kiosk.letters.keys.root import face_of
from kiosk.letters.trust import service
from kiosk.letters.trust.bundle import fingerprint
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.trust_list import TrustList


def of_node(session: Session, here: Settings, now: datetime) -> list[str]:
    """The node's keys with their state, the pinned roots, lists and revocations."""
    known = service.knowledge_of(session, here.office)
    lines = [_key(here, one, now, known) for one in kept(here.data_dir)] or ["no keys: kiosk keys new"]
    roots = [f"root {fingerprint(one.public)[:16]}  {one.office or 'every office'}  {one.name}" for one in known.roots]
    lines += roots or ["no root is trusted: kiosk keys pin"]
    stale = "  STALE" if known.lists else ""
    lines += [f"list {_list(one)}{stale if one.is_stale(int(now.timestamp())) else ''}" for one in known.lists]
    for name, one in sorted(known.revocations.items()):
        old = "  STALE" if one.is_stale(int(now.timestamp())) else ""
        lines.append(f"revocations of {name}  number {one.sequence}  {len(one.details)} revoked  {_day(one.issued)}{old}")
    return lines


def of_root(folder: Path) -> list[str]:
    """The root, its list and every key in it."""
    face, content = face_of(folder)
    root = face.roots[0]
    lines = [f"root {fingerprint(root.public)[:16]}  {root.office or 'every office'}  {root.name}", f"list {_list(content)}"]
    for one in content.keys:
        revoked = f"  revoked {_day(one.revoked_at)} ({WORDS.get(one.reason or 0, '?')})" if one.revoked_at is not None else ""
        lines.append(f"{one.purpose:<7} {one.kid.hex()}  {one.office}  {_day(one.not_before)} to {_day(one.not_after)}{revoked}")
    return lines


def _key(here: Settings, key: Kept, now: datetime, known: Knowledge) -> str:
    certificate = key.certificate()
    if certificate is None:
        state = "waits for the root's answer"
    else:
        until = f"signs until {ends(here.office, key, certificate, known):%Y-%m-%d}"
        state = f"signs no more: {why}" if (why := fault(here.office, key, certificate, now, known)) else until
    return f"{key.purpose:<7} {key.kid}  {'token' if key.in_token else 'file':<5}  {state}"


def _list(one: TrustList) -> str:
    name = one.root.name if one.root else "?"
    return f"{name}  number {one.sequence}  {len(one.keys)} keys  {_day(one.issued)}, fresh until {_day(one.next_update)}"


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
