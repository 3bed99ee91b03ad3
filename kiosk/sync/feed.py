"""What flows down, at the node: fetched, proved, kept, and taken in by the rooms, each topic whole or not at all.

Two transactions for each item. The first keeps what the centre signed; the second makes it the office's, together with the event
that tells the centre so. Whatever ends the node between them, the item waits and is tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import and_, delete, func, or_, select, update
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.db import DatabaseDamaged
from kiosk.core.errors import Busy, KioskError, NotFound, StorageFull
from kiosk.core.i18n import N_
from kiosk.core.table_of import table_of
from kiosk.sync import topics
from kiosk.sync.items import BadItem, Item, OlderVersion, digest_of, named, read_item
from kiosk.sync.link import Link, Refused
from kiosk.sync.model import CentreLine, FeedItem
from kiosk.sync.outbox import record

ITEMS = table_of(FeedItem)
MOST_ROUNDS = 100  # replies in a row; more than any office has topics

log = logging.getLogger("kiosk.feed")
Clock = Callable[[], datetime]
T = TypeVar("T")


class Write(Protocol):
    """Runs a job in a transaction of its own: the node's one writer, or the short writes of a command beside it."""

    def __call__(self, job: Callable[[Session], T], /) -> T:
        """What the job gave, once that is durable. Raises what the job raises, and `StorageFull` or `Busy` when nothing can be written."""


class TakeFailed(KioskError):
    """Our own fault: a room failed over a body that its own description allows."""

    code = "FEED-0500"
    status = 500
    sentence = N_("{topic} {version} could not be put to use: a fault of this program. What was there before stays in use.")


def fetch(link: Link, write: Write, *, clock: Clock) -> int:
    """Fetch what the centre has for this office, and try what waits; how many topics are new in use.

    Raises what `Link.hello` raises, and `StorageFull` or `Busy` when nothing can be written now. An item that is wrong raises
    nothing: it is refused with its code, the one before stays in use, and the centre is told.
    """
    office_id = link.office_id
    have = write(lambda session: versions(session, office_id))
    for _ in range(MOST_ROUNDS):
        told = _ask(link, have)
        for one in told["items"]:
            _keep(write, link.centre_key, office_id, one, clock())
            topic, version = named(one) or ("", 0)
            have[topic] = max(version, have.get(topic, 0))  # also what was refused: it would come again in this round
        if not told["more"]:
            break
    return retry(write, office_id, clock=clock)


def _ask(link: Link, have: dict[str, int]) -> dict[str, Any]:
    try:
        return link.feed(have)
    except Refused as no:
        if no.facts["code"] != NotFound.code:
            raise
        return {"items": [], "more": False}  # a centre older than this program has nothing to send down


def retry(write: Write, office_id: str, *, clock: Clock) -> int:
    """Try to take in what waits, at start too: the program may be newer than it was. How many topics are new in use."""
    waiting = write(lambda session: _waiting(session, office_id))
    return sum(_take_in(write, office_id, topic, version, clock()) for topic, version in waiting)


def at_start(write: Write, office_id: str, *, clock: Clock) -> None:
    """As `retry`, for a node that starts: a full disk must not keep it from serving what it has."""
    try:
        retry(write, office_id, clock=clock)
    except KioskError as refused:
        log.warning("feed", extra={"code": refused.code, "facts": str(refused)})


def versions(session: Session, office_id: str) -> dict[str, int]:
    """The newest version of every topic that is here, in use or waiting."""
    whole = (ITEMS.c.office_id == office_id, ITEMS.c.body != "")
    rows = session.connection().execute(select(ITEMS.c.topic, func.max(ITEMS.c.version)).where(*whole).group_by(ITEMS.c.topic))
    return dict(rows.tuples().all())


def in_force(session: Session, office_id: str) -> dict[str, int]:
    """The version in use of every topic of which the centre's is."""
    here = (ITEMS.c.office_id == office_id, ITEMS.c.applied_at.is_not(None))
    asked = select(ITEMS.c.topic, func.max(ITEMS.c.version)).where(*here).group_by(ITEMS.c.topic).order_by(ITEMS.c.topic)
    return dict(session.connection().execute(asked).tuples().all())


def owned(session: Session, office_id: str) -> frozenset[str]:
    """Topics that the centre's versions are in use of: a seed does not bring another one over them."""
    return frozenset(in_force(session, office_id))


def in_use(session: Session, office_id: str, topic: str) -> dict[str, Any] | None:
    """The content of the topic's version in use; None when the centre sent none yet."""
    here = (ITEMS.c.office_id == office_id, ITEMS.c.topic == topic, ITEMS.c.applied_at.is_not(None))
    row = session.connection().execute(select(ITEMS).where(*here).order_by(ITEMS.c.version.desc()).limit(1)).mappings().first()
    return Item("", topic, row["version"], row["body"], "", "").content() if row else None


def problems(session: Session, office_id: str) -> list[dict[str, Any]]:
    """For the staff: topic, version, code and sentence (`message` in Indonesian, `message_en`) of what came and could not be used."""
    here = (ITEMS.c.office_id == office_id, ITEMS.c.code != "")
    columns = (ITEMS.c.topic, ITEMS.c.version, ITEMS.c.code, ITEMS.c.message, ITEMS.c.message_en, ITEMS.c.received_at)
    rows = session.connection().execute(select(*columns).where(*here).order_by(ITEMS.c.topic)).mappings()
    return [{**row, "message_en": row["message_en"] or row["message"]} for row in rows]


def keep(session: Session, item: Item, *, at: datetime) -> None:
    """Keep a proved item, to be taken in next. Raises `OlderVersion` for one that is no newer than what is here."""
    here = versions(session, item.office_id).get(item.topic, 0)
    if item.version <= here:
        raise OlderVersion(topic=item.topic, version=item.version, here=here)
    # What waited is overtaken: each version is whole.
    overtaken = (ITEMS.c.office_id == item.office_id, ITEMS.c.topic == item.topic, ITEMS.c.applied_at.is_(None))
    session.connection().execute(delete(ITEMS).where(*overtaken))
    session.add(
        FeedItem(
            office_id=item.office_id,
            topic=item.topic,
            version=item.version,
            body=item.body,
            signature=item.signature,
            received_at=stored(at),
        )
    )


def take_in(session: Session, office_id: str, topic: str, version: int, *, at: datetime) -> None:
    """Make a kept item the office's, in the caller's transaction.

    Raises what the topic's room raises, `NewerProgram`, `BodyDamaged`, and `Forged` for one that was changed since it was kept.
    """
    run = session.connection().execute
    mine = (ITEMS.c.office_id == office_id, ITEMS.c.topic == topic)
    body, signature = run(select(ITEMS.c.body, ITEMS.c.signature).where(*mine, ITEMS.c.version == version)).one()
    item = Item(office_id, topic, version, body, digest_of(body), signature)
    if line := session.get(CentreLine, office_id):
        read_item(Ed25519PublicKey.from_public_bytes(bytes.fromhex(line.centre_key)), office_id, item.told())
    one, checked = topics.read(topic, item.content())
    one.take(session, office_id, checked, at)
    run(update(ITEMS).where(*mine, ITEMS.c.version == version).values(applied_at=stored(at), code="", message="", message_en=""))
    run(delete(ITEMS).where(*mine, ITEMS.c.version != version, or_(ITEMS.c.version < version, ITEMS.c.body == "")))
    facts = {"topic": topic, "version": version, "digest": item.digest}
    record(session, office_id=office_id, kind="feed.applied", body=facts, actor=topics.ACTOR, at=at)


def _keep(write: Write, key: Ed25519PublicKey, office_id: str, told: object, at: datetime) -> None:
    try:
        item = read_item(key, office_id, told)
        write(lambda session: keep(session, item, at=at))
    except OlderVersion as older:
        log.warning("feed", extra={"code": older.code, "facts": str(older)})
    except BadItem as bad:
        log.warning("feed", extra={"code": bad.code, "facts": str(bad)})
        if place := named(told):
            facts: dict[str, Any] = {"office_id": office_id, "topic": place[0], "version": place[1]}
            write(partial(_refuse, **facts, why=bad, kept=False, at=at))


def _take_in(write: Write, office_id: str, topic: str, version: int, at: datetime) -> bool:
    """Whether the item is in use now; if not, its row says why."""
    facts: dict[str, Any] = {"office_id": office_id, "topic": topic, "version": version}
    try:
        write(lambda session: take_in(session, office_id, topic, version, at=at))
    except (StorageFull, Busy, DatabaseDamaged, OSError):
        raise  # says nothing about the item: it waits
    except KioskError as refused:
        why: KioskError = refused
    except Exception:
        log.exception("feed", extra=facts)
        why = TakeFailed(topic=topic, version=version)
    else:
        topics.tell(topic)
        return True
    write(partial(_refuse, **facts, why=why, kept=True, at=at))
    return False


def _waiting(session: Session, office_id: str) -> list[tuple[str, int]]:
    here = (ITEMS.c.office_id == office_id, ITEMS.c.applied_at.is_(None), ITEMS.c.body != "")
    rows = session.connection().execute(select(ITEMS.c.topic, ITEMS.c.version).where(*here).order_by(ITEMS.c.received_at, ITEMS.c.topic))
    return [tuple(row) for row in rows]


def _refuse(session: Session, *, office_id: str, topic: str, version: int, why: KioskError, kept: bool, at: datetime) -> None:
    """Note why an item, `kept` or not worth that, is not in use, and tell the centre, once for each reason."""
    code, reason = why.code, {"message": why.text("id"), "message_en": why.text("en")}
    run = session.connection().execute
    place = and_(ITEMS.c.office_id == office_id, ITEMS.c.topic == topic, ITEMS.c.version == version)
    row = run(select(ITEMS.c.code, ITEMS.c.applied_at, ITEMS.c.body).where(place)).first()
    if row is not None and (row.code == code or row.applied_at is not None or bool(row.body) is not kept):
        return
    if row is None:
        said = {"code": code, **reason, "received_at": stored(at)}
        session.add(FeedItem(office_id=office_id, topic=topic, version=version, body="", signature="", **said))
    else:
        run(update(ITEMS).where(place).values(code=code, **reason))
    body = {"topic": topic, "version": version, "code": code, **reason}
    record(session, office_id=office_id, kind="feed.refused", body=body, actor=topics.ACTOR, at=at)
