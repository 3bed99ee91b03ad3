"""What flows down from the centre: one version of one topic for one office, signed by the centre.

The signature is over `canonical({digest, office_id, purpose, topic, version})`, Ed25519; the digest is the SHA-256 of the body's
bytes. An item is therefore proof by itself: it may be kept, backed up and read again, whatever line it came over.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.core.chain import canonical
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

PURPOSE = "kios-feed"
TOPIC = re.compile(r"[a-z_]{1,40}")
MOST_VERSIONS = 2**31 - 1


class BadItem(KioskError):
    """Not an item at all."""

    code = "FEED-0400"
    sentence = N_("The centre sent something that is no version of any topic. Nothing was taken from it.")


class Forged(BadItem):
    """Not signed by the centre's key that this node knows."""

    code = "FEED-0401"
    status = 401
    sentence = N_("{topic} {version} is not signed by this office's centre. Nothing was taken from it.")


class OtherOffice(BadItem):
    """Signed, but for another office."""

    code = "FEED-0403"
    status = 403
    sentence = N_("{topic} {version} is meant for another office. Nothing was taken from it.")


class OlderVersion(BadItem):
    """What is here already is as new, or newer."""

    code = "FEED-0409"
    status = 409
    sentence = N_("{topic} {version} is not newer than {here}, which is here. It was left where it is.")


class BodyChanged(BadItem):
    """The body is not the one that was signed."""

    code = "FEED-0422"
    status = 422
    sentence = N_("{topic} {version} was changed on its way. Nothing was taken from it.")


@dataclass(frozen=True)
class Item:
    """One version of a topic. `body` is canonical JSON, `digest` its SHA-256 in hex, `signature` in hex."""

    office_id: str
    topic: str
    version: int
    body: str
    digest: str
    signature: str

    def told(self) -> dict[str, Any]:
        """As it travels."""
        return asdict(self)

    def content(self) -> dict[str, Any]:
        """The body, read."""
        found: dict[str, Any] = json.loads(self.body)
        return found


def digest_of(body: str) -> str:
    """SHA-256 of the body's bytes, in hex."""
    return hashlib.sha256(body.encode(errors="surrogatepass")).hexdigest()


def make_item(key: Ed25519PrivateKey, *, office_id: str, topic: str, version: int, content: dict[str, Any]) -> Item:
    """The signed item that holds `content`.

    >>> key = Ed25519PrivateKey.generate()
    >>> item = make_item(key, office_id="kaltim", topic="texts", version=1, content={"shape": 1})
    >>> read_item(key.public_key(), "kaltim", item.told()) == item
    True
    """
    body = canonical(content).decode()
    digest = digest_of(body)
    return Item(office_id, topic, version, body, digest, key.sign(_bytes(office_id, topic, version, digest)).hex())


def read_item(key: Ed25519PublicKey, office_id: str, told: object) -> Item:
    """The item in `told` if the centre signed it for this office. Raises `BadItem`, `Forged`, `OtherOffice`, `BodyChanged`."""
    item = _parse(told)
    named = {"topic": item.topic, "version": item.version}
    try:
        key.verify(bytes.fromhex(item.signature), _bytes(item.office_id, item.topic, item.version, item.digest))
    except (InvalidSignature, ValueError):
        raise Forged(**named) from None
    if item.office_id != office_id:
        raise OtherOffice(**named)
    if digest_of(item.body) != item.digest:
        raise BodyChanged(**named)
    return item


def named(told: object) -> tuple[str, int] | None:
    """Topic and version that `told` claims, also where nothing else of it is true; None when it claims none."""
    try:
        item = _parse(told)
    except BadItem:
        return None
    return item.topic, item.version


def _parse(told: object) -> Item:
    """Raises `BadItem`."""
    if not isinstance(told, dict):
        raise BadItem()
    texts = [told.get(name) for name in ("office_id", "topic", "body", "digest", "signature")]
    version = told.get("version")
    if not all(isinstance(text, str) for text in texts) or type(version) is not int or not 0 < version <= MOST_VERSIONS:
        raise BadItem()
    office, topic, body, digest, signature = (str(text) for text in texts)
    if not TOPIC.fullmatch(topic):
        raise BadItem()
    return Item(office, topic, version, body, digest, signature)


def _bytes(office_id: str, topic: str, version: int, digest: str) -> bytes:
    return canonical({"digest": digest, "office_id": office_id, "purpose": PURPOSE, "topic": topic, "version": version})
