"""The office's own letters through the whole house: issued, checked by file and number, suspected. Nothing is faked."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.letters.document.reading import record_in
from kiosk.letters.document.record import decode
from tests.letters import forgeries
from tests.support import Node

from .house import KIOSK, PHONE, new_context


@pytest.fixture(scope="module")
def desk(office: Callable[[str], Node]) -> Node:
    """The demonstration has issued two letters; the second one was revoked."""
    return office("kaltim").start()


@pytest.fixture(scope="module")
def files(desk: Node) -> list[bytes]:
    return [file.read_bytes() for file in sorted((desk.data / "letters").rglob("*.pdf"))]


def told(pdf: bytes) -> tuple[str, str]:
    """Number and check code as they are printed."""
    record = decode(record_in(pdf) or b"")
    return record["number"], record["foot"]["check_code"]


def upload(desk: Node, chromium: Browser, tmp_path: Path, pdf: bytes) -> Page:
    file = tmp_path / "surat.pdf"
    file.write_bytes(pdf)
    page = new_context(chromium, PHONE, service_workers="block").new_page()
    page.goto(desk.url + "/verify")
    page.locator("input[type=file]").set_input_files(file)
    return page


def expect_verdict(page: Page, word: str) -> None:
    expect(page.locator("[data-step=result]")).to_have_attribute("data-verdict", word, timeout=30_000)


def test_the_file_of_a_letter_is_valid_and_says_whose_it_is(desk: Node, files: list[bytes], chromium: Browser, tmp_path: Path) -> None:
    page = upload(desk, chromium, tmp_path, files[0])
    expect_verdict(page, "valid")
    for word in ("Siti Rahmah", told(files[0])[0]):
        expect(page.locator(".verify-fields")).to_contain_text(word)
    page.context.close()


def test_a_name_painted_over_shows_no_name_at_all(desk: Node, files: list[bytes], chromium: Browser, tmp_path: Path) -> None:
    page = upload(desk, chromium, tmp_path, forgeries.overlay_name(files[0]))
    expect_verdict(page, "altered")
    for word in ("Siti Rahmah", "Orang Lain"):
        expect(page.locator("main")).not_to_contain_text(word)
    page.context.close()


def test_a_revoked_letter_says_so_with_the_day(desk: Node, files: list[bytes], chromium: Browser, tmp_path: Path) -> None:
    page = upload(desk, chromium, tmp_path, files[1])
    expect_verdict(page, "revoked")
    expect(page.locator("[data-field=revoked] dd")).to_contain_text(re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}"))
    page.context.close()


def test_number_and_code_from_the_paper_on_the_screens_own_keys_find_the_letter_with_its_name_masked(
    desk: Node, files: list[bytes], chromium: Browser
) -> None:
    number, code = told(files[0])
    page = new_context(chromium, KIOSK, service_workers="block").new_page()

    def touch(signs: str) -> None:
        for sign in signs:
            page.get_by_role("button", name=sign, exact=True).click()

    page.goto(desk.url + "/verify")
    assert page.locator("input[type=file]").count() == 0  # a screen in the hall opens no dialog
    page.locator("[data-do=type]").click()
    touch(number.lower())
    expect(page.get_by_role("textbox", name="Nomor surat")).to_have_value(number)
    page.locator("[data-do=next]").click()
    *most, last = code.replace(" ", "").lower().replace("0", "o").replace("1", "l")  # as eyes mistake them
    touch("".join(most))
    expect(page.locator("[data-do=check]")).to_be_disabled()
    touch(last)
    page.locator("[data-do=check]").click()
    expect_verdict(page, "registered")
    expect(page.locator(".verify-fields")).not_to_contain_text("Rahmah")
    page.context.close()


def test_what_was_typed_stands_there_still_when_the_node_was_gone(desk: Node, files: list[bytes], chromium: Browser) -> None:
    number, code = told(files[0])
    page = new_context(chromium, PHONE, service_workers="block").new_page()
    page.goto(desk.url + "/verify")
    page.locator("[data-do=type]").click()
    page.locator("input.verify-field").fill(number)
    page.locator("[data-do=next]").click()
    page.locator("input.verify-field").fill(code)
    page.context.set_offline(True)
    page.locator("[data-do=check]").click()
    expect(page.locator(".note")).to_be_visible()
    expect(page.locator("input.verify-field")).to_have_value(code)
    page.context.set_offline(False)
    page.locator("[data-do=check]").click()
    expect_verdict(page, "registered")
    page.context.close()


def test_a_suspicion_of_the_public_comes_to_the_staff(desk: Node, files: list[bytes], chromium: Browser, tmp_path: Path) -> None:
    page = upload(desk, chromium, tmp_path, forgeries.overlay_name(files[0]))
    expect_verdict(page, "altered")
    page.locator("[data-do=report]").click()
    page.locator("#verify-note").fill("Ditawarkan lewat telepon.")
    page.locator("[data-do=send]").click()
    reference = page.locator("[data-reference]").inner_text(timeout=20_000)
    page.context.close()
    name, value = desk.sign_in("admin").split("=", 1)
    staff = new_context(chromium, (1280, 800))
    staff.add_cookies([{"name": name, "value": value, "url": desk.url}])
    listed = staff.new_page()
    listed.goto(desk.url + "/dugaan")
    expect(listed.locator("[data-suspicion]").first).to_contain_text(reference)
    expect(listed.locator("[data-suspicion]").first).to_contain_text("Ditawarkan lewat telepon.")
    staff.close()
