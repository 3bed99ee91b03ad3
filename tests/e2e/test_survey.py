"""The survey in a browser: everything fits, nothing is lost or doubled while the node dies, and the next person finds a clean screen."""

import io
import json
import os
import re
import signal
import sqlite3
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, Route, expect

from kiosk.survey.questionnaire import ELEMENTS, PROFILE, questionnaire
from kiosk.survey.rules import code_hash
from tests.e2e.test_axe import RUN
from tests.e2e.test_sight import found
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

from .builds import copy_build, next_build
from .house import ANSWER_MS, CLOCK_HELD_MS, CONTROLLED, PHONE, STORE, ZONE, away, new_context
from .surfaces import SIZES, at_step, choose, cut, screen
from .test_idle import LEFT, at_home_as_every_visitor_finds_it
from .test_speech import WATCH
from .test_update import LOOK, WAITING

TABLET = (1280, 800)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
KEPT = "async () => { while (!localStorage['kiosk.copy:/api/v1/survey']) await new Promise((done) => setTimeout(done, 50)); }"
ANSWERED = "survey.answered"
FITS = """() => {
  const main = document.querySelector("main");
  const dock = document.querySelector(".dock").getBoundingClientRect();
  const low = document.documentElement.dataset.surface === "phone" ? innerHeight : dock.top;
  const faces = [...document.querySelectorAll(".face, [data-do=skip]")].map((one) => one.getBoundingClientRect());
  return {
    scrolls: main.scrollHeight - main.clientHeight > 1,
    below: faces.some(({ bottom, height }) => bottom > Math.min(low, dock.top) + 1 || height < 1),
    sizes: new Set([...document.querySelectorAll(".face")].map((one) => `${one.offsetWidth} ${one.offsetHeight}`)).size,
  };
}"""


def go_on(page: Page, selector: str, times: int = 1) -> None:
    """Touch as people do: a touch that comes too soon does not count."""
    for _ in range(times):
        before = page.locator("[data-step]").get_attribute("data-step")
        page.wait_for_timeout(400)
        page.locator(selector).click()
        expect(page.locator(f"[data-step='{before}']")).to_have_count(0)


def answer_all(page: Page, score: int = 3) -> None:
    """From the first screen to the last one before it goes."""
    go_on(page, "[data-do=begin]")
    go_on(page, f"[data-score='{score}']", len(ELEMENTS))
    go_on(page, "[data-do=finish-now]")


def answer_all_but_oneself(page: Page) -> None:
    go_on(page, "[data-do=begin]")
    go_on(page, "[data-do=skip]", len(ELEMENTS))


def send(page: Page) -> None:
    page.wait_for_timeout(400)
    page.locator("[data-do=send]").click()
    expect(page.locator("[data-step=thanks]")).to_be_visible()


class Tablet:
    """A tablet of its own, enrolled, which has shown the survey once."""

    def __init__(self, context: BrowserContext, node: Node) -> None:
        self.node, self.context = node, context
        self.page = self.open()
        self.ask(CONTROLLED)
        self.ask(KEPT)
        self.granted()

    def open(self, path: str = "/survey") -> Page:
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.goto(self.node.url + path)
        page.locator("[data-step]").wait_for()
        return page

    def ask(self, script: str, *given: str) -> Any:
        """What the page says; it is asked again when it was loaded anew just then, as a first visit may be."""
        try:
            return self.page.evaluate(script, *given)
        except Error as gone:
            if "context was destroyed" not in str(gone):
                raise
            self.page.locator("[data-step]").wait_for()
            return self.page.evaluate(script, *given)

    def stored(self, store: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask(STORE, store)
        return found

    def granted(self) -> None:
        """Until the tablet has the node's key to seal with."""
        for _ in range(200):
            if any(one.get("seal") for one in self.stored("facts")):
                return
            time.sleep(0.1)
        raise AssertionError("this tablet was not enrolled")

    def waits(self) -> int:
        return sum(one["kind"] == ANSWERED and one["stamp"] is None and "held" not in one for one in self.stored("entries"))

    def knows(self, up: bool) -> "Tablet":
        expect(self.page.locator("#offline-badge")).to_have_attribute("data-up", str(up).lower())
        return self

    def answer(self, score: int) -> None:
        """One more person, from the end of the questions on; the way there is another test's."""
        at_step("end", scores={"fee": score})(self.page, self.node)
        self.page.goto(self.node.url + "/survey")
        send(self.page)

    def handed_in(self) -> None:
        for _ in range(300):
            if self.waits() == 0:
                return
            time.sleep(0.1)
        raise AssertionError(self.stored("entries"))


def everything_sent(page: Page) -> list[str]:
    """Fills while the page lives: what it asks for, without "#", and what it says over its websocket."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url.split('#')[0]} {request.post_data or ''}"))
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(f"frame {frame}")))
    return sent


def rows(node: Node, asked: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{node.data / 'office.db'}?mode=ro", uri=True) as opened:
        return opened.execute(asked).fetchall()


def fees(node: Node) -> list[int]:
    return sorted(int(fee) for (fee,) in rows(node, "SELECT fee FROM survey_answer WHERE fee IS NOT NULL"))


@pytest.fixture
def own(office: Callable[[str], Node]) -> Iterator[Node]:
    mine = office("kaltim").start()
    yield mine
    mine.stop()


@pytest.fixture
def tablet(chromium: Browser, own: Node) -> Iterator[Tablet]:
    made = Tablet(new_context(chromium, TABLET), own)
    yield made
    made.context.close()


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize("surface", ["tablet", "kiosk", "phone"])
def test_all_nine_questions_fit_and_the_four_faces_are_of_one_size(chromium: Browser, hall: Node, surface: str, up: bool):
    faults = []
    with screen(chromium, surface) as page:
        if not up:
            cut(page)
            page.goto(f"{hall.url}/mark.svg")
        for element in questionnaire().elements:
            at_step(f"ask:{element.key}")(page, hall)
            page.goto(f"{hall.url}/survey")
            page.locator(f"[data-step={element.key}]").wait_for()
            if not up:
                away(page)  # and says so above the question
            for language in ("id", "en"):
                choose(page, language=language)
                seen = page.evaluate(FITS)
                if seen != {"scrolls": False, "below": False, "sizes": 1}:
                    faults.append(f"{element.key} {language}: {seen}")
            choose(page)
            faults += [f"{element.key} {fault}" for fault in (found(page, surface) if up else ())]
    assert not faults, "\n".join(faults)


def test_the_faces_weigh_the_same_and_have_no_colour(chromium: Browser, hall: Node):
    with screen(chromium, "tablet") as page:
        at_step("ask:fee", scores={})(page, hall)
        page.goto(f"{hall.url}/survey")
        page.locator("[data-step=fee]").wait_for()
        page.mouse.move(0, 0)
        ink = []
        for score in (1, 2, 3, 4):
            picture = Image.open(io.BytesIO(page.locator(f"[data-face='{score}']").screenshot())).convert("RGB")
            hues = {max(pixel) - min(pixel) for pixel in picture.getdata()}
            assert max(hues) < 40, f"face {score} has a colour"  # the ink is a blue that is nearly black
            ink.append(sum(255 - value for value in picture.convert("L").getdata()))
    assert max(ink) < 1.06 * min(ink), ink


def test_thanks_fit_and_axe_finds_nothing_there(chromium: Browser, hall: Node):
    faults = []
    for surface in ("kiosk", "tablet", "phone"):
        with screen(chromium, surface) as page:
            page.context.add_init_script(path=AXE)
            at_step("end")(page, hall)
            page.goto(f"{hall.url}/survey")
            send(page)
            faults += [f"{surface} {fault}" for fault in (*found(page, surface), *page.evaluate(RUN))]
    assert not faults, "\n".join(faults)


def test_from_the_first_touch_to_the_thanks_every_question_word_for_word(tablet: Tablet, own: Node):
    page = tablet.page
    go_on(page, "[data-do=begin]")
    for place, element in enumerate(questionnaire().elements, start=1):
        expect(page.locator("h1")).to_have_text(re.compile(re.escape(element.question.id)))
        expect(page.locator("h1")).to_be_focused()
        expect(page.locator(".ask-progress")).to_contain_text(f"Pertanyaan {place} dari 9")
        for score, answer in enumerate(element.answers, start=1):
            expect(page.locator(f"[data-score='{score}']")).to_contain_text(answer.id)
        go_on(page, "[data-do=skip]" if element.key == "complaints" else "[data-score='4']")
    page.locator("[data-tool=back]").click()
    page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step=facilities] [data-score='4']")).to_have_attribute("aria-pressed", "true")
    go_on(page, "[data-score='1']")
    go_on(page, "[data-do=skip]")
    go_on(page, "[data-option='kaltim-rekomendasi-penyelenggara-pameran']")
    for part in PROFILE:
        expect(page.locator("[data-place]")).to_contain_text("dari 7")
        go_on(page, f"[data-step={part}] [data-option] >> nth=1")
    page.locator("textarea").fill("=HYPERLINK(1)\nKursinya kurang.")
    go_on(page, "[data-do=go-on]")
    page.locator(".ask-code").fill("zzzz-zzzz")
    go_on(page, "[data-do=go-on]")
    go_on(page, "[data-change=fee]")
    expect(page.locator("[data-step=fee]")).to_be_visible()
    go_on(page, "[data-score='2']")
    expect(page.locator("[data-change=fee]")).to_have_attribute("data-said", "2")
    expect(page.locator("[data-change=complaints]")).to_have_attribute("data-said", "0")
    send(page)
    tablet.handed_in()
    [row] = rows(own, f"SELECT {', '.join(ELEMENTS)}, service, {', '.join(PROFILE)}, suggestion, holder FROM survey_answer")
    assert row[:9] == (4, 4, 4, 2, 4, 4, 4, 1, None)
    assert row[9:] == ("kaltim-rekomendasi-penyelenggara-pameran", "P", "18-25", "SMP", "TNI", "=HYPERLINK(1)\nKursinya kurang.", 0)


@pytest.mark.timeout(600)
def test_twenty_answers_with_the_node_killed_before_during_and_after_are_twenty(tablet: Tablet, own: Node):
    for score in (1, 2):
        tablet.answer(score)
    own.kill()
    tablet.knows(up=False)
    page = tablet.page
    page.goto(own.url + "/survey")
    answer_all(page, 4)  # the whole way with the node dead
    send(page)
    expect(page.locator("[data-later]")).to_contain_text("terkirim sendiri")
    for score in (1, 2, 3, 4, 1):
        tablet.answer(score)
    page.goto(own.url + "/survey")
    assert tablet.waits() >= 6
    expect(page.locator("[data-waiting-answers]")).to_have_attribute("data-waiting-answers", str(tablet.waits()))
    own.start()
    tablet.knows(up=True)
    tablet.answer(2)
    assert own.process is not None
    own.process.send_signal(signal.SIGSTOP)  # it has it perhaps, and says nothing
    tablet.answer(3)
    tablet.answer(3)
    own.kill()
    for score in (4, 4, 1):
        tablet.answer(score)
    page.close()  # the tablet is switched off, days go by
    own.start()
    own.kill()
    tablet.page = tablet.open()
    assert tablet.waits() >= 5
    for score in (2, 2):
        tablet.answer(score)
    own.start()
    tablet.knows(up=True)
    for score in (1, 3, 3, 4):
        tablet.answer(score)
    tablet.handed_in()
    assert len(fees(own)) == 20
    assert fees(own) == sorted([1, 2, 4, 1, 2, 3, 4, 1, 2, 3, 3, 4, 4, 1, 2, 2, 1, 3, 3, 4])


def own_profile(browser_type: BrowserType, profile: Path) -> BrowserContext:
    """A Chromium of its own, whose process can be killed."""
    args = [*CHROMIUM_ARGS, "--password-store=basic"]
    size = {"width": TABLET[0], "height": TABLET[1]}
    return browser_type.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, args=args, viewport=size, locale="id-ID", timezone_id=ZONE
    )


def kill_browser(profile: Path) -> None:
    """Its first process, found by its folder; the others die with it."""
    for found_ in Path("/proc").glob("[0-9]*/cmdline"):
        words = found_.read_bytes().split(b"\0")
        if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(found_.parent.name), signal.SIGKILL)
            return
    raise AssertionError("no Chromium runs there")


def test_a_tablet_that_dies_while_it_sends_sends_nothing_half_and_loses_nothing(browser_type: BrowserType, own: Node, tmp_path: Path):
    profile = tmp_path / "profile"
    tablet = Tablet(own_profile(browser_type, profile), own)
    own.kill()
    tablet.knows(up=False)
    tablet.answer(4)
    at_step("end", scores=dict.fromkeys(ELEMENTS, 1))(tablet.page, own)
    tablet.page.goto(own.url + "/survey")
    tablet.page.locator("[data-do=send]").click()
    kill_browser(profile)
    own.start()
    again = own_profile(browser_type, profile)
    tablet.context, tablet.page = again, again.new_page()
    tablet.page = tablet.open()
    tablet.knows(up=True)
    tablet.handed_in()
    whole = [(*(1,) * len(ELEMENTS),), (*(4 if key == "fee" else None for key in ELEMENTS),)]
    assert sorted(rows(own, f"SELECT {', '.join(ELEMENTS)} FROM survey_answer"), key=str) in (whole, whole[1:])
    again.close()


def test_the_page_goes_on_where_it_was_after_a_reload_also_with_the_node_dead(tablet: Tablet, own: Node):
    page = tablet.page
    go_on(page, "[data-do=begin]")
    go_on(page, "[data-score='2']", 2)
    own.kill()
    page.reload()
    expect(page.locator("[data-step=completion_time]")).to_be_visible()
    page.locator("[data-tool=back]").click()
    expect(page.locator("[data-step=procedure] [data-score='2']")).to_have_attribute("aria-pressed", "true")


def test_what_lies_on_the_tablet_tells_nothing(tablet: Tablet, own: Node):
    own.kill()
    tablet.knows(up=False)
    at_step("end", suggestion="kenari-4711", profile={"sex": "P"})(tablet.page, own)
    tablet.page.goto(own.url + "/survey")
    send(tablet.page)
    told = json.dumps([one for one in tablet.stored("entries") if one["kind"] == ANSWERED])
    assert '"sealed"' in told
    for trace in ("kenari-4711", "requirements", '"P"'):
        assert trace not in told
    left = tablet.page.evaluate("() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert "kenari-4711" not in left
    assert "kiosk.visitor.survey" not in left


def test_the_screen_is_clean_for_the_next_person_after_fifteen_seconds(kiosk: Page, hall: Node):
    at_step("end", suggestion="kenari-4711")(kiosk, hall)
    kiosk.goto(f"{hall.url}/survey")
    kiosk.locator("[data-tool=contrast]").click()
    kiosk.locator("[data-do=send]").click()
    expect(kiosk.locator("[data-step=thanks]")).to_be_visible()
    kiosk.clock.fast_forward(10_000)
    expect(kiosk.locator("[data-left]")).to_have_attribute("data-left", "5")
    kiosk.mouse.click(540, 900)  # one touch, more time
    kiosk.clock.fast_forward(10_000)
    expect(kiosk.locator("[data-step=thanks]")).to_be_visible()
    kiosk.clock.fast_forward(6000)
    at_home_as_every_visitor_finds_it(kiosk)
    assert "kenari-4711" not in kiosk.evaluate(LEFT)
    kiosk.goto(f"{hall.url}/survey")
    expect(kiosk.locator("[data-step=start]")).to_be_visible()
    assert "kenari-4711" not in kiosk.evaluate(LEFT)


def test_who_walks_away_in_the_middle_has_said_nothing(kiosk: Page, hall: Node):
    before = len(rows(hall, "SELECT 1 FROM survey_answer"))
    at_step("suggestion", suggestion="kenari-4711")(kiosk, hall)
    kiosk.goto(f"{hall.url}/survey")
    expect(kiosk.locator("[data-step=suggestion]")).to_be_visible()
    kiosk.clock.fast_forward(CLOCK_HELD_MS)
    expect(kiosk.locator("[role=alertdialog]")).to_be_visible()
    kiosk.clock.fast_forward(ANSWER_MS)
    at_home_as_every_visitor_finds_it(kiosk)
    assert "kenari-4711" not in kiosk.evaluate(LEFT)
    assert len(rows(hall, "SELECT 1 FROM survey_answer")) == before


def test_a_tablet_for_the_survey_alone_comes_back_to_it(chromium: Browser, hall: Node):
    context = new_context(chromium, TABLET)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{hall.url}/survey?awal")
    go_on(page, "[data-do=begin]")
    page.clock.fast_forward(CLOCK_HELD_MS)
    page.clock.fast_forward(ANSWER_MS)
    expect(page.locator("[data-step=start]")).to_be_visible()
    expect(page).to_have_url(re.compile("/survey/?$"))
    page.clock.fast_forward(CLOCK_HELD_MS)
    expect(page.locator("[role=alertdialog]")).to_have_count(0)  # nobody is there: it rests
    answer_all(page)
    send(page)
    page.clock.fast_forward(16_000)
    expect(page.locator("[data-step=start]")).to_be_visible()
    page.goto(f"{hall.url}/?awal")
    page.evaluate("async () => { while (localStorage['kiosk.start'] !== '/') await new Promise((done) => setTimeout(done, 50)); }")
    page.goto(f"{hall.url}/survey")
    go_on(page, "[data-do=begin]")
    page.clock.fast_forward(CLOCK_HELD_MS)
    page.clock.fast_forward(ANSWER_MS)
    expect(page).to_have_url(re.compile("^http://[^/]+/$"))
    context.close()


def test_where_complaints_go_is_read_from_the_glass_and_opened_on_a_phone(chromium: Browser, hall: Node):
    with screen(chromium, "tablet") as page:
        at_step("end")(page, hall)
        page.goto(f"{hall.url}/survey")
        send(page)
        page.locator("[data-qr]").scroll_into_view_if_needed()
        seen = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
        assert [one.text for one in seen] == ["https://www.lapor.go.id"]
        expect(page.locator("a[data-lapor]")).to_have_count(0)  # a screen in the hall opens no foreign page
    with screen(chromium, "phone") as page:
        at_step("end")(page, hall)
        page.goto(f"{hall.url}/survey")
        send(page)
        expect(page.locator("a[data-lapor]")).to_have_attribute("href", "https://www.lapor.go.id")
        expect(page.locator("[data-left]")).to_have_count(0)


def test_a_code_goes_from_the_number_to_the_phone_and_counts_once(chromium: Browser, own: Node):
    """What the node gets of the code is its hash, with no ticket; what it gets of the ticket has no code."""
    context = new_context(chromium, SIZES["kiosk"])
    page = context.new_page()
    sent = everything_sent(page)
    page.goto(f"{own.url}/antrean")
    page.evaluate(CONTROLLED)
    page.locator("[data-queue=A]").click()
    code = str(page.locator("[data-survey-code]").get_attribute("data-survey-code"))
    page.locator("[data-qr]").scroll_into_view_if_needed()
    [seen] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert seen.text.endswith(f"#{code}")
    page.wait_for_timeout(1500)
    hashed = str(code_hash(code))
    told = [one for one in sent if hashed in one]
    assert told, "the node must know the hash"
    assert not [one for one in sent if code in one]
    assert not [one for one in told if re.search(r"ticket", one)]
    phone = new_context(chromium, PHONE)
    holder = phone.new_page()
    told_of_phone = everything_sent(holder)
    for address in (seen.text[seen.text.index("/tiket") :], f"/survey#{code}"):
        holder.goto("about:blank")
        told_of_phone.clear()
        holder.goto(own.url + address)
        path = re.split("[?#]", address)[0]
        for _ in range(100):  # until the page has told the node its address
            if any(path in one for one in told_of_phone if one.startswith("frame ")):
                break
            holder.wait_for_timeout(100)
        else:
            raise AssertionError(told_of_phone)
        if path == "/tiket":
            holder.locator("[data-rate]").click()
        expect(holder.locator("[data-given]")).to_be_visible()
        assert "#" not in holder.url
        holder.reload()  # as a phone is when a new build waits
        expect(holder.locator("[data-given]")).to_be_visible()
        assert not [one for one in told_of_phone if code in one]
    for _ in range(2):  # the same code again is a walk-up
        at_step("end", code=code, given=True)(holder, own)
        holder.goto(own.url + "/survey")
        send(holder)
    assert sorted(holder_ for (holder_,) in rows(own, "SELECT holder FROM survey_answer")) == [0, 1]
    for opened in (context, phone):
        opened.close()


def test_a_new_build_comes_while_answers_wait_and_none_is_lost(chromium: Browser, own: Node, tmp_path: Path):
    first = copy_build(tmp_path / "1")
    second = next_build(first, tmp_path / "2", "Bangunan kedua: apa keperluan Anda?")
    own.stop()
    own.env["REFLEX_WEB_WORKDIR"] = str(first)
    own.start()
    tablet = Tablet(new_context(chromium, TABLET), own)
    build = tablet.page.evaluate("document.documentElement.dataset.build")
    own.kill()
    tablet.knows(up=False)
    for score in (1, 2, 3):
        tablet.answer(score)
    own.env["REFLEX_WEB_WORKDIR"] = str(second)
    tablet.context.route("**/api/v1/entries", lambda route: route.abort())  # the line carries files, not yet answers
    own.start()
    tablet.page.goto(own.url + "/survey")
    tablet.page.evaluate(LOOK)
    tablet.page.evaluate(WAITING)
    tablet.page.close()
    tablet.page = tablet.open()
    tablet.page.reload()
    for _ in range(100):
        if tablet.page.evaluate("document.documentElement.dataset.build") != build:
            break
        tablet.page.reload()
        time.sleep(0.1)
    assert tablet.page.evaluate("document.documentElement.dataset.build") != build
    assert tablet.waits() == 3  # under the new build, as the old one left them
    tablet.context.unroute("**/api/v1/entries")
    tablet.handed_in()
    assert fees(own) == [1, 2, 3]
    tablet.context.close()


def test_by_keyboard_alone(tablet: Tablet):
    page = tablet.page
    page.locator("[data-do=begin]").focus()
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    for element in questionnaire().elements:
        expect(page.locator(f"[data-step={element.key}] h1")).to_be_focused()
        page.wait_for_timeout(400)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.locator("[data-step=service]")).to_be_visible()


def silence(seconds: float) -> bytes:
    """A sound that nobody hears, as a WAV file."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(2 * int(8000 * seconds)))
    return sound.getvalue()


READ = "async (clip) => { while (!played.asked.includes(clip)) await new Promise((done) => setTimeout(done, 50)); }"


def test_the_clips_of_every_step_are_known(hall: Node):
    speech = hall.get("/api/v1/survey").body["speech"]
    assert set(speech) >= {f"ask:{key}" for key in ELEMENTS} | {f"about:{part}" for part in PROFILE} | {"start", "end", "thanks"}
    assert all(clips["id"] and clips["en"] for clips in speech.values())
    assert hall.get(speech["ask:fee"]["id"][0]).status in (200, 503)  # 503: this machine has no voice


def test_somebody_who_hears_is_read_to_from_then_on_until_they_want_silence(chromium: Browser, hall: Node):
    speech = {step: clips["id"] for step, clips in hall.get("/api/v1/survey").body["speech"].items()}
    with screen(chromium, "tablet") as page:
        page.add_init_script(WATCH)
        page.route("**/api/v1/speech/*", lambda route: route.fulfill(content_type="audio/wav", body=silence(0.3)))
        page.goto(f"{hall.url}/survey")
        page.evaluate(KEPT)
        page.locator("[data-tool=listen]").click()
        page.evaluate(READ, speech["start"][0])
        go_on(page, "[data-do=begin]")
        for key in ("requirements", "procedure"):
            page.evaluate(READ, speech[f"ask:{key}"][0])
            go_on(page, "[data-do=skip]")
        page.evaluate(READ, speech["ask:completion_time"][0])
        page.locator("[data-tool=listen][aria-pressed=true]").click()
        go_on(page, "[data-score='2']")
        go_on(page, "[data-do=skip]")
        assert speech["ask:fee"][0] not in page.evaluate("played.asked")
        page.locator("[data-tool=listen]").click()
        page.evaluate(READ, speech["ask:product"][0])
        for _ in range(4):
            go_on(page, "[data-do=skip]")
        go_on(page, "[data-do=skip]")
        go_on(page, "[data-do=finish-now]")
        page.evaluate(READ, speech["end"][0])
        send(page)
        page.evaluate(READ, speech["thanks"][0])


def test_a_reading_of_the_page_s_own_words_goes_on_with_the_office_s_when_they_come(chromium: Browser, hall: Node):
    told = hall.get("/api/v1/survey").body
    held: list[Route] = []
    with screen(chromium, "phone") as page:
        page.add_init_script(WATCH)
        page.route("**/api/v1/speech/*", lambda route: route.fulfill(content_type="audio/wav", body=silence(60)))
        page.route("**/api/v1/survey", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it, which a list's method forbids
        with page.expect_request("**/api/v1/survey"):
            page.goto(f"{hall.url}/survey")
        page.evaluate(KEPT.replace("kiosk.copy:/api/v1/survey", "kiosk.speech"))
        page.locator("[data-tool=listen]").click()
        expect(page.locator("[data-tool=listen][aria-pressed=true]")).to_be_visible()
        page.evaluate("async () => { while (played.asked.length < 1) await new Promise((done) => setTimeout(done, 50)); }")
        assert page.evaluate("played.asked.length") == 1
        held[0].fulfill(json=told)
        page.evaluate("async () => { while (played.asked.length < 2) await new Promise((done) => setTimeout(done, 50)); }")
        assert page.evaluate("played.asked[1]") == told["speech"]["start"]["id"][0]


def test_nothing_is_read_of_sending_where_nothing_can_be_sent(chromium: Browser, hall: Node):
    speech = {step: clips["id"] for step, clips in hall.get("/api/v1/survey").body["speech"].items()}
    with screen(chromium, "phone") as page:
        page.add_init_script(WATCH)
        page.route("**/api/v1/speech/*", lambda route: route.fulfill(content_type="audio/wav", body=silence(0.3)))
        for step, more, clip in (("end", {"scores": {}}, "nothing"), ("end", {}, "end")):
            at_step(step, **more)(page, hall)
            with page.expect_request("**/api/v1/survey"):  # a page asks once it lives; a touch before that is lost
                page.goto(f"{hall.url}/survey")
            page.evaluate(KEPT)
            page.locator("[data-tool=listen]").click()
            page.evaluate(READ, speech[clip][0])
        send(page)
        page.evaluate(READ, speech["lapor_phone"][-1])
        assert speech["lapor"][-1] not in page.evaluate("played.asked")


def test_a_phone_that_goes_back_and_comes_again_has_its_answers_a_screen_in_the_hall_has_none(chromium: Browser, hall: Node):
    for surface, step in (("phone", "completion_time"), ("tablet", "start")):
        with screen(chromium, surface) as page:
            page.goto(hall.url)
            page.locator("a[href^='/survey']").first.click()
            go_on(page, "[data-do=begin]")
            go_on(page, "[data-score='2']", 2)
            page.go_back()
            expect(page.locator("[data-step]")).to_have_count(0)
            page.go_forward()
            expect(page.locator(f"[data-step={step}]")).to_be_visible()


def test_what_was_said_before_the_screen_was_enrolled_is_handed_in_and_counted(tablet: Tablet, own: Node):
    own.kill()
    tablet.knows(up=False)
    waiting = [{"id": "3f0e2c1a-7b5d-4e6f-8a9b-0c1d2e3f4a5b", "body": {"scores": {"fee": 2}}}]
    tablet.page.evaluate("(kept) => localStorage.setItem('kiosk.survey.waiting', JSON.stringify(kept))", waiting)
    tablet.page.goto(own.url + "/survey")
    expect(tablet.page.locator("[data-waiting-answers]")).to_have_attribute("data-waiting-answers", "1")
    own.start()
    expect(tablet.page.locator("[data-waiting-answers]")).to_have_count(0)
    assert fees(own) == [2]


def test_a_service_that_was_withdrawn_is_not_offered_to_the_next_visitor(chromium: Browser, hall: Node):
    told = hall.get("/api/v1/survey").body
    with screen(chromium, "tablet") as page:
        page.goto(f"{hall.url}/survey")
        page.evaluate(KEPT)
        page.route("**/api/v1/survey", lambda route: route.fulfill(json={**told, "services": told["services"][:1]}))
        answer_all_but_oneself(page)
        expect(page.locator("[data-option]")).to_have_count(1)


def test_the_survey_code_of_a_number_is_seen_at_once_on_a_tablet(chromium: Browser, hall: Node):
    with screen(chromium, "tablet") as page:
        page.goto(f"{hall.url}/antrean")
        page.locator("[data-queue=A]").click()
        page.locator("[data-survey-code]").wait_for()
        for language in ("id", "en"):
            choose(page, language=language)
            low, dock = page.evaluate("['[data-survey-code]', '.dock'].map((one) => document.querySelector(one).getBoundingClientRect())")
            assert low["bottom"] <= dock["top"], language
