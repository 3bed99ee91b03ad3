"""`kiosk centre publish`: what the centre makes the offices' catalogue, calendar, texts and notices."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel
from sqlalchemy import Connection

from kiosk import feeds  # noqa: F401 (importing it registers the topics)
from kiosk.catalogue.feed import Catalogue
from kiosk.centre.feed import Published, publish
from kiosk.core.errors import KioskError, StartError
from kiosk.core.i18n import N_
from kiosk.core.office import TEXTS
from kiosk.queues.feed import Calendar, Texts
from kiosk.queues.seed import QueueTexts
from kiosk.seed_files import SEEDS, checked, read
from kiosk.sync import topics


class FileDamaged(StartError):
    """A file to publish that cannot be read or says something that it cannot say; nothing was published."""

    code = "FEED-0424"
    sentence = N_("The file {file} is damaged at {place}: {reason}. Nothing was published.")


class NothingToPublish(KioskError):
    """Neither a file nor the seed was named."""

    code = "FEED-0405"
    sentence = N_("Say what to publish: a topic and a file, or --seed. Topics are: {topics}.")


def file_body(topic: str, path: Path) -> dict[str, BaseModel]:
    """The body of `topic` that a YAML or JSON file holds. Raises `TopicUnknown`, `FileDamaged` with file, line and field."""
    return {topic: checked(path, topics.find(topic).body, FileDamaged)}


def seed_bodies(office_id: str, folder: Path = SEEDS) -> dict[str, BaseModel]:
    """What the office's seed files hold, by topic. Raises `SeedDamaged`."""
    seed = read(office_id, folder)
    words = [QueueTexts(**queue.model_dump(include=set(QueueTexts.model_fields))) for queue in seed.file.queues]
    return {
        "catalogue": Catalogue(services=seed.standards),
        "calendar": Calendar(days=seed.free_days),
        "texts": Texts(**seed.file.office.model_dump(include=set(TEXTS)), queues=words),
    }


def chosen(office_id: str, topic: str, path: Path | None, *, seed: bool) -> dict[str, BaseModel]:
    """The bodies that the words of the command mean. Raises `NothingToPublish`, and as `file_body` and `seed_bodies`."""
    if seed and not topic:
        return seed_bodies(office_id)
    if seed or not topic or path is None:
        raise NothingToPublish(topics=", ".join(topics.known()))
    return file_body(topic, path)


def publish_all(
    connection: Connection, key: Ed25519PrivateKey, *, office_id: str, bodies: Mapping[str, BaseModel], at: datetime, by: str
) -> list[Published]:
    """Publish every body in the caller's transaction: all of them or none."""
    return [publish(connection, key, office_id=office_id, topic=topic, body=body, at=at, by=by) for topic, body in bodies.items()]
