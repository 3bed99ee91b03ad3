"""A visitor walks away: a warning with time to answer, then everything of theirs goes. The browser's clock is turned by hand."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .house import ANSWER_MS, CLOCK_HELD_MS

WARNING = "[role=alertdialog]"
CANARY = "kenari-4711"
# Everything that the next visitor, or a look into the device, could find.
LEFT = """async () => {
  const found = [document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify(history.state)];
  for (const store of [localStorage, sessionStorage]) for (const key of Object.keys(store)) found.push(key, store.getItem(key));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url);
  }
  for (const { name } of await indexedDB.databases()) found.push(name);
  return found.join("\\n");
}"""


def at_home_as_every_visitor_finds_it(page: Page) -> None:
    root = page.locator("html")
    expect(page).to_have_url(re.compile(r"^http://[^/]+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada yang bisa kami bantu?")
    for name, value in {"lang": "id", "data-text": "normal", "data-theme": "normal", "data-reach": "normal"}.items():
        expect(root).to_have_attribute(name, value)


def test_the_warning_leaves_time_to_answer_and_one_touch_gives_more(kiosk: Page):
    kiosk.locator("a[href='/layanan']").click()
    expect(kiosk.locator(".service-tile").first).to_be_visible()
    kiosk.clock.fast_forward(55_000)
    expect(kiosk.locator(WARNING)).to_have_count(0)
    kiosk.clock.fast_forward(6000)
    expect(kiosk.locator(WARNING)).to_contain_text("Anda masih di sini?")
    kiosk.clock.fast_forward(12_000)
    expect(kiosk.locator(WARNING)).to_contain_text("dalam 8 detik")
    expect(kiosk).to_have_url(re.compile("/layanan$"))
    kiosk.mouse.click(540, 300)  # anywhere, not only on the button
    expect(kiosk.locator(WARNING)).to_have_count(0)
    kiosk.clock.fast_forward(55_000)
    expect(kiosk.locator(WARNING)).to_have_count(0)
    expect(kiosk).to_have_url(re.compile("/layanan$"))


def test_without_an_answer_the_screen_is_home_in_the_default_language_text_and_colours(kiosk: Page):
    for tool in ("language", "text", "contrast", "reach"):
        kiosk.locator(f"[data-tool={tool}]").click()
    expect(kiosk.locator("html")).to_have_attribute("data-reach", "low")
    kiosk.clock.fast_forward(CLOCK_HELD_MS)
    expect(kiosk.locator(WARNING)).to_contain_text("Are you still here?")
    kiosk.clock.fast_forward(ANSWER_MS)
    at_home_as_every_visitor_finds_it(kiosk)
    kiosk.reload()
    at_home_as_every_visitor_finds_it(kiosk)


def test_nothing_of_the_visitor_is_left_on_the_device(kiosk: Page):
    """Not the number, not what was searched for, not what another room keeps for a visitor; not by going back either."""
    kiosk.evaluate("async () => { await navigator.serviceWorker.ready; }")
    kiosk.reload()
    kiosk.locator("a[href='/layanan']").click()
    kiosk.locator("#service-search").fill(CANARY)
    kiosk.evaluate("(canary) => { sessionStorage.setItem('seen', canary); localStorage.setItem('kiosk.visitor.draft', canary); }", CANARY)
    kiosk.locator("[data-tool=back]").click()
    kiosk.locator("a[href='/antrean']").click()
    with kiosk.expect_response(lambda answer: answer.url.endswith("/api/v1/tickets") and answer.ok) as taken:
        kiosk.locator("[data-queue=A]").click()
    ticket = taken.value.json()
    expect(kiosk.locator("[data-ticket-number]")).to_have_attribute("data-ticket-number", ticket["number"])
    expect(kiosk.locator(f"[data-qr*='{ticket['id']}']")).to_be_visible()
    kiosk.clock.fast_forward(CLOCK_HELD_MS)
    expect(kiosk.locator(WARNING)).to_be_visible()
    kiosk.clock.fast_forward(ANSWER_MS)
    at_home_as_every_visitor_finds_it(kiosk)
    looks = [kiosk.evaluate(LEFT)]
    for _ in range(3):
        kiosk.go_back()
        kiosk.wait_for_load_state()
        expect(kiosk.locator(".frame, .tile, .lane-row").first).to_be_visible()
        looks.append(kiosk.evaluate(LEFT))
    for canary in (ticket["id"], ticket["number"], CANARY):
        assert not any(canary in look for look in looks), json.dumps(canary)


@pytest.mark.parametrize("path", ["/antrean", "/kantor", "/layanan/standar?id=kaltim-undian-gratis-berhadiah"])
def test_every_public_page_goes_home_by_itself(kiosk: Page, path: str):
    kiosk.goto(kiosk.url.rstrip("/") + path)
    expect(kiosk.locator("[data-tool=language]")).to_be_visible()
    expect(kiosk.locator("#offline-badge")).to_have_attribute("data-up", "true")
    kiosk.clock.fast_forward(CLOCK_HELD_MS)
    expect(kiosk.locator(WARNING)).to_be_visible()
    kiosk.clock.fast_forward(ANSWER_MS)
    at_home_as_every_visitor_finds_it(kiosk)
