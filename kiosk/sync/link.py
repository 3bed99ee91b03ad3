"""The node's side of the line to the centre: ask where it stands, send what follows, in signed batches."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, Engine

from kiosk.core.chain import GENESIS, Head
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_, Language, translate
from kiosk.sync import reading
from kiosk.sync.rules import Verdict, compare, last_agreed
from kiosk.sync.signing import Reply, Request, sign, verify

PREFIX = "/api/v1/sync"
CENTRE = "centre"
MOST_PULLED = 1000
PACKED_FROM = 4096  # bytes; a smaller body is not worth the work

# Carries a request to the centre and its reply back. Raises OSError when there is no line.
Carry = Callable[[Request], Reply]


class Refused(KioskError):
    """The centre said no."""

    code = "SYNC-0502"
    status = 502
    sentence = N_("The centre refused: {message} ({code})")

    def __init__(self, told: dict[str, Any]) -> None:
        self.words: dict[Language, str] = {"id": str(told.get("message", "")), "en": str(told.get("message_en") or told.get("message", ""))}
        super().__init__(code=str(told.get("code", "")))

    def text(self, language: Language) -> str:
        """The sentence with the centre's own words in `language`."""
        return translate(self.sentence, language).format(message=self.words[language], **self.facts)


@dataclass(frozen=True)
class Identity:
    """Who this node is at the centre, and by which key it knows the centre. `address` is the centre's own, signed over."""

    office_id: str
    node_id: str
    key: Ed25519PrivateKey
    centre_key: Ed25519PublicKey
    address: str


@dataclass(frozen=True)
class Standing:
    """Where the centre stands: its cursor, and the ends of the epochs that it closed, newest first."""

    cursor: Head
    closed: list[Head]


@dataclass(frozen=True)
class Sent:
    """What came of sending: the centre's cursor, how many lines went, which numbers it set aside with which code, and its signed head."""

    cursor: Head
    lines: int
    set_aside: list[tuple[int, str]]
    countersigned: dict[str, Any] | None = None


class Link:
    """Speaks to the centre for one office. It keeps nothing: the cursor lives at the centre."""

    def __init__(self, engine: Engine, identity: Identity, carry: Carry, *, clock: Callable[[], datetime], build: str = "") -> None:
        self._engine, self._who, self._carry, self._clock, self._build = engine, identity, carry, clock, build

    @property
    def office_id(self) -> str:
        """The office that this node serves."""
        return self._who.office_id

    @property
    def centre_key(self) -> Ed25519PublicKey:
        """The key by which this node knows its centre, told at enrolment."""
        return self._who.centre_key

    def hello(self, *, backlog: int, twin: bool = False) -> Standing:
        """Say how this node is, and hear where the centre stands with it. Raises `Refused`, `BadSignature`, OSError."""
        said = {"build": self._build, "backlog": backlog, "now": self._clock().isoformat(), "twin": twin}
        told = self._ask("POST", "/hello", json.dumps(said).encode())
        return Standing(Head(*told["cursor"]), [Head(*one) for one in told["closed"]])

    def verdict(self, standing: Standing) -> Verdict:
        """What follows from where the centre stands."""
        with self._engine.connect() as connection:
            own = reading.head_of(connection, self._who.office_id)
            return compare(own=own, cursor=standing.cursor, closed=standing.closed, hash_at=self._hash_at(connection))

    def send(self, cursor: Head) -> Sent:
        """Send the batch that follows `cursor`; with nothing to send the cursor stays. Raises as `hello`."""
        with self._engine.connect() as connection:
            start, lines = reading.lines_after(connection, self._who.office_id, cursor)
        if not lines:
            return Sent(cursor, 0, [])
        body = b"\n".join(lines) + b"\n"
        told = self._ask("POST", f"/events/{start.epoch}/{start.seq + 1}?previous={start.hash}", body)
        return Sent(Head(*told["cursor"]), len(lines), [(seq, code) for seq, code in told["set_aside"]], told.get("head"))

    def fetch(self, standing: Standing) -> tuple[Head, list[tuple[int, list[str]]]]:
        """What a node that was rewound lacks: the last place at which both chains agree, and every line behind it, by epochs."""
        with self._engine.connect() as connection:
            hash_at = self._hash_at(connection)
            ends = sorted([*standing.closed, standing.cursor], key=lambda head: head.epoch)
            whole = [end for end in ends if hash_at(end.epoch, end.seq) == end.hash]
            begin = Head(whole[-1].epoch + 1, 0, whole[-1].hash) if whole else Head(ends[0].epoch, 0, GENESIS)
            agreed = self._agreed(connection, begin)
        pulled = []
        for end in ends:
            if end.epoch >= agreed.epoch:
                pulled.append((end.epoch, self._pull(end.epoch, agreed.seq if end.epoch == agreed.epoch else 0, end.seq)))
        return agreed if agreed.seq or not whole else whole[-1], pulled

    def feed(self, have: dict[str, int]) -> dict[str, Any]:
        """What the centre has for this office beyond the versions in `have`: `{"items": [...], "more": bool}`. Raises as `hello`.

        Items are proofs by themselves (`sync.items`) and are not looked into here.
        """
        known = ",".join(f"{topic}:{version}" for topic, version in sorted(have.items()) if topic)
        return self._ask("GET", f"/feed?have={known}")

    def _agreed(self, connection: Connection, begin: Head) -> Head:
        """The last place in the epoch of `begin` at which the node and the centre hold the same line."""
        office, epoch = self._who.office_id, begin.epoch
        own = reading.last_of(connection, office, epoch)

        def same_at(seq: int) -> bool:
            told = self._ask("GET", f"/events/{epoch}/{seq - 1}?limit=1")["events"]
            return bool(told) and told[0] == [seq, reading.line_at(connection, office, epoch, seq)]

        seq = last_agreed(own, same_at)
        return Head(epoch, seq, reading.hash_at(connection, office, epoch, seq) or begin.hash) if seq else begin

    def _pull(self, epoch: int, after: int, end: int) -> list[str]:
        lines: list[str] = []
        while after + len(lines) < end:
            told = self._ask("GET", f"/events/{epoch}/{after + len(lines)}?limit={MOST_PULLED}")["events"]
            if not told:
                break
            lines += [line for _, line in told]
        return lines

    def _hash_at(self, connection: Connection) -> Callable[[int, int], str | None]:
        return lambda epoch, seq: reading.hash_at(connection, self._who.office_id, epoch, seq)

    def _ask(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        headers = {"content-type": "application/json"}
        if len(body) >= PACKED_FROM:
            body, headers["content-encoding"] = gzip.compress(body, 1), "gzip"
        request = Request(method, self._who.address + PREFIX + path, body, headers)
        sign(request, self._who.key, self._who.node_id, at=self._clock())
        reply = self._carry(request)
        verify(reply, lambda key_id: self._who.centre_key if key_id == CENTRE else None)
        told: dict[str, Any] = json.loads(reply.body)
        if reply.status_code != 200:
            raise Refused(told)
        return told
