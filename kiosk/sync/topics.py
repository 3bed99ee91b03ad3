"""The topics that flow down, each registered once, in the room that it belongs to: what its body may say, and how it is taken in.

The centre checks with the same registration what it publishes, so that an office refuses only what is newer than its program,
or does not fit what it has.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

log = logging.getLogger("kiosk.feed")
Body = TypeVar("Body", bound=BaseModel)
ACTOR = "centre"

# Makes the office what the body says, in the caller's transaction. Raises KioskError for a body that does not fit this office.
Take = Callable[[Session, str, Any, datetime], None]


class TopicUnknown(KioskError):
    """No room of this program takes such a topic."""

    code = "FEED-0404"
    status = 404
    sentence = N_("There is no topic {topic}. Topics are: {topics}.")


class NewerProgram(KioskError):
    """A topic, or a shape of its body, that a newer version of the program brings."""

    code = "FEED-0426"
    status = 426
    sentence = N_("{topic} needs a newer version of this program. It is kept, and used after the update.")


class BodyDamaged(KioskError):
    """A body that says something it cannot say."""

    code = "FEED-0423"
    status = 422
    sentence = N_("{topic} is damaged at {place}: {reason}. What was there before stays in use.")


@dataclass(frozen=True)
class Topic:
    """A topic as this program knows it: `shape` counts the forms of its body, of which `body` is the newest."""

    name: str
    shape: int
    body: type[BaseModel]
    take: Take


_TOPICS: dict[str, Topic] = {}
_LISTENERS: list[Callable[[str], None]] = []


def topic(name: str, *, body: type[Body], shape: int = 1) -> Callable[[Take], Take]:
    """Register the decorated function `(session, office_id, body, at)` as the one that takes `name`. Raises ValueError for a second one."""

    def register(function: Take) -> Take:
        if name in _TOPICS:
            raise ValueError(f"{name} is registered already")
        _TOPICS[name] = Topic(name, shape, body, function)
        return function

    return register


def known() -> list[str]:
    """Names of all topics, in order."""
    return sorted(_TOPICS)


def find(name: str) -> Topic:
    """The topic called `name`. Raises `TopicUnknown`."""
    if name not in _TOPICS:
        raise TopicUnknown(topic=name, topics=", ".join(known()))
    return _TOPICS[name]


def content_of(name: str, body: BaseModel) -> dict[str, Any]:
    """What is signed and sent of a checked body: plain JSON data that names its shape."""
    return {"shape": find(name).shape, **body.model_dump(mode="json", by_alias=True)}


def read(name: str, content: dict[str, Any]) -> tuple[Topic, BaseModel]:
    """The topic and its checked body. Raises `NewerProgram` for what only a newer program knows, `BodyDamaged`."""
    one, shape = _TOPICS.get(name), content.get("shape")
    if one is None or (type(shape) is int and shape > one.shape):
        raise NewerProgram(topic=name)
    try:
        return one, one.body.model_validate({key: value for key, value in content.items() if key != "shape"})
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise BodyDamaged(topic=name, place=".".join(map(str, first["loc"])) or "-", reason=first["msg"]) from None


def listen(heard: Callable[[str], None]) -> Callable[[], None]:
    """Call `heard(topic)` after a topic was taken in and is durable, on the thread that did it. Returns how to stop."""
    _LISTENERS.append(heard)
    return lambda: _LISTENERS.remove(heard)


def tell(name: str) -> None:
    """Call all listeners."""
    for heard in list(_LISTENERS):
        try:
            heard(name)
        except Exception:  # what was taken in stays so, whatever becomes of showing it
            log.exception("feed", extra={"topic": name})
