"""The auditor's page in Chromium: found, checked, held against a noted head, and told plainly when somebody changed the trail."""

import re
from collections.abc import Iterator

import pysqlite3
import pytest
from playwright.sync_api import Page, expect

from kiosk.core.ids import new_id
from tests.support import Node


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("trail"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    bearer = {"authorization": f"Bearer {node.token()}"}
    for number in range(60):
        node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "AB"[number % 2]}, bearer)
    yield node
    node.stop()


def come(page: Page, node: Node, role: str) -> Page:
    name, value = node.sign_in(role).split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": node.url}])
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{node.url}/riwayat")
    return page


def test_the_auditor_searches_pages_and_checks(page: Page, office: Node):
    acts = come(page, office, "auditor").locator("[data-act]")
    expect(acts).to_have_count(50)
    first = acts.first.get_attribute("data-act")
    page.locator("[data-do=older]").click()
    expect(page.locator("[data-do=newest]")).to_be_visible()
    assert acts.first.get_attribute("data-act") != first
    page.fill("#trail-words", "a-007 nomor")
    page.locator("[data-do=search]").click()
    expect(acts).to_have_count(1)
    expect(acts.first).to_contain_text("Nomor diambil")
    expect(acts.first).to_contain_text("Kios uji")
    page.fill("#trail-words", "nowhere <b>at</b> all")
    page.locator("[data-do=search]").click()
    expect(page.locator(".trail-nothing")).to_be_visible()
    page.locator("[data-do=check]").click()
    head = page.locator("#trail-head")
    expect(head).to_have_text(re.compile(r"^\d+: ([0-9a-f]{4} ?){4}$"))
    noted = head.inner_text()
    page.fill("#trail-noted", noted)
    page.locator("[data-do=check]").click()
    expect(page.locator("#trail-ok")).to_be_visible()
    page.fill("#trail-noted", "7: no head")
    page.locator("[data-do=check]").click()
    expect(page.locator("#trail-warn")).to_contain_text("NOMOR:HASH")
    page.fill("#trail-noted", "7: 0123 4567 89ab cdef")
    page.locator("[data-do=check]").click()
    expect(page.locator("#trail-bad")).to_contain_text("nomor 7")


def test_who_is_no_auditor_sees_no_act(page: Page, office: Node):
    come(page, office, "admin")
    page.wait_for_timeout(1500)
    expect(page.locator("[data-act]")).to_have_count(0)


def test_a_change_in_the_file_is_told_with_its_place(page: Page, office: Node):
    come(page, office, "auditor")
    expect(page.locator("[data-act]").first).to_be_visible()
    with pysqlite3.connect(office.data / "office.db", timeout=20) as database:
        database.execute("UPDATE outbox_event SET body = replace(body, 'A-005', 'A-500') WHERE kind = 'ticket.taken'")
    page.locator("[data-do=check]").click()
    expect(page.locator("#trail-bad")).to_contain_text("diubah setelah dicatat")
    checked = office.run("audit", "verify")
    assert (checked.returncode, "edited 1." in checked.stderr) == (1, True)
