"""A first visit: kilobytes over the wire, and what it feels like on a processor four times slower."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.machine import hash_rate, percentile
from bench.table import Row
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

SLOWER, VISITS = 4, 5
OBSERVE = """() => { window.largest = 0; window.slowest = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) window.largest = e.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  const worse = e => { if (e.interactionId) window.slowest = Math.max(window.slowest, e.duration); };
  new PerformanceObserver(l => l.getEntries().forEach(worse)).observe({type: 'event', buffered: true, durationThreshold: 16}); }"""


def _phone(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, service_workers="block").new_page()


def _kilobytes(browser: Browser, url: str) -> float:
    """Encoded bytes of every response until the network is quiet, the page's own and no service worker's."""
    page, total = _phone(browser), 0.0
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.wait_for_timeout(3000)
    total = sum(sizes) / 1000
    page.context.close()
    return total


def _paint_and_touch(browser: Browser, url: str) -> tuple[float, float]:
    page = _phone(browser)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"({OBSERVE})()")
    page.goto(url)
    page.wait_for_timeout(2500)
    largest = float(page.evaluate("window.largest"))
    for _ in range(4):
        page.locator("[data-tool=contrast]").click()
        page.locator("[data-tool=language]").click()
        page.wait_for_timeout(200)
    slowest = float(page.evaluate("window.slowest"))
    page.context.close()
    return largest, slowest


def rows() -> list[Row]:
    """Home and a service page as a phone sees them."""
    limit = f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        node = Node(Path(folder), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        try:
            service = "/layanan/standar?id=kaltim-rekomendasi-penyelenggara-pameran"
            for name, path in (("home", "/"), ("a service", service)):
                found.append(Row(f"first visit, {name}", round(_kilobytes(browser, node.url + path)), "kB", "<=250"))
                visits = [_paint_and_touch(browser, node.url + path) for _ in range(VISITS)]
                found += [
                    Row(f"LCP p75, {name}, {SLOWER}x slower", round(percentile([v[0] for v in visits], 0.75)), "ms", "<=1500", limit),
                    Row(f"INP worst, {name}, {SLOWER}x slower", round(max(v[1] for v in visits)), "ms", "<=100", limit),
                ]
        finally:
            browser.close()
            node.stop()
    return found
