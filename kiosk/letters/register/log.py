"""The issuance log: each sealed letter in a line that carries the hash of the line before it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from kiosk.core.chain import GENESIS
from kiosk.letters.register.errors import LogForked
from kiosk.letters.register.model import IssuanceEntry, RegisterEntry
from kiosk.letters.register.rules import ISSUED, REVOKED, Sealed, breaks, link_hash

LINE = ("position", "serial", "number", "claims_hash", "key", "at", "previous_hash", "hash")  # what an event says of a line


@dataclass(frozen=True)
class LogHead:
    """Where the log stands: the last position (0: nothing was sealed yet) and the hash of that line, in hex."""

    position: int
    hash: str


def head(session: Session, office_id: str) -> LogHead:
    """The end of the office's log."""
    newest = select(IssuanceEntry).where(IssuanceEntry.office_id == office_id).order_by(col(IssuanceEntry.position).desc()).limit(1)
    last = session.exec(newest).first()
    return LogHead(last.position, last.hash) if last else LogHead(0, GENESIS)


def head_at(session: Session, office_id: str, position: int) -> str | None:
    """The hash of the line at `position`, in hex; none where the log does not reach."""
    line = session.get(IssuanceEntry, (office_id, position))
    return line.hash if line else None


def place_of(session: Session, office_id: str, serial: int) -> int:
    """The position of a letter in the log; 0 when it stands in none."""
    asked = select(IssuanceEntry.position).where(IssuanceEntry.office_id == office_id, IssuanceEntry.serial == serial)
    return session.exec(asked).first() or 0


def append(session: Session, *, office_id: str, serial: int, number: str, claims_hash: str, key: str, at: int) -> IssuanceEntry:
    """Write the next line, in the caller's transaction. `claims_hash` and `key` in hex, `at` seconds since 1970 UTC."""
    before = head(session, office_id)
    sealed = Sealed(office_id, before.position + 1, serial, number, claims_hash, key, at)
    facts = {name: value for name, value in vars(sealed).items() if name != "office"}
    line = IssuanceEntry(office_id=office_id, **facts, previous_hash=before.hash, hash=link_hash(before.hash, sealed))
    session.add(line)
    session.flush()
    return line


def put(session: Session, office_id: str, body: dict[str, Any]) -> None:
    """The line of an event, as `append` wrote it elsewhere. Raises `LogForked` where another letter stands in its place."""
    known = session.get(IssuanceEntry, (office_id, body["position"]))
    if known is None:
        session.add(IssuanceEntry(office_id=office_id, **{name: body[name] for name in LINE}))
    elif known.hash != body["hash"]:
        raise LogForked(position=body["position"])


def lines(session: Session, office_id: str, *, up_to: int | None = None) -> list[IssuanceEntry]:
    """The log from its beginning, in order; `up_to`: the last position that is wanted."""
    asked = select(IssuanceEntry).where(IssuanceEntry.office_id == office_id).order_by(col(IssuanceEntry.position))
    return list(session.exec(asked if up_to is None else asked.where(IssuanceEntry.position <= up_to)))


def check(session: Session, office_id: str) -> list[tuple[int, str]]:
    """What is wrong with the log, by position: `rules.breaks`, and "register differs" where the register says otherwise; none: whole.

    A letter that counts as issued and stands in no line has position 0.
    """
    log = lines(session, office_id)
    sealed = {(one.serial, one.number): one for one in log}
    found = breaks(log)
    issued = select(RegisterEntry).where(RegisterEntry.office_id == office_id, col(RegisterEntry.state).in_((ISSUED, REVOKED)))
    for letter in session.exec(issued.order_by(col(RegisterEntry.serial))):
        line = sealed.pop((letter.serial, letter.number or ""), None)
        if line is None or (line.claims_hash, line.key) != (letter.claims_hash, letter.key):
            found.append((line.position if line else 0, "register differs"))
    return sorted([*found, *((line.position, "register differs") for line in sealed.values())])
