"""What nodes ask of the centre, and what it answers: signed messages in, signed messages out. HTTP around it is in `api.py`."""

import json
import logging
import re
import zlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from kiosk.centre import feed, ingest, nodes, rules, tenancy
from kiosk.centre.errors import told
from kiosk.centre.model import ACTIVE, CentreNode
from kiosk.core import log
from kiosk.core.answers import Bug
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.i18n import N_
from kiosk.sync.heads import sign_head
from kiosk.sync.signing import BadSignature, Reply, Request, sign, verify

logger = logging.getLogger("kiosk.centre")

PREFIX = "/api/v1/sync"
KEY_ID = "centre"
EVENTS = re.compile(r"/events/(\d{1,9})/(\d{1,15})\?(?:previous=([0-9a-f]{64})|limit=(\d{1,4}))")
FEED = re.compile(r"/feed\?have=([a-z_:0-9,]{0,2000})")
MOST_HELD = 1000


class Malformed(KioskError):
    """A signed message that says nothing the centre understands."""

    code = "SYNC-0400"
    status = 400
    sentence = N_("The centre does not understand this message: {reason}.")


class Desk:
    """Answers the nodes. `address` is the centre's own, without a slash at the end: signatures are over it."""

    def __init__(self, engine: Engine, key: Ed25519PrivateKey, *, address: str, clock: Callable[[], datetime]) -> None:
        self._engine, self._key, self._address, self._clock = engine, key, address, clock
        self.public_key = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def answer(self, request: Request) -> Reply:
        """The signed reply to `request`, whose url is the centre's own address with the path that was asked.

        Only who brings a code may come without a signature. Never raises: what goes wrong is a reply with code and sentence.
        """
        try:
            status, body = 200, json.dumps(self._do(request), ensure_ascii=False).encode()
        except KioskError as refused:
            status, body = _no(refused)
        except SQLAlchemyError as failure:
            logger.error("database", exc_info=failure)
            status, body = _no(told(failure))
        except Exception as bug:
            reference = log.reference()
            logger.error("bug", exc_info=bug, extra={"reference": reference})
            status, body = _no(Bug(reference=reference))
        reply = Reply(status, body, request)
        if "Signature" in request.headers or "signature" in request.headers:
            sign(reply, self._key, KEY_ID, at=self._clock())
        return reply

    def _do(self, request: Request) -> dict[str, Any]:
        path = request.url.removeprefix(self._address + PREFIX)
        with self._engine.begin() as connection:
            if (request.method, path) == ("POST", "/nodes"):
                return self._enrol(connection, _object(request.body))
            node = self._node(connection, request)
            if (request.method, path) == ("POST", "/hello"):
                return nodes.hello(connection, node, said=_object(request.body), at=self._clock())
            if request.method == "GET" and (asked := FEED.fullmatch(path)):
                return feed.lacking(connection, office_id=node.office_id, have=feed.parse(asked[1]), at=self._clock())
            if found := EVENTS.fullmatch(path):
                epoch, number, previous, limit = found.groups()
                if request.method == "POST" and previous:
                    return self._take(connection, node, rules.Batch(int(epoch), int(number), previous, rules.cut(_unpack(request))))
                if request.method == "GET" and limit:
                    return self._give(connection, node, epoch=int(epoch), after=int(number), limit=int(limit))
        raise NotFound()

    def _enrol(self, connection: Connection, said: dict[str, Any]) -> dict[str, Any]:
        texts = {name: str(said.get(name, ""))[:200] for name in ("code", "public_key", "name", "office")}
        given = {"typed": texts["code"], "public_key": texts["public_key"], "name": texts["name"], "office_id": texts["office"]}
        node = nodes.enrol(connection, **given, at=self._clock())
        return {"node_id": node.node_id, "office_id": node.office_id, "centre_key": self.public_key, "centre_url": self._address}

    def _node(self, connection: Connection, request: Request) -> CentreNode:
        """Whose key signed `request`. The office follows from the key, never from what a message says, and nothing else is seen then."""
        known: list[CentreNode] = []

        def key_of(node_id: str) -> Ed25519PublicKey | None:
            node = nodes.find(connection, node_id)
            known.extend([node] if node else [])
            return nodes.public(node.public_key) if node else None

        verify(request, key_of)
        node = known[0]
        if node.state != ACTIVE:
            raise nodes.NodeRefused()
        tenancy.as_office(connection, node.office_id)
        return node

    def _take(self, connection: Connection, node: CentreNode, batch: rules.Batch) -> dict[str, Any]:
        receipt = ingest.take(connection, office_id=node.office_id, node_id=node.node_id, batch=batch, at=self._clock())
        countersigned = sign_head(self._key, node.office_id, receipt.head)
        return {"cursor": list(vars(receipt.head).values()), "set_aside": receipt.set_aside, "head": countersigned}

    def _give(self, connection: Connection, node: CentreNode, *, epoch: int, after: int, limit: int) -> dict[str, Any]:
        mine = {"office_id": node.office_id, "node_id": node.node_id}
        held = ingest.held(connection, **mine, epoch=epoch, after=after, limit=min(limit, MOST_HELD))
        return {"events": held}


def _no(refused: KioskError) -> tuple[int, bytes]:
    said = {"code": refused.code, "message": refused.text("id"), "message_en": refused.text("en")}
    return refused.status, json.dumps(said, ensure_ascii=False).encode()


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise Malformed(reason="JSON") from None
    if not isinstance(value, dict):
        raise Malformed(reason="JSON")
    return value


def _unpack(request: Request) -> bytes:
    """The body of a batch, unpacked if it came packed, but never beyond what a batch may hold."""
    packed = {name.lower(): value for name, value in request.headers.items()}.get("content-encoding", "")
    if packed != "gzip":
        return request.body
    reader = zlib.decompressobj(wbits=31)
    try:
        body = reader.decompress(request.body, rules.MAX_BYTES + 1)
    except zlib.error:
        raise Malformed(reason="gzip") from None
    if len(body) > rules.MAX_BYTES:
        raise rules.TooLarge(lines=rules.MAX_LINES, bytes=rules.MAX_BYTES)
    if not reader.eof:
        raise Malformed(reason="gzip")
    return body


__all__ = ["PREFIX", "BadSignature", "Desk", "Malformed"]
