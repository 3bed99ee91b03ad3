"""Call to paint: from an officer's press on "call next" to the number painted on the lobby board, in one Chromium."""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.machine import percentile
from bench.node import watch
from bench.table import Row
from kiosk.core.ids import new_id
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

OTHERS = (1, 100, 500)
CALLS, SETTLE = 20, 3.0
QUIET_MS = 700  # for what the taken number sends to the boards
# A frame of a 60 Hz screen: nothing is painted sooner.
FRAME = "one frame of a 60 Hz screen: 17 ms"
SHOWN = """([number, pressed]) => new Promise(done => {
  const look = () => document.querySelector(`[data-call='${number}']`)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now() - pressed))) : requestAnimationFrame(look);
  look(); })"""


def _others(port: int, count: int) -> None:
    asyncio.run(watch(port, count, asyncio.Event()))


@contextmanager
def _crowd(port: int, count: int) -> Iterator[None]:
    """So many boards that watch, in a process of their own. Spawned: a fork would hold the browser's pipes open."""
    crowd = multiprocessing.get_context("spawn").Process(target=_others, args=(port, count), daemon=True)
    crowd.start()
    time.sleep(SETTLE)
    try:
        yield
    finally:
        crowd.terminate()
        crowd.join()


def _measure(counter: Page, board: Page, node: Node, token: str) -> float:
    bearer = {"authorization": f"Bearer {token}"}
    number = node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).body["number"]
    counter.wait_for_selector("[data-do=call-next]:not([disabled])")
    counter.wait_for_timeout(QUIET_MS)
    pressed = counter.evaluate("() => { document.querySelector('[data-do=call-next]').click(); return Date.now(); }")
    elapsed = float(board.evaluate(SHOWN, [number, pressed]))
    counter.click("[data-do=start]")
    counter.click("[data-do=finish]")
    return elapsed


def _pages(browser: Any, node: Node) -> tuple[Page, Page]:
    name, value = node.sign_in("information").split("=", 1)
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
                with _crowd(node.port, others):
                    times = [_measure(counter, board, node, token) for _ in range(CALLS)]
                found += [
                    Row(f"call to paint p50, {others} other boards", round(percentile(times, 0.5)), "ms", "", FRAME),
                    Row(f"call to paint p95, {others} other boards", round(percentile(times, 0.95)), "ms", "<=300", FRAME),
                ]
        finally:
            browser.close()
            node.stop()
    return found
