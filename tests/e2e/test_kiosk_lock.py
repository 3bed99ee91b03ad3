"""Ways out of a public touchscreen: each is tried on the real page, and none leaves a window, a dialog, a zoom or a trace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.support import Node

from .house import new_context

CONTACTS = "/kantor"  # a page with links that leave the product, put there by the test
# Headless Chromium has no print dialog and no view of the source to show: there the refused event is what can be seen.
LISTEN = """
  window.refused = [];
  window.unrefused = [];
  const modifiers = ["Control", "Shift", "Alt", "Meta"];
  for (const name of ["contextmenu", "selectstart", "dragstart", "dragover", "drop", "wheel", "keydown", "click", "auxclick"]) {
    addEventListener(name, (event) => {
      if (!modifiers.includes(event.key)) (event.defaultPrevented ? refused : unrefused).push(name);
    }, { passive: true });
  }
"""
LINKS = """() => {
  const main = document.querySelector("main");
  main.insertAdjacentHTML("afterbegin", `<p id="ways">
    <a id="inside" href="/layanan">inside</a> <a id="blank" href="/layanan" target="_blank">blank</a>
    <a id="foreign" href="http://127.0.0.1:9/away">foreign</a> <a id="download" href="/mark.svg" download>download</a>
    <a id="mail" href="mailto:x@example.com">mail</a> <a id="script" href="data:text/html,away">data</a>
    <input id="file" type="file"> <img id="image" src="/mark.svg" width="80" height="80" draggable="true"></p>`);
}"""
STATE = "() => [visualViewport.scale, devicePixelRatio, innerWidth, getSelection().toString(), document.fullscreenElement === null]"
Act = Callable[["Booth"], Any]


@dataclass
class Booth:
    """The touchscreen, and what its visitor managed to open."""

    page: Page
    context: BrowserContext
    devices: CDPSession
    opened: list[str] = field(default_factory=list)

    def key(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def wheel(self, amount: int) -> None:
        self.page.keyboard.down("Control")
        self.page.mouse.wheel(0, amount)
        self.page.keyboard.up("Control")

    def spread(self) -> None:
        """Two fingers go apart."""
        for kind, gap in (("touchStart", 40), ("touchMove", 120), ("touchMove", 240), ("touchEnd", 0)):
            fingers = [{"x": 500 - gap, "y": 900, "id": 0}, {"x": 500 + gap, "y": 900, "id": 1}] if gap else []
            self.devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    def drag(self, selector: str) -> None:
        self.page.locator(selector).hover()
        self.page.mouse.down()
        self.page.mouse.move(500, 900, steps=6)
        self.page.mouse.up()

    def click(self, selector: str, **how: Any) -> None:
        self.page.locator(selector).click(**how)

    def script(self, source: str) -> None:
        self.page.evaluate(source)


@pytest.fixture(scope="module")
def booth(chromium: Browser, hall: Node) -> Iterator[Booth]:
    context = new_context(chromium, has_touch=True, is_mobile=True, service_workers="block")
    context.add_init_script(LISTEN)
    page = context.new_page()
    made = Booth(page, context, context.new_cdp_session(page))
    context.on("page", lambda other: made.opened.append(f"page {other.url}"))
    page.on("dialog", lambda dialog: (made.opened.append(f"dialog {dialog.type}"), dialog.dismiss()))
    page.on("download", lambda download: made.opened.append(f"download {download.url}"))
    page.on("filechooser", lambda _: made.opened.append("file chooser"))
    page.goto(hall.url + CONTACTS)
    expect(page.locator(".channels")).to_be_visible()
    page.evaluate(LINKS)
    yield made
    context.close()


# what the visitor does -> the event that must have been refused, or None when what opens tells enough
ESCAPES: dict[str, tuple[Act, str | None]] = {
    "right click on text": (lambda booth: booth.click("#jam h2", button="right"), "contextmenu"),
    "right click on a link": (lambda booth: booth.click("#inside", button="right"), "contextmenu"),
    "right click on a picture": (lambda booth: booth.click("#image", button="right"), "contextmenu"),
    "context menu key": (
        lambda booth: booth.script("() => document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"),
        "contextmenu",
    ),
    "selecting by dragging": (lambda booth: booth.drag("#jam h2"), None),
    "selecting by double click": (lambda booth: booth.click("#jam h2", click_count=2), None),
    "selecting by triple click": (lambda booth: booth.click("#jam h2", click_count=3), None),
    "selecting all": (lambda booth: booth.key("Control+a"), "selectstart"),
    "dragging a picture": (lambda booth: booth.drag("#image"), None),
    "dragging a link": (lambda booth: booth.drag("#inside"), None),
    "dropping a file": (
        lambda booth: booth.script("() => document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true }))"),
        "drop",
    ),
    "zoom in by wheel": (lambda booth: booth.wheel(-300), "wheel"),
    "zoom out by wheel": (lambda booth: booth.wheel(300), "wheel"),
    "zoom in by key": (lambda booth: booth.key("Control++"), "keydown"),
    "zoom in by the other key": (lambda booth: booth.key("Control+="), "keydown"),
    "zoom out by key": (lambda booth: booth.key("Control+-"), "keydown"),
    "zoom back by key": (lambda booth: booth.key("Control+0"), "keydown"),
    "double tap": (lambda booth: [booth.page.touchscreen.tap(500, 900) for _ in range(2)], None),
    "window.open": (lambda booth: booth.script("() => void window.open('/layanan')"), None),
    "window.open with a size": (lambda booth: booth.script("() => void open('/', 'small', 'width=300,height=300')"), None),
    "window.print": (
        lambda booth: booth.script(
            "() => { let seen = 0; addEventListener('beforeprint', () => (seen += 1)); window.print(); "
            "if (seen) throw new Error('printed'); }"
        ),
        None,
    ),
    "print by key": (lambda booth: booth.key("Control+p"), "keydown"),
    "save by key": (lambda booth: booth.key("Control+s"), "keydown"),
    "open a file by key": (lambda booth: booth.key("Control+o"), "keydown"),
    "find by key": (lambda booth: booth.key("Control+f"), "keydown"),
    "source by key": (lambda booth: booth.key("Control+u"), "keydown"),
    "downloads by key": (lambda booth: booth.key("Control+j"), "keydown"),
    "history by key": (lambda booth: booth.key("Control+h"), "keydown"),
    "bookmark by key": (lambda booth: booth.key("Control+d"), "keydown"),
    "help by key": (lambda booth: booth.key("F1"), "keydown"),
    "caret by key": (lambda booth: booth.key("F7"), "keydown"),
    "full screen by key": (lambda booth: booth.key("F11"), "keydown"),
    "developer tools by key": (lambda booth: booth.key("F12"), "keydown"),
    "reload by key": (lambda booth: booth.key("F5"), "keydown"),
    "reload by the other key": (lambda booth: booth.key("Control+r"), "keydown"),
    "developer tools by the other keys": (lambda booth: booth.key("Control+Shift+i"), "keydown"),
    "close the tab by key": (lambda booth: booth.key("Control+w"), "keydown"),
    "the address by key": (lambda booth: booth.key("Control+l"), "keydown"),
    "back by key": (lambda booth: booth.key("Alt+ArrowLeft"), "keydown"),
    "forward by key": (lambda booth: booth.key("Alt+ArrowRight"), "keydown"),
    "new window by key": (lambda booth: booth.key("Control+n"), "keydown"),
    "new tab by key": (lambda booth: booth.key("Control+t"), "keydown"),
    "middle click": (lambda booth: booth.click("#inside", button="middle"), "auxclick"),
    "Ctrl and click": (lambda booth: booth.click("#inside", modifiers=["Control"]), "click"),
    "Shift and click": (lambda booth: booth.click("#inside", modifiers=["Shift"]), "click"),
    "Meta and click": (lambda booth: booth.click("#inside", modifiers=["Meta"]), "click"),
    "a link to a new tab": (lambda booth: booth.click("#blank"), "click"),
    "a link to elsewhere": (lambda booth: booth.click("#foreign"), "click"),
    "a link that is a download": (lambda booth: booth.click("#download"), "click"),
    "a link to the mail program": (lambda booth: booth.click("#mail"), "click"),
    "a link to a page of its own making": (lambda booth: booth.click("#script"), "click"),
    "a file chooser": (lambda booth: booth.click("#file"), "click"),
    "the keyboard on a link to a new tab": (lambda booth: booth.page.locator("#blank").press("Enter"), None),
}


@pytest.mark.parametrize("way", ESCAPES)
def test_no_way_out(booth: Booth, way: str):
    act, event = ESCAPES[way]
    booth.opened.clear()
    before, address = booth.page.evaluate(STATE), booth.page.url
    booth.script("() => { window.refused.length = 0; window.unrefused.length = 0; }")
    act(booth)
    booth.page.wait_for_timeout(60)
    assert booth.opened == []
    assert booth.context.pages == [booth.page]
    assert booth.page.url == address
    assert booth.page.evaluate(STATE) == before
    refused, unrefused = booth.page.evaluate("() => [refused, unrefused]")
    assert not {"contextmenu", "selectstart", "dragstart", "drop", "auxclick"} & set(unrefused)
    if event is not None:
        assert event in refused
        assert event not in unrefused


def test_two_fingers_do_not_zoom(booth: Booth):
    """Headless Chromium zooms no page by pinch, so what forbids it is looked at: the event is refused, and the style allows no zoom."""
    booth.script("() => { window.spread = []; addEventListener('touchmove', (event) => spread.push(event.defaultPrevented)); }")
    booth.spread()
    assert booth.page.evaluate("spread.length > 0 && spread.every(Boolean)")
    assert booth.page.evaluate("getComputedStyle(document.documentElement).touchAction") == "pan-x pan-y"


def test_a_touch_in_the_product_still_leads_on(booth: Booth):
    """What refuses everything proves nothing."""
    booth.page.locator("[data-tool=back]").click()
    expect(booth.page.get_by_role("heading", level=1)).to_contain_text("Ada yang bisa kami bantu?")
