"""Plain HTTP beside HTTPS: what visitors' phones need, and the way to the secure address for everything else.

On this machine itself plain HTTP stays whole: browsers take localhost for a secure context, and nobody listens on the way.
"""

import html
import ipaddress
import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote

from kiosk.core.clock import utc_now
from kiosk.core.config import LOOPBACK
from kiosk.core.errors import KioskError
from kiosk.core.https import Https
from kiosk.core.i18n import LANGUAGES
from kiosk.core.limits import POLICY_VIOLATION, Asgi, Receive, Scope, Send
from kiosk.tls.errors import HttpsOnly
from kiosk.tls.serving import fault

# Read-only, and the same for everybody or for who holds the ticket's id: nothing here asks who one is.
PAGES = frozenset({"/tiket", "/layanan", "/layanan/standar", "/kantor", "/setup", "/survey", "/indeks", "/verify", "/V", "/v"})
FILES = re.compile(r"/(assets|css|fonts|icons)/[^?#]+|/[\w-]+\.(js|css|svg|png|ico|webmanifest)")
READS = re.compile(
    r"/api/v1/(office|queues|setup|trust|survey(/index)?|speech(/[^/]+)?|catalogue(/[^/]+(/qr\.svg)?)?|tickets/[^/]+(/qr\.svg)?)"
    r"|/healthz|/setup/authority\.(crt|pem)"
)
# What a phone hands in there: an answer in which nobody stands, a letter to be checked, of which nothing is kept, a report of a forged one.
WRITES = frozenset({"/api/v1/survey/answers", "/api/v1/verify", "/api/v1/letters/suspicions"})


def open_to_all(method: str, path: str) -> bool:
    """Whether anybody may have this over plain HTTP.

    >>> open_to_all("GET", "/tiket"), open_to_all("GET", "/masuk"), open_to_all("POST", "/api/v1/tickets")
    (True, False, False)
    """
    if method == "POST":
        return path in WRITES
    if method not in {"GET", "HEAD"} or ".." in path:
        return False
    page = path.rstrip("/") or "/"
    return page in PAGES or bool(FILES.fullmatch(path) or READS.fullmatch(path))


def is_local(scope: Scope) -> bool:
    """From this machine, to one of its own names: a foreign name that points here (DNS rebinding) is no local page."""
    peer = str((scope.get("client") or ("",))[0])
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1:
        return False
    bare = re.sub(r":\d+\Z", "", hosts[0]).strip("[]").lower()
    try:
        return ipaddress.ip_address(peer).is_loopback and bare in LOOPBACK
    except ValueError:
        return False


def plain_http(app: Asgi, https: Https, *, clock: Callable[[], datetime] = utc_now) -> Asgi:
    """`app` as plain HTTP serves it. Redirects go to the address that settings and certificate name, whatever Host says."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_local(scope):
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()  # the connect message must be read before it can be refused
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        elif open_to_all(scope["method"], scope["path"]):
            await app(_as_folder(scope), receive, send)
        elif (problem := fault(https, clock())) or not https.address:
            await _answer(scope, send, HttpsOnly.status, _sentences(problem or KioskError()))
        else:
            await _answer(scope, send, HTTPStatus.PERMANENT_REDIRECT, "", location=https.address + _target(scope))

    return asgi


def _as_folder(scope: Scope) -> Scope:
    """A page by its folder's name at once: the redirect to it would be made of the Host header."""
    path = scope["path"]
    return {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()} if path in PAGES else scope


def _target(scope: Scope) -> str:
    """Path and query, encoded anew; a path that does not begin with a slash would become part of the host's name."""
    path = quote("/" + scope["path"].lstrip("/"), safe="/~!$&'()*+,;=:@")
    query = quote(scope.get("query_string", b"").decode("latin-1"), safe="/?~!$&'()*+,;=:@%", encoding="latin-1")
    return f"{path}?{query}" if query else path


def _sentences(problem: KioskError) -> str:
    told = (HttpsOnly(reason=problem.code).text(language) for language in LANGUAGES)
    parts = "".join(f'<p lang="{language}">{html.escape(sentence)}</p>' for language, sentence in zip(LANGUAGES, told, strict=True))
    return f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{HttpsOnly.code}</title><h1>{HttpsOnly.code}</h1>{parts}</html>'


async def _answer(scope: Scope, send: Send, status: int, text: str, *, location: str = "") -> None:
    body = text.encode()
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",  # a kept redirect would outlive the certificate
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }
    if scope.get("http_version", "1.1").startswith("1"):
        headers["connection"] = "close"  # the body of the request was not read
    if location:
        headers["location"] = location
    await send(
        {"type": "http.response.start", "status": status, "headers": [(k.encode(), v.encode("latin-1")) for k, v in headers.items()]}
    )
    await send({"type": "http.response.body", "body": body})
