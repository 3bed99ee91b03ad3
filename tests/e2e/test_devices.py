"""Devices from the admin's code to their end, in real browsers: each context is a device with cookies of its own.

They come under the office's second name, so that none of them enrols itself as the demonstration lets this machine do.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import Node

from .house import KIOSK, NAME, PHONE, TV, new_context

TABLET, DESK = (1280, 800), (1366, 768)
SOON_MS = 6000  # what a page says by itself comes within two seconds; the rest is a busy machine


@pytest.fixture(scope="module")
def node(office: Callable[[str], Node]) -> Iterator[Node]:
    """A node of this module's own, that revokes and is stopped."""
    mine = office("kaltim")
    yield mine.start()
    mine.stop()


@pytest.fixture
def address(node: Node) -> str:
    return f"http://{NAME}:{node.port}"


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; every context is closed in the end."""
    opened: list[BrowserContext] = []

    def make(size: tuple[int, int], **more: Any) -> Page:
        context = new_context(chromium, size, **more)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def admin(screen: Callable[..., Page], node: Node) -> Page:
    page = screen(DESK)
    name, value = node.sign_in("admin").split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page.goto(f"{node.url}/perangkat")
    page.locator("#device-name").wait_for()
    return page


def make_code(admin: Page, name: str, kind: str, place: str = "") -> str:
    admin.locator("#device-name").fill(name)
    admin.locator(f"input[name=kind][value={kind}]").check()
    admin.locator("#device-place").fill(place)
    admin.locator("[data-do=make-code]").click()
    code = admin.locator("[data-code]").get_attribute("data-code")
    assert code
    return code


def enter(page: Page, address: str, code: str) -> str:
    """Touch the keys of the code; gives the lane."""
    page.goto(f"{address}/daftar")
    for sign in code.replace("-", ""):
        page.locator(f"[data-key='{sign}']").click()
    page.locator("[data-key=send]").click()
    return page.locator("[data-enrolled]").get_attribute("data-enrolled") or ""


def take(page: Page, address: str) -> None:
    page.goto(f"{address}/antrean")
    page.locator("[data-queue=A]").click()


def revoke(admin: Page, lane: str) -> None:
    admin.locator(f"[data-ask={lane}] summary").click()
    admin.locator(f"[data-revoke={lane}]").click()
    admin.locator(f"[data-gone={lane}]").wait_for(state="attached")


def test_from_the_code_to_the_ticket_to_the_end_and_back(admin: Page, screen: Callable[..., Page], address: str):
    kiosk = screen(KIOSK)
    take(kiosk, address)
    expect(kiosk.locator("main")).to_contain_text("belum terdaftar")

    lane = enter(kiosk, address, make_code(admin, "Layar pintu masuk", "kiosk", "Pintu timur"))
    assert re.fullmatch(r"K\d+", lane)
    expect(admin.locator("#became")).to_contain_text(lane)
    expect(admin.locator("[data-code]")).to_have_count(0)
    row = admin.locator(f"[data-device={lane}]")
    expect(row).to_contain_text("Layar pintu masuk")
    expect(row).to_contain_text("Pintu timur")
    cookie = next(one for one in kiosk.context.cookies() if one["name"] == "kiosk_device")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")

    kiosk.locator("[data-go]").click()
    kiosk.wait_for_url(f"{address}/")
    take(kiosk, address)
    kiosk.locator("[data-ticket-number]").wait_for()
    expect(row).to_contain_text("baru saja", timeout=30_000)
    expect(row).not_to_contain_text("bukan versi server ini")

    revoke(admin, lane)
    expect(kiosk.locator(".device-lost")).to_contain_text("tidak terdaftar lagi", timeout=SOON_MS)
    assert kiosk.evaluate("document.elementFromPoint(innerWidth / 2, 200).closest('.device-lost') !== null")
    answer = kiosk.evaluate("async () => (await fetch('/api/v1/devices/me')).status")
    assert answer == 401
    kiosk.keyboard.press("Escape")
    kiosk.keyboard.press("Escape")
    kiosk.reload()
    expect(kiosk.locator(".device-lost")).to_be_visible()

    kiosk.locator(".device-lost a").click()
    again = enter(kiosk, address, make_code(admin, "Layar pintu masuk", "kiosk"))
    assert int(again[1:]) > int(lane[1:])
    kiosk.locator("[data-go]").click()
    take(kiosk, address)
    kiosk.locator("[data-ticket-number]").wait_for()
    expect(kiosk.locator(".device-lost")).to_have_count(0)


def test_a_wiped_tablet_enrols_again_in_another_lane(admin: Page, screen: Callable[..., Page], address: str):
    tablet = screen(TABLET)
    first = enter(tablet, address, make_code(admin, "Tablet 1", "tablet"))
    tablet.context.clear_cookies()
    tablet.evaluate("localStorage.clear()")
    take(tablet, address)
    expect(tablet.locator("main")).to_contain_text("belum terdaftar")
    second = enter(tablet, address, make_code(admin, "Tablet 1", "tablet"))
    assert (first[0], second[0]) == ("T", "T")
    assert first != second


def test_a_code_is_scanned_and_leaves_no_trace_in_the_address(admin: Page, screen: Callable[..., Page], address: str):
    code, tablet = make_code(admin, "Tablet 2", "tablet"), screen(TABLET)
    picture = admin.locator(".devices-qr")
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
    tablet.goto(f"{address}/daftar#{code}")
    expect(tablet.locator("[data-typed]")).to_have_attribute("data-typed", code.replace("-", ""))
    assert tablet.url.rstrip("/") == f"{address}/daftar"
    tablet.locator("[data-key=send]").click()
    tablet.locator("[data-enrolled]").wait_for()


def test_a_hand_scanner_and_a_keyboard_work_as_well(admin: Page, screen: Callable[..., Page], address: str):
    code, desk = make_code(admin, "Loket 3", "staff"), screen(DESK)
    desk.goto(f"{address}/daftar")
    desk.locator("[data-key='7']").click()  # and the focus stays on that key
    desk.keyboard.type(f"{address}/daftar#{code}")
    expect(desk.locator("[data-typed]")).to_have_attribute("data-typed", code.replace("-", ""))
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-go]")).to_have_attribute("data-go", "/masuk")


@pytest.mark.parametrize("year", [1991, 2061])
def test_a_tablet_whose_clock_is_years_off_is_a_device_like_any_other(admin: Page, screen: Callable[..., Page], address: str, year: int):
    """Only its pages' clock is off here; that its cookie counts from now on is the test of `Max-Age`."""
    tablet = screen(TABLET)
    tablet.clock.install(time=f"{year}-01-01T00:00:00Z")
    lane = enter(tablet, address, make_code(admin, f"Tablet {year}", "tablet"))
    take(tablet, address)
    tablet.locator("[data-ticket-number]").wait_for()
    revoke(admin, lane)
    tablet.clock.run_for(3000)
    expect(tablet.locator(".device-lost")).to_be_visible(timeout=SOON_MS)


def test_wrong_used_and_unanswered_codes_are_told_apart_and_typing_goes_on(admin: Page, screen: Callable[..., Page], address: str):
    code, phone = make_code(admin, "Papan", "board"), screen(PHONE)
    phone.goto(f"{address}/daftar")
    said, typed = phone.locator(".enrol-code .said"), phone.locator("[data-typed]")
    phone.locator("[data-key=A]").wait_for()
    phone.keyboard.type("7GQ0K2ZD")
    phone.keyboard.press("Enter")
    expect(said).to_contain_text("Kode ini belum cocok")
    expect(typed).to_have_attribute("data-typed", "")
    phone.route("**/devices/enrol", lambda route: route.abort())
    phone.keyboard.type(code)
    phone.keyboard.press("Enter")
    expect(said).to_contain_text("Komputer kantor tidak menjawab")
    expect(typed).to_have_attribute("data-typed", code.replace("-", ""))
    phone.unroute_all()
    phone.keyboard.press("Enter")
    phone.locator("[data-enrolled]").wait_for()
    other = screen(PHONE)
    other.goto(f"{address}/daftar#{code}")
    other.locator("[data-key=send]").click()
    expect(other.locator(".enrol-code .said")).to_contain_text("sudah dipakai")


def test_a_board_that_is_revoked_says_so_and_a_visitor_s_phone_is_left_alone(admin: Page, screen: Callable[..., Page], address: str):
    board, phone = screen(TV), screen(PHONE)
    lane = enter(board, address, make_code(admin, "Papan lobi", "board"))
    board.locator("[data-go]").click()
    expect(board.locator("[data-live=true]")).to_be_attached()
    phone.goto(f"{address}/layanan")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    revoke(admin, lane)
    expect(board.locator(".device-lost")).to_be_visible(timeout=SOON_MS)
    phone.wait_for_timeout(2500)
    expect(phone.locator(".device-lost")).to_have_count(0)
    assert not [url for url in asked if "/devices" in url]


def test_a_code_that_is_put_away_is_not_on_the_page_any_more(admin: Page):
    code = make_code(admin, "Tablet 9", "tablet")
    admin.locator("[data-do=hide]").click()
    admin.locator("#device-name").wait_for()
    assert code not in admin.content()


def test_the_list_locks_while_the_node_is_gone(admin: Page, node: Node):
    """A touch that Reflex keeps would revoke or make a code long after the admin left."""
    expect(admin.locator("[data-do=make-code]")).to_be_enabled()
    node.kill()
    expect(admin.locator("[data-do=make-code]")).to_be_disabled()
    node.start()
    expect(admin.locator("[data-do=make-code]")).to_be_enabled(timeout=30_000)
