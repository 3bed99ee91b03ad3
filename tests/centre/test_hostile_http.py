"""Hostile bytes at a real centre on PostgreSQL, over a real port: refused or set aside with a code, and the next good batch goes in."""

import gzip
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine

from kiosk.centre import nodes
from kiosk.core.chain import GENESIS, Head, follow
from kiosk.core.clock import utc_now
from kiosk.sync.carrier import make_client, over_http
from kiosk.sync.keys import public_hex
from kiosk.sync.link import PREFIX
from kiosk.sync.signing import Reply, Request, sign, verify
from tests.centre.house import Centre
from tests.centre.test_desk import event
from tests.cluster import empty_database
from tests.support import fetch

NOW = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
ROOT_ONLY = pytest.mark.skipif(os.getuid() != 0, reason="a small disk of its own needs root")


class Sender:
    """A node without a process: signs what it is told to, and keeps its chain."""

    def __init__(self, centre: Centre, office: str = "kaltim") -> None:
        self.centre, self.office, self.head, self.key = centre, office, Head(1, 0, GENESIS), Ed25519PrivateKey.generate()
        with centre.engine() as engine, engine.begin() as connection:
            code = nodes.make_code(connection, office_id=office, at=utc_now())
        said = {"code": code, "public_key": public_hex(self.key), "name": "PC", "office": office}
        told = fetch(centre.url, "POST", PREFIX + "/nodes", said)
        assert told.status == 200, told
        self.node_id, self.centre_key = told.body["node_id"], nodes.public(told.body["centre_key"])
        self.client = make_client(centre.url)
        self.carry = over_http(self.client, address=centre.url, reached_at=centre.url)

    def batch(self, lines: list[bytes], *, at: datetime = NOW, key: Ed25519PrivateKey | None = None, **headers: str) -> Request:
        url = f"{self.centre.url}{PREFIX}/events/{self.head.epoch}/{self.head.seq + 1}?previous={self.head.hash}"
        request = Request("POST", url, b"\n".join(lines) + b"\n", dict(headers))
        sign(request, key or self.key, self.node_id, at=at)
        return request

    def send(self, lines: list[bytes], **more: Any) -> dict[str, Any]:
        """Send `lines`; they are the chain's if the centre took them."""
        reply = self.carry(self.batch(lines, **more))
        told = self.read(reply)
        if reply.status_code == 200:
            self.head = follow(self.head, lines)
            assert told["cursor"] == [self.head.epoch, self.head.seq, self.head.hash]
        return told

    def read(self, reply: Reply) -> dict[str, Any]:
        verify(reply, lambda _: self.centre_key)
        return dict(json.loads(reply.body))

    def event(self, **changes: Any) -> bytes:
        return event(**{"office_id": self.office, **changes})


@pytest.fixture(scope="module")
def centre(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with empty_database(postgres_server) as address:
        made = Centre(tmp_path_factory.mktemp("hostile"), database=address).prepare("kaltim", "rohil").start()
        yield made
        made.stop()


@pytest.fixture
def sender(centre: Centre) -> Iterator[Sender]:
    made = Sender(centre)
    yield made
    count = len(held(made))
    made.send([made.event()])  # whatever came before: the next good batch goes in
    assert len(held(made)) == count + 1
    made.client.close()


def held(sender: Sender) -> list[str]:
    asked = "SELECT event_id FROM centre_event WHERE node_id = :node"
    return [row[0] for row in sender.centre.rows(asked, node=sender.node_id)]


def raw(centre: Centre, data: bytes, *, shut: bool = False) -> bytes:
    """What the centre answers to these very bytes; `shut` closes our side after them."""
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as line:
        line.sendall(data)
        if shut:
            line.shutdown(socket.SHUT_WR)
        heard = b""
        line.settimeout(20)
        try:
            while piece := line.recv(65536):
                heard += piece
                if b"\r\n\r\n" in heard:
                    break
        except (TimeoutError, ConnectionResetError):
            pass
        return heard


def wire(request: Request, body: bytes, *extra: str) -> bytes:
    """`request` as bytes, with another body or framing."""
    path = "/" + request.url.split("/", 3)[3]
    lines = [f"{request.method} {path} HTTP/1.1", "host: localhost", "connection: close", *extra]
    return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in request.headers.items()), "", ""]).encode() + body


def test_replayed_doubled_and_reordered_batches_are_held_once(sender: Sender):
    requests, lines = [], [[sender.event() for _ in range(3)] for _ in range(3)]
    for batch in lines:
        requests.append(sender.batch(batch))
        sender.head = follow(sender.head, batch)
    late = sender.read(sender.carry(requests[2]))
    assert late["code"] == "SYNC-0410", "it does not go on from the cursor"
    for number in (0, 0, 1, 0, 1, 2, 2, 1, 0):
        assert sender.carry(requests[number]).status_code == 200
    assert len(held(sender)) == 9
    sender.head = follow(Head(1, 0, GENESIS), [line for batch in lines for line in batch])


def test_a_body_that_stops_in_the_middle_changes_nothing(sender: Sender):
    request = sender.batch([sender.event() for _ in range(20)])
    length = f"content-length: {len(request.body)}"
    raw(sender.centre, wire(request, request.body[:1000], length), shut=True)
    raw(sender.centre, wire(request, b"400\r\n" + request.body[:500], "transfer-encoding: chunked"), shut=True)
    answer = raw(sender.centre, wire(request, request.body[:1000], "content-length: 1000"))
    assert b" 401 " in answer.split(b"\r\n")[0], "a shorter body does not fit its digest"
    assert held(sender) == []
    assert "event='bug'" not in (sender.centre.data / "centre.log").read_text(), "a cut line is no fault of ours"


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_an_oversized_body_is_refused_before_it_is_read(sender: Sender, framing: str):
    request = sender.batch([sender.event()])
    if framing == "length":
        answer = raw(sender.centre, wire(request, b"x" * 1000, "content-length: 50000000"))
    else:
        answer = raw(
            sender.centre, wire(request, b"".join(b"10000\r\n" + b"x" * 65536 + b"\r\n" for _ in range(20)), "transfer-encoding: chunked")
        )
    assert b" 413 " in answer.split(b"\r\n")[0]
    assert held(sender) == []


def test_bombs_are_not_unpacked(sender: Sender):
    bombs = {
        "gzip": gzip.compress(b"\n" * 200_000_000, 9),
        "twice": gzip.compress(gzip.compress(b"\n" * 10_000_000)),
        "none": b"\x1f\x8b\x08",
    }
    for name, bomb in bombs.items():
        request = replace(sender.batch([]), body=bomb, headers={"content-encoding": "gzip"})
        sign(request, sender.key, sender.node_id, at=NOW)
        told = sender.read(sender.carry(request))
        assert told.get("code") in {"SYNC-0413", "SYNC-0400"} or name == "twice", told
        if name == "twice":  # packed twice is one odd line, set aside
            assert [code for _, code in told["set_aside"]] == ["SYNC-0422"] * len(told["set_aside"])
            sender.head = Head(*told["cursor"])


def test_wrong_keys_other_offices_and_revoked_nodes_send_nothing(sender: Sender):
    good = sender.event()
    stranger = sender.read(sender.carry(sender.batch([good], key=Ed25519PrivateKey.generate())))
    assert stranger["code"] == "SYNC-0401"
    for keyid in ("nobody", "", "'; DROP TABLE centre_node; --", sender.node_id.upper(), "x" * 3000):
        request = replace(sender.batch([good]), headers={})
        sign(request, sender.key, keyid, at=NOW)
        told = sender.read(sender.carry(request))
        assert told["code"] == "SYNC-0401", keyid
    assert sender.send([event(office_id="rohil")])["set_aside"] == [[1, "SYNC-0403"]]
    assert held(sender) == []
    gone = Sender(sender.centre, "rohil")
    gone.send([gone.event()])
    with sender.centre.engine() as engine, engine.begin() as connection:
        assert nodes.revoke(connection, office_id="rohil", node_id=gone.node_id)
    assert gone.send([gone.event()])["code"] == "SYNC-0403"
    assert len(held(gone)) == 1
    gone.client.close()


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_ten_years_off_holds_nothing_up(sender: Sender, years: int):
    at = NOW + timedelta(days=365 * years)
    sender.send([sender.event(at=at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"))], at=at)
    assert len(held(sender)) == 1
    request = Request("POST", sender.centre.url + PREFIX + "/hello", json.dumps({"now": at.isoformat()}).encode())
    sign(request, sender.key, sender.node_id, at=at)
    assert sender.read(sender.carry(request))["cursor"][1] == 1
    off = sender.centre.rows("SELECT clock_off_s FROM centre_node WHERE node_id = :node", node=sender.node_id)[0][0]
    assert abs(off) > 5 * 365 * 86400


def test_a_database_that_fails_is_a_code_and_the_batch_goes_in_later(sender: Sender):
    """PostgreSQL says in the middle of a batch what it says when a disk is full."""
    body = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END"
    full = f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    trigger = "CREATE TRIGGER full_disk BEFORE INSERT ON centre_event EXECUTE FUNCTION full_disk()"
    batch, engine = [sender.event() for _ in range(5)], create_engine(sender.centre.database)
    with engine.begin() as connection:
        connection.exec_driver_sql(full)
        connection.exec_driver_sql(trigger)
    try:
        assert sender.send(batch)["code"] == "SYNC-0507"
        assert held(sender) == []
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION full_disk CASCADE")
        engine.dispose()
    sender.send(batch)
    assert len(held(sender)) == 5


@ROOT_ONLY
def test_a_full_disk_under_sqlite_is_a_code_and_the_batch_goes_in_later(tmp_path: Path):
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    centre = Centre(folder)
    try:
        sender = Sender(centre.prepare("kaltim").start())
        (folder / "filler").write_bytes(b"x" * max(0, shutil.disk_usage(folder).free - 64 * 1024))
        batch = [sender.event(body={"note": "x" * 500}) for _ in range(900)]
        assert sender.send(batch)["code"] == "SYNC-0507"
        assert held(sender) == []
        (folder / "filler").unlink()
        sender.send(batch)
        assert len(held(sender)) == 900
        sender.client.close()
    finally:
        centre.stop()
        subprocess.run(["umount", "-l", str(folder)], check=False)
