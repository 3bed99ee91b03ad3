"""What the eye would stumble over: nothing is clipped, no word is broken, everything can be touched. On every screen, at normal
and at 200 % text, in both languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.surfaces import EVERYTHING, VIEWS, called, calling, choose, forget, screen, silent
from tests.support import Node

PROBE = Path(__file__).with_name("probe.js").read_text()
LONGEST = "Layanan Pelaporan Usaha Penyediaan Tenaga Listrik Untuk Kepentingan Sendiri Sampai Dengan Kapasitas 500 kW (SKTP)"
LINES = "(rows) => rows.map((row) => new Set([...row.children].map((key) => key.offsetTop)).size)"
TEXTS, LANGUAGES = ("normal", "large"), ("id", "en")
TOUCH_MM = {"kiosk": 20, "tablet": 20, "phone": 8, "tv": 0}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory, node: Node) -> Iterator[dict[str, Node]]:
    """The three demo offices."""
    others = {name: Node(tmp_path_factory.mktemp(name), office=name, env={"KIOSK_RATE_LIMITS": "off"}) for name in ("rohil", "jatim")}
    yield {"kaltim": node, **{name: other.prepare().start() for name, other in others.items()}}
    for other in others.values():
        other.stop()


@pytest.fixture(scope="module", params=("kiosk", "tablet", "phone"))
def surface(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def eye(browser: Browser, surface: str) -> Iterator[Page]:
    """One page per surface; the addresses come and go."""
    with screen(browser, surface) as page:
        yield page


def look(page: Page, surface: str, *, reach: bool = False) -> list[str]:
    text = page.evaluate("document.documentElement.dataset.text")
    drawn_as = page.evaluate("document.documentElement.dataset.surface")
    fixed = surface == "kiosk" or (surface == "tablet" and text == "normal")
    return list(page.evaluate(PROBE, {"touch": TOUCH_MM.get(drawn_as, 0), "reach": reach, "dock": fixed}))


def found(page: Page, surface: str) -> list[str]:
    """Faults by choice, of the page as it stands."""
    seen: dict[str, list[str]] = {}
    for text in TEXTS:
        for language in LANGUAGES:
            choose(page, text=text, language=language)
            seen[f"{text} {language}"] = look(page, surface)
    if surface == "kiosk":
        for name, choice in {"low reach": {"reach": "low"}, "everything": EVERYTHING}.items():
            choose(page, **choice)
            for end in (0, 1e6):
                page.locator("main").evaluate("(main, to) => main.scrollTo(0, to)", end)
                seen[f"{name} {end}"] = look(page, surface, reach=True)
    choose(page)
    return told(seen)


def no(faults: list[str]) -> None:
    assert not faults, "\n".join(faults)


def told(seen: dict[str, list[str]]) -> list[str]:
    return [f"{where}: {fault}" for where, faults in seen.items() for fault in faults]


def visit(page: Page, node: Node, path: str, there: str, state: Any = None) -> None:
    forget(page)
    if state:
        state(page, node)
    page.goto(node.url + path)
    page.locator(there).first.wait_for()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_clipped_broken_or_too_small(eye: Page, surface: str, node: Node, view: str) -> None:
    path, there, state = VIEWS[view]
    visit(eye, node, path, there, state)
    no(found(eye, surface))


def test_every_service_of_every_office_can_be_read(eye: Page, surface: str, offices: dict[str, Node]) -> None:
    names, faults = [], {}
    for office in offices.values():
        for service in office.get("/api/v1/catalogue").body:
            visit(eye, office, f"/layanan/standar?id={service['id']}", "article.service h1")
            names.append(eye.locator("article.service h1").text_content() or "")
            faults[service["id"]] = found(eye, surface)
    assert any(LONGEST in name for name in names)
    no(told(faults))


def test_other_offices_fit_as_well(eye: Page, surface: str, offices: dict[str, Node]) -> None:
    faults = {}
    for name in ("rohil", "jatim"):
        for view in ("list", "office", "take"):
            path, there, state = VIEWS[view]
            visit(eye, offices[name], path, "h1, .office h2" if view == "office" else there, state)
            faults[f"{name} {view}"] = found(eye, surface)
    no(told(faults))


def test_the_number_and_its_page_on_the_phone(eye: Page, surface: str, node: Node) -> None:
    visit(eye, node, "/antrean", "[data-queue=B]")
    with eye.expect_response(lambda answer: answer.url.endswith("/tickets") and answer.ok) as answered:
        eye.locator("[data-queue=B]").click()
    eye.locator("[data-ticket-number]").wait_for()
    assert eye.locator("[data-ticket-number]").evaluate("(number) => number.getBoundingClientRect().bottom < innerHeight")
    seen = {"taken": found(eye, surface)}
    address = f"/tiket?id={answered.value.json()['id']}"
    for state in (None, called):
        visit(eye, node, address, ".follow .num", state)
        seen[f"follow {state}"] = found(eye, surface)
    no(told(seen))


def test_a_number_that_the_screen_gave_by_itself(eye: Page, surface: str, node: Node) -> None:
    visit(eye, node, *VIEWS["lane"])
    eye.locator("[data-queue=B]").click()
    eye.locator("[data-ticket-number]").wait_for()
    assert eye.locator("[data-ticket-number]").evaluate("(number) => number.getBoundingClientRect().bottom < innerHeight")
    no(found(eye, surface))


def test_letters_on_the_screen_can_be_hit(browser: Browser, node: Node) -> None:
    with screen(browser, "kiosk") as page:
        visit(page, node, "/layanan", ".service-tile")
        page.locator("#service-search").click()
        rows = page.locator(".keyboard .keys").evaluate_all(LINES)
        assert rows == [1] * 5
        no(found(page, "kiosk"))


@pytest.mark.parametrize("view", ["board", "board-notices", "board-silent"])
def test_the_board_fits_a_tv(browser: Browser, node: Node, view: str) -> None:
    path, there, state = VIEWS[view]
    with screen(browser, "tv") as page:
        visit(page, node, path, there, state)
        assert page.evaluate("document.documentElement.dataset.surface") == "tv"
        no(found(page, "tv"))
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_board_fits_a_tv_also_with_the_line_that_it_is_cut_off(browser: Browser, node: Node) -> None:
    with screen(browser, "tv") as page:
        visit(page, node, "/papan", "[data-call]", calling)
        silent(page, node)  # over what was there, so that no word of the node comes in between
        page.locator(".board-age").wait_for()
        no(found(page, "tv"))


def test_staff_pages_fit_a_desk(browser: Browser, node: Node) -> None:
    name, value = node.sign_in("information").split("=", 1)
    seen = {}
    with screen(browser, "staff") as page:
        visit(page, node, "/masuk", "[data-account]")
        seen["masuk"] = found(page, "staff")
        page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
        for path, there in {"/loket": "[data-counter], [data-do]", "/catatan": ".noted"}.items():
            visit(page, node, path, there)
            seen[path] = found(page, "staff")
        name, value = node.sign_in("auditor").split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
        visit(page, node, "/riwayat", "[data-act]")
        seen["/riwayat"] = found(page, "staff")
    no(told(seen))


def test_the_page_of_devices_fits_a_desk_with_and_without_a_code(browser: Browser, node: Node) -> None:
    name, value = node.sign_in("admin").split("=", 1)
    node.run("device", "enrol", "Tablet survei kepuasan masyarakat, loket pendaftaran", "--kind", "tablet", "--token")
    with screen(browser, "staff") as page:
        page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
        visit(page, node, "/perangkat", "[data-device]")
        page.locator("[data-ask] summary").first.click()
        seen = {"list": found(page, "staff")}
        page.locator("#device-name").fill("Layar sentuh di pintu masuk timur, dekat meja informasi")
        page.locator("[data-do=make-code]").click()
        page.locator("[data-code]").wait_for()
        seen["code"] = found(page, "staff")
    no(told(seen))
