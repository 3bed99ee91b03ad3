"""The node is killed with SIGKILL; the touchscreen that has only ever shown its first page goes on."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.queues import calling, service
from tests.support import Node

from .house import NAME, PHONE, TV, ZONE, House, away, new_context, services, settle
from .surfaces import FORGET_LANE

ENROL = """(code) => fetch('/api/v1/devices/enrol', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }),
}).then((answer) => answer.status)"""
SECURE = "() => [isSecureContext, 'serviceWorker' in navigator]"


@pytest.fixture(scope="module")
def house(chromium: Browser, office: Callable[[str], Node]) -> Iterator[House]:
    """Home was opened once, nothing else. The screen is of a kind that has no lane of its own (those that have: test_lanes.py)."""
    node = office("kaltim").start()
    opened = House(node, new_context(chromium))
    first = opened.open("/")
    settle(first, len(services(node)))
    code = node.run("device", "code", "Layar uji", "--kind", "staff").stdout.strip()
    assert first.evaluate(ENROL, code) == 201, "the node must take this screen's touches, or a touch that waited would prove nothing"
    first.evaluate(FORGET_LANE)  # the one that it had as the demonstration's touchscreen
    first.close()
    yield opened
    opened.context.close()
    node.stop()


@pytest.fixture(scope="module")
def ids(house: House) -> list[str]:
    return services(house.lit().node)


def in_both_languages(page: Page) -> None:
    """One touch, and nothing of the first language's own words is left on the screen."""
    for language, other in (("en", "id"), ("id", "en")):
        page.locator("[data-tool=language]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(f".frame .w[lang={language}]:visible").first).to_be_visible()
        expect(page.locator(f".frame .w[lang={other}]:visible")).to_have_count(0)


def test_home_is_reloaded_and_says_since_when_the_node_is_gone(house: House):
    page = house.lit().open("/")
    expect(page.locator("#offline-badge")).to_have_attribute("data-up", "true")
    expect(page.locator("#offline-badge")).to_be_empty()
    killed = datetime.now(UTC)
    house.dark()
    away(page)
    page.reload()
    expect(page.get_by_role("heading")).to_contain_text("Ada yang bisa kami bantu?")
    minutes = [(killed + timedelta(minutes=late)).astimezone(ZoneInfo(ZONE)).strftime("%H.%M") for late in (0, 1)]
    expect(page.locator("#offline-badge")).to_contain_text(re.compile(rf"Jaringan putus sejak ({'|'.join(minutes)})\."))
    in_both_languages(page)
    page.close()


def test_every_page_opens_in_both_languages_also_a_service_that_nobody_opened(house: House, ids: list[str]):
    page = house.dark().open("/layanan")
    expect(page.locator(".service-tile")).to_have_count(len(ids))
    in_both_languages(page)
    page.locator("#service-search").fill("undain gratis")
    expect(page.locator(".service-tile").first).to_contain_text("Undian Gratis Berhadiah")
    for service_id in ids:
        page.goto(f"{house.node.url}/layanan/standar?id={service_id}")
        expect(page.locator("article.service h1")).to_be_visible()
        expect(page.locator("#procedure li").first).to_be_visible()
        in_both_languages(page)
    page.goto(f"{house.node.url}/kantor")
    expect(page.locator(".channels")).to_contain_text("0541-743235")
    expect(page.locator(".desks li").first).to_be_visible()
    in_both_languages(page)
    page.close()


def test_links_lead_on_without_a_reload(house: House):
    page = house.dark().open("/")
    page.locator("a[href='/layanan']").click()
    page.locator(".service-tile").nth(1).click()
    expect(page.locator("article.service h1")).to_be_visible()
    page.locator("[data-tool=back]").click()
    page.locator("[data-tool=back]").click()
    page.locator("a[href='/kantor']").click()
    expect(page.locator(".desks li").first).to_be_visible()
    page.close()


def test_larger_text_and_contrast_are_chosen_and_stay_over_a_reload(house: House):
    page = house.dark().open("/")
    root = page.locator("html")
    size = "() => parseFloat(getComputedStyle(document.querySelector('.four-help')).fontSize)"
    usual, paper = page.evaluate(size), page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.locator("[data-tool=text]").click()
    page.locator("[data-tool=contrast]").click()
    page.reload()
    expect(root).to_have_attribute("data-text", "large")
    expect(root).to_have_attribute("data-theme", "contrast")
    assert page.evaluate(size) == pytest.approx(2 * usual, rel=0.01)
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != paper
    page.locator("[data-tool=text]").click()
    page.locator("[data-tool=contrast]").click()
    expect(root).to_have_attribute("data-theme", "normal")
    page.close()


def test_touches_made_while_the_node_is_gone_issue_nothing_later_and_the_first_one_after_gives_a_number(house: House):
    page = house.lit().open("/antrean")
    expect(page.locator("[data-queue=B]")).to_be_enabled()
    before = house.tickets()
    house.dark()
    page.locator("[data-queue=B]").click(force=True)  # most often nobody has noticed yet
    note = page.locator("[data-note=warning]")
    expect(note).to_contain_text("meja informasi")
    away(page)
    page.reload()
    expect(note).to_contain_text("meja informasi")
    for code in "ABD":
        expect(page.locator(f"[data-queue={code}]")).to_be_disabled()
        for _ in range(3):
            page.locator(f"[data-queue={code}]").click(force=True)
    in_both_languages(page)
    house.lit()
    expect(page.locator("#offline-badge")).to_have_attribute("data-up", "true")
    expect(page.locator("#offline-badge")).to_be_empty()
    expect(page.locator("[data-queue=B]")).to_be_enabled()
    page.wait_for_timeout(3000)  # whatever waited would be sent by now
    assert house.tickets() == before
    assert sum(queue["waiting"] for queue in house.node.get("/api/v1/queues").body) == before
    page.locator("[data-queue=B]").click()
    expect(page.locator("[data-ticket-number]")).to_have_attribute("data-ticket-number", "B-001")
    assert house.tickets() == before + 1
    page.close()


def test_a_touch_on_its_way_when_the_node_dies_issues_nothing_after_the_visitor_left(house: House):
    """The touch fails on a page that has lived since before; the page goes home, the node comes back."""
    page = house.lit().open("/antrean")
    expect(page.locator("[data-queue=A]")).to_be_enabled()
    before = house.tickets()
    house.dark()
    page.locator("[data-queue=A]").click(force=True)
    expect(page.locator("[data-note=warning]")).to_be_visible()
    page.locator("[data-tool=back]").click()
    house.lit()
    expect(page.locator("#offline-badge")).to_have_attribute("data-up", "true")
    page.wait_for_timeout(2000)
    assert house.tickets() == before
    page.close()


def call(house: House, queue: str, counter: str) -> str:
    """Somebody takes a number and is called, straight in the office's database. Returns the number."""
    now, actor = datetime.now(UTC), "account:test"
    engine = open_engine(house.node.data / "office.db", writing=True)
    try:
        with Session(engine) as session:
            service.take_ticket(session, office_id="kaltim", ticket_id=new_id(), queue=queue, device_id="test", now=now, always_open=True)
            row = calling.call_next(session, office_id="kaltim", counter=counter, actor=actor, now=now)
            session.commit()
    finally:
        engine.dispose()
    assert row is not None
    return str(row["number"])


def test_the_board_shows_its_last_picture_marked_as_old_and_then_by_itself_what_it_missed(house: House):
    house.dark()
    first = call(house, "A", "1")
    board = house.lit().open("/papan", TV)
    newest, age = board.locator(".now [data-call]"), board.locator("[data-board-age]")
    expect(newest).to_have_attribute("data-call", first)
    expect(age).to_have_attribute("data-board-age", "")
    house.dark()
    expect(age).to_have_attribute("data-board-age", "0")
    expect(newest).to_have_attribute("data-call", first)
    board.reload()
    expect(newest).to_have_attribute("data-call", first)
    expect(age).to_have_attribute("data-board-age", "0")
    missed = call(house, "B", "3")
    house.lit()
    expect(newest).to_have_attribute("data-call", missed)
    expect(board.locator(".crow .num")).to_contain_text([first])
    expect(age).to_have_attribute("data-board-age", "")
    board.close()


def test_a_phone_without_a_service_worker_follows_its_ticket_and_reads_a_service(house: House, ids: list[str], chromium: Browser):
    bearer = {"authorization": f"Bearer {house.lit().node.token()}"}
    ticket = house.node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "D"}, bearer).body
    assert ticket["follow_url"].startswith(f"http://{NAME}:{house.node.port}/")
    context = new_context(chromium, PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"http://{NAME}:{house.node.port}/layanan/standar?id={ids[0]}")
    assert page.evaluate(SECURE) == [False, False]
    expect(page.locator("article.service h1")).to_be_visible()
    in_both_languages(page)
    page.goto(ticket["follow_url"])
    expect(page.locator(".follow .huge")).to_have_text(ticket["number"])
    house.dark()
    away(page)
    expect(page.locator(".follow .huge")).to_have_text(ticket["number"])
    context.close()
