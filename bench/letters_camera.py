"""A frame of the camera in the browser: taken from a film and read for codes. The worst case: it holds none, so nothing ends the search."""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.machine import hash_rate, percentile
from bench.table import Row
from tests.e2e import letters
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

SECONDS, SIZE = 12, (1280, 720)
WATCH = """() => { window.frames_ms = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (one.name === "kiosk.letter-frame") window.frames_ms.push(one.duration);
}).observe({ type: "measure", buffered: true }); }"""


def rows() -> list[Row]:
    """Frames without a code, of a letter's lines and of noise."""
    limit = f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        film = Path(folder) / "lines.mjpeg"
        page = letters.on_paper("no letter " * 30).point(lambda grey: 255 if grey < 40 else grey).resize(SIZE)
        noise = Image.effect_noise(SIZE, 30)
        film.write_bytes(b"".join(letters.jpeg(Image.blend(page, noise, share / 10)) for share in range(6)))
        node = Node(Path(folder) / "data", env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *camera])
        try:
            shown = browser.new_context(viewport={"width": 1080, "height": 1920}, permissions=["camera"]).new_page()
            shown.goto(f"{node.url}/verify")
            shown.evaluate(WATCH)
            shown.locator("[data-do=scan]").click()
            shown.wait_for_timeout(SECONDS * 1000)
            taken = [float(one) for one in shown.evaluate("window.frames_ms")][1:]  # the first one loads the reader
        finally:
            browser.close()
            node.stop()
    return [
        Row("camera frames looked at", round(len(taken) / SECONDS, 1), "/s"),
        Row("camera frame p50, 1280 x 720, no code", round(percentile(taken, 0.5)), "ms", limit=limit),
        Row("camera frame p95, 1280 x 720, no code", round(percentile(taken, 0.95)), "ms", "<=150", limit),
    ]
