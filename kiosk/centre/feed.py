"""What flows down, at the centre: published version by version, signed, and given to the nodes that lack it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel
from sqlalchemy import Connection, RowMapping, and_, func, insert, select, text

from kiosk.centre.model import CentreFeed, CentreFeedHad
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.table_of import table_of
from kiosk.sync import topics
from kiosk.sync.items import MOST_VERSIONS, Item, make_item
from kiosk.sync.model import FeedStanding

ITEMS = table_of(CentreFeed)
HAD = table_of(CentreFeedHad)
STANDING = table_of(FeedStanding)
REPLY_BYTES = 1_000_000
MOST_BYTES = 8_000_000  # of one body: a large office's 300 standards are 3 MB
LEAP = 1000  # how far a node's word may be ahead of what the centre holds
NOTE = text(
    "INSERT INTO centre_feed_had (office_id, topic, version, told_at) VALUES (:office_id, :topic, :version, :told_at)"
    " ON CONFLICT (office_id, topic) DO UPDATE SET version = excluded.version, told_at = excluded.told_at"
    " WHERE excluded.version > centre_feed_had.version"
)


class TooLargeToPublish(KioskError):
    """A body that no node would wait for."""

    code = "FEED-0413"
    status = 413
    sentence = N_("{topic} has {found} bytes; {most} is the most.")


@dataclass(frozen=True)
class Published:
    """The version in force, and whether it is new."""

    topic: str
    version: int
    digest: str
    new: bool


def publish(
    connection: Connection, key: Ed25519PrivateKey, *, office_id: str, topic: str, body: BaseModel, at: datetime, by: str
) -> Published:
    """Make a checked `body` the version in force of `topic` for an office; the body that is in force already stays the same version.

    `key` is the centre's own, by which its offices know it. Raises `TopicUnknown`, `BodyDamaged` for a body of another topic,
    `TooLargeToPublish`.
    """
    content = topics.content_of(topic, body)
    topics.read(topic, content)
    last = _in_force(connection, office_id, topic)
    version = 1 + max(last.version if last else 0, _had(connection, office_id, topic))
    item = make_item(key, office_id=office_id, topic=topic, version=version, content=content)
    if (size := len(item.body.encode())) > MOST_BYTES:
        raise TooLargeToPublish(topic=topic, found=size, most=MOST_BYTES)
    if last is not None and last.digest == item.digest:
        return Published(topic, last.version, last.digest, new=False)
    connection.execute(insert(ITEMS), {**item.told(), "made_at": stored(at), "made_by": by})
    return Published(topic, version, item.digest, new=True)


def parse(told: str) -> dict[str, int]:
    """Topics and versions in what a node says it has, as `catalogue:3,texts:1`; what is no pair of both is left out.

    >>> parse("catalogue:3,texts:1,x,:2,y:99999999999")
    {'catalogue': 3, 'texts': 1}
    """
    pairs = (part.partition(":") for part in told.split(","))
    return {topic: int(number) for topic, _, number in pairs if topic and number.isdigit() and int(number) < MOST_VERSIONS}


def lacking(connection: Connection, *, office_id: str, have: dict[str, int], at: datetime) -> dict[str, Any]:
    """The items in force that are newer than what a node has: about `REPLY_BYTES` of them, and whether there are more.

    An item that is larger by itself goes alone.
    """
    _note(connection, office_id, have, at)
    newest = select(ITEMS.c.topic, func.max(ITEMS.c.version).label("version")).where(ITEMS.c.office_id == office_id)
    newest = newest.group_by(ITEMS.c.topic)
    sizes = newest.subquery()
    same = and_(ITEMS.c.office_id == office_id, ITEMS.c.topic == sizes.c.topic, ITEMS.c.version == sizes.c.version)
    columns = (ITEMS.c.topic, ITEMS.c.version, func.length(ITEMS.c.body).label("size"))
    rows = connection.execute(select(*columns).join(sizes, same).order_by(ITEMS.c.made_at, ITEMS.c.topic)).all()
    lacked = [row for row in rows if row.version > have.get(row.topic, 0)]
    given: list[dict[str, Any]] = []
    size = 0
    for row in lacked:
        size += row.size
        if given and size > REPLY_BYTES:
            break
        given.append(_item(connection, office_id, row.topic, row.version).told())
    return {"items": given, "more": len(given) < len(lacked)}


def standing(connection: Connection, office_id: str) -> list[dict[str, Any]]:
    """For the centre's people, as `in_force`, with what the office said of it: `in_use` (its version, 0 for none), `refused_version`,
    `code`, `message` (Indonesian) and `message_en` of what it could not use (0 and empty when that is overtaken).
    """
    rows = connection.execute(select(STANDING).where(STANDING.c.office_id == office_id)).mappings()
    said = {row["topic"]: row for row in rows}
    return [{**one, **_said(said.get(one["topic"]))} for one in in_force(connection, office_id)]


def _said(row: RowMapping | None) -> dict[str, Any]:
    nothing: dict[str, Any] = {"refused_version": 0, "code": "", "message": "", "message_en": ""}
    if row is None:
        return {"in_use": 0, **nothing}
    open_ = row["refused_version"] > row["version"]
    said = {**{name: row[name] for name in nothing}, "message_en": row["message_en"] or row["message"]}
    return {"in_use": row["version"], **(said if open_ else nothing)}


def in_force(connection: Connection, office_id: str) -> list[dict[str, Any]]:
    """For the centre's people: topic, version, digest, when and by whom it was published, of every topic of an office."""
    columns = (ITEMS.c.topic, ITEMS.c.version, ITEMS.c.digest, ITEMS.c.made_at, ITEMS.c.made_by)
    rows = connection.execute(select(*columns).where(ITEMS.c.office_id == office_id).order_by(ITEMS.c.topic, ITEMS.c.version))
    return list({row["topic"]: dict(row) for row in rows.mappings()}.values())


def _in_force(connection: Connection, office_id: str, topic: str) -> Item | None:
    last = _in_force_version(connection, office_id, topic)
    return _item(connection, office_id, topic, last) if last else None


def _in_force_version(connection: Connection, office_id: str, topic: str) -> int:
    here = (ITEMS.c.office_id == office_id, ITEMS.c.topic == topic)
    return int(connection.execute(select(func.max(ITEMS.c.version)).where(*here)).scalar() or 0)


def _item(connection: Connection, office_id: str, topic: str, version: int) -> Item:
    here = (ITEMS.c.office_id == office_id, ITEMS.c.topic == topic, ITEMS.c.version == version)
    row = connection.execute(select(ITEMS).where(*here)).mappings().one()
    return Item(**{name: row[name] for name in ("office_id", "topic", "version", "body", "digest", "signature")})


def _had(connection: Connection, office_id: str, topic: str) -> int:
    here = (HAD.c.office_id == office_id, HAD.c.topic == topic)
    return int(connection.execute(select(HAD.c.version).where(*here)).scalar() or 0)


def _note(connection: Connection, office_id: str, have: dict[str, int], at: datetime) -> None:
    """Remember the newest versions that a node of the office said it has; a number out of all reason would end the counting."""
    for topic, version in have.items():
        last = _in_force_version(connection, office_id, topic)
        if last < version <= last + LEAP:
            connection.execute(NOTE, {"office_id": office_id, "topic": topic, "version": version, "told_at": stored(at)})
