"""The same messages over HTTP, at an address that is not the centre's own."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from kiosk.centre.api import router
from kiosk.core.answers import add_handlers
from kiosk.sync.carrier import over_http
from kiosk.sync.link import Link
from tests.sync.pair import CENTRE, NOW, Pair


def test_messages_pass_http_and_a_proxy_s_address_changes_nothing(pair: Pair):
    app = FastAPI()
    app.include_router(router(pair.desk, CENTRE))
    add_handlers(app)
    with TestClient(app) as client:
        link = Link(pair.here, pair.identity, over_http(client, address=CENTRE, reached_at="http://testserver"), clock=lambda: NOW)
        pair.happen(1200)
        cursor = link.hello(backlog=1200).cursor
        while (sent := link.send(cursor)).lines:
            cursor = sent.cursor
        assert len(pair.held()) == 1200
        large = client.post("/api/v1/sync/events/1/1201?previous=" + "0" * 64, content=b"x" * 1_000_001)
        assert large.status_code == 413


def test_no_line_is_an_os_error(pair: Pair):
    with httpx.Client() as client:
        link = Link(pair.here, pair.identity, over_http(client, address=CENTRE, reached_at="http://127.0.0.1:1"), clock=lambda: NOW)
        with pytest.raises(ConnectionError):
            link.hello(backlog=0)
