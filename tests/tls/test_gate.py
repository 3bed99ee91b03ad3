"""Plain HTTP beside HTTPS gives what visitors' phones need; everything else is led to the secure address, whatever Host says."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.https import Https
from kiosk.pages import PAGES
from kiosk.tls import gate
from kiosk.tls.errors import Damaged
from tests.tls.house import NOW

TOLD = Https(("kios.test", "192.168.1.10"), 8443, until=NOW + timedelta(days=100))
PHONE, HERE = ("192.168.1.77", 5000), ("127.0.0.1", 5000)


def ask(path: str, *, method: str = "GET", host: bytes = b"kios.test", client=PHONE, told: Https = TOLD, query: bytes = b"", **more: Any):
    """(reached the app as this path, status, headers, body)"""
    reached: list[str] = []
    sent: list[dict[str, Any]] = []

    async def app(scope, receive, send):
        reached.append(scope.get("path"))

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": [(b"host", host)], "client": client} | more
    asyncio.run(gate.plain_http(app, told, clock=lambda: NOW)(scope, receive, send))
    start = sent[0] if sent else {"headers": []}
    headers = {name.decode(): value.decode() for name, value in start["headers"]} if "headers" in start else {}
    return reached, start.get("status", start.get("type")), headers, sent[-1].get("body", b"").decode() if sent else ""


OPEN = ["/tiket", "/tiket/", "/layanan/standar", "/kantor", "/setup", "/setup/authority.crt", "/api/v1/office", "/api/v1/speech/x.ogg"]
OPEN += ["/api/v1/tickets/x", "/api/v1/catalogue/x/qr.svg", "/healthz", "/assets/a-b.js", "/css/x.css", "/icons.svg", "/register.js"]
OPEN += ["/api/v1/trust"]


@pytest.mark.parametrize("path", OPEN)
def test_a_phone_gets_what_it_needs_over_plain_http(path: str):
    assert ask(path)[0]


def test_every_page_is_either_a_visitors_or_led_away():
    assert {path for path in PAGES if gate.open_to_all("GET", path)} == {
        "/layanan",
        "/layanan/standar",
        "/kantor",
        "/tiket",
        "/survey",
        "/indeks",
        "/setup",
        "/verify",
    }


CLOSED = ["/masuk", "/api/v1/staff/accounts", "/api/v1/devices/demo", "/api/v1/board/stream", "/api/v1/openapi.json", "/readyz", "/metrics"]
CLOSED += ["/api/v1/tickets", "/tiket/../masuk", "/assets/../masuk.html", "/setup/authority.key", "/_event", "/masuk.html", "/tls/node.pem"]


@pytest.mark.parametrize("path", CLOSED)
def test_everything_else_is_led_to_the_secure_address(path: str):
    reached, status, headers, _ = ask(path, query=b"a=1&b=%20")
    assert reached == []
    assert status == 308
    assert headers["location"] == f"https://kios.test:8443{path}?a=1&b=%20"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", OPEN)
def test_nothing_is_written_over_plain_http(method: str, path: str):
    assert ask(path, method=method)[:2] == ([], 308)


def test_an_answer_to_the_survey_is_the_one_thing_that_is_written_over_plain_http():
    path = "/api/v1/survey/answers"
    assert ask(path, method="POST")[0] == [path]
    assert {method for method in ("GET", "PUT", "PATCH", "DELETE") if ask(path, method=method)[0]} == set()


@pytest.mark.parametrize("host", [b"evil.example", b"kios.test@evil.example", b"localhost", b"", b"127.0.0.1:8000"])
def test_the_host_header_never_chooses_where_one_is_led(host: bytes):
    reached, _, headers, _ = ask("/masuk", host=host)
    assert reached == []
    assert headers["location"] == "https://kios.test:8443/masuk"


@given(st.text(min_size=1, max_size=30), st.binary(max_size=30))
def test_no_path_makes_a_redirect_elsewhere_or_a_header_of_its_own(path: str, query: bytes):
    _, status, headers, _ = ask("/masuk//" + path, query=query)
    assert status == 308
    assert headers["location"].startswith("https://kios.test:8443/masuk//")
    assert headers["location"].isascii()
    assert not set(headers["location"]) & set('\r\n \\<>"')
    assert set(headers) <= {
        "content-type", "content-length", "cache-control", "content-security-policy", "x-content-type-options", "referrer-policy",
        "connection", "location",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["//evil.example", "///evil.example/x", "\\\\evil.example", "http://evil.example"])
def test_a_path_that_looks_like_a_host_stays_a_path(path: str):
    assert ask(path)[2]["location"].startswith("https://kios.test:8443/")


def test_a_page_without_its_slash_is_given_at_once():
    assert ask("/tiket")[0] == ["/tiket/"]
    assert ask("/layanan/standar", query=b"id=x")[0] == ["/layanan/standar/"]


@pytest.mark.parametrize("host", [b"localhost:8000", b"127.0.0.1:8000", b"[::1]:8000", b"LOCALHOST"])
def test_this_machine_itself_keeps_plain_http(host: bytes):
    assert ask("/masuk", host=host, client=HERE)[0] == ["/masuk"]


@pytest.mark.parametrize("client", [("::ffff:127.0.0.1", 1), ("127.0.0.1", 1)])
def test_a_foreign_name_that_points_at_this_machine_is_not_this_machine(client):
    """DNS rebinding: the browser calls from here, and its page is another's."""
    assert ask("/masuk", host=b"rebound.example", client=client)[0] == []


def test_a_websocket_over_plain_http_is_refused():
    reached, kind, _, _ = ask("/_event", type="websocket")
    assert (reached, kind) == ([], "websocket.close")


@pytest.mark.parametrize(
    "told",
    [Https((), 8443, problem=Damaged(file="node.pem", reason="<cut>")), Https(("kios.test",), 8443, until=NOW)],
    ids=["damaged", "over"],
)
def test_out_of_order_is_said_in_both_languages_with_codes_and_phones_go_on(told: Https):
    reached, status, headers, body = ask("/masuk", told=told)
    assert (reached, status) == ([], 503)
    assert "location" not in headers
    assert "TLS-0503" in body
    assert ("TLS-0422" in body) or ("TLS-0410" in body)
    assert 'lang="id"' in body
    assert 'lang="en"' in body
    assert ask("/tiket", told=told)[0]


def test_a_router_in_front_may_have_another_port():
    told = Https(("kios.test",), 8443, outside="https://kios.dinas.go.id")
    assert ask("/masuk", told=told)[2]["location"] == "https://kios.dinas.go.id/masuk"
