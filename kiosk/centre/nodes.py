"""Nodes at the centre: enrolment by a code, where each stands, revocation."""

from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, insert, select, update

from kiosk.centre.ingest import EPOCHS, NODES
from kiosk.centre.model import ACTIVE, REVOKED, CentreNode, NodeCode
from kiosk.centre.tenancy import as_office, looking_for
from kiosk.core.chain import FIRST_EPOCH, GENESIS, Head
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.ids import new_id
from kiosk.core.table_of import table_of
from kiosk.devices import codes
from kiosk.devices.enrolment import code_hash

CODES = table_of(NodeCode)
LIFE = timedelta(hours=24)  # read out on the telephone, and typed when the office has a line
KEY_BYTES = 32
EPOCHS_TOLD = 50


class NodeRefused(KioskError):
    """The key is not that of a node that may send."""

    code = "SYNC-0403"
    status = 403
    sentence = N_("The centre has revoked this computer. What it holds stays here; enrol it anew with a code from the centre.")


class NodeCodeWrong(KioskError):
    """A code that was never made, is used, or is too old."""

    code = "SYNC-0404"
    status = 403
    sentence = N_(
        "The centre does not know this code: it was used, is older than a day, or was typed wrongly. Ask the centre for a new one."
    )


class OtherOffice(KioskError):
    """A code of another office than the one that the computer serves."""

    code = "SYNC-0406"
    status = 403
    sentence = N_("This code is for the office {meant}, and this computer serves {serves}. The code was not used up.")


class BadKey(KioskError):
    """Not an Ed25519 public key in hex."""

    code = "SYNC-0421"
    status = 422
    sentence = N_("This is not a public key.")


def make_code(connection: Connection, *, office_id: str, at: datetime) -> str:
    """A code that makes one computer a node of the office within a day; only its hash is kept."""
    code = codes.new_code()
    row = {"office_id": office_id, "code_hash": code_hash(code), "expires_at": stored(at + LIFE)}
    connection.execute(insert(CODES), row)
    return codes.shown(code)


def enrol(connection: Connection, *, typed: str, public_key: str, name: str, at: datetime, office_id: str = "") -> CentreNode:
    """Make the computer that brought a code a node of the code's office.

    `office_id`: which office the computer says it serves; a code of another one stays good. Raises `NodeCodeWrong`, `BadKey`,
    `OtherOffice`.
    """
    public(public_key)
    digest = code_hash(codes.parse(typed) or "")
    looking_for(connection, digest)
    good = (CODES.c.code_hash == digest, CODES.c.used_at.is_(None), CODES.c.expires_at > stored(at))
    meant = connection.execute(select(CODES.c.office_id).where(*good)).scalar()
    if meant is None:
        raise NodeCodeWrong()
    if office_id not in {"", meant}:
        raise OtherOffice(meant=meant, serves=office_id)
    as_office(connection, meant)
    node_id = new_id()
    use = update(CODES).where(*good, CODES.c.office_id == meant).values(used_at=stored(at), node_id=node_id)
    if connection.execute(use).rowcount != 1:
        raise NodeCodeWrong()
    node = CentreNode(
        office_id=meant,
        node_id=node_id,
        name=name[:80],
        public_key=public_key,
        epoch=FIRST_EPOCH,
        seq=0,
        hash=GENESIS,
        enrolled_at=stored(at),
    )
    connection.execute(insert(NODES), node.model_dump())
    return node


def public(key: str) -> Ed25519PublicKey:
    """The public key in `key` (32 bytes as hex). Raises `BadKey`."""
    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raise BadKey() from None
    if len(raw) != KEY_BYTES:
        raise BadKey()
    return Ed25519PublicKey.from_public_bytes(raw)


def find(connection: Connection, node_id: str) -> CentreNode | None:
    """The node with this id, whatever its state and its office; the transaction sees that row alone until it is narrowed to an office."""
    looking_for(connection, node_id)
    row = connection.execute(select(NODES).where(NODES.c.node_id == node_id)).mappings().first()
    return CentreNode(**row) if row else None


def every(connection: Connection) -> list[CentreNode]:
    """All nodes, by office and in the order in which they were enrolled."""
    rows = connection.execute(select(NODES).order_by(NODES.c.office_id, NODES.c.enrolled_at)).mappings()
    return [CentreNode(**row) for row in rows]


def hello(connection: Connection, node: CentreNode, *, said: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Note what a node says of itself (`build`, `backlog`, `now`), and tell where the centre stands with it.

    Gives the cursor, and the heads of the epochs that are closed, newest first.
    """
    mine = (NODES.c.office_id == node.office_id, NODES.c.node_id == node.node_id)
    seen = {"build": str(said.get("build", ""))[:80], "backlog": _count(said.get("backlog")), "last_contact_at": stored(at)}
    off = {"clock_off_s": _seconds_off(said.get("now"), at)}
    twin = {"twin_seen_at": stored(at)} if said.get("twin") is True else {}
    connection.execute(update(NODES).where(*mine).values(seen | off | twin))
    closed = (
        select(EPOCHS.c.epoch, EPOCHS.c.seq, EPOCHS.c.hash)
        .where(EPOCHS.c.office_id == node.office_id, EPOCHS.c.node_id == node.node_id)
        .order_by(EPOCHS.c.epoch.desc())
        .limit(EPOCHS_TOLD)
    )
    cursor = Head(node.epoch, node.seq, node.hash)
    return {"cursor": list(vars(cursor).values()), "closed": [list(row) for row in connection.execute(closed)]}


def _count(value: object) -> int:
    return min(value, 2**31 - 1) if type(value) is int and value >= 0 else 0


def _seconds_off(said: object, at: datetime) -> int:
    """How many seconds a node's clock is ahead (or, below zero, behind); 0 when it says nothing that can be read."""
    try:
        there = datetime.fromisoformat(str(said))
        return round((there - at).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0


def revoke(connection: Connection, *, office_id: str, node_id: str) -> bool:
    """Take a node's right to send away at once; whether there was such an active node."""
    mine = (NODES.c.office_id == office_id, NODES.c.node_id == node_id, NODES.c.state == ACTIVE)
    return connection.execute(update(NODES).where(*mine).values(state=REVOKED)).rowcount == 1
