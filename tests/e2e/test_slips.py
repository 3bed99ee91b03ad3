"""A visitor touches "Cetak": what comes out of the printer is what stands on the glass."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.checklist.rules import decode
from tests.paper.escpos import read
from tests.paper.machine import Machine, machine
from tests.support import Node

from .surfaces import screen

SERVICE = "kaltim-rekomendasi-penyelenggara-pameran"
PRINT = "[data-do=print-slip]"


@pytest.fixture(scope="module")
def printer() -> Iterator[Machine]:
    with machine() as made:
        yield made


@pytest.fixture(scope="module")
def house(printer: Machine, office: Callable[[str], Node]) -> Iterator[Node]:
    node = office("kaltim")
    node.env["KIOSK_PRINTER"] = printer.address
    yield node.start()
    node.stop()


@pytest.fixture
def kiosk(house: Node, printer: Machine, chromium: Browser) -> Iterator[Page]:
    printer.printed.clear()
    printer.roll = 1_000_000
    with screen(chromium, "kiosk") as page:
        yield page


def take(page: Page, node: Node) -> str:
    page.goto(f"{node.url}/antrean")
    page.locator("[data-queue=B]").click()
    number = page.locator("[data-ticket-number]")
    number.wait_for()
    return str(number.get_attribute("data-ticket-number"))


def test_a_number_on_paper(kiosk: Page, house: Node, printer: Machine):
    """Two slips: the number, and by itself the code for the survey, which names no number."""
    number = take(kiosk, house)
    code = str(kiosk.locator("[data-survey-code]").get_attribute("data-survey-code"))
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    kiosk.locator(PRINT).click()
    expect(kiosk.locator("[data-print=printed]")).to_be_visible()
    expect(kiosk.locator(PRINT)).to_have_count(0)
    first, second = (read(data) for data in printer.printed)
    assert number in [row.text for row in first.rows]
    assert code not in first.text.replace("-", "")
    assert number not in second.text
    assert [text.rpartition("#")[2] for text, _ in second.codes] == [code]
    assert not [one for one in asked if "/tickets/" in one and code in one]


def test_without_paper_the_screen_says_so_and_with_a_new_roll_it_prints(kiosk: Page, house: Node, printer: Machine):
    take(kiosk, house)
    kiosk.locator("[data-survey-code]").wait_for()
    printer.roll = 0
    kiosk.locator(PRINT).click()
    expect(kiosk.locator("[data-print=failed]")).to_contain_text("Kertas pencetak habis")
    printer.roll = 1_000_000
    kiosk.locator(PRINT).click()
    expect(kiosk.locator("[data-print=printed]")).to_be_visible()
    assert len(printer.printed) == 2  # the number and its code


def test_a_checklist_on_paper(kiosk: Page, house: Node, printer: Machine):
    kiosk.goto(f"{house.url}/checklist?id={SERVICE}")
    steps = 0
    while not kiosk.locator("[data-result]").count():
        steps += 1
        before = kiosk.locator("[data-step]").get_attribute("data-step")
        kiosk.wait_for_timeout(400)  # a touch that comes sooner does not count
        kiosk.locator(f"[data-answer={'yes' if kiosk.locator('[data-answer=yes]').count() else 'm' if steps % 2 else 'h'}]").click()
        expect(kiosk.locator(f"[data-step='{before}']")).to_have_count(0)
    kiosk.locator(PRINT).click()
    expect(kiosk.locator("[data-print=printed]")).to_be_visible()
    (data,) = printer.printed
    ((code, _),) = read(data).codes
    assert code == kiosk.locator("[data-result]").get_attribute("data-address")
    assert re.fullmatch("[hmux]+", decode(code).answers)


def test_a_phone_prints_nothing_here(house: Node, chromium: Browser):
    with screen(chromium, "phone") as page:
        take(page, house)
        expect(page.locator(PRINT)).to_have_count(0)
