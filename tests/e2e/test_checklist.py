"""The applicant goes through a list while the node is dead; Customer Service reads the code from the glass and signs."""

import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from kiosk.checklist.rules import Code, decode, encode
from kiosk.core.ids import new_id
from tests.support import Node

from .house import ANSWER_MS, CLOCK_HELD_MS, PHONE, House, away, new_context, services, settle
from .test_idle import LEFT, at_home_as_every_visitor_finds_it

SERVICE = "kaltim-rekomendasi-penyelenggara-pameran"
NSPK = "kaltim-undian-gratis-berhadiah"
DESK = (1366, 768)
LISTS_KEPT = "async () => { while (!localStorage['kiosk.copy:/api/v1/checklists']) await new Promise((done) => setTimeout(done, 50)); }"


@pytest.fixture(scope="module")
def house(chromium: Browser, office: Callable[[str], Node]) -> Iterator[House]:
    """The touchscreen has shown its first page, nothing else."""
    node = office("kaltim").start()
    opened = House(node, new_context(chromium))
    first = opened.open("/")
    settle(first, len(services(node)))
    first.evaluate(LISTS_KEPT)
    first.close()
    yield opened
    opened.context.close()
    node.stop()


def answer(page: Page, *said: str) -> None:
    for one in said:
        before = page.locator("[data-step]").get_attribute("data-step")
        page.wait_for_timeout(400)  # a touch that comes sooner does not count
        page.locator(f"[data-answer={one}]").click()
        expect(page.locator(f"[data-step='{before}']")).to_have_count(0)


def read_from_the_glass(page: Page) -> str:
    """What a camera sees of the QR code on the screen."""
    page.locator("[data-qr]").scroll_into_view_if_needed()
    seen = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert len(seen) == 1
    return str(seen[0].text)


def officer(chromium: Browser, node: Node) -> Page:
    name, value = node.sign_in("customer_service").split("=", 1)
    context = new_context(chromium, DESK)
    context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page = context.new_page()
    page.goto(f"{node.url}/berkas")
    expect(page.locator("#service option")).to_have_count(1 + len(services(node)))
    return page


def scan(page: Page, code: str) -> None:
    """A hand scanner types what it read, and Enter."""
    page.locator("#code").click()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def mark(page: Page, marks: str) -> None:
    for row, one in enumerate(marks):
        if one != "x":
            page.locator("[data-paper]").nth(row).locator(f"[data-mark={one}]").click()
            expect(page.locator("[data-paper]").nth(row)).to_have_attribute("data-marked", one)


def rows(node: Node, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{node.data / 'office.db'}?mode=ro", uri=True)) as opened:
        return opened.execute(query).fetchall()


def digest(node: Node) -> str:
    return str(next(one for one in node.get("/api/v1/checklists").body["services"] if one["id"] == SERVICE)["digest"])


def test_the_whole_circle_with_the_node_dead_before_and_during(house: House, chromium: Browser):
    page = house.lit().open("/")
    page.locator("a[href='/checklist']").click()
    house.dark()
    page.locator(".service-tile").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Apakah Anda mengurus sendiri?")
    answer(page, "yes", "h", "m")
    page.reload()
    expect(page.locator("[data-step='3']")).to_be_visible()
    answer(page, "h", "u", "h", "h")
    expect(page.locator("[data-result]")).to_have_attribute("data-result", "hmhuhhx")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 berkas belum siap")
    expect(page.locator("[data-group=lacking]")).to_contain_text("Rekomendasi dari desa/ kelurahan/ Satpol/ Kepolisian setempat")
    expect(page.locator("[data-group=lacking]")).to_contain_text("Di kantor desa, kelurahan")
    expect(page.locator("[data-result]")).not_to_contain_text("Surat kuasa")
    expect(page.locator("[data-do=print]")).to_have_count(0)  # a screen in the hall prints nothing by itself
    seen = read_from_the_glass(page)
    assert seen == page.locator("[data-result]").get_attribute("data-address")
    assert decode(seen).answers == "hmhuhhx"

    desk = officer(chromium, house.lit().node)
    scan(desk, seen)
    expect(desk.locator("[data-paper]")).to_have_count(7)
    assert [desk.locator("[data-paper]").nth(row).get_attribute("data-says") for row in range(7)] == list("hmhuhhx")
    expect(desk.locator("[data-do=sign]")).to_be_disabled()
    mark(desk, "fmffffx")
    expect(desk.locator("#lacking")).to_contain_text("Rekomendasi dari desa")
    desk.locator("[data-do=sign]").click()
    expect(desk.locator("[data-signed=incomplete]")).to_contain_text("Petugas Customer Service")
    [(signed_id, checked, missing)] = rows(house.node, "SELECT id, checked, missing FROM checklist")
    assert (signed_id, checked) == (decode(seen).id, "fmffffx")
    assert json.loads(missing) == ["Rekomendasi dari desa/ kelurahan/ Satpol/ Kepolisian setempat"]
    assert len(rows(house.node, "SELECT 1 FROM outbox_event WHERE kind = 'checklist.signed'")) == 1
    desk.context.close()
    page.close()


def test_a_phone_shows_the_same_list_and_goes_on_from_there(house: House, chromium: Browser):
    code = encode(Code(SERVICE, digest(house.lit().node), new_id(), "hmhhhhx"))
    context = new_context(chromium, PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{house.node.url}/checklist#{code}")
    expect(page.locator("[data-result]")).to_have_attribute("data-result", "hmhhhhx")
    assert page.locator("[data-result]").get_attribute("data-address") == f"http://kios.test:{house.node.port}/checklist#{code}"
    expect(page.locator("[data-do=print]")).to_be_visible()
    page.locator("[data-change='2']").click()
    answer(page, "h")
    expect(page.locator("[data-result]")).to_have_attribute("data-left", "0")
    expect(page.locator("[data-number]")).to_have_attribute("data-number", "B")
    again = decode(str(page.locator("[data-result]").get_attribute("data-address")))
    assert again.answers == "hhhhhhx"
    assert again.id != decode(code).id, "another result is another list"
    page.emulate_media(media="print")
    expect(page.locator(".slip")).to_contain_text("Rekomendasi dari desa")
    expect(page.locator(".dock")).to_be_hidden()
    expect(page.locator(".check-head")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("fragment", "fault", "sentence"),
    [
        ("#A-017", "foreign", "Ini bukan kode"),
        ("#1.izin.0123", "broken", "tidak terbaca lengkap"),
        ("#1." + "h" * 600, "long", "terlalu panjang"),
        ("#" + encode(Code("izin-lain", "0" * 12, new_id(), "hm")), "elsewhere", "tidak ada di kantor ini"),
        ("#" + encode(Code(SERVICE, "0" * 12, new_id(), "hmhhhhx")), "changed", "sudah berubah"),
    ],
)
def test_a_code_that_cannot_be_shown_says_why(house: House, fragment: str, fault: str, sentence: str):
    page = house.lit().open(f"/checklist{fragment}", PHONE)
    expect(page.locator(f"[data-fault={fault}]")).to_contain_text(sentence)
    page.close()


def test_where_the_source_has_no_list_the_ministry_is_named_and_the_information_desk_offered(house: House):
    page = house.lit().open(f"/layanan/standar?id={NSPK}")
    page.locator("[data-do=check]").click()
    expect(page.locator("[data-no-list]")).to_contain_text("Kementerian Sosial")
    page.locator("[data-number=A]").click()
    expect(page.locator("[data-queue=A].sent")).to_be_visible()
    page.close()


def test_back_takes_one_question_back_and_the_keyboard_is_enough(house: House):
    page = house.lit().open(f"/checklist?id={SERVICE}")
    expect(page.locator("[data-step=oneself] h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "no": the second answer
    for order in range(1, 8):
        expect(page.locator(f"[data-step='{order}'] h1")).to_be_focused()
        page.wait_for_timeout(400)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.locator("[data-result=hhhhhhh]")).to_contain_text("Semua berkas sudah siap")
    page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step='7']")).to_be_visible()
    page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step='6'] [data-answer=h]")).to_have_attribute("aria-pressed", "true")
    for _ in range(6):
        page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step=oneself]")).to_be_visible()
    page.locator("[data-tool=back]").click()
    expect(page).to_have_url(re.compile("/checklist$"))
    page.locator("[data-tool=back]").click()
    expect(page).to_have_url(re.compile("/$"))
    page.close()


def test_the_next_visitor_finds_nothing(kiosk: Page, hall: Node):
    kiosk.goto(f"{hall.url}/checklist?id={SERVICE}")
    answer(kiosk, "yes", "h", "m", "h", "h", "h", "h")
    code = decode(str(kiosk.locator("[data-result]").get_attribute("data-address")))
    kiosk.clock.fast_forward(CLOCK_HELD_MS)
    kiosk.clock.fast_forward(ANSWER_MS)
    at_home_as_every_visitor_finds_it(kiosk)
    left = kiosk.evaluate(LEFT)
    for trace in (code.id, code.id.replace("-", ""), "hmhhhhx", "kiosk.visitor"):
        assert trace not in left
    kiosk.go_back()
    expect(kiosk.locator("[data-result]")).to_have_count(0)
    kiosk.goto(f"{hall.url}/checklist?id={SERVICE}")
    expect(kiosk.locator("[data-step=oneself] [aria-pressed=true]")).to_have_count(0)


def test_the_next_visitor_finds_nothing_after_done_either(house: House):
    page = house.lit().open(f"/checklist?id={SERVICE}")
    answer(page, "yes", "h", "m", "h", "h", "h", "h")
    page.locator("[data-do=finish]").click()
    expect(page).to_have_url(re.compile("/$"))
    assert page.evaluate("() => Object.keys(sessionStorage)") == []
    page.goto(f"{house.node.url}/checklist?id={SERVICE}")
    expect(page.locator("[data-step=oneself]")).to_be_visible()
    page.close()


def test_of_two_officers_one_signs_and_the_other_is_shown_it(house: House, chromium: Browser):
    code = encode(Code(SERVICE, digest(house.lit().node), new_id(), "hhhhhhx"))
    one, other = officer(chromium, house.node), officer(chromium, house.node)
    for page in (one, other):
        scan(page, code.upper())  # a scanner whose capitals are locked
        expect(page.locator("[data-paper]")).to_have_count(7)
    mark(one, "ffffffx")
    mark(other, "fffmffx")
    one.locator("[data-do=sign]").click()
    expect(one.locator("[data-signed=complete]")).to_be_visible()
    other.locator("[data-do=sign]").click()
    expect(other.locator("#problem")).to_contain_text("lebih dulu")
    expect(other.locator("[data-signed=complete]")).to_be_visible()
    assert rows(house.node, f"SELECT checked, version FROM checklist WHERE id = '{decode(code).id}'") == [("ffffffx", 1)]
    one.locator("[data-do=sign]").click()
    expect(one.locator("[data-signed=complete]")).to_be_visible()
    assert rows(house.node, f"SELECT checked, version FROM checklist WHERE id = '{decode(code).id}'") == [("ffffffx", 1)]
    one.context.close()
    other.context.close()


def test_without_a_code_the_officer_begins_a_list_and_a_wrong_code_is_refused_in_words(house: House, chromium: Browser):
    desk = officer(chromium, house.lit().node)
    desk.locator("#service").select_option(SERVICE)
    desk.locator("[data-do=begin]").click()
    expect(desk.locator("[data-paper][data-says='']")).to_have_count(7)
    expect(desk.locator("#changed")).to_have_count(0)
    desk.locator("[data-do=next]").click()
    expect(desk.locator("[data-checklist]")).to_have_count(0)
    for scanned, sentence in (("https://evil.example/tiket?id=1", "bukan kode"), ("1.x", "tidak terbaca lengkap")):
        scan(desk, scanned)
        expect(desk.locator("#problem")).to_contain_text(sentence)
    scan(desk, encode(Code(SERVICE, "0" * 12, new_id(), "hhhhhhx")))
    expect(desk.locator("#changed")).to_be_visible()
    expect(desk.locator("[data-paper][data-says='']")).to_have_count(7)
    desk.context.close()


def test_the_page_notices_that_the_node_is_gone_and_goes_on(house: House):
    page = house.lit().open(f"/checklist?id={SERVICE}")
    answer(page, "no")
    house.dark()
    away(page)
    answer(page, "h", "h", "h", "h", "h", "h", "h")
    expect(page.locator("[data-result=hhhhhhh]")).to_be_visible()
    assert decode(read_from_the_glass(page)).answers == "hhhhhhh"
    page.close()
