"""The product as an office runs it, with its limits on: a normal visit is never refused, and no page runs a script that is not ours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from kiosk.core.limits import content_security_policy
from kiosk.pages import PAGES
from tests.support import Node

INJECT = """() => { const script = document.createElement('script'); script.textContent = 'window.ran = true';
  document.head.append(script); const button = document.createElement('button'); button.setAttribute('onclick', 'window.ran = true');
  document.body.append(button); button.click(); return window.ran === true; }"""
ENROLLED = "**/api/v1/devices/demo"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("guarded")).prepare().start()
    yield node
    node.stop()


@pytest.fixture
def kiosk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, locale="id-ID")
    yield context.new_page()
    context.close()


def test_a_visit_from_the_first_page_to_the_number_and_the_phone_is_not_refused(kiosk: Page, browser: Browser, guarded: Node):
    refused: list[tuple[int, str]] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            refused.append((answer.status, answer.url))

    kiosk.context.on("response", note)
    with kiosk.expect_response(ENROLLED) as enrolled:
        kiosk.goto(guarded.url)
    assert enrolled.value.status == 204, "the page enrols itself before anything is touched"
    for _ in range(3):
        kiosk.goto(f"{guarded.url}/layanan")
        kiosk.locator(".service-tile").first.click()
        expect(kiosk.locator("article.service h1")).to_be_visible()
        kiosk.goto(f"{guarded.url}/kantor")
        expect(kiosk.locator(".channels > div").first).to_be_visible()
        kiosk.goto(f"{guarded.url}/antrean")
        with kiosk.expect_response(lambda answer: answer.url.endswith("/tickets")) as taken:
            kiosk.locator("[data-queue=A]").click()
        assert taken.value.status == 201
        expect(kiosk.locator("[data-ticket-number]")).to_be_visible()
    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
    phone.on("response", note)
    page = phone.new_page()
    page.goto(f"{guarded.url}/tiket?id={taken.value.json()['id']}")
    expect(page.locator(".follow .num").first).to_be_visible()
    page.wait_for_timeout(6000)
    phone.close()
    board = kiosk.context.new_page()
    board.goto(f"{guarded.url}/papan")
    expect(board.locator("[data-live=true]")).to_be_visible()
    assert refused == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_runs_under_the_policy_without_a_complaint_and_an_injected_script_does_not_run(kiosk: Page, guarded: Node, path: str):
    complaints: list[str] = []
    kiosk.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    answer = kiosk.goto(guarded.url + path)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-" not in scripts  # WebAssembly of ours is no script that is made of text
    assert "'self' 'wasm-unsafe-eval' 'sha256-" in scripts
    assert policy.split("; ")[2:] == content_security_policy(()).split("; ")[2:]
    kiosk.wait_for_timeout(500)
    assert complaints == []
    assert kiosk.evaluate(INJECT) is False
    assert complaints
