"""axe-core (WCAG 2.0 to 2.2, A and AA) finds nothing on any screen in any mode."""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.surfaces import EVERYTHING, VIEWS, choose, forget, screen
from tests.support import Node

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RUN = """async () => {
  const rules = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}"""
MODES = {
    "normal": {},
    "contrast": {"theme": "contrast"},
    "large": {"text": "large"},
    "English": {"language": "en"},
    "everything": EVERYTHING,
}
STAFF_VIEWS = {
    "loket": "information",
    "berkas": "customer_service",
    "laporan": "admin",
    "perangkat": "admin",
    "riwayat": "auditor",
    "dugaan": "admin",
    "surat": "agency_head",
}  # as whom a page is looked at from here on
SERVICE = "/layanan/standar?id=kaltim-pelaporan-sktp-500kw"


@pytest.fixture(scope="module", params=("kiosk", "tv", "staff"))
def surface(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def eye(browser: Browser, surface: str) -> Iterator[Page]:
    """A page that has axe; the product's policy lets no script in, so the browser puts it there."""
    with screen(browser, surface) as page:
        page.context.add_init_script(path=AXE)
        yield page


def violations(page: Page) -> list[str]:
    found = []
    for mode, choice in MODES.items():
        choose(page, **choice)
        found += [f"{mode}: {violation}" for violation in page.evaluate(RUN)]
    choose(page)
    return found


def views_of(surface: str) -> dict[str, tuple[str, str]]:
    if surface == "kiosk":
        return {name: (path, there) for name, (path, there, _) in VIEWS.items()} | {"service": (SERVICE, "article.service h1")}
    if surface == "tv":
        return {name: VIEWS[name][:2] for name in ("board", "board-notices", "board-index", "board-silent")}
    return {
        "masuk": ("/masuk", "[data-account]"),
        "loket": ("/loket", "[data-counter], [data-do]"),
        "berkas": ("/berkas", "#service:has(option[value^=kaltim])"),
        "catatan": ("/catatan", ".noted"),
        "laporan": ("/laporan", "#skm-few"),
        "perangkat": ("/perangkat", "#device-name"),
        "riwayat": ("/riwayat", "[data-act]"),
        "dugaan": ("/dugaan", "[data-suspicion], .dugaan-nothing"),
        "surat": ("/surat", "[data-letter]"),
    }


def test_axe_finds_nothing(eye: Page, surface: str, node: Node) -> None:
    found = []
    for view, (path, there) in views_of(surface).items():
        forget(eye)
        if view in VIEWS and (state := VIEWS[view][2]):
            state(eye, node)
        if view in STAFF_VIEWS:
            name, value = node.sign_in(STAFF_VIEWS[view]).split("=", 1)
            eye.context.add_cookies([{"name": name, "value": value, "url": node.url}])
        eye.goto(node.url + path)
        eye.locator(there).first.wait_for()
        found += [f"{view} {violation}" for violation in violations(eye)]
    assert not found, "\n".join(found)


def test_axe_finds_nothing_from_the_touch_to_the_called_number(browser: Browser, node: Node) -> None:
    found = []
    with screen(browser, "phone") as page:
        page.context.add_init_script(path=AXE)
        page.goto(f"{node.url}/antrean")
        with page.expect_response(lambda answer: answer.url.endswith("/tickets") and answer.ok) as answered:
            page.locator("[data-queue=B]").click()
        page.locator("[data-ticket-number]").wait_for()
        found += violations(page)
        page.goto(f"{node.url}/tiket?id={answered.value.json()['id']}")
        page.locator(".follow .num").first.wait_for()
        found += violations(page)
    assert not found, "\n".join(found)
