"""The certified signer, as this program speaks to it: whoever it is, a PDF goes there and the signed PDF comes back.

The HTTP spoken here is this program's own, made to be put in front of a real signer by a small bridge; nothing here is BSrE's interface
(`docs/adr/0016`). `POST <address>/sign`, the PDF as body, `Idempotency-Key: <reference>` (the same key is the same signature, however
often it comes) and `Authorization: Bearer <credentials>`; the answer is the signed PDF, or JSON `{"code", "message"}`.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from kiosk.letters.later import asking
from kiosk.letters.later.errors import SignerRefused, SignerUnreachable

TIMEOUT_S = 60.0  # remote signing waits for a second factor or a token there
CONNECT_S = 10.0
WHOLE_S = 180.0  # with the answer's last byte
LARGEST = 20 * 1024 * 1024
TRIES = 3  # at once, for a line that stutters; the queue tries again later
ACCEPTED, TIMED_OUT, TOO_EARLY, TOO_MANY = 202, 408, 425, 429
LATER = frozenset({ACCEPTED, TIMED_OUT, TOO_EARLY, TOO_MANY})
SAID_MOST = 200


class CertifiedSigner(Protocol):
    """Whoever puts a certified signature on a PDF."""

    def sign(self, pdf: bytes, reference: str) -> bytes:
        """`pdf` with a certified signature; `reference` names the letter, and asked again gives the same signature.

        Raises `SignerUnreachable` (try again), `SignerRefused` (a person has to look).
        """
        ...


@dataclass(frozen=True)
class HttpSigner:
    """The certified signer at `address` (no slash at the end). `sleep` and `transport` are for tests."""

    address: str
    credentials: str = field(default="", repr=False)
    sleep: Callable[[float], None] = time.sleep
    transport: httpx.AsyncBaseTransport | None = None
    timeout: httpx.Timeout = field(default_factory=lambda: httpx.Timeout(TIMEOUT_S, connect=CONNECT_S))
    seconds: float = WHOLE_S

    def sign(self, pdf: bytes, reference: str) -> bytes:
        """As `CertifiedSigner.sign`; what cannot connect is tried three times within seconds."""
        again = Retrying(
            retry=retry_if_exception_type(httpx.ConnectError),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=0.5, max=5),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return again(self._ask, pdf, reference)
        except httpx.HTTPError as broken:
            raise SignerUnreachable(reason=str(broken)[:SAID_MOST] or type(broken).__name__) from broken

    def _ask(self, pdf: bytes, reference: str) -> bytes:
        headers = {"content-type": "application/pdf", "idempotency-key": reference, "accept": "application/pdf, application/json"}
        if self.credentials:
            headers["authorization"] = f"Bearer {self.credentials}"
        limits = asking.Limits(LARGEST, self.seconds, self.timeout)
        try:
            answer = asking.post(f"{self.address}/sign", pdf, headers, limits, self.transport)
        except asking.TooLarge:
            raise SignerRefused(reason=f"the answer is larger than {LARGEST // 1024 // 1024} MB") from None
        return _judged(answer.status, answer.kind, answer.body)


def _judged(status: int, kind: str, body: bytes) -> bytes:
    """The signed PDF, or why there is none: 5xx and "later" may end well, any other answer does not by itself."""
    if status in LATER or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise SignerUnreachable(reason=f"HTTP {status}")
    if status != httpx.codes.OK:
        raise SignerRefused(reason=f"HTTP {status} {_said(body)}".strip())
    if not kind.startswith("application/pdf") or not body.startswith(b"%PDF-"):
        raise SignerRefused(reason="the answer is no PDF")
    return body


def _said(body: bytes) -> str:
    """The signer's own words, short and on one line: they stand in a queue that people read."""
    text = body[: 4 * SAID_MOST].decode("utf-8", "replace")
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(text)
        text = f"{told['code']} {told['message']}"
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:SAID_MOST]


def credentials_from(file: Path | None) -> str:
    """The one line in `file`; "" without a file. Raises OSError."""
    return file.read_text().strip() if file else ""
