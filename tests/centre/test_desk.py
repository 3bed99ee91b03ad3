"""What hostile, broken and doubled messages do to the centre: nothing, or they are set aside with a code."""

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from kiosk.centre import nodes, rules
from kiosk.centre.ingest import ASIDE, held
from kiosk.core.chain import GENESIS, Head, canonical, follow
from kiosk.core.ids import new_id
from kiosk.sync.link import PREFIX
from kiosk.sync.signing import BadSignature, Reply, Request, sign, verify
from tests.sync.pair import CENTRE, NOW, Pair


def event(**changes: Any) -> bytes:
    facts = {"office_id": "kaltim", "event_id": new_id(), "kind": "ticket.taken", "at": "2026-03-12T01:42:00.000000+00:00"}
    return canonical({**facts, "actor": "cli", "body": {"serial": 1}, **changes})


def ask(here: Pair, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, key: Any = None) -> Reply:
    request = Request(method, CENTRE + PREFIX + path, body, dict(headers or {}))
    sign(request, key or here.identity.key, here.identity.node_id, at=NOW)
    return here.desk.answer(request)


def send(here: Pair, lines: list[bytes], head: Head = Head(1, 0, GENESIS), **more: Any) -> tuple[int, Any]:  # noqa: B008
    body = b"\n".join(lines) + b"\n"
    reply = ask(here, "POST", f"/events/{head.epoch}/{head.seq + 1}?previous={head.hash}", body, **more)
    return reply.status_code, json.loads(reply.body)


def aside(here: Pair) -> list[tuple[int, str, str]]:
    with here.there.connect() as connection:
        return [tuple(row) for row in connection.execute(select(ASIDE.c.seq, ASIDE.c.code, ASIDE.c.line).order_by(ASIDE.c.seq))]


BROKEN = [
    b"", b"{", b"[]", b"null", b'{"a":1}', b"\xff\xfe", b"[" * 5000,
    event(event_id="7"), event(event_id=7), event(kind="x"), event(at="yesterday"), event(at="2026-03-12T01:42:00.000000+07:00"),
    event(body=[]), event(body={"a": "\0"}), event(actor=None),
    json.dumps(json.loads(event()), indent=0).replace("\n", "").replace('"actor"', '"b"').encode(),
]  # fmt: skip


@pytest.mark.parametrize("line", BROKEN, ids=range(len(BROKEN)))
def test_a_line_that_is_no_event_is_set_aside_and_holds_nobody_up(pair: Pair, line: bytes):
    good = [event(), event()]
    status, told = send(pair, [good[0], line, good[1]])
    assert (status, told["cursor"][1], told["set_aside"]) == (200, 3, [[2, "SYNC-0422"]])
    assert len(pair.held()) == 2
    assert [row[:2] for row in aside(pair)] == [(2, "SYNC-0422")]


def test_an_event_of_another_office_is_set_aside_under_the_sender_s_own(pair: Pair):
    foreign = event(office_id="rohil")
    assert send(pair, [foreign])[1]["set_aside"] == [[1, "SYNC-0403"]]
    assert pair.held() == []
    assert aside(pair) == [(1, "SYNC-0403", foreign.decode())]


def test_the_same_id_with_another_body_is_set_aside_and_shown(pair: Pair):
    first = event()
    other = canonical(json.loads(first) | {"body": {"serial": 2}})
    assert send(pair, [first, other])[1]["set_aside"] == [[2, "SYNC-0409"]]
    head = follow(Head(1, 0, GENESIS), [first, other])
    assert send(pair, [other, first], head)[1]["set_aside"] == [[3, "SYNC-0409"]]
    assert len(pair.held()) == 1


def test_every_place_of_the_chain_can_be_given_back(pair: Pair):
    lines = [event(), b"{", event(office_id="rohil")]
    lines.append(lines[0])  # the same event under a newer stamp
    send(pair, lines)
    with pair.there.connect() as connection:
        rows = held(connection, office_id="kaltim", node_id=pair.identity.node_id, epoch=1, after=0, limit=100)
    assert rows == [(seq, line.decode()) for seq, line in enumerate(lines, 1)]
    given = json.loads(ask(pair, "GET", "/events/1/1?limit=2").body)["events"]
    assert given == [[2, "{"], [3, lines[2].decode()]]


def test_a_new_epoch_cites_the_end_of_the_old_one_which_is_then_closed(pair: Pair):
    old = follow(Head(1, 0, GENESIS), [first := event()])
    send(pair, [first])
    assert send(pair, [event()], Head(2, 0, GENESIS))[1]["code"] == "SYNC-0410"
    status, told = send(pair, [event()], Head(2, 0, old.hash))
    assert (status, told["cursor"][:2]) == (200, [2, 1])
    assert pair.link.hello(backlog=0).closed == [old]
    assert send(pair, [event()], old)[1]["code"] == "SYNC-0410"


@pytest.mark.parametrize("head", [Head(1, 5, GENESIS), Head(1, 0, "1" * 64), Head(3, 0, "1" * 64), Head(0, 0, GENESIS)])
def test_a_batch_that_does_not_follow_changes_nothing(pair: Pair, head: Head):
    assert send(pair, [event()], head)[1]["code"] == "SYNC-0410"
    assert pair.held() == []


def test_an_older_batch_with_other_lines_is_another_chain(pair: Pair):
    send(pair, [event(), event(), event()])
    assert send(pair, [event(), event()])[1]["code"] == "SYNC-0410"
    assert len(pair.held()) == 3


def test_too_many_lines_and_a_bomb_are_refused_before_they_are_read(pair: Pair):
    assert send(pair, [event()] * (rules.MAX_LINES + 1))[1]["code"] == "SYNC-0413"
    bomb = gzip.compress(b"\n" * 50_000_000)
    reply = ask(pair, "POST", f"/events/1/1?previous={GENESIS}", bomb, {"content-encoding": "gzip"})
    assert json.loads(reply.body)["code"] == "SYNC-0413"
    torn = gzip.compress(event() + b"\n")[:-9]
    reply = ask(pair, "POST", f"/events/1/1?previous={GENESIS}", torn, {"content-encoding": "gzip"})
    assert json.loads(reply.body)["code"] == "SYNC-0400"
    assert pair.held() == []


def test_who_is_not_known_or_was_revoked_sends_nothing(pair: Pair):
    assert send(pair, [event()], key=Ed25519PrivateKey.generate())[1]["code"] == "SYNC-0401"
    with pair.there.begin() as connection:
        assert nodes.revoke(connection, office_id="kaltim", node_id=pair.identity.node_id)
    assert send(pair, [event()])[1]["code"] == "SYNC-0403"
    assert pair.held() == []


def test_what_was_signed_for_one_place_is_worth_nothing_at_another(pair: Pair):
    request = Request("POST", f"{CENTRE}{PREFIX}/events/1/1?previous={GENESIS}", event() + b"\n")
    sign(request, pair.identity.key, pair.identity.node_id, at=NOW)
    for changed in (
        replace(request, body=event() + b"\n"),
        replace(request, url=request.url.replace("/1/1", "/1/2")),
        replace(request, url=request.url.replace(CENTRE, "https://other.test")),
        replace(request, headers={}),
    ):
        assert json.loads(pair.desk.answer(changed).body)["code"] in {"SYNC-0401", "HTTP-0404"}
    assert pair.held() == []
    reply = pair.desk.answer(request)
    other = replace(request, headers={**request.headers, "Signature": "x=:AAAA:"})
    with pytest.raises(BadSignature):
        verify(replace(reply, request=other), lambda _: pair.identity.centre_key)


def test_a_code_works_once_and_for_a_day(pair: Pair):
    with pair.there.begin() as connection:
        code = nodes.make_code(connection, office_id="rohil", at=NOW)
    body = json.dumps({"code": code, "public_key": "ab" * 32, "name": "PC 2"}).encode()
    asked = Request("POST", f"{CENTRE}{PREFIX}/nodes", body)
    told = json.loads(pair.desk.answer(asked).body)
    assert (told["office_id"], told["centre_key"], told["centre_url"]) == ("rohil", pair.desk.public_key, CENTRE)
    assert json.loads(pair.desk.answer(asked).body)["code"] == "SYNC-0404"
    with pair.there.begin() as connection:
        late = nodes.make_code(connection, office_id="rohil", at=NOW - nodes.LIFE)
    for wrong in (late, "7GQ0-K2ZD", "", "x" * 500):
        asked = Request("POST", f"{CENTRE}{PREFIX}/nodes", json.dumps({"code": wrong, "public_key": "ab" * 32}).encode())
        assert json.loads(pair.desk.answer(asked).body)["code"] == "SYNC-0404"


def test_a_code_of_another_office_is_refused_and_stays_good(pair: Pair):
    with pair.there.begin() as connection:
        code = nodes.make_code(connection, office_id="rohil", at=NOW)
    for office, answer in (("kaltim", "SYNC-0406"), ("rohil", None)):
        body = json.dumps({"code": code, "public_key": "ab" * 32, "name": "PC 2", "office": office}).encode()
        told = json.loads(pair.desk.answer(Request("POST", f"{CENTRE}{PREFIX}/nodes", body)).body)
        assert told.get("code") == answer
