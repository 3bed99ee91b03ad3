"""The service worker in Chromium: a page is always whole, and always of one build."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.ui.conftest import Site

CONTROLLED = "navigator.serviceWorker.controller !== null"
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
LOOK = """async () => { const all = await navigator.serviceWorker.getRegistration(); await all.update().catch(() => 0);
  const arriving = all.installing; if (arriving) await new Promise(done => arriving.addEventListener("statechange",
  () => ["installed", "activated", "redundant"].includes(arriving.state) && done())); }"""
APPS = "async () => (await caches.keys()).filter(name => name.startsWith('kiosk-app-')).length"


def opened(phone: BrowserContext, site: Site, path: str = "/") -> Page:
    """A page that is controlled and open longer than a new build would wait for."""
    page = phone.new_page()
    page.goto(site.url + path)
    page.wait_for_function(CONTROLLED)
    page.click("h1")
    return page


def until(page: Page, script: str, value: object) -> None:
    """Ask the page again and again, five seconds at the most (`wait_for_function` takes any promise for true)."""
    for _ in range(50):
        if page.evaluate(script) == value:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(script) == value


def late(page: Page) -> str:
    """What the page's late module says."""
    page.evaluate("document.title = ''")
    page.click("#lazy")
    page.wait_for_function("document.title !== ''")
    return page.title()


def test_a_dead_node_leaves_every_page_whole(site: Site, phone: BrowserContext):
    page = opened(phone, site)
    site.stop()
    page.reload()
    assert page.inner_text("h1") == "old home"
    assert late(page) == "late old"
    page.goto(site.url + "/layanan?id=1")
    assert page.inner_text("h1") == "old layanan"
    page.goto(site.url + "/unknown")
    assert page.inner_text("h1") == "old shell"


def test_an_open_page_keeps_its_modules_while_a_new_build_takes_over(site: Site, phone: BrowserContext, tmp_path: Path):
    page, other = opened(phone, site), opened(phone, site, "/layanan")
    site.root = tmp_path / "new"
    other.evaluate(LOOK)
    assert other.evaluate(WAITING)
    assert page.inner_text("h1") == "old home"
    other.click("#next")
    other.wait_for_function("document.querySelector('h1').innerText === 'new layanan'")
    assert late(page) == "late old"
    assert late(other) == "late new"
    assert page.evaluate(APPS) == 2


def test_the_old_build_goes_when_the_last_page_has_moved(site: Site, phone: BrowserContext, tmp_path: Path):
    page = opened(phone, site)
    site.root = tmp_path / "new"
    page.evaluate(LOOK)
    page.click("#next")
    page.wait_for_function("document.querySelector('h1').innerText === 'new layanan'")
    until(page, APPS, 1)
    assert late(page) == "late new"


def test_a_node_that_stumbles_during_an_update_changes_nothing(site: Site, phone: BrowserContext, tmp_path: Path):
    page = opened(phone, site)
    site.root, site.broken = tmp_path / "new", {"/layanan/index.html"}
    page.evaluate(LOOK)
    assert not page.evaluate(WAITING)
    assert page.evaluate(APPS) == 1
    site.stop()
    page.reload()
    assert page.inner_text("h1") == "old home"
    assert late(page) == "late old"
    site.broken = set()
    site.start()
    page.click("h1")
    page.evaluate(LOOK)
    page.click("#next")
    page.wait_for_function("document.querySelector('h1').innerText === 'new layanan'")


def test_two_builds_are_never_mixed(site: Site, phone: BrowserContext, tmp_path: Path):
    """The server is exchanged once more while a build arrives: a file that is not of this build is refused by its content."""
    page = opened(phone, site)
    site.root = tmp_path / "new"
    (site.root / "layanan/index.html").write_text("<h1>of a third build</h1>")
    page.evaluate(LOOK)
    assert not page.evaluate(WAITING)
    page.reload()
    assert page.inner_text("h1") == "old home"


def test_an_unchanged_file_is_not_fetched_again(site: Site, phone: BrowserContext, tmp_path: Path):
    page = opened(phone, site)
    site.root = tmp_path / "new"
    site.asked.clear()
    page.evaluate(LOOK)
    assert "/assets/late-new.js" in site.asked
    assert "/assets/same.js" not in site.asked


def test_what_the_node_told_is_shown_with_its_age_when_it_is_gone(site: Site, phone: BrowserContext):
    site.answers = {"/api/v1/office": '{"name": "Kaltim"}', "/api/v1/board": "[]"}
    page = opened(phone, site)
    read = """async path => { try { const r = await fetch(path); return [await r.text(), Boolean(r.headers.get('x-kiosk-kept-at'))]; }
      catch { return 'gone'; } }"""
    assert page.evaluate(read, "/api/v1/office") == ['{"name": "Kaltim"}', False]
    page.evaluate(read, "/api/v1/board")
    until(page, "async () => Boolean(await caches.match('/api/v1/office'))", True)
    site.stop()
    assert page.evaluate(read, "/api/v1/office") == ['{"name": "Kaltim"}', True]
    assert page.evaluate(read, "/api/v1/board") == "gone"


def test_an_answer_that_comes_after_the_older_copy_was_shown_is_kept_for_the_next_time(site: Site, phone: BrowserContext):
    office, read = "/api/v1/office", "async () => (await fetch('/api/v1/office')).text()"
    copy = f"async () => (await caches.match('{office}'))?.text()"
    site.answers = {office: "first"}
    page = opened(phone, site)
    page.evaluate(read)
    until(page, copy, "first")
    site.answers, site.slow = {office: "second"}, {office: 3.0}
    assert page.evaluate(read) == "first"
    until(page, copy, "second")


def test_a_visitor_goes_on_although_a_new_build_will_not_take_over(site: Site, phone: BrowserContext, tmp_path: Path):
    page = opened(phone, site)
    site.root = tmp_path / "new"
    page.evaluate(LOOK)
    page.evaluate("ServiceWorker.prototype.postMessage = () => undefined")
    page.click("#next")
    page.wait_for_url("**/layanan")
    assert page.inner_text("h1") == "old layanan"
