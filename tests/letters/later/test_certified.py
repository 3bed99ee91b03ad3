"""The certified signer: every letter once, whatever the line does; what is kept is our letter with a certified signature, or nothing."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from sqlmodel import select

import kiosk.happenings  # noqa: F401 (every kind of event)
from deploy.signer_stand_in import StandIn, make_key, sign
from kiosk.core.clock import stored
from kiosk.letters.later import certified as queue
from kiosk.letters.later.errors import NotInQueue, NotOurLetter, SignerRefused, SignerUnreachable
from kiosk.letters.later.model import CertifiedLetter
from kiosk.letters.later.rules import LONGEST, pause
from kiosk.letters.later.signer import HttpSigner, credentials_from
from kiosk.letters.later.worker import Worker
from kiosk.letters.register.model import RegisterEntry
from kiosk.sync.kinds import find
from kiosk.sync.outbox import OutboxEvent
from tests.devices.house import House
from tests.letters.later.sealed import certified, issue, letter_office, local, post

ROOT = Path(__file__).resolve().parents[3]
PDF = "application/pdf"


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    server = StandIn(tmp_path / "signer", credentials="rahasia")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(tmp_path: Path, stand_in: StandIn) -> Iterator[House]:
    with letter_office(tmp_path / "data") as running:
        running.node.settings.signer_url, running.node.settings.signer_certificate = stand_in.address, stand_in.certificate
        yield running


def enqueue(office: House) -> int:
    return int(office.do(queue.enqueue, "kaltim", at=office.now))


def place(office: House, letter: RegisterEntry) -> CertifiedLetter:
    with office.node.reading() as session:
        return session.exec(select(CertifiedLetter).where(CertifiedLetter.letter_id == letter.id)).one()


def told(office: House, kind: str) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in office.rows(OutboxEvent) if event.kind == kind]


def test_a_letter_goes_there_and_comes_back_beside_the_local_one_which_stays_as_it_is(office: House, stand_in: StandIn):
    letter = issue(office)
    before = local(office, letter).read_bytes()
    assert (enqueue(office), enqueue(office)) == (1, 0)
    assert post(office, stand_in).send_next() is True
    signed = certified(office, letter).read_bytes()
    assert local(office, letter).read_bytes() == before
    assert signed.startswith(before)
    assert len(PdfFileReader(BytesIO(signed)).embedded_signatures) == 2
    row = place(office, letter)
    assert (row.digest, row.done_at) == (hashlib.sha256(signed).hexdigest(), stored(office.now))
    assert told(office, queue.CERTIFIED) == [{"letter": letter.id, "digest": row.digest}]
    assert post(office, stand_in).send_next() is None
    assert stand_in.asked == [letter.id]


@pytest.mark.parametrize("answer", [500, 503, 429, 408, 202])
def test_a_signer_that_cannot_now_is_asked_again_later_and_more_slowly(office: House, stand_in: StandIn, answer: int):
    letter = issue(office)
    enqueue(office)
    stand_in.answer = answer
    for tries in (1, 2, 3):
        assert post(office, stand_in).send_next() is False
        assert post(office, stand_in).send_next() is None, "not before its time"
        row = place(office, letter)
        assert (row.failed_attempts, row.needs_person, row.reason) == (tries, False, SignerUnreachable.code)
        assert datetime.fromisoformat(row.not_before) == office.now + pause(tries)
        office.now += pause(tries)
    stand_in.answer = None
    assert post(office, stand_in).send_next() is True
    assert stand_in.signed == 1


@pytest.mark.parametrize("answer", [400, 401, 403, 404, 409, 422, 302])
def test_what_is_refused_waits_for_a_person_and_holds_nobody_up(office: House, stand_in: StandIn, answer: int):
    first, second = issue(office), issue(office, "Budi")
    enqueue(office)
    stand_in.answer = answer
    assert post(office, stand_in).send_next() is True
    row = place(office, first)
    assert (row.needs_person, row.reason) == (True, SignerRefused.code)
    assert str(answer) in row.said
    assert told(office, queue.FAILED) == [{"letter": first.id, "code": SignerRefused.code}]
    stand_in.answer = None
    assert post(office, stand_in).send_next() is True
    assert place(office, second).done_at
    office.now += timedelta(days=400)
    assert post(office, stand_in).send_next() is None, "nobody said that it may be tried again"
    assert office.do(queue.retry, "kaltim", first.number, at=office.now, actor="cli") == 1
    assert post(office, stand_in).send_next() is True
    assert place(office, first).done_at


def test_wrong_credentials_are_a_refusal_and_are_not_told(office: House, stand_in: StandIn, tmp_path: Path):
    letter, wrong = issue(office), HttpSigner(stand_in.address, "salah-sekali")
    enqueue(office)
    assert post(office, wrong).send_next() is True
    row = place(office, letter)
    assert (row.needs_person, row.reason) == (True, SignerRefused.code)
    assert "401" in row.said
    assert "salah-sekali" not in row.said + repr(wrong)
    (tmp_path / "word").write_text("rahasia\n")
    office.do(queue.retry, "kaltim", None, at=office.now, actor="cli")
    assert post(office, HttpSigner(stand_in.address, credentials_from(tmp_path / "word"))).send_next() is True
    assert place(office, letter).done_at


def test_without_a_line_letters_rest_together_and_a_person_can_wake_them(office: House, stand_in: StandIn):
    letters = [issue(office, name) for name in ("Ani", "Budi", "Citra")]
    enqueue(office)
    gone = post(office, HttpSigner("http://127.0.0.1:9", sleep=lambda _: None))
    assert gone.send_next() is False
    assert gone.send_next() is None, "one failure is enough to know that there is no line"
    assert {place(office, one).not_before for one in letters} == {stored(office.now + pause(1))}
    assert office.do(queue.retry, "kaltim", None, at=office.now, actor="cli") == 3
    assert [post(office, stand_in).send_next() for _ in letters] == [True] * 3
    with pytest.raises(NotInQueue):
        office.do(queue.retry, "kaltim", letters[0].number, at=office.now, actor="cli")


def test_a_line_that_stutters_is_tried_again_at_once(stand_in: StandIn):
    asked: list[int] = []

    def stutter(_: httpx.Request) -> httpx.Response:
        asked.append(1)
        if len(asked) < 3:
            raise httpx.ConnectError("no route")
        return httpx.Response(200, headers={"content-type": "application/pdf"}, content=b"%PDF-1.7")

    speaks = HttpSigner("http://signer.test", sleep=lambda _: None, transport=httpx.MockTransport(stutter))
    assert speaks.sign(b"%PDF-", "x") == b"%PDF-1.7"
    assert len(asked) == 3


def test_a_signer_that_is_too_slow_is_left_and_its_signature_fetched_later(office: House, stand_in: StandIn):
    letter = issue(office)
    enqueue(office)
    stand_in.slow = 0.6
    impatient = HttpSigner(stand_in.address, "rahasia", sleep=lambda _: None, timeout=httpx.Timeout(0.3))
    assert post(office, impatient).send_next() is False
    stand_in.slow, office.now = 0, office.now + pause(1)
    assert post(office, stand_in).send_next() is True
    assert (stand_in.signed, stand_in.asked) == (1, [letter.id, letter.id])


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"%PDF-1.7"),
        ("application/pdf", b"<html>"),
        ("application/pdf", b""),
        ("application/pdf", b"%PDF-" + bytes(21_000_000)),
    ],
)
def test_what_is_no_pdf_or_larger_than_any_letter_is_a_refusal(kind: str, body: bytes):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, headers={"content-type": kind}, content=body))
    with pytest.raises(SignerRefused):
        HttpSigner("http://signer.test", transport=transport).sign(b"%PDF-", "x")


def test_a_revoked_letter_is_not_sent(office: House, stand_in: StandIn):
    letter = issue(office)
    enqueue(office)

    def revoke(session: Any) -> None:
        session.get(RegisterEntry, ("kaltim", letter.id)).state = "revoked"

    office.do(revoke)
    assert post(office, stand_in).send_next() is None
    assert stand_in.asked == []


def test_a_clock_that_was_years_ahead_holds_nobody_up(office: House, stand_in: StandIn):
    letter, true = issue(office), office.now
    office.now = true + timedelta(days=3000)
    enqueue(office)
    stand_in.answer = 500
    post(office, stand_in).send_next()
    office.now, stand_in.answer = true, None
    assert datetime.fromisoformat(place(office, letter).not_before) > true + LONGEST
    assert post(office, stand_in).send_next() is True


def test_a_local_file_that_is_not_the_register_s_is_not_sent(office: House, stand_in: StandIn):
    first, second = issue(office), issue(office, "Budi")
    enqueue(office)
    local(office, first).write_bytes(local(office, first).read_bytes().replace(b"/Catalog", b"/catalog"))
    local(office, second).unlink()
    assert [post(office, stand_in).send_next() for _ in range(3)] == [True, True, None]
    assert [place(office, one).reason for one in (first, second)] == [NotOurLetter.code, "LETTER-1405"]
    assert stand_in.asked == []


def test_what_is_not_kept_waits_for_a_person_with_the_reason(office: House, tmp_path: Path):
    letter = issue(office)
    enqueue(office)
    make_key(tmp_path / "stranger")

    class Stranger:
        def sign(self, pdf: bytes, reference: str) -> bytes:
            return sign(pdf, tmp_path / "stranger")

    assert post(office, Stranger()).send_next() is True
    row = place(office, letter)
    assert (row.needs_person, row.reason, row.digest) == (True, NotOurLetter.code, "")
    assert not certified(office, letter).exists()


# ---- the worker, and a node that dies


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_the_worker_sends_what_is_issued_while_it_runs_and_after_a_failure(office: House, stand_in: StandIn, tmp_path: Path):
    (tmp_path / "word").write_text("rahasia")
    office.node.settings.signer_credentials = tmp_path / "word"
    stand_in.answer = 503
    worker = Worker(office.node, look_s=0.02)
    worker.start()
    try:
        letter = issue(office)
        until(lambda: bool(stand_in.asked))
        stand_in.answer = None
        until(lambda: place(office, letter).failed_attempts == 1)
        office.do(queue.retry, "kaltim", None, at=office.now, actor="cli")
        until(lambda: bool(place(office, letter).done_at))
    finally:
        worker.stop()
    assert stand_in.signed == 1


def test_a_node_killed_while_the_signer_works_ends_with_one_signature_and_the_file(office: House, stand_in: StandIn, tmp_path: Path):
    (tmp_path / "word").write_text("rahasia")
    letter = issue(office)
    own = {
        "KIOSK_OFFICE": "kaltim", "KIOSK_DATA_DIR": str(office.folder), "KIOSK_SIGNER_URL": stand_in.address,
        "KIOSK_SIGNER_CREDENTIALS": str(tmp_path / "word"), "KIOSK_SIGNER_CERTIFICATE": str(stand_in.certificate),
    }  # fmt: skip
    environment = {**{key: value for key, value in os.environ.items() if not key.startswith("KIOSK_")}, **own, "PYTHONPATH": str(ROOT)}

    def node() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, str(Path(__file__).with_name("signing_node.py"))], env=environment, cwd=ROOT)

    stand_in.slow = 5
    first = node()
    until(lambda: stand_in.signed == 1)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert not certified(office, letter).exists()
    assert place(office, letter).done_at is None
    stand_in.slow = 0
    second = node()
    try:
        until(lambda: bool(place(office, letter).done_at))
    finally:
        second.send_signal(signal.SIGKILL)
        second.wait(10)
    assert (stand_in.signed, len(stand_in.asked)) == (1, 2)
    assert hashlib.sha256(certified(office, letter).read_bytes()).hexdigest() == place(office, letter).digest


def test_a_node_killed_between_file_and_queue_does_it_again_and_ends_the_same(
    office: House, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
):
    letter = issue(office)
    enqueue(office)
    with monkeypatch.context() as dying:
        dying.setattr(queue, "done", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            post(office, stand_in).send_next()
    kept = certified(office, letter).read_bytes()
    assert place(office, letter).done_at is None
    assert post(office, stand_in).send_next() is True
    assert certified(office, letter).read_bytes() == kept
    assert stand_in.signed == 1


def test_a_restored_node_knows_that_a_letter_was_certified(office: House, stand_in: StandIn):
    letter = issue(office)
    enqueue(office)
    post(office, stand_in).send_next()
    [body] = told(office, queue.CERTIFIED)
    before = place(office, letter)
    office.do(lambda session: session.delete(session.get(CertifiedLetter, ("kaltim", letter.id))))
    event = {"office_id": "kaltim", "kind": queue.CERTIFIED, "at": before.done_at, "actor": "node", "body": body, "event_id": "x"}
    for _ in range(2):
        office.do(find(queue.CERTIFIED), event)
    assert (place(office, letter).digest, place(office, letter).done_at) == (before.digest, before.done_at)
    assert enqueue(office) == 0
