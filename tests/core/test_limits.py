"""Guards in front of everything, and the bucket that they use."""

import asyncio
import json

import pytest
from fastapi import FastAPI, Request
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.bucket import NANO, TokenBucket
from kiosk.core.config import Settings
from kiosk.core.limits import content_security_policy, guard_sockets, limit_body, secure_headers
from kiosk.core.origins import allowed_origins
from kiosk.core.recent import Recent


class Hand:
    """A clock that the test moves."""

    def __init__(self):
        self.ns = 0

    def __call__(self):
        return self.ns


# ---- bucket


@given(st.integers(1, 20), st.integers(1, 8), st.lists(st.integers(0, 30 * NANO), max_size=60))
def test_no_span_of_time_lets_more_through_than_the_burst_and_the_rate(every, burst, pauses):
    clock, granted = Hand(), []
    bucket = TokenBucket(every=every, burst=burst, clock=clock)
    for pause in pauses:
        clock.ns += pause
        if not bucket.take("x"):
            granted.append(clock.ns)
    for first in range(len(granted)):
        for last in range(first, len(granted)):
            assert last - first + 1 <= burst + (granted[last] - granted[first]) // (every * NANO)


@given(st.integers(1, 8), st.integers(0, 200))
def test_who_waits_as_told_is_let_through_and_not_sooner(burst, extra):
    clock = Hand()
    bucket = TokenBucket(every=10, burst=burst, clock=clock)
    assert [bucket.take("x") for _ in range(burst)] == [0.0] * burst
    wait = bucket.take("x")
    assert 0 < wait <= 10
    clock.ns += round(wait * NANO) - 1
    assert bucket.take("x") > 0
    clock.ns += 1
    assert bucket.take("x") == 0.0


def test_one_caller_does_not_spend_what_is_another_s():
    bucket = TokenBucket(every=10, burst=1, clock=Hand())
    assert [bucket.take("a"), bucket.take("b")] == [0.0, 0.0]
    assert bucket.take("a") > 0


def test_a_flood_of_callers_fills_no_memory_and_frees_nobody_who_must_wait():
    clock = Hand()
    bucket = TokenBucket(every=10, burst=1, clock=clock, keys=100)
    for caller in range(90):
        bucket.take(f"early {caller}")
    clock.ns += 11 * NANO
    bucket.take("held")
    for caller in range(50):
        bucket.take(f"late {caller}")
    assert bucket.take("held") > 0
    assert len(bucket._full_at) <= 100


def test_what_was_read_is_forgotten_in_time_and_on_request():
    clock = Hand()
    recent = Recent(seconds=2, keys=3, clock=clock)
    recent.put("a", 1)
    clock.ns = 1
    assert recent.get("a") == 1
    clock.ns = 2
    assert recent.get("a") is None
    recent.put("a", 1)
    recent.forget("a")
    assert recent.get("a") is None
    for key in "abcdefgh":
        recent.put(key, 1)
    assert len(recent._kept) <= 3


# ---- bodies


def echo() -> FastAPI:
    api = FastAPI()

    @api.post("/echo")
    async def _(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    return api


def ask(app, chunks, headers=()):
    sent, pieces = [], iter(chunks)

    async def receive():
        piece = next(pieces, None)
        return {"type": "http.disconnect"} if piece is None else {"type": "http.request", "body": piece, "more_body": True}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/echo",
        "raw_path": b"/echo",
        "query_string": b"",
        "http_version": "1.1",
        "headers": list(headers),
    }
    asyncio.run(app({**scope, "scheme": "http", "server": ("localhost", 8000), "client": ("127.0.0.1", 1), "root_path": ""}, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], body, dict(sent[0]["headers"])


async def plain(scope, receive, send):
    """An app that is not FastAPI and reads everything."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        size += len(message["body"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read():
    def unread():
        raise AssertionError("the body was read")
        yield b""

    status, body, headers = ask(limit_body(echo()), unread(), [(b"content-length", b"65537")])
    assert (status, json.loads(body)["code"], headers[b"connection"]) == (413, "HTTP-0413", b"close")


def test_a_body_that_does_not_say_how_large_it_is_is_refused_when_it_grows_too_large():
    status, body, _ = ask(limit_body(plain), [b"x" * 40_000, b"x" * 40_000])
    assert (status, set(json.loads(body))) == (413, {"code", "message", "reference"})


def test_fastapi_makes_no_400_of_it():
    assert ask(limit_body(echo()), [b"x" * 40_000, b"x" * 40_000])[0] == 413


def test_a_body_of_just_the_limit_is_taken():
    assert ask(limit_body(plain), [b"x" * 65_536], [(b"content-length", b"65536")])[:2] == (200, b"65536")


def test_a_length_that_is_no_number_is_left_to_the_counting():
    assert ask(limit_body(plain), [b"x" * 70_000], [(b"content-length", b"-1")])[0] == 413


@pytest.mark.parametrize(("asked", "word"), [(None, "terlalu besar"), (b"en-GB,en", "too large"), (b"id-ID", "terlalu besar")])
def test_the_refusal_speaks_the_language_that_was_asked_for(asked, word):
    headers = [(b"content-length", b"99999")] + ([(b"accept-language", asked)] if asked else [])
    assert word in json.loads(ask(limit_body(plain), [], headers)[1])["message"]


# ---- headers


def headers_of(path, status=200, own=(), **words):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": status, "headers": list(own)})

    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(secure_headers(app, **words)({"type": "http", "path": path}, None, send))
    return [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


def test_no_script_runs_but_ours_and_those_that_the_build_wrote_itself():
    page = [(b"content-type", b"text/html; charset=utf-8")]
    policy = dict(headers_of("/", own=page, scripts=["sha256-abc="]))["content-security-policy"]
    directives = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in policy.split("; ")}
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval' 'sha256-abc='"
    assert "'unsafe-" not in directives["script-src"]  # WebAssembly is no script that is made of a string
    expected = {"frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'self'", "connect-src": "'self'", "object-src": "'none'"}
    assert expected.items() <= directives.items()


def test_what_is_no_page_may_do_nothing_when_it_is_opened_by_itself():
    for path in ("/api/v1/office", "/mark.svg", "/assets/entry-a1b2.js"):
        assert dict(headers_of(path, scripts=["sha256-abc="]))["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "script-src 'self' 'wasm-unsafe-eval';" in dict(headers_of("/sw.js", scripts=["sha256-abc="]))["content-security-policy"]


def test_a_page_that_did_not_change_keeps_the_policy_it_came_with():
    assert "content-security-policy" not in dict(headers_of("/", status=304, scripts=["sha256-abc="]))


def test_without_a_build_no_inline_script_runs_at_all():
    assert "script-src 'self' 'wasm-unsafe-eval';" in content_security_policy(())


def test_every_answer_says_what_a_browser_may_do_once():
    given = headers_of("/", own=[(b"Content-Security-Policy", b"default-src *"), (b"X-Content-Type-Options", b"x")], scripts=())
    names = [name.lower() for name, _ in given]
    assert len(names) == len(set(names))
    kept = dict(given)
    assert (kept["x-content-type-options"], kept["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "camera=(self)" in kept["permissions-policy"]
    assert "*" not in kept["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status", "own", "cache"),
    [
        ("/assets/entry-a1b2.js", 200, (), "public, max-age=31536000, immutable"),
        ("/assets/entry-a1b2.js", 304, (), "public, max-age=31536000, immutable"),
        ("/assets/gone.js", 404, (), "no-cache"),
        ("/", 200, [(b"cache-control", b"max-age=99")], "no-cache"),
        ("/sw.js", 200, (), "no-cache"),
        ("/api/v1/queues", 200, (), "no-store"),
        ("/api/v1/speech/a.ogg", 200, [(b"Cache-Control", b"public, max-age=60")], "public, max-age=60"),
    ],
)
def test_what_may_be_kept_is_said_by_its_place(path, status, own, cache):
    assert [value for name, value in headers_of(path, status, own, scripts=()) if name.lower() == "cache-control"] == [cache]


# ---- websockets


class Wire:
    """One websocket as ASGI sees it; `run` plays messages into the guarded app and returns what it answered and heard."""

    def __init__(self, app, address="10.0.0.9"):
        self.app, self.address, self.sent = app, address, []

    async def run(self, *messages):
        waiting = [{"type": "websocket.connect"}, *messages, {"type": "websocket.disconnect", "code": 1000}]

        async def receive():
            return waiting.pop(0)

        async def send(message):
            self.sent.append(message)

        await self.app({"type": "websocket", "client": (self.address, 1)}, receive, send)
        return self.sent


def listener(heard):
    async def app(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message)
        await send({"type": "websocket.send", "text": "bye"})

    return app


def text(words):
    return {"type": "websocket.receive", "text": words}


def codes(sent):
    return [message["code"] for message in sent if message["type"] == "websocket.close"]


def test_an_ordinary_conversation_is_let_through():
    heard = []
    sent = asyncio.run(Wire(guard_sockets(listener(heard))).run(*[text("a")] * 50))
    assert (len(heard), codes(sent), sent[-1]) == (50, [], {"type": "websocket.send", "text": "bye"})


@pytest.mark.parametrize("message", [text("x" * 65_537), text("é" * 40_000), {"type": "websocket.receive", "bytes": b"x" * 65_537}])
def test_a_message_that_is_too_large_ends_the_connection_unread(message):
    heard = []
    sent = asyncio.run(Wire(guard_sockets(listener(heard))).run(message, text("after")))
    assert (heard, codes(sent), sent[-1]["type"]) == ([], [1009], "websocket.close")


def test_a_flood_ends_the_connection():
    heard = []
    sent = asyncio.run(Wire(guard_sockets(listener(heard), burst=60, clock=Hand())).run(*[text("a")] * 200))
    assert (len(heard), codes(sent)) == (60, [1008])


def test_one_address_holds_so_many_connections_and_gets_them_back_when_they_close():
    async def play():
        ended = asyncio.Event()

        async def app(scope, receive, send):
            await send({"type": "websocket.accept"})
            await ended.wait()

        guarded = guard_sockets(app, per_address=3)
        held = [asyncio.create_task(Wire(guarded).run()) for _ in range(3)]
        await asyncio.sleep(0)
        refused = await Wire(guarded).run()
        other = asyncio.create_task(Wire(guarded, "10.0.0.10").run())
        await asyncio.sleep(0)
        ended.set()
        await asyncio.gather(*held, other)
        again = await Wire(guarded).run()
        return codes(refused), (await other)[0]["type"], again[0]["type"]

    assert asyncio.run(play()) == ([1008], "websocket.accept", "websocket.accept")


def test_an_app_that_fails_gives_its_connection_back():
    async def app(scope, receive, send):
        raise OSError

    guarded = guard_sockets(app, per_address=1)
    for _ in range(3):
        with pytest.raises(OSError):  # noqa: PT011
            asyncio.run(Wire(guarded).run())


# ---- origins


def test_the_pages_that_are_ours_come_from_the_settings_as_browsers_write_them():
    assert allowed_origins(Settings(port=8000)) == {
        f"{scheme}://{name}:8000" for scheme in ("http", "https") for name in ("localhost", "127.0.0.1")
    }
    assert "http://localhost" in allowed_origins(Settings(port=80))
    assert "https://kios.example" in allowed_origins(Settings(public_url="https://kios.example:443/"))
    assert "http://192.168.1.5:8000" in allowed_origins(Settings(public_url="http://192.168.1.5:8000"))
