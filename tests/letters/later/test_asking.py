"""A server that answers without end, or a byte at a time, holds nothing up for long and fills no memory."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat

import httpx
import pytest

from kiosk.letters.later import asking, stamps
from kiosk.letters.later.errors import SignerRefused, SignerUnreachable, StampRefused
from kiosk.letters.later.signer import HttpSigner

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\n\r\n"
PATIENT = httpx.Timeout(5)


@contextmanager
def answering(pieces: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """The address of a server that says `pieces` to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    threading.Thread(target=say, args=(caller,), daemon=True).start()

        def say(caller: socket.socket) -> None:
            with suppress(OSError), caller:
                caller.recv(65536)
                for piece in pieces():
                    caller.sendall(piece)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def flood() -> Iterator[bytes]:
    yield HEAD
    yield from repeat(b"0" * 1_000_000, 300)


def drip(first: bytes) -> Iterator[bytes]:
    yield first
    for _ in range(100):
        time.sleep(0.2)
        yield b"0"


@pytest.mark.parametrize("first", [HEAD, HEAD[:30]], ids=["body", "head"])
def test_a_byte_at_a_time_does_not_go_on_for_ever(first: bytes):
    begun = time.monotonic()
    with answering(lambda: drip(first)) as address, pytest.raises(SignerUnreachable, match="longer than 1 seconds"):
        HttpSigner(address, timeout=PATIENT, seconds=1).sign(b"%PDF-", "x")
    assert time.monotonic() - begun < 4


def test_an_answer_without_end_is_left_at_its_limit():
    tracemalloc.start()
    try:
        with answering(flood) as address:
            with pytest.raises(StampRefused, match="too large"):
                stamps.ask(address, bytes(32), [])
            assert tracemalloc.get_traced_memory()[1] < 20_000_000
            with pytest.raises(SignerRefused, match="larger than"):
                HttpSigner(address).sign(b"%PDF-", "x")
    finally:
        tracemalloc.stop()


def test_nothing_is_followed_and_nothing_unpacked():
    def post(**headers: str) -> asking.Answer:
        def handle(request: httpx.Request) -> httpx.Response:
            assert request.headers["accept-encoding"] == "identity"
            return httpx.Response(302, headers={"location": "http://127.0.0.1:9/", **headers}, stream=httpx.ByteStream(b"x"))

        return asking.post("http://tsa.test", b"", {}, asking.Limits(100, 5, PATIENT), httpx.MockTransport(handle))

    assert post().status == 302
    with pytest.raises(httpx.DecodingError):
        post(**{"content-encoding": "gzip"})
