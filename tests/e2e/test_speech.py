"""A service that nobody opened is read aloud with the node dead, by the clips that the screen kept in idle time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import kiosk.pages  # noqa: F401 (importing it makes the pages' scripts known)
from kiosk.catalogue import reading
from kiosk.core.i18n import LANGUAGES
from kiosk.speech import make
from kiosk.speech.clips import Clip, sentences
from kiosk.speech.scripts import Library
from kiosk.survey import reading as survey_reading
from tests.support import Node

from .house import CLOCK_HELD_MS, House, new_context, services, settle

# Watches the page's one audio element and the clips that are taken from the shelf.
WATCH = """
  window.played = { ended: 0, furthest: 0, errors: 0, asked: [], elements: [] };
  const Usual = window.Audio;
  window.Audio = function () {
    const element = new Usual();
    played.elements.push(element);
    element.addEventListener("ended", () => (played.ended += 1));
    element.addEventListener("error", () => (played.errors += 1));
    element.addEventListener("timeupdate", () => (played.furthest = Math.max(played.furthest, element.currentTime)));
    return element;
  };
  const match = Cache.prototype.match;
  Cache.prototype.match = function (asked, ...more) {
    if (String(asked).includes("/speech/")) played.asked.push(String(asked));
    return match.call(this, asked, ...more);
  };
"""
PLAYED = "() => ({ ...played, elements: played.elements.length, playing: played.elements.some((one) => !one.paused) })"
ON_SHELF = """async (urls) => {
  for (;;) {
    const shelf = await caches.open("kiosk-speech");
    const here = new Set((await shelf.keys()).map((request) => new URL(request.url).pathname));
    if (urls.every((url) => here.has(url))) return here.size;
    await new Promise((done) => setTimeout(done, 100));
  }
}"""
# The browser's clock is turned by hand; this one runs.
UNTIL = """async (check) => {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (check === "ended" ? played.ended > 0 : played.furthest > 0.2) return true;
    await fetch("/mark.svg");
    await new Promise((done) => { const way = new MessageChannel(); way.port1.onmessage = done; way.port2.postMessage(0); });
  }
  return false;
}"""


def speak_all(standard: dict[str, Any], folder: Path) -> None:
    """Every clip that the screen wants, made as the node makes it, but in this process: a process for each would take a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    library = Library()
    for page, script in library.manifest(available=True)["pages"].items():
        for address in [*script["id"], *script["en"]]:
            sound = library.sound(address.rsplit("/", 1)[1])
            assert isinstance(sound, Clip), page
            _speak(sound, folder / sound.name)
    for language in LANGUAGES:
        for voice, text in reading.script(standard, language):
            for clip in sentences(voice, text):
                _speak(clip, folder / clip.name)
    for voice, text in survey_reading.everything():
        for clip in sentences(voice, text):
            _speak(clip, folder / clip.name)


def _speak(clip: Clip, target: Path) -> None:
    if not target.exists():
        make.write(make.samples(*make.espeak(clip.language, clip.said)), target)


@pytest.fixture(scope="module")
def house(chromium: Browser, office: Callable[[str], Node]) -> Iterator[House]:
    """Home was opened on the touchscreen until everything was kept; then the node died."""
    node = office("jatim").start()
    opened = House(node, new_context(chromium))
    ids = services(node)
    standard = node.get(f"/api/v1/catalogue/{ids[0]}").body
    speak_all(standard, node.data / "speech")
    first = opened.open("/")
    settle(first, len(ids))
    first.evaluate(ON_SHELF, [*standard["speech"]["id"], *standard["speech"]["en"]])
    opened.dark()
    yield opened
    opened.context.close()


@pytest.fixture
def standard(house: House) -> Iterator[tuple[Page, dict[str, Any]]]:
    """The service's page, opened for the first time, and what it holds."""
    page = house.context.new_page()
    page.clock.install()
    page.add_init_script(WATCH)
    page.goto(f"{house.node.url}/layanan/standar?id=jatim-standar-pelayanan-joss")
    expect(page.locator("article.service h1")).to_be_visible()
    kept = page.evaluate("() => JSON.parse(localStorage.getItem('kiosk.copy:/api/v1/catalogue/jatim-standar-pelayanan-joss')).body")
    yield page, kept
    page.close()


def listen(page: Page) -> Any:
    return page.locator("[data-tool=listen]")


def test_it_plays_and_a_second_press_ends_it(standard: tuple[Page, dict[str, Any]]):
    page, kept = standard
    listen(page).click()
    expect(listen(page)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(UNTIL, "ended"), "a clip was heard to its end"
    listen(page).click()
    expect(listen(page)).to_have_attribute("aria-pressed", "false")
    played = page.evaluate(PLAYED)
    assert (played["elements"], played["errors"], played["playing"]) == (1, 0, False)
    assert played["asked"] == kept["speech"]["id"][: len(played["asked"])] != []


def test_the_voice_is_that_of_the_language(standard: tuple[Page, dict[str, Any]]):
    page, kept = standard
    page.locator("[data-tool=language]").click()
    listen(page).click()
    assert page.evaluate(UNTIL, "ended")
    listen(page).click()
    english, indonesian = kept["speech"]["en"], kept["speech"]["id"]
    asked = page.evaluate(PLAYED)["asked"]
    assert asked == english[: len(asked)]
    assert asked != indonesian[: len(asked)]
    page.locator("[data-tool=language]").click()


def test_the_idle_clock_stands_still_while_it_speaks(standard: tuple[Page, dict[str, Any]]):
    page, _ = standard
    listen(page).click()
    assert page.evaluate(UNTIL, "sound")
    for _ in range(2):
        page.clock.fast_forward(CLOCK_HELD_MS)
        expect(page.locator("[role=alertdialog]")).to_have_count(0)
    assert page.evaluate(PLAYED)["playing"], "it spoke all the while"
    listen(page).click()
    page.clock.fast_forward(CLOCK_HELD_MS)
    expect(page.locator("[role=alertdialog]")).to_be_visible()
