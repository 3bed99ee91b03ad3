"""A new build comes while pages are open, and while the node is down at the wrong moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import Node

from .builds import QUESTION, copy_build, lazy, next_build
from .house import CONTROLLED, House, new_context, services, settle

SECOND, THIRD = "Bangunan kedua: apa keperluan Anda?", "Bangunan ketiga: apa keperluan Anda?"
BALLAST = 600
IDLE_MS = 16_000  # longer than a public screen must be left alone before it moves
LOOK = "() => navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null)"
WAITING = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  while (!registration.waiting) await new Promise((done) => setTimeout(done, 50));
}"""
SETTLED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  while (registration.installing) await new Promise((done) => setTimeout(done, 50));
  return registration.waiting === null;
}"""
APPS = "async () => (await caches.keys()).filter((name) => name.startsWith('kiosk-app-'))"
ONE_APP = f"async () => {{ while ((await ({APPS})()).length > 1) await new Promise((done) => setTimeout(done, 100)); }}"
# The files that have arrived of a build that is being installed, as soon as there are some.
HALF = """async (known) => {
  for (;;) {
    const arriving = (await caches.keys()).find((name) => name.startsWith("kiosk-app-") && !known.includes(name));
    const count = arriving ? (await (await caches.open(arriving)).keys()).length : 0;
    if (count > 3) return count;
    await new Promise((done) => setTimeout(done, 5));
  }
}"""
LOADS = "(address) => import(address).then((module) => Object.keys(module).length > 0)"


@dataclass
class Release(House):
    """A house whose front end changes."""

    def put(self, web: Path) -> None:
        """End the node, then start it on the build in `web`."""
        self.dark()
        self.node.env["REFLEX_WEB_WORKDIR"] = str(web)
        self.node.start()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("builds")
    first = copy_build(folder / "1")
    return [first, next_build(first, folder / "2", SECOND), next_build(first, folder / "3", THIRD, ballast=BALLAST)]


@pytest.fixture
def release(chromium: Browser, office: Callable[[str], Node], builds: list[Path]) -> Iterator[Release]:
    """The first build is served, and kept by the browser."""
    opened = Release(office("kaltim"), new_context(chromium))
    opened.put(builds[0])
    yield opened
    opened.context.close()
    opened.dark()


def opened(release: Release, path: str) -> Page:
    page = release.open(path)
    page.evaluate(CONTROLLED)
    return page


def asks(page: Page, question: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)


def test_a_page_keeps_its_build_while_another_one_moves_and_moves_with_its_next_full_load(release: Release, builds: list[Path]):
    reading, leaving = opened(release, "/layanan"), opened(release, "/antrean")
    release.put(builds[1])
    assert release.node.get(lazy(builds[0], "_kantor_")).status == 404, "the old modules are gone from the node"
    reading.evaluate(LOOK)
    reading.evaluate(WAITING)
    assert reading.evaluate(LOADS, lazy(builds[0], "_kantor_")), "before the move"
    leaving.locator("[data-tool=back]").click()
    asks(leaving, SECOND)
    assert leaving.evaluate(LOADS, lazy(builds[1], "_kantor_"))
    # the other page has the new worker now, and still lives on its old modules
    assert reading.evaluate(LOADS, lazy(builds[0], "_tiket_"))
    reading.locator(".service-tile").first.click()
    expect(reading.locator("article.service h1")).to_be_visible()
    reading.locator("[data-tool=back]").click()
    reading.locator("[data-tool=back]").click()
    asks(reading, QUESTION)
    reading.reload()
    asks(reading, SECOND)
    reading.evaluate(ONE_APP)  # when nobody needs the old build, it goes


def test_a_node_that_dies_in_the_middle_of_an_update_leaves_the_whole_old_build_and_the_update_comes_later(
    release: Release, builds: list[Path]
):
    page = opened(release, "/")
    settle(page, len(services(release.node)))
    known = page.evaluate(APPS)
    release.put(builds[2])
    page.evaluate(LOOK)
    count = page.evaluate(HALF, known)
    release.dark()
    assert count < BALLAST, "killed too late to prove anything"
    assert page.evaluate(SETTLED), "half a build must not wait for its turn"
    for path, shown in (("/", "h1"), ("/layanan", "#service-search"), ("/kantor", "#jam"), ("/", "h1")):
        page.goto(release.node.url + path)
        expect(page.locator(shown)).to_be_visible()
    asks(page, QUESTION)
    assert page.evaluate(APPS) == known
    release.lit()
    page.evaluate(LOOK)
    page.evaluate(WAITING)
    page.reload()  # not yet: a page is never changed under a visitor's hands
    page.locator("a[href='/kantor']").click()
    expect(page.locator("#jam")).to_be_visible()
    page.locator("[data-tool=back]").click()
    asks(page, THIRD)
    release.dark()
    page.reload()
    asks(page, THIRD)
    page.locator("a[href='/kantor']").click()
    expect(page.locator("#jam")).to_be_visible()


def test_files_of_two_builds_are_never_mixed(release: Release, builds: list[Path]):
    """The node is exchanged between the worker and its files: what does not fit is refused, and asked for again later."""
    page = opened(release, "/")
    release.put(builds[1])
    module = builds[1] / "build/client" / lazy(builds[1], "_kantor_").lstrip("/")
    whole = module.read_bytes()
    module.write_bytes(whole + b"\n// of another build\n")
    try:
        page.evaluate(LOOK)
        assert page.evaluate(SETTLED)
        page.reload()
        asks(page, QUESTION)
    finally:
        module.write_bytes(whole)
    page.evaluate(LOOK)
    page.evaluate(WAITING)


def test_a_public_screen_moves_by_itself_when_nobody_stands_there(release: Release, builds: list[Path]):
    page = release.context.new_page()
    page.clock.install()
    page.goto(release.node.url)
    settle(page, len(services(release.node)))
    release.put(builds[1])
    page.evaluate(LOOK)
    page.evaluate(WAITING)
    page.mouse.click(5, 5)
    page.clock.fast_forward(5000)
    asks(page, QUESTION)
    page.clock.fast_forward(IDLE_MS)
    asks(page, SECOND)
