"""What the browser tests share: sizes of screens, an office in a browser that outlives its node, what to wait for."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import Node

KIOSK, TV, PHONE = (1080, 1920), (1920, 1080), (390, 844)
NAME = "kios.test"  # the browser finds it at 127.0.0.1; no secure context
ZONE = "Asia/Makassar"
CLOCK_HELD_MS = 61_000  # longer than a visitor may stand still
ANSWER_MS = 21_000  # longer than the warning waits
# No wait_for_function: it evaluates a string in the page, which the page's policy forbids.
CONTROLLED = "async () => { while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50)); }"
KEPT = """async (count) => {
  const kept = () => Object.keys(localStorage).filter((key) => key.includes("/catalogue/")).length;
  while (kept() < count) await new Promise((done) => setTimeout(done, 50));
}"""
# A page that has stored nothing yet has no database: whoever looks must not make one, for the page would find it without its stores.
STORE = """(store) => new Promise((done, failed) => {
  const opening = indexedDB.open("kiosk");
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => opening.error?.name === "AbortError" ? done([]) : failed(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""


def new_context(browser: Browser, size: tuple[int, int] = KIOSK, **more: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="id-ID", timezone_id=ZONE, **more)


@dataclass
class House:
    """A node and the browser of its screen; `dark` kills the node at once (SIGKILL), `lit` starts it again."""

    node: Node
    context: BrowserContext

    def lit(self) -> "House":
        if self.node.process is None or self.node.process.poll() is not None:
            self.node.start()
        return self

    def dark(self) -> "House":
        if self.node.process is not None and self.node.process.poll() is None:
            self.node.kill()
        return self

    def open(self, path: str, size: tuple[int, int] = KIOSK) -> Page:
        page = self.context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(self.node.url + path)
        return page

    def tickets(self) -> int:
        with sqlite3.connect(f"file:{self.node.data / 'office.db'}?mode=ro", uri=True) as opened:
            return int(opened.execute("SELECT count(*) FROM ticket").fetchone()[0])


def services(node: Node) -> list[str]:
    return [one["id"] for one in node.get("/api/v1/catalogue").body]


def settle(page: Page, count: int) -> None:
    """Until the page is kept by its worker, and `count` services with it."""
    page.evaluate(CONTROLLED)
    page.evaluate(KEPT, count)


def away(page: Page) -> None:
    """The page has noticed that its node is gone."""
    expect(page.locator("#offline-badge")).to_have_attribute("data-up", "false")
