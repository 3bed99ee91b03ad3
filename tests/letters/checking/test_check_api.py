"""POST /api/v1/verify: the same verdicts over HTTP, for anyone, within limits that come before the work."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from kiosk.api import make_api
from kiosk.core import runtime
from kiosk.core.limits import limit_body
from kiosk.letters.checking import api, uploads
from kiosk.letters.checking.limits import MOST_BYTES
from kiosk.letters.trust.judging import judge
from kiosk.tls import gate
from tests.letters.checking.office import Office

PATH = "/api/v1/verify"
HTTP = make_api()


class Line:
    """A browser at an address of its own, unless the test says one."""

    def __init__(self, issuer: Office) -> None:
        self.issuer = issuer
        self._last = 0

    async def ask(self, content: Any = None, *, peer: str = "", **words: Any) -> httpx.Response:
        if not peer:
            self._last += 1
            peer = f"10.1.{self._last // 250}.{self._last % 250}"
        whole = limit_body(HTTP, by_itself=frozenset({PATH}))
        transport = httpx.ASGITransport(app=whole, client=(peer, 50_000), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return await client.post(PATH, content=content, **words)

    def __call__(self, content: Any = None, **words: Any) -> httpx.Response:
        return asyncio.run(self.ask(content, **words))


@pytest.fixture
def post(issuer: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    for bucket in (api.files, api.numbers_asked):
        monkeypatch.setattr(bucket, "_full_at", {})
    node = runtime.start(issuer.registry.settings)
    node.now = lambda: issuer.registry.now
    yield Line(issuer)
    runtime.stop()
    api.readers.close()


def test_a_file_gets_the_verdict_that_the_command_gives(post: Line, issuer: Office) -> None:
    for kind in ("application/pdf", "image/png", "application/octet-stream", "text/plain", "nonsense"):
        answer = post(issuer.pdf, headers={"content-type": kind})
        assert (answer.status_code, answer.json()) == (200, issuer.judge(issuer.pdf).as_json()), kind
    assert answer.json()["verdict"] == "valid"


def test_what_cannot_be_read_is_a_verdict_and_no_error(post: Line) -> None:
    answer = post(b"surat", headers={"content-type": "application/pdf"})
    assert (answer.status_code, answer.json()["verdict"], answer.json()["reasons"]) == (200, "unreadable", ["broken_picture"])


def test_a_text_gets_its_verdict(post: Line, issuer: Office) -> None:
    own = issuer.code(issuer.record)
    for text in (own, own + "1", "https://penipu.example", "", "x" * 5000):
        assert post(json={"text": text}).json() == judge(text, issuer.knowledge, issuer.now).as_json()


def test_a_number_with_its_check_code(post: Line, issuer: Office) -> None:
    given = {"number": issuer.record["number"], "code": issuer.record["foot"]["check_code"]}
    assert post(json=given).json()["verdict"] == "registered"
    assert post(json={**given, "code": "0000"}).json()["reasons"] == ["number_unknown"]


WRONG = [
    b"",
    b"{}",
    b"[]",
    b"{",
    b'{"text": 5}',
    b'{"number": "1"}',
    b'{"text": "a", "number": "1", "code": "2"}',
    b'{"text": "a", "x": 1}',
    b"\xff",
]


@pytest.mark.parametrize("body", WRONG)
def test_what_asks_for_nothing_is_told_what_to_send(body: bytes, post: Line) -> None:
    answer = post(body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "CHECK-0422")


def test_an_empty_file_is_none(post: Line) -> None:
    assert post(b"").json()["code"] == "CHECK-0422"


def test_six_files_at_once_then_one_in_ten_seconds(post: Line) -> None:
    answers = [post(b"surat", peer="10.9.0.1") for _ in range(7)]
    assert [one.status_code for one in answers] == [200] * 6 + [429]
    assert answers[-1].json()["code"] == "CHECK-0429"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 10
    assert post(b"surat", peer="10.9.0.2").status_code == 200


def test_ten_numbers_at_once_then_one_in_thirty_seconds_whether_right_or_wrong(post: Line, issuer: Office) -> None:
    given = {"number": issuer.record["number"], "code": issuer.record["foot"]["check_code"]}
    answers = [post(json=given, peer="10.9.0.1") for _ in range(11)]
    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert answers[-1].json()["code"] == "CHECK-0430"
    assert post(json={"text": "x"}, peer="10.9.0.1").status_code == 200


def test_who_is_over_the_limit_is_refused_before_the_file_is_read(post: Line) -> None:
    read = 0

    async def large() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield bytes(65_536)

    for _ in range(6):
        post(b"surat", peer="10.9.0.1")
    assert post(large(), peer="10.9.0.1").status_code == 429
    assert read <= 1


def test_a_file_that_says_it_is_too_large_is_not_read(post: Line) -> None:
    answer = post(b"x", headers={"content-length": str(MOST_BYTES + 1)})
    assert (answer.status_code, answer.json()["reasons"]) == (200, ["too_large"])


def test_a_file_that_does_not_say_so_is_read_as_far_as_the_limit(post: Line) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield bytes(1024 * 1024)

    answer = post(endless())
    assert (answer.status_code, answer.json()["reasons"]) == (200, ["too_large"])
    assert read <= 12


def test_json_is_as_small_as_everywhere(post: Line) -> None:
    answer = post(json.dumps({"text": "x" * 70_000}).encode(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "HTTP-0413")


def test_who_sends_slowly_is_ended(post: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads.body_of, "__kwdefaults__", {"seconds": 0.3})

    async def drops() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.1)
            yield b"%"

    answer = post(drops())
    assert (answer.status_code, answer.json()["code"]) == (408, "CHECK-0408")
    assert api.uploads._held.total() == 0


def test_one_address_holds_three_files_and_all_together_eight(post: Line) -> None:
    go = asyncio.Event()

    async def held() -> AsyncIterator[bytes]:
        yield b"surat"
        await go.wait()

    async def all_at_once() -> list[int]:
        peers = [f"10.8.0.{number}" for number in (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)]
        asked = [asyncio.create_task(post.ask(held(), peer=peer)) for peer in peers]
        while api.uploads._held.total() + sum(one.done() for one in asked) < len(asked):  # the test's own limit ends this
            await asyncio.sleep(0.02)
        refused = [one.result().status_code for one in asked if one.done()]
        go.set()
        await asyncio.gather(*asked, return_exceptions=True)
        return refused

    assert asyncio.run(all_at_once()) == [503, 503]
    assert api.uploads._held.total() == 0


def test_a_foreign_page_checks_nothing_here(post: Line) -> None:
    answer = post(b"surat", headers={"origin": "https://penipu.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "HTTP-0403")


def test_nothing_is_kept(post: Line, issuer: Office) -> None:
    def kept() -> dict[str, int]:
        folder = issuer.registry.settings.data_dir
        return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file() and ".db-" not in file.name}

    before = kept()
    post(issuer.pdf)
    assert kept() == before


def test_phones_may_check_over_plain_http() -> None:
    assert gate.open_to_all("POST", PATH)
    assert not gate.open_to_all("GET", PATH)
