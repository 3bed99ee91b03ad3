"""The page for letters in a real browser on a real node: written, looked through, signed, found, revoked; and kept from who may not."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from kiosk.letters.register.rules import ROMAN
from tests.support import Node

PASSPHRASE = "demonstrasi"
LATER = 60_000  # ms: a key is opened slowly on purpose, and the machine is shared


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("letters"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield node
    node.stop()


def come(page: Page, node: Node, role: str) -> Page:
    name, value = node.sign_in(role).split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{node.url}/surat")
    return page


def _month() -> str:
    today = datetime.now(ZoneInfo("Asia/Makassar"))
    return f"{ROMAN[today.month - 1]}/{today.year}"


def write(page: Page, name: str, body: str = "Dengan ini kami memberikan rekomendasi.\n\nHarap menjaga ketertiban.") -> None:
    page.locator("[data-do=new]").click()
    page.select_option("#surat-template", "recommendation")
    page.select_option("#surat-service", index=1)
    words = {"name": name, "subject": "Rekomendasi pameran", "body": body, "signatory_name": "Rahmawati", "signatory_title": "Kepala Dinas"}
    for field, text in words.items():
        page.fill(f"#surat-{field}", text)


def test_a_letter_is_written_looked_through_signed_downloaded_and_revoked(page: Page, office: Node):
    come(page, office, "agency_head")
    expect(page.locator("[data-letter]")).to_have_count(2, timeout=LATER)
    write(page, "Maria <b>Ulfah</b>")
    page.locator("[data-do=look]").click()
    expect(page.locator(".surat-paper")).to_have_count(1, timeout=LATER)
    for _ in range(2):  # the second time with the same words: nothing was numbered by looking
        page.locator("[data-do=change]").click()
        expect(page.locator("#surat-name")).to_have_value("Maria <b>Ulfah</b>")
        page.locator("[data-do=look]").click()
        expect(page.locator(".surat-paper")).to_be_visible(timeout=LATER)
    page.fill("#passphrase", "bukan frasa sandinya")
    page.locator("[data-do=sign]").click()
    expect(page.locator("#problem")).to_contain_text("tidak membuka kunci", timeout=LATER)
    expect(page.locator("#passphrase")).to_have_value("")
    page.fill("#passphrase", PASSPHRASE)
    page.locator("[data-do=sign]").click()
    expect(page.locator("#done")).to_contain_text("sudah terbit", timeout=LATER)
    number = page.locator("#letter").get_attribute("data-chosen") or ""
    assert number.startswith("503/0003/")
    expect(page.locator("#letter dd").first).to_have_text("Maria <b>Ulfah</b>")
    expect(page.locator("[data-letter]")).to_have_count(3)
    with page.expect_download() as saved:
        page.locator("#download").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")
    page.locator("[data-ask=revoke]").click()
    page.locator("[name=reason][value='1']").check()
    page.fill("#node-passphrase", PASSPHRASE)
    page.locator("[data-do=revoke]").click()
    expect(page.locator("#done")).to_contain_text("sudah dicabut", timeout=LATER)
    expect(page.locator("#revoked")).to_contain_text("Ada kesalahan dalam surat")
    expect(page.locator("tr[data-state=revoked]")).to_have_count(2)
    expect(page.locator("[data-ask=revoke]")).to_have_count(0)
    page.fill("#surat-words", "maria")
    page.locator("[data-do=search]").click()
    expect(page.locator("[data-letter]")).to_have_count(1)
    for secret in (PASSPHRASE, "bukan frasa sandinya"):
        assert secret not in (office.data / "node.log").read_text()
    assert office.run("letters", "log", "--check").stdout.startswith("whole: 3 letters")


def test_what_is_missing_or_cannot_be_printed_is_named_and_nothing_is_lost(page: Page, office: Node):
    come(page, office, "processing")
    write(page, "Maria 中")
    page.locator("[data-do=look]").click()
    expect(page.locator("#faults")).to_contain_text("Nama pemegang", timeout=LATER)
    expect(page.locator("#surat-subject")).to_have_value("Rekomendasi pameran")
    page.fill("#surat-name", "Maria")
    page.fill("#surat-number", f"503/0001/DPMPTSP/{_month()}")
    page.locator("[data-do=look]").click()
    expect(page.locator("#problem")).to_contain_text("sudah dipakai surat lain", timeout=LATER)


def test_processing_writes_and_does_not_revoke(page: Page, office: Node):
    come(page, office, "processing")
    page.locator("tr[data-state=issued] [data-letter]").first.click()
    expect(page.locator("#download")).to_be_visible()
    expect(page.locator("[data-ask=revoke]")).to_have_count(0)


def test_who_writes_no_letters_sees_none(page: Page, office: Node):
    come(page, office, "customer_service")
    expect(page).to_have_url(re.compile("/akun"))
    assert "Siti Rahmah" not in page.content()
