"""Numbers with the node killed before, during and after, at two touchscreens: each exactly once at the node, and no number twice."""

import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.support import Node

from .house import CONTROLLED, KIOSK, STORE, new_context

WIPE = """async () => {
  await new Promise((done) => {
    const opening = indexedDB.open("kiosk");
    opening.onsuccess = () => {
      const all = opening.result.transaction(["entries", "facts"], "readwrite");
      all.objectStore("facts").clear();
      all.objectStore("entries").clear();
      all.oncomplete = () => { opening.result.close(); done(); };
    };
  });
}"""
ABORT = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    const request = put.apply(this, given);
    request.addEventListener("success", () => this.transaction.abort());
    return request;
  };
  globalThis.mend = () => { IDBObjectStore.prototype.put = put; };
}"""
IN_2019 = """{
  const Real = Date;
  const back = 7 * 365 * 24 * 3600 * 1000;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length === 0) super(Real.now() - back); else super(...given); }
    static now() { return Real.now() - back; }
  };
}"""


class Screen:
    """A touchscreen of its own: a browser with its own cookies and its own disk."""

    def __init__(self, browser: Browser, node: Node, script: str | None = None) -> None:
        self.node, self.context = node, new_context(browser, KIOSK)
        if script:
            self.context.add_init_script(script)
        self.page = self.open()
        self.page.evaluate(CONTROLLED)
        self.lane = self.granted()

    def open(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.goto(self.node.url + "/antrean")
        page.locator("[data-queue=A]").wait_for()
        return page

    def stored(self, store: str, page: Page | None = None) -> list[dict[str, Any]]:
        return (page or self.page).evaluate(STORE, store)

    def granted(self) -> str:
        """Until the node has granted a lane, and has seen that this browser holds it."""
        for _ in range(150):
            fact = next((one for one in self.stored("facts") if one["name"] == "device"), {})
            if ("kept",) in rows(self.node, "SELECT 'kept' FROM device WHERE id = ? AND grant_before != ''", fact.get("id")):
                return str(fact["lane"])
            time.sleep(0.1)
        raise AssertionError("no lane was granted")

    def knows(self, up: bool) -> "Screen":
        expect(self.page.locator("#offline-badge")).to_have_attribute("data-up", str(up).lower())
        return self

    def take(self, queue: str = "A", page: Page | None = None) -> str:
        """A visitor comes, touches, reads the number and goes."""
        here = page or self.page
        here.locator(f"[data-queue={queue}]").click()
        number = here.locator("[data-ticket-number]").get_attribute("data-ticket-number")
        here.goto(self.node.url + "/antrean")
        here.locator(f"[data-queue={queue}]:enabled").wait_for()
        assert number
        return number

    def handed_in(self) -> None:
        """Until nothing waits on this device."""
        for _ in range(300):
            if not self.stored("entries"):
                return
            time.sleep(0.1)
        raise AssertionError(self.stored("entries"))


def rows(node: Node, asked: str, *values: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{node.data / 'office.db'}?mode=ro", uri=True) as opened:
        return opened.execute(asked, values).fetchall()


def tickets(node: Node) -> list[str]:
    """The day's numbers in the order of the waiting list."""
    found = rows(node, "SELECT queue, lane, serial FROM ticket ORDER BY joined_at, id")
    return ["-".join(filter(None, (queue, lane, f"{serial:03d}"))) for queue, lane, serial in found]


@pytest.fixture
def node(office: Callable[[str], Node]) -> Iterator[Node]:
    mine = office("kaltim").start()
    yield mine
    mine.stop()


@pytest.fixture
def screen(chromium: Browser, node: Node) -> Iterator[Callable[..., Screen]]:
    opened: list[BrowserContext] = []

    def make(script: str | None = None) -> Screen:
        made = Screen(chromium, node, script)
        opened.append(made.context)
        return made

    yield make
    for context in opened:
        context.close()


def lose_answers(route: Route) -> None:
    """The node gets it, the device never hears."""
    route.fetch()
    route.abort()


def test_killed_before_during_and_after_at_two_screens_each_number_once(node: Node, screen: Callable[..., Screen]):
    one, two = screen(), screen()
    assert (one.lane, two.lane) == ("K1", "K2")
    shown = [one.take(), two.take("B")]
    assert shown == ["A-001", "B-001"]

    one.page.route("**/api/v1/tickets", lose_answers)  # the node issues A-002, and the visitor never sees it
    shown.append(one.take())
    one.page.unroute_all()
    assert shown[-1] == "A-K1-001"

    assert node.process is not None
    node.process.send_signal(signal.SIGSTOP)  # the touch is on its way ...
    two.page.locator("[data-queue=A]").click()
    two.page.wait_for_timeout(300)
    node.kill()  # ... and nobody will answer
    ticket = two.page.locator("[data-ticket-number]")
    expect(ticket).to_have_attribute("data-ticket-number", "A-K2-001")
    expect(two.page.locator("[data-lane=K2]")).to_contain_text("Nomor ini tetap sah")
    expect(two.page.locator(".ticket figure")).to_have_count(0)  # nothing to follow yet
    shown.append("A-K2-001")
    two.page.goto(node.url + "/antrean")

    one.knows(up=False)
    two.knows(up=False)
    expect(one.page.locator("[data-note=check-circle]")).to_contain_text("tetap sah")
    for _ in range(2):
        shown += [two.take(), one.take(), one.take("B")]
    one.page.reload()
    shown.append(one.take())

    node.start()
    one.handed_in()
    two.handed_in()
    assert len(set(shown)) == len(shown) == 11
    assert sorted(tickets(node)) == sorted(shown)
    line = tickets(node)
    assert [number for number in line if number in shown[4:]] == shown[4:]  # in the order in which they were taken
    assert one.knows(up=True).take() == "A-003"  # A-002 is burned


def test_a_number_waits_through_a_second_kill_and_a_new_page_and_reaches_the_staff_at_once(node: Node, screen: Callable[..., Screen]):
    one = screen()
    node.kill()
    one.knows(up=False)
    expect(one.page.locator("#offline-badge [data-waiting]")).to_have_count(0)
    assert one.take() == "A-K1-001"
    badge = one.page.locator("#offline-badge")
    expect(badge).to_contain_text("1 menunggu dikirim.")
    expect(badge).not_to_contain_text("A-K1-001")  # how many, and nothing of what they say
    one.page.close()
    node.start()
    node.kill()
    one.page = one.open()
    one.page.bring_to_front()
    assert [entry["state"] for entry in one.stored("entries") if entry["kind"] == "ticket.taken"] in (["waiting"], ["sending"])
    node.start()
    one.handed_in()
    expect(one.page.locator("#offline-badge")).to_be_empty()
    assert tickets(node) == ["A-K1-001"]
    assert node.get("/api/v1/board").body["queues"][0]["waiting"] == 1
    assert one.knows(up=True).take() == "A-001"
    node.kill()
    one.knows(up=False)
    assert one.take() == "A-K1-002"


def test_one_page_of_a_device_issues_and_a_second_one_does_not(node: Node, screen: Callable[..., Screen]):
    one = screen()
    second = one.open()
    node.kill()
    one.knows(up=False)
    expect(second.locator("[data-note=warning]")).to_contain_text("meja informasi")
    expect(second.locator("[data-queue=A]")).to_be_disabled()
    one.page.locator("[data-queue=A]").click()
    expect(one.page.locator("[data-ticket-number]")).to_have_attribute("data-ticket-number", "A-K1-001")
    expect(second.locator("[data-queue=A]")).to_be_disabled()
    one.page.close()
    expect(second.locator("[data-queue=A]")).to_be_enabled()
    assert one.take(page=second) == "A-K1-002"


def test_a_wiped_device_issues_nothing_until_it_is_enrolled_again(node: Node, screen: Callable[..., Screen]):
    one = screen()
    one.page.evaluate(WIPE)
    one.page.reload()
    for _ in range(100):
        fact = next((fact for fact in one.stored("facts") if fact["name"] == "device"), {})
        if fact.get("mark"):
            break
        time.sleep(0.1)
    assert (fact["mark"], fact["lane"]) == ("wiped", "")
    assert one.take() == "A-001"  # while the node is there, visitors are served
    node.kill()
    one.knows(up=False)
    expect(one.page.locator("[data-note=warning]")).to_contain_text("meja informasi")
    expect(one.page.locator("[data-queue=A]")).to_be_disabled()


@contextmanager
def aborting(screen: Screen) -> Iterator[None]:
    """The browser gives every write up, as it does on a full disk: the request succeeds, then the transaction aborts."""
    screen.page.evaluate(ABORT)
    yield
    screen.page.evaluate("() => globalThis.mend()")


@contextmanager
def full(screen: Screen) -> Iterator[None]:
    """The browser's own quota is used up; Chromium looks at it again after half a minute."""
    quota = screen.context.new_cdp_session(screen.page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": screen.node.url, "quotaSize": 1})
    screen.page.wait_for_timeout(31_000)
    yield
    quota.send("Storage.overrideQuotaForOrigin", {"origin": screen.node.url})


@pytest.mark.parametrize("no_room", [aborting, pytest.param(full, marks=pytest.mark.soak)])
def test_a_full_disk_shows_no_number_and_says_so_in_words(node: Node, screen: Callable[..., Screen], no_room: Any):
    one = screen()
    node.kill()
    one.knows(up=False)
    assert one.take() == "A-K1-001"
    with no_room(one):
        one.page.locator("[data-queue=A]").click()
        expect(one.page.locator("[data-note=warning-circle]")).to_contain_text("penyimpanan layar ini penuh")
        expect(one.page.locator("[data-ticket-number]")).to_have_count(0)
    assert one.take() == "A-K1-002"
    node.start()
    one.handed_in()
    assert tickets(node) == ["A-K1-001", "A-K1-002"]


def test_a_clock_in_2019_changes_neither_the_numbers_nor_their_order(node: Node, screen: Callable[..., Screen]):
    old, sound = screen(IN_2019), screen()
    node.kill()
    old.knows(up=False)
    sound.knows(up=False)
    shown = [old.take(), sound.take()]
    old.page.reload()
    shown += [old.take(), sound.take()]
    node.start()
    old.handed_in()
    sound.handed_in()
    assert shown == ["A-K1-001", "A-K2-001", "A-K1-002", "A-K2-002"]
    assert tickets(node) == shown
    assert rows(node, "SELECT clock_off_s < -200000000 FROM device ORDER BY lane") == [(1,), (0,)]
