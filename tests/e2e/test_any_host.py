"""One build, another name and port: nothing of the address at which it was built is left."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.support import Node

from .house import NAME, new_context


def test_pages_live_and_the_websocket_connects_under_another_name_and_port(chromium: Browser, hall: Node):
    address = f"http://{NAME}:{hall.port}"
    context = new_context(chromium, (1366, 768))
    name, _, value = hall.sign_in("information").partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("response", lambda answer: asked.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(f"{address}/loket")
    page.locator("[data-counter='1']").click()  # a Reflex event: over the websocket there, and its answer back
    expect(page.locator("[data-do=call-next]")).to_be_visible()
    page.goto(f"{address}/layanan")
    expect(page.locator(".service-tile").first).to_be_visible()
    assert any(re.match(rf"ws://{re.escape(NAME)}:{hall.port}/_event", url) for url in asked)
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {f"{NAME}:{hall.port}"}, asked
    assert broken == []
    context.close()
