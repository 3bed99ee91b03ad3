"""The catalogue in a real browser, over a real node: all of the source is to be seen, and stays when the node dies."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import Node

from .conftest import OFFICES
from .test_seeds import PLACES, leaves, place_of, sources_of

EXHIBITION = "kaltim-rekomendasi-penyelenggara-pameran"
LONGEST = "kaltim-pelaporan-sktp-500kw"
# Read from a text that is itself shown, so that showing the reading as well would say it twice; `listed` is told in words.
TOLD_BY_THEIR_TEXT = re.compile(
    r"time\.(day|minutes|working)|service_hours\.(zone|monday|friday)|enactment\.date$|\.listed$|\.count$|^id$|rupiah|days$"
)
ALL_TEXT = "(page) => [...page.querySelectorAll('*')].map((one) => one.textContent).join(' ')"
# Not wait_for_function: it evaluates a string in the page, which the page's policy forbids.
CONTROLLED = "async () => { while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50)); }"
KEPT = """async (count) => {
  const kept = () => Object.keys(localStorage).filter((key) => key.includes("/catalogue/")).length;
  while (kept() < count) await new Promise((done) => setTimeout(done, 50));
}"""
SIZES = {"kiosk": (1080, 1920), "tablet": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module", params=OFFICES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node of each office."""
    served = Node(tmp_path_factory.mktemp(request.param), office=request.param, env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield served
    served.stop()


def open_service(page: Page, node: Node, service_id: str) -> None:
    page.goto(f"{node.url}/layanan/standar?id={service_id}")
    expect(page.locator("article.service h1")).to_be_visible()


def flat(text: Any) -> str:
    return " ".join(str(text).split())


def test_every_word_of_the_source_is_on_the_page_of_its_service(office: Node, page: Page) -> None:
    for service_id, source in sources_of(office.office).items():
        open_service(page, office, service_id)
        shown = flat(page.locator("article.service").evaluate(ALL_TEXT))
        for path, value in leaves(source):
            place = place_of(path, PLACES)
            if value is None or place is None or TOLD_BY_THEIR_TEXT.search(".".join(map(str, place))):
                continue
            assert flat(value) in shown, f"{service_id}: {path}"


def test_defects_of_a_document_are_not_on_its_page(office: Node, page: Page) -> None:
    for service_id, source in sources_of(office.office).items():
        open_service(page, office, service_id)
        shown = flat(page.locator("body").text_content())
        assert not any(flat(note)[:60] in shown for note in source["catatan_sumber"])


@pytest.mark.parametrize("office", ["rohil"], indirect=True)
def test_a_broken_address_stands_as_printed_and_cannot_be_touched(office: Node, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    open_service(page, office, "rohil-rekomendasi-jompo-terlantar")
    expect(page.get_by_text("Pengaduan@dpmptsp.Rokan Hilirkab.go.id", exact=True)).to_be_visible()
    hrefs = page.locator("#complaints a").evaluate_all("(links) => links.map((link) => link.href)")
    assert hrefs == ["tel:076723755", "tel:082287624568"]
    page.close()


def test_a_misspelt_word_typed_on_the_screen_finds_the_service(node: Node, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1080, "height": 1920})
    page.goto(f"{node.url}/layanan")
    page.get_by_label("Cari layanan").click()
    for letter in "pamern":
        page.locator(".key", has_text=re.compile(f"^{letter}$")).click()
    expect(page.locator(".service-tile")).to_have_count(1)
    page.locator(".service-tile").click()
    expect(page.locator("article.service h1")).to_contain_text("Pameran (EO) di Kaltim")
    expect(page.locator("#requirements li")).to_have_count(7)
    page.close()


def test_what_a_ministry_sets_is_said_to_be_asked_at_the_desk(node: Node, page: Page) -> None:
    open_service(page, node, "kaltim-undian-gratis-berhadiah")
    note = page.locator("#requirements .note").inner_text()
    assert flat(note) == "Daftar syarat ditetapkan oleh: Kementerian Sosial. Tanyakan daftar yang berlaku ke meja informasi."


def test_a_translation_is_marked_as_unofficial_and_the_source_stays(node: Node, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script("localStorage.setItem('kiosk.prefs', JSON.stringify({language: 'en'}))")
    open_service(page, node, EXHIBITION)
    expect(page.get_by_text("Unofficial translation. The Indonesian text decides.").first).to_be_visible()
    expect(page.get_by_text("Gambar rencana / Site Plan")).to_be_visible()
    expect(page.get_by_text("Layout drawing / site plan")).to_be_visible()
    assert page.get_by_text("Gambar rencana / Site Plan").get_attribute("lang") == "id"
    page.close()


def test_an_unknown_service_is_a_sentence_and_a_way_back(node: Node, page: Page) -> None:
    page.goto(f"{node.url}/layanan/standar?id=tidak-ada")
    expect(page.get_by_role("heading")).to_contain_text("Layanan ini tidak ada di kantor ini.")
    expect(page.get_by_role("link", name="Semua layanan")).to_be_visible()


def test_every_service_page_works_when_the_node_has_died(own_node: Node, browser: Browser) -> None:
    """Also a page that nobody opened here before: only the list was seen."""
    own_node.start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{own_node.url}/layanan")
    page.evaluate(CONTROLLED)
    ids = [one["id"] for one in own_node.get("/api/v1/catalogue").body]
    page.evaluate(KEPT, len(ids))
    own_node.kill()
    page.reload()
    expect(page.locator(".service-tile")).to_have_count(len(ids))
    page.get_by_label("Cari layanan").fill("undain gratis")
    expect(page.locator(".service-tile").first).to_contain_text("Undian Gratis Berhadiah")
    for service_id in ids:
        open_service(page, own_node, service_id)
        expect(page.locator("#procedure li").first).to_be_visible()
    page.goto(f"{own_node.url}/kantor")
    expect(page.locator(".channels")).to_contain_text("0541-743235")
    context.close()


CLIPPED = """() => {
  const wide = document.documentElement.clientWidth;
  const bad = [];
  for (const part of document.querySelectorAll("main *")) {
    const box = part.getBoundingClientRect();
    if (!box.width || !box.height || part.closest(".unseen, svg")) continue;
    const cut = getComputedStyle(part).display !== "inline" && part.scrollWidth > part.clientWidth + 1;
    if (box.right > wide + 1 || box.left < -1 || cut) bad.push(`${part.tagName}.${part.className}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("surface", SIZES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_text_at_200_percent_clips_nothing(node: Node, browser: Browser, surface: str, language: str) -> None:
    width, height = SIZES[surface]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.add_init_script(f"localStorage.setItem('kiosk.prefs', JSON.stringify({{language: '{language}', text: 'large'}}))")
    for path in ("/layanan", f"/layanan/standar?id={EXHIBITION}", f"/layanan/standar?id={LONGEST}", "/kantor"):
        page.goto(node.url + path)
        expect(page.locator(".service-tile, article.service h1, .desks li").first).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(CLIPPED) == [], path
    page.close()


def test_source_notes_are_shown_to_staff_and_to_nobody_else(node: Node, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{node.url}/catatan")
    page.wait_for_url("**/masuk*")
    assert "Halaman 3-4 tidak ada" not in str(page.text_content("body"))
    name, _, value = node.sign_in("information").partition("=")
    context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page.goto(f"{node.url}/catatan")
    expect(page.get_by_text("Halaman 3-4 tidak ada dalam potongan.")).to_be_visible()
    context.close()
