"""Batches as an office's node sends them: a thousand tickets that were taken, chained and signed."""

import gzip
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from kiosk.centre import nodes
from kiosk.core.chain import FIRST_EPOCH, GENESIS, Head, canonical, follow
from kiosk.core.clock import stored, utc_now
from kiosk.core.ids import new_id
from kiosk.sync.keys import public_hex
from kiosk.sync.link import PREFIX
from kiosk.sync.signing import Request, sign

SIZE = 1000
OFFICES = ("kaltim", "rohil", "jatim")


def enrolled(engine: Engine, count: int) -> list[dict[str, Any]]:
    """So many nodes at the centre, over three offices: office_id, node_id, and the private key in hex."""
    found = []
    for number in range(count):
        key, office = Ed25519PrivateKey.generate(), OFFICES[number % len(OFFICES)]
        with engine.begin() as connection:
            code = nodes.make_code(connection, office_id=office, at=utc_now())
            node = nodes.enrol(connection, typed=code, public_key=public_hex(key), name="bench", at=utc_now())
        found.append({"office_id": office, "node_id": node.node_id, "key": key.private_bytes_raw().hex()})
    return found


class Chain:
    """A node's chain, from its beginning."""

    def __init__(self, office_id: str) -> None:
        self.office_id, self.head = office_id, Head(FIRST_EPOCH, 0, GENESIS)

    def lines(self) -> list[bytes]:
        """The next thousand lines."""
        same = {"office_id": self.office_id, "kind": "ticket.taken", "actor": f"device:{new_id()}", "at": stored(utc_now())}
        day = {"queue": "A", "lane": "", "business_date": "2026-03-12"}
        bodies = ({"id": new_id(), "serial": number, **day} for number in range(SIZE))
        return [canonical({**same, "event_id": new_id(), "body": body}) for body in bodies]

    def request(self, lines: list[bytes], address: str, node_id: str, key: Ed25519PrivateKey) -> Request:
        """`lines` packed and signed, to follow what was sent before."""
        url = f"{address}{PREFIX}/events/{self.head.epoch}/{self.head.seq + 1}?previous={self.head.hash}"
        request = Request("POST", url, gzip.compress(b"\n".join(lines) + b"\n", 1), {"content-encoding": "gzip"})
        sign(request, key, node_id, at=utc_now())
        self.head = follow(self.head, lines)
        return request
