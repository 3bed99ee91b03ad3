"""Call to paint: from an officer's press on "call next" to the number painted on the lobby board, in one Chromium."""

import asyncio
import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.machine import percentile
from bench.node import watch
from bench.table import Row
from kiosk.core.ids import new_id
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

OTHERS = (1, 100, 500)
CALLS = 20
# A frame of a 60 Hz screen: nothing is painted sooner.
FRAME = "one frame of a 60 Hz screen: 17 ms"
SHOWN = """([number, pressed]) => new Promise(done => {
  const look = () => document.querySelector(`[data-call='${number}']`)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now() - pressed))) : requestAnimationFrame(look);
  look(); })"""


def _others(port: int, count: int) -> None:
    asyncio.run(watch(port, count, asyncio.Event()))


def _measure(counter: Page, board: Page, node: Node, token: str) -> float:
    bearer = {"authorization": f"Bearer {token}"}
    number = node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).body["number"]
    counter.wait_for_timeout(700)
    pressed = counter.evaluate("() => { document.querySelector('[data-do=call-next]').click(); return Date.now(); }")
    elapsed = float(board.evaluate(SHOWN, [number, pressed]))
    counter.click("[data-do=start]")
    counter.click("[data-do=finish]")
    counter.wait_for_selector("[data-do=call-next]:not([disabled])")
    return elapsed


def _pages(browser: Any, node: Node) -> tuple[Page, Page]:
    name, value = node.sign_in("officer").split("=", 1)
    desk = browser.new_context(viewport={"width": 1366, "height": 768})
    desk.add_cookies([{"name": name, "value": value, "url": node.url}])
    counter = desk.new_page()
    counter.goto(node.url + "/loket")
    counter.click("[data-counter='1']")
    counter.wait_for_selector("[data-do=call-next]")
    board = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    board.goto(node.url + "/papan")
    board.wait_for_selector("[data-live=true]")
    return counter, board


def rows() -> list[Row]:
    """p50 and p95 of 20 calls with 1, 100 and 500 other boards that watch."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        node = Node(Path(folder), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        try:
            token = node.token()
            counter, board = _pages(browser, node)
            for others in OTHERS:
                crowd = multiprocessing.Process(target=_others, args=(node.port, others), daemon=True)
                crowd.start()
                time.sleep(2)
                times = [_measure(counter, board, node, token) for _ in range(CALLS)]
                crowd.terminate()
                crowd.join()
                found += [
                    Row(f"call to paint p50, {others} other boards", round(percentile(times, 0.5)), "ms", "", FRAME),
                    Row(f"call to paint p95, {others} other boards", round(percentile(times, 0.95)), "ms", "<=300", FRAME),
                ]
        finally:
            browser.close()
            node.stop()
    return found
