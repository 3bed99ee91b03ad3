"""How a computer becomes an office's node at the centre: a code, once."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.sync.carrier import make_client, over_http
from kiosk.sync.keys import node_key, public_hex
from kiosk.sync.link import PREFIX, Refused
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import record
from kiosk.sync.signing import Request

WANTED = ("node_id", "office_id", "centre_key", "centre_url")


class EnrolledAlready(KioskError):
    """This node has a centre."""

    code = "SYNC-0408"
    status = 409
    sentence = N_("This computer is enrolled already, at {address}. To enrol it anew, add --again.")


class NotACentre(KioskError):
    """What answered is no centre, or one of another office."""

    code = "SYNC-0505"
    status = 502
    sentence = N_("What answers at {address} is not a centre of this kind. Check the address.")


class NoCentre(KioskError):
    """This node has no centre."""

    code = "SYNC-0405"
    status = 404
    sentence = N_("This computer has no centre yet. Run: kiosk sync enrol CODE --centre URL")


def ask(*, code: str, reached_at: str, office_id: str, name: str, data_dir: Path, ca: Path | None, at: datetime) -> CentreLine:
    """Ask the centre at `reached_at` to take this computer for the office's node; the line to it, not yet stored.

    Raises `Refused` (a wrong or used code), `NoLine`, `ForeignCertificate`, `NotACentre`, `NotSecure`, `NodeKeyDamaged`.
    """
    reached_at = reached_at.strip().rstrip("/")
    key = node_key(data_dir)
    said = {"code": code, "public_key": public_hex(key), "name": name, "office": office_id}
    with make_client(reached_at, ca=ca) as client:
        carry = over_http(client, address=reached_at, reached_at=reached_at)
        body = json.dumps(said).encode()
        reply = carry(Request("POST", reached_at + PREFIX + "/nodes", body, {"content-type": "application/json"}))
    told = _told(reply.body, reached_at)
    if reply.status_code != httpx.codes.OK and str(told.get("code", "HTTP-")).partition("-")[0] != "HTTP":
        raise Refused(told)
    if not all(isinstance(told.get(name), str) for name in WANTED) or told["office_id"] != office_id or not _is_key(told["centre_key"]):
        raise NotACentre(address=reached_at)
    return CentreLine(
        office_id=office_id,
        node_id=told["node_id"],
        address=told["centre_url"].rstrip("/"),
        reached_at=reached_at,
        centre_key=told["centre_key"],
        enrolled_at=stored(at),
    )


def enrolled(session: Session, office_id: str) -> CentreLine:
    """The office's line to its centre. Raises `NoCentre`."""
    line = session.get(CentreLine, office_id)
    if line is None:
        raise NoCentre()
    return line


def refuse_second(session: Session, office_id: str, *, again: bool) -> None:
    """Raises `EnrolledAlready` when this node has a centre, unless it is to have one `again`."""
    if (line := session.get(CentreLine, office_id)) is not None and not again:
        raise EnrolledAlready(address=line.reached_at)


def keep(session: Session, line: CentreLine, *, again: bool, at: datetime) -> None:
    """Store the line, and record that this node has a centre now. Raises `EnrolledAlready` unless `again`."""
    refuse_second(session, line.office_id, again=again)
    session.merge(line)
    body = {"node_id": line.node_id, "centre": line.address}
    record(session, office_id=line.office_id, kind="node.enrolled", body=body, actor="cli", at=at)


def _told(body: bytes, address: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise NotACentre(address=address) from None
    if not isinstance(told, dict):
        raise NotACentre(address=address)
    return told


def _is_key(text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        return False
    return True
