"""The hall opens: a visitor takes a number, an officer calls it, the board shows it, the phone knows."""

import json
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.core.ids import new_id
from kiosk.queues.counter.screen import CounterState
from kiosk.staff.demo import accounts
from tests.staff.wire import Wire
from tests.support import Node

KIOSK, DESK, TV, PHONE = (1080, 1920), (1366, 768), (1920, 1080), (390, 844)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("hall"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield node
    node.stop()


def screen(browser: Browser, size: tuple[int, int]) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="id-ID").new_page()
    page.set_default_timeout(10_000)
    return page


def sign_in(browser: Browser, hall: Node, name: str, counter: str) -> Page:
    """As an officer does it: name, PIN on the keypad, counter."""
    pin = next(pin for one, _, pin in accounts("kaltim") if one == name)
    desk = screen(browser, DESK)
    desk.goto(hall.url + "/masuk")
    desk.get_by_role("button", name=name).click()
    for digit in pin:
        desk.locator(f"[data-key='{digit}']").click()
    desk.locator("[data-key=send]").click()
    desk.wait_for_url(re.compile(r"/loket/?$"))
    desk.locator(f"[data-counter='{counter}']").click()
    expect(desk.locator("[data-do=call-next]")).to_be_visible()
    return desk


def take(page: Page, hall: Node, queue: str) -> str:
    page.goto(hall.url + "/antrean")
    page.locator(f"[data-queue={queue}]").click()
    return page.locator("[data-ticket-number]").get_attribute("data-ticket-number") or ""


def test_from_the_touch_to_the_counter(browser: Browser, hall: Node):
    kiosk, board, phone = screen(browser, KIOSK), screen(browser, TV), screen(browser, PHONE)
    board.goto(hall.url + "/papan")
    expect(board.locator("[data-live=true]")).to_be_attached()
    number = take(kiosk, hall, "A")
    assert re.fullmatch(r"A-\d{3}", number)
    ticket = hall.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, {"authorization": f"Bearer {hall.token()}"}).body
    assert ticket["ahead"] == 1
    phone.goto(ticket["follow_url"])
    expect(phone.locator("[data-meaning=waiting]")).to_be_visible()

    desk = sign_in(browser, hall, "Petugas Informasi", "1")
    desk.locator("[data-do=call-next]").click()
    expect(desk.locator(f"[data-current='{number}']")).to_be_visible()
    expect(board.locator(f"[data-call='{number}']")).to_be_visible()
    desk.locator("[data-do=call-again]").click()
    desk.locator("[data-do=start]").click()
    desk.locator("summary").click()
    desk.locator("[data-transfer=C]").click()
    expect(desk.locator("[data-current]")).to_have_count(0)

    desk.locator("[data-do=call-next]").click()
    expect(phone.locator("[data-meaning=called]")).to_be_visible(timeout=15_000)
    expect(phone.locator("[data-meaning=called]")).to_contain_text("Loket 1")
    desk.locator("[data-do=no-show]").click()

    registration = sign_in(browser, hall, "Petugas Pendaftaran", "5")
    registration.locator("[data-do=call-next]").click()
    expect(registration.locator(f"[data-current='{number}']")).to_be_visible()
    expect(board.locator(f"[data-call='{number}']")).to_contain_text("Loket 5")
    registration.locator("[data-do=start]").click()
    registration.locator("[data-do=finish]").click()
    expect(registration.locator("[data-current]")).to_have_count(0)


def test_a_double_touch_gives_one_number(browser: Browser, hall: Node):
    before = {queue["code"]: queue["waiting"] for queue in hall.get("/api/v1/queues").body}
    kiosk = screen(browser, KIOSK)
    kiosk.goto(hall.url + "/antrean")
    kiosk.locator("[data-queue=D]").dblclick()
    expect(kiosk.locator("[data-ticket-number]")).to_be_visible()
    after = {queue["code"]: queue["waiting"] for queue in hall.get("/api/v1/queues").body}
    assert after["D"] == before["D"] + 1


class Officer:
    """At a counter, through the real websocket, without a browser in between."""

    def __init__(self, hall: Node, counter: str) -> None:
        self.wire, self.turn = Wire(hall.url, cookie=hall.sign_in("information"), token=new_id()), 0
        self.wire.call(f"{CounterState.get_full_name()}.pick_counter", {"code": counter})

    def do(self, handler: str, **payload: str) -> str:
        """What the answer says of the visitor at the counter: a number, or "" for nobody."""
        answer = self.wire.call(f"{CounterState.get_full_name()}.{handler}", {"turn": self.turn, **payload})
        self.turn += 1
        visits = re.findall(r'"visit_rx_state_":\s*(\{[^}]*\})', answer)
        return str(json.loads(visits[-1])["number"]) if visits else ""


def test_two_counters_that_press_at_once_never_get_the_same_visitor(hall: Node):
    bearer = {"authorization": f"Bearer {hall.token()}"}
    officers, called = [Officer(hall, counter) for counter in ("3", "4")], []
    for _ in range(12):
        for _ in officers:
            hall.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "B"}, bearer)
        together = threading.Barrier(len(officers))

        def press(officer: Officer, together: threading.Barrier = together) -> None:
            together.wait()
            called.append(officer.do("call_next"))

        presses = [threading.Thread(target=press, args=(officer,)) for officer in officers]
        for press_now in presses:
            press_now.start()
        for press_now in presses:
            press_now.join()
        for officer in officers:
            officer.do("step", name="start")
            officer.do("step", name="finish")
    assert len(called) == len(set(called)) == 24
    assert all(re.fullmatch(r"B-\d{3}", number) for number in called)


def test_no_page_asks_for_a_person(browser: Browser, hall: Node):
    """No name, no number of a person: neither a field nor a question on the visitor's way."""
    page = screen(browser, KIOSK)
    for path in ("/", "/antrean", "/papan", "/kantor"):
        page.goto(hall.url + path)
        page.wait_for_timeout(300)
        assert page.locator("input, textarea").count() == 0
        assert not re.search(r"\bNIK\b|nama lengkap|nomor telepon Anda", page.inner_text("body"), re.IGNORECASE)


def test_the_console_refreshes_when_somebody_takes_a_number(browser: Browser, hall: Node):
    desk = sign_in(browser, hall, "Petugas Pengambilan", "6")
    before = int(desk.locator("#waiting-count").inner_text())
    hall.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "D"}, {"authorization": f"Bearer {hall.token()}"})
    expect(desk.locator("#waiting-count")).to_have_text(str(before + 1))
