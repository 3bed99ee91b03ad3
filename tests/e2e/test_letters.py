"""Anybody checks a code: by its address, by the camera, by a photo, by a scanner; online and with the node dead."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from kiosk.core.i18n import translate
from kiosk.letters.checking.texts import told_of
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

from . import letters
from .house import CONTROLLED, KIOSK, NAME, PHONE, away, new_context

TABLET = (1280, 800)
TRUST_KEPT = (
    """async () => { while (!localStorage.getItem("kiosk.copy:/api/v1/trust")) await new Promise((done) => setTimeout(done, 50)); }"""
)
KEPT_ANYWHERE = """() => JSON.stringify(
  [Object.values(localStorage), Object.values(sessionStorage), location.href, history.state, document.body.innerText])"""


@pytest.fixture(scope="module")
def desk(office: Callable[[str], Node]) -> Node:
    """A node whose office has keys and revocations."""
    return office("kaltim")


@pytest.fixture(scope="module")
def signed(desk: Node) -> letters.Letters:
    made = letters.establish(desk)
    desk.start()
    return made


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """It reaches the node at localhost: a secure context, as HTTPS is."""
    context = new_context(chromium, PHONE, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()


def path_of(text: str) -> str:
    """As a phone opens it, at this node."""
    return "/V#" + text.split("#")[1]


def verdict(page: Page, is_: str) -> None:
    expect(page.locator("[data-step=result]")).to_have_attribute("data-verdict", is_)


@contextmanager
def cut_off(desk: Node, page: Page) -> Iterator[None]:
    """The node dies and `page` notices; in the end it is there again."""
    desk.kill()
    try:
        away(page)
        yield
    finally:
        desk.start()


def settled(page: Page) -> None:
    """The page and its reader are kept by the worker, the lists by the page."""
    page.evaluate(CONTROLLED)
    page.evaluate(TRUST_KEPT)


def test_the_address_of_a_code_is_checked_at_once_and_the_code_stays_in_the_browser(
    desk: Node, signed: letters.Letters, page: Page
) -> None:
    sent: list[str] = []
    digits = signed.code().split("#")[1]
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    page.goto(desk.url + "/V#" + digits)
    verdict(page, "code_genuine")
    fields = page.locator(".verify-fields")
    for said in (letters.NUMBER, letters.NAME, "Pameran"):
        expect(fields).to_contain_text(said)
    expect(fields).not_to_contain_text(letters.SERVICE)
    expect(page.locator(".verify-sign")).to_contain_text("cocokkan")
    expect(page.locator(".verify-sign .verify-scope")).to_contain_text("Yang dicek: kodenya saja, bukan kertasnya.")
    expect(page.locator(".verify-ages")).to_contain_text("baru saja")
    assert page.url == desk.url + "/verify"
    page.wait_for_timeout(500)
    assert not [words for words in sent if digits[:40] in words]
    page.reload()
    verdict(page, "code_genuine")  # a phone that loads its page again


@pytest.mark.parametrize("address", ["/V", "/v", "/V/", "/verify"])
def test_every_spelling_of_the_address(desk: Node, signed: letters.Letters, page: Page, address: str) -> None:
    page.goto(desk.url + address)
    expect(page.locator("[data-step=choose] h1")).to_be_visible()
    page.goto(f"{desk.url}{address}#{signed.code().split('#')[1]}")
    verdict(page, "code_genuine")


def cases(signed: letters.Letters) -> dict[str, str]:
    return {
        "revoked": path_of(signed.revoked()),
        "expired": path_of(signed.expired()),
        "altered": path_of(signed.altered()),
        "unknown_issuer": path_of(signed.unknown()),
        "unreadable": "/V#12345",
        "not_ours": "/V#https://elsewhere.test/",
    }


@pytest.mark.parametrize("name", ["revoked", "expired", "altered", "unknown_issuer", "unreadable", "not_ours"])
def test_each_verdict_has_its_own_sign_and_word(desk: Node, signed: letters.Letters, page: Page, name: str) -> None:
    page.goto(desk.url + cases(signed)[name])
    verdict(page, name)
    expect(page.locator(f"[data-sign={name}] svg")).to_be_visible()
    expect(page.locator(f"[data-sign={name}] h1 [lang=id]")).to_have_text(translate(told_of(name, "code").headline, "id"))
    assert page.locator(".verify-fields").count() == (1 if name in ("revoked", "expired") else 0)
    assert page.locator(".btn.start, .is-first").count() <= 1
    assert "elsewhere.test" not in page.locator("body").inner_text()
    if name == "revoked":
        expect(page.locator("[data-field=revoked]")).to_contain_text("20 November 2026")


@pytest.mark.parametrize("spoken", ["code_genuine", "revoked", "altered-code", "unknown_issuer", "unreadable-malformed", "not_ours"])
def test_a_result_is_read_aloud_when_somebody_asks(desk: Node, signed: letters.Letters, page: Page, spoken: str) -> None:
    script = desk.get("/api/v1/speech").body["pages"][f"verify-{spoken}"]["id"]
    name = spoken.split("-", maxsplit=1)[0]
    asked: list[str] = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))
    page.goto(desk.url + (cases(signed) | {"code_genuine": path_of(signed.code())})[name])
    verdict(page, name)
    page.wait_for_timeout(300)
    assert not {*script} & {*asked}
    with page.expect_request(lambda one: urlsplit(one.url).path in script) as first:
        page.locator("[data-tool=listen]").click()
    assert urlsplit(first.value.url).path == script[0]


def test_on_a_tablet_that_is_cut_off_no_button_lies_over_the_sign(desk: Node, signed: letters.Letters, chromium: Browser) -> None:
    context = new_context(chromium, TABLET)
    page = context.new_page()
    page.goto(desk.url + "/verify")
    settled(page)
    with cut_off(desk, page):
        for name, text in {"code_genuine": signed.code(), "revoked": signed.revoked(), "unknown_issuer": signed.unknown()}.items():
            page.goto("about:blank")
            page.goto(desk.url + path_of(text))
            verdict(page, name)
            away(page)
            sign, button = (page.locator(one).bounding_box() for one in (".verify-sign", ".verify-result .verify-do .btn >> nth=0"))
            assert sign is not None
            assert button is not None
            assert sign["y"] + sign["height"] <= button["y"]
    context.close()


def test_with_the_node_dead_the_kept_page_checks_and_says_how_old_its_lists_are(
    desk: Node, signed: letters.Letters, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(desk.url + "/verify")
    settled(page)
    with cut_off(desk, page):
        other = phone.new_page()
        other.goto(desk.url + path_of(signed.code()))
        verdict(other, "code_genuine")
        expect(other.locator(".verify-ages")).to_contain_text("Komputer kantor tidak menjawab")
        other.goto("about:blank")
        other.goto(desk.url + path_of(signed.revoked()))
        verdict(other, "revoked")
        other.locator("[data-do=report]").click()
        other.locator("[data-do=send]").click()
        expect(other.locator("[data-note=not-sent]")).to_be_visible()
        other.close()  # a page in the background draws late
        page.bring_to_front()
        page.locator("[data-do=type]").click()
        page.locator(".verify-field").fill(letters.NUMBER)
        page.locator("[data-do=next]").click()
        page.locator("[data-asking=code] .verify-field").fill("7GQ0K2ZD7GQ0")
        page.locator("[data-do=check]").click()
        expect(page.locator("[data-note=needs_node]")).to_be_visible()


def test_a_photo_is_read_in_the_browser_when_the_node_is_dead(desk: Node, signed: letters.Letters, page: Page, tmp_path: Path) -> None:
    photo, blank = tmp_path / "photo.jpg", tmp_path / "blank.jpg"
    photo.write_bytes(letters.jpeg(letters.on_paper(signed.code())))
    blank.write_bytes(b"no picture")
    page.goto(desk.url + "/verify")
    settled(page)
    with cut_off(desk, page):
        page.locator("input[type=file]").set_input_files(photo)
        verdict(page, "code_genuine")
        page.locator("[data-tool=back]").click()
        page.locator("input[type=file]").set_input_files(blank)
        verdict(page, "unreadable")
        page.locator("[data-do=again]").click()
        pdf = tmp_path / "letter.pdf"
        pdf.write_bytes(b"%PDF-1.7\n")
        page.locator("input[type=file]").set_input_files(pdf)
        expect(page.locator("[data-note=pdf_needs_node]")).to_be_visible()


def test_a_scanner_that_types_is_heard_wherever_it_is_used(desk: Node, signed: letters.Letters, page: Page) -> None:
    page.goto(desk.url + "/verify")
    page.locator("[data-do=type]").click()
    page.keyboard.type(signed.code())
    page.keyboard.press("Enter")
    verdict(page, "code_genuine")


def test_what_differs_is_reported_without_a_name(desk: Node, signed: letters.Letters, page: Page) -> None:
    sent: list[dict[str, str]] = []
    page.on("request", lambda asked: sent.append(asked.post_data_json) if asked.url.endswith("/letters/suspicions") else None)
    text = signed.code()
    page.goto(desk.url + path_of(text))
    page.locator("[data-do=differs]").click()
    expect(page.locator("[data-sign=altered]")).to_be_visible()
    page.locator("[data-do=report]").click()
    page.locator("#verify-note").fill("Namanya lain.")
    page.locator("[data-do=send]").click()
    reference = page.locator("[data-reference]").inner_text()
    told = {"verdict": "code_genuine", "scope": "code", "number": letters.NUMBER, "note": "Namanya lain."}
    assert [set(one) for one in sent] == [{"id", "text", *told}]
    with sqlite3.connect(f"file:{desk.data / 'office.db'}?mode=ro", uri=True) as opened:
        opened.row_factory = sqlite3.Row
        kept = dict(opened.execute("SELECT * FROM suspicion WHERE reference = ?", [reference]).fetchone())
    assert {key: kept[key] for key in told} == told
    assert kept["text"].endswith(text.split("#")[1])


def test_an_idle_screen_keeps_nothing_of_a_letter(desk: Node, signed: letters.Letters, chromium: Browser) -> None:
    context = new_context(chromium, KIOSK)
    page = context.new_page()
    page.clock.install()
    page.goto(desk.url + "/")
    page.goto(desk.url + path_of(signed.code()))
    verdict(page, "code_genuine")
    page.clock.run_for(61_000)
    expect(page.locator(".still-here")).to_be_visible()
    page.clock.run_for(21_000)
    page.wait_for_url(desk.url + "/")
    page.locator(".go").wait_for()
    kept = page.evaluate(KEPT_ANYWHERE)
    assert letters.NAME not in kept
    assert signed.code().split("#")[1][:40] not in kept
    page.go_back()
    page.wait_for_timeout(500)
    assert letters.NAME not in page.locator("body").inner_text()
    context.close()


def test_over_plain_http_the_code_is_checked_without_webcrypto_and_with_the_node_dead(
    desk: Node, signed: letters.Letters, chromium: Browser
) -> None:
    context = new_context(chromium, PHONE)
    page = context.new_page()
    here = f"http://{NAME}:{desk.port}"
    page.goto(here + path_of(signed.code()))
    assert page.evaluate("() => [isSecureContext, !!crypto.subtle]") == [False, False]
    verdict(page, "code_genuine")
    page.locator("[data-do=same]").click()
    page.locator("[data-do=again]").click()
    page.locator("[data-do=scan]").click()
    expect(page.locator("[data-seen=insecure] [data-do=photo]")).to_be_visible()
    with cut_off(desk, page):
        page.evaluate("(hash) => { location.hash = hash; }", signed.revoked().split("#")[1])
        verdict(page, "revoked")
        assert page.url == here + "/verify"
    context.close()


@pytest.fixture(scope="module")
def filmed(
    browser_type: BrowserType, signed: letters.Letters, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], Browser]]:
    """A Chromium whose camera sees this code in this way."""
    opened: list[Browser] = []

    def make(text: str, how: str) -> Browser:
        film = letters.film(text, how, tmp_path_factory.mktemp("film") / f"{how}.mjpeg")
        camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        opened.append(browser_type.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *camera]))
        return opened[-1]

    yield make
    for browser in opened:
        browser.close()


@pytest.mark.parametrize("how", ["near", "far", "tilted", "dim"])
def test_the_camera_reads_and_judges_also_with_the_node_dead(
    desk: Node, signed: letters.Letters, filmed: Callable[[str, str], Browser], how: str
) -> None:
    context = new_context(filmed(signed.code(), how), KIOSK, permissions=["camera"])
    page = context.new_page()
    page.goto(desk.url + "/verify")
    page.locator("[data-do=scan]").click()
    verdict(page, "code_genuine")
    assert page.locator("video").count() == 0
    settled(page)
    with cut_off(desk, page):
        page.reload()
        page.locator("[data-do=scan]").click()
        verdict(page, "code_genuine")
    context.close()


def test_the_camera_stops_when_the_visitor_goes(desk: Node, filmed: Callable[[str, str], Browser], signed: letters.Letters) -> None:
    context = new_context(filmed("https://elsewhere.test/x", "near"), KIOSK, permissions=["camera"])
    page, asked = context.new_page(), []
    context.on("request", lambda one: asked.append(one.url))
    page.add_init_script("""
      const usual = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
      window.tracks = [];
      if (usual) navigator.mediaDevices.getUserMedia = async (...asked) => {
        const stream = await usual(...asked);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    """)
    page.goto(desk.url + "/verify")
    page.locator("[data-do=scan]").click()
    verdict(page, "not_ours")  # another's code is said to be so, and not opened or shown
    assert "elsewhere" not in page.locator("body").inner_text()
    assert not [url for url in asked if "elsewhere" in url]
    assert page.evaluate("window.tracks.map((track) => track.readyState)") == ["ended"]
    page.locator("[data-do=again]").click()
    page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step=choose]")).to_be_visible()
    page.wait_for_timeout(300)
    assert set(page.evaluate("window.tracks.map((track) => track.readyState)")) == {"ended"}
    context.close()
