"""The head of the issuance log is timestamped by an authority that was asked, over what was asked, and told to the centre."""

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kiosk.happenings  # noqa: F401 (every kind of event)
from kiosk.letters.later import established, stamps, timestamps
from kiosk.letters.later.errors import LogDiffers, NothingToStamp, StamperUnreachable, StamperUnset, StampRefused
from kiosk.letters.later.model import LogTimestamp
from kiosk.letters.later.stamps import Stamp
from kiosk.letters.register.model import IssuanceEntry
from kiosk.sync.kinds import find
from kiosk.sync.outbox import OutboxEvent
from tests.devices.house import House, house
from tests.letters.later.letterbox import issue, later, signer
from tests.letters.later.tsa import Tsa, served

DIGEST = bytes(range(32))


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def reply(tsa: Tsa) -> bytes:
    return tsa.answer(stamps.request(DIGEST, 7))


@pytest.fixture
def office(tmp_path: Path, tsa: Tsa) -> Iterator[House]:
    tsa.bend = lambda reply: reply
    with house(tmp_path / "data") as running, served(tsa) as address:
        running.node.settings.timestamp_url, running.node.settings.timestamp_ca = address, tsa.ca
        yield running


def take(office: House, every: timedelta = timedelta()) -> Stamp | None:
    node = office.node
    return timestamps.take(node.settings, read=node.read, write=node.writer.write, now=lambda: office.now, every=every)


def test_the_stamp_is_over_the_head_and_stands_with_its_token_in_the_trail(office: House, tsa: Tsa):
    issue(office, signer(), 1)
    stamp = take(office)
    assert stamp is not None
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert "Penanda waktu uji" in stamp.by
    [row], [line] = office.rows(LogTimestamp), office.rows(IssuanceEntry)
    assert (row.position, row.head) == (1, line.hash)
    [event] = [event for event in office.rows(OutboxEvent) if event.kind == "letter.log_timestamped"]
    body = json.loads(event.body)
    assert body["head"] == line.hash
    assert stamps.verify(b64decode(body["token"]), bytes.fromhex(line.hash), stamps.authorities_in(tsa.ca)).at == stamp.at


def test_a_head_that_did_not_move_is_not_stamped_again_and_one_that_did_once_an_hour(office: House, tsa: Tsa):
    key, hourly = signer(), partial(take, office, timestamps.EVERY)
    issue(office, key, 1)
    before = tsa.asked
    assert hourly() is not None
    later(office, hours=2)
    assert hourly() is None, "it did not move"
    issue(office, key, 2)
    assert hourly() is not None
    issue(office, key, 3)
    later(office, minutes=59)
    assert hourly() is None, "it moved, but an hour is not over"
    assert take(office) is not None, "a person who asks does not wait"
    assert tsa.asked - before == 3


def test_without_an_authority_or_a_letter_there_is_nothing_to_do(office: House):
    with pytest.raises(NothingToStamp):
        take(office)
    issue(office, signer(), 1)
    office.node.settings.timestamp_url = ""
    with pytest.raises(StamperUnset):
        take(office)


def test_no_line_is_told_and_costs_nothing(office: House):
    issue(office, signer(), 1)
    office.node.settings.timestamp_url = "http://127.0.0.1:9/"
    with pytest.raises(StamperUnreachable):
        take(office)
    assert office.rows(LogTimestamp) == []


def test_a_log_that_was_changed_meanwhile_gets_no_stamp(office: House):
    issue(office, signer(), 1)
    stamp = take(office)
    assert stamp is not None
    other = timestamps.LogHead(1, "0" * 64)
    with pytest.raises(LogDiffers):
        office.do(timestamps.keep, "kaltim", other, stamp, at=office.now)


def test_an_answer_to_another_question_is_refused(tsa: Tsa, reply: bytes):
    authorities = stamps.authorities_in(tsa.ca)
    assert stamps.read(reply, DIGEST, 7, authorities).at
    with pytest.raises(StampRefused, match="nonce"):
        stamps.read(reply, DIGEST, 8, authorities)
    with pytest.raises(StampRefused, match="another hash"):
        stamps.read(reply, bytes(32), 7, authorities)


def test_a_stamp_of_an_authority_that_is_not_ours_is_refused(tsa: Tsa, reply: bytes, tmp_path: Path):
    with pytest.raises(StampRefused, match="does not lead"):
        stamps.read(reply, DIGEST, 7, stamps.authorities_in(Tsa(tmp_path).ca))
    with pytest.raises(StampRefused, match="no certificate"):
        stamps.authorities_in(tmp_path / "nothing.pem")


def test_another_time_under_the_same_signature_is_refused(tsa: Tsa, reply: bytes):
    """What the whole drill of a lost key stands on."""
    year = str(datetime.now(UTC).year).encode()
    assert reply.count(b"\x18\x0f" + year) == 1
    forged = reply.replace(b"\x18\x0f" + year, b"\x18\x0f2020")
    with pytest.raises(StampRefused, match="does not hold"):
        stamps.read(forged, DIGEST, 7, stamps.authorities_in(tsa.ca))


def test_a_refusal_of_the_authority_is_a_refusal(tsa: Tsa):
    said = stamps.Response({"status": {"status": "rejection", "status_string": ["no"]}}).dump()
    with pytest.raises(StampRefused, match="rejection"):
        stamps.read(said, DIGEST, 7, stamps.authorities_in(tsa.ca))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_changed_byte_gives_another_time_or_an_unknown_fault(tsa: Tsa, reply: bytes, data: st.DataObject):
    true = stamps.read(reply, DIGEST, 7, stamps.authorities_in(tsa.ca)).at
    place = data.draw(st.integers(0, len(reply) - 1))
    bent = bytearray(reply)
    bent[place] ^= data.draw(st.integers(1, 255))
    with suppress(StampRefused):
        assert stamps.read(bytes(bent), DIGEST, 7, stamps.authorities_in(tsa.ca)).at == true


@pytest.mark.parametrize(("status", "body"), [(500, b""), (302, b""), (200, b""), (200, b"<html>"), (200, b"0" * 300_000)])
def test_whatever_answers_at_the_address_is_no_stamp(tsa: Tsa, status: int, body: bytes):
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
    with pytest.raises((StamperUnreachable, StampRefused)):
        stamps.ask("http://tsa.test", DIGEST, stamps.authorities_in(tsa.ca), transport=transport)


def test_a_restored_node_has_its_timestamps_again(office: House, tmp_path: Path):
    issue(office, signer(), 1)
    take(office)
    [row] = office.rows(LogTimestamp)
    told = json.loads(next(event.body for event in office.rows(OutboxEvent) if event.kind == "letter.log_timestamped"))
    office.do(lambda session: session.delete(session.get(LogTimestamp, ("kaltim", 1))))
    event = {"office_id": "kaltim", "kind": "letter.log_timestamped", "at": row.taken_at, "actor": "node", "body": told, "event_id": "x"}
    for _ in range(2):
        office.do(find(event["kind"]), event)
    assert [(one.token, one.at) for one in office.rows(LogTimestamp)] == [(row.token, row.at)]


def test_a_made_up_row_of_a_centre_neither_ends_the_timestamps_nor_loses_the_good_one(office: House, tsa: Tsa):
    key = signer()
    issue(office, key, 1)
    stamp = take(office)
    assert stamp is not None
    told = {"position": 10**9, "head": "0" * 64, "token": "AAAA", "at": "2020-01-01T00:00:00.000000Z"}
    office.do(lambda session: timestamps.put(session, "kaltim", told, taken_at=told["at"]))
    [line] = office.rows(IssuanceEntry)
    facts = {"before": stamp.at + timedelta(seconds=1), "authorities": stamps.authorities_in(tsa.ca)}
    found = office.do(lambda session: established.established(session, "kaltim", line.key, **facts))
    assert (found.count, found.at) == (1, stamp.at)
    issue(office, key, 2)
    assert take(office) is not None
