"""The sign-in page in a real browser, on a real node."""

import re

import pytest
from playwright.sync_api import Page, expect

from kiosk.staff.demo import accounts
from tests.support import Node

PEOPLE = {name: pin for name, _, pin in accounts("kaltim")}
CALM, GUESSED = "Petugas Pendaftaran", "Petugas Pengambilan"


@pytest.fixture
def door(page: Page, node: Node) -> Page:
    page.goto(f"{node.url}/masuk")
    expect(page.locator("[data-account]")).to_have_count(len(PEOPLE))
    return page


def choose(page: Page, name: str) -> None:
    page.locator(f"[data-account='{name}']").click()


def test_a_pin_goes_in_by_touch_and_the_counter_opens(door: Page):
    expect(door.locator("[data-key='1']")).to_be_disabled()
    choose(door, CALM)
    for digit in PEOPLE[CALM]:
        door.locator(f"[data-key='{digit}']").click()
    door.locator("[data-key=send]").click()
    expect(door).to_have_url(re.compile("/loket"))
    cookie = next(one for one in door.context.cookies() if one["name"] == "kiosk_session")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"], cookie["expires"]) == (True, "Strict", False, -1)


def test_a_pin_goes_in_by_keyboard_and_a_slip_is_mended(door: Page):
    choose(door, CALM)
    pin = PEOPLE[CALM]
    door.keyboard.type(pin[:2] + "0")
    door.keyboard.press("Backspace")
    expect(door.locator(".dots .on")).to_have_count(2)
    door.keyboard.type(pin[2:])
    door.keyboard.press("Enter")
    expect(door).to_have_url(re.compile("/loket"))


def test_the_fifth_wrong_pin_closes_the_keypad_and_counts_down(door: Page):
    choose(door, GUESSED)
    for tried in range(5):
        door.keyboard.type("999998")
        door.keyboard.press("Enter")
        if tried < 4:
            expect(door.locator(".said")).to_contain_text("Nama atau PIN belum cocok")
            expect(door.locator("[data-key='1']")).to_be_enabled()
    expect(door.locator(".said")).to_contain_text("PIN salah terlalu sering")
    expect(door.locator("[data-key='1']")).to_be_disabled()
    left = door.locator("[data-wait]")
    first = int(left.get_attribute("data-wait") or 0)
    assert 10 <= first <= 15
    expect(left).to_have_attribute("data-wait", str(first - 1), timeout=5000)
    choose(door, CALM)
    expect(door.locator("[data-key='1']")).to_be_enabled()


def test_both_languages_are_one_touch_apart(door: Page):
    expect(door.get_by_text("Siapa Anda?")).to_be_visible()
    door.locator("[data-tool=language]").click()
    expect(door.get_by_text("Who are you?")).to_be_visible()
    expect(door.get_by_text("Siapa Anda?")).to_be_hidden()
    door.locator("[data-tool=language]").click()


@pytest.mark.parametrize("path", ["/loket", "/catatan", "/riwayat"])
def test_who_opens_a_staff_page_without_a_session_comes_to_the_sign_in_page(page: Page, node: Node, path: str):
    page.goto(node.url + path)
    expect(page).to_have_url(re.compile("/masuk"))


def test_signing_out_ends_the_session_and_not_only_the_page(page: Page, node: Node):
    name, value = node.sign_in("admin").split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page.goto(f"{node.url}/catatan")
    expect(page.locator(".staff-bar .who")).to_contain_text("Admin Kantor")
    page.locator("#sign-out").click()
    expect(page).to_have_url(re.compile("/masuk"))
    page.goto(f"{node.url}/catatan")
    expect(page).to_have_url(re.compile("/masuk"))
