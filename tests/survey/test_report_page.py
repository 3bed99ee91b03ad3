"""The report in Chromium: what it shows, the plan that two people write, the setting, who may not see it, paper."""

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session

from kiosk.core.clock import business_date
from kiosk.core.db import open_engine
from kiosk.survey import spans
from kiosk.survey.index import OLD
from kiosk.survey.model import SurveyOldAnswer
from tests.e2e.surfaces import choose
from tests.e2e.test_axe import AXE, MODES, RUN
from tests.staff.everybody import Everybody, everybody
from tests.survey.asked import answer, published, put

NOW = datetime.fromisoformat("2026-11-18T02:00:00+00:00")  # whatever midnight comes while the tests run
TODAY = business_date(NOW, "Asia/Makassar")
DAY = TODAY - timedelta(days=3)
WILD = "Kursinya <b>kurang</b> =HYPERLINK(1)"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    for there in everybody(tmp_path_factory.mktemp("report"), NOW):
        engine = open_engine(there.node.data / "office.db", writing=True)
        with Session(engine) as session:
            rows = published(DAY.isoformat())
            rows[0].suggestion = WILD
            put(session, rows)
            put(session, [answer(TODAY.isoformat(), 1, suggestion="Baru saja") for _ in range(7)])
            for number in range(5):
                older = {"day": "2011-03-09", "scores": dict.fromkeys(OLD.elements, 3)}
                session.add(SurveyOldAnswer(office_id="kaltim", id=str(number), source="a", **older))
            session.commit()
        engine.dispose()
        yield there


@pytest.fixture
def sit(browser: Browser, hall: Everybody):
    """A browser of its own, with this role signed in, at the report of the half-year of the answers."""
    opened: list[BrowserContext] = []

    def at(role: str, *, ready: bool = True) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=hall.url)
        opened.append(context)
        name, value = hall.sign_in(hall.accounts[role]).split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": hall.url}])
        page = context.new_page()
        page.goto("/laporan")
        if ready:
            page.locator("#skm-span").select_option(spans.around(DAY).code)
            page.locator("[data-do=show]").click()
            expect(page.locator("#skm-index")).to_be_visible()
        return page

    yield at
    for one in opened:
        one.close()


def plan(page: Page, element: str, action: str, state: str = "open") -> None:
    row = page.locator(f"#skm-plan [data-planned={element}]")
    if not row.locator("form").is_visible():
        row.locator("summary").click()
    row.locator("[name=action]").fill(action)
    row.locator("[name=person]").fill("Kepala seksi")
    row.locator("[name=due]").fill((TODAY + timedelta(days=30)).isoformat())
    row.locator(f"[name=state][value={state}]").check()
    row.locator("[data-do=save-plan]").click()


def test_the_published_table_stands_on_the_screen_and_todays_answers_do_not(sit):
    page = sit("auditor")
    expect(page.locator("#skm-index .num")).to_have_text(re.compile("91,48"))
    expect(page.locator("#skm-index")).to_contain_text(re.compile("Mutu.*A"))
    elements = page.locator("[data-element]")
    expect(elements).to_have_count(9)
    assert [one.get_attribute("data-element") for one in elements.all()][:2] == ["fee", "complaints"]
    expect(page.locator("[data-element].weak")).to_have_count(3)
    expect(page.locator("#skm-suggestions li")).to_have_text([WILD])
    assert "Baru saja" not in page.content()
    expect(page.locator(".skm-until")).to_contain_text("7")
    expect(page.locator("[data-plan]")).to_have_count(0)  # an auditor reads
    legend = page.locator("#skm-means > p").first.bounding_box()
    assert legend is not None
    assert legend["height"] < 40  # one line: no other page's style reaches its signs


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_a_touch_saves_the_report_as_a_file(sit, kind, begins):
    page = sit("auditor")
    with page.expect_download() as saved:
        page.locator(f"[data-file={kind}]").click()
    assert saved.value.path().read_bytes().startswith(begins)
    expect(page.locator("#skm-index")).to_be_visible()


def test_a_filter_with_fewer_than_five_answers_shows_nothing(sit):
    page = sit("agency_head")
    page.locator("[name=holders][value=holder]").check()
    page.locator("[data-do=show]").click()
    expect(page.locator("#skm-few")).to_be_visible()
    expect(page.locator("#skm-index")).to_have_count(0)


def test_a_year_of_the_older_questionnaire_shows_its_index_and_elements_alone(sit):
    page = sit("auditor")
    page.locator("#skm-span").select_option("2011")
    page.locator("[data-do=show]").click()
    expect(page.locator("#skm-index .num")).to_have_text(re.compile("74,55"))
    expect(page.locator(".desk-bar")).to_contain_text("KepmenPAN 25/2004")
    expect(page.locator("[data-element]")).to_have_count(14)
    for absent in ("#skm-trend", "#skm-profile", "#skm-suggestions", "[data-planned]"):
        expect(page.locator(absent)).to_have_count(0)
    expect(page.locator("[data-file=pdf]")).to_have_attribute("href", re.compile("from=2011-01-01&to=2011-12-31"))


def test_a_filter_that_no_file_has_offers_none(sit):
    page = sit("auditor")
    expect(page.locator("#skm-place option")).to_have_text(["Semua · All", "ponsel sendiri · own phone"])
    expect(page.locator("[data-file]")).to_have_count(2)
    page.locator("[name=holders][value=walk_up]").check()
    page.locator("[data-do=show]").click()
    expect(page.locator("[data-file]")).to_have_count(0)
    expect(page.locator("#skm-index")).to_be_visible()


def test_two_write_the_plan_of_one_element_and_the_second_is_told(sit):
    one, other = sit("section_head"), sit("division_head")
    plan(one, "procedure", "Alur di dinding")
    expect(one.locator("[data-planned=procedure]")).to_contain_text("Alur di dinding")
    plan(other, "procedure", "Antrean daring")
    row = other.locator("[data-planned=procedure]")
    expect(row.locator(".note.bad")).to_contain_text("diubah orang lain")
    expect(row.locator(".skm-planned")).to_contain_text("Alur di dinding")
    expect(row.locator(".note.bad")).to_contain_text("Antrean daring")  # what could not be kept is not lost
    plan(other, "procedure", "Antrean daring", "doing")
    expect(row.locator("[data-state=doing]")).to_be_visible()
    expect(row).to_contain_text("Antrean daring")


def test_the_plan_of_this_half_year_shows_in_the_next_ones_report(sit):
    page = sit("admin")
    plan(page, "product", "Contoh izin di meja", "doing")
    expect(page.locator("[data-planned=product] [data-state=doing]")).to_be_visible()
    after = spans.around(DAY).after
    page.locator("#skm-span").evaluate("(select, code) => { select.options[0].value = code; select.selectedIndex = 0; }", after.code)
    page.locator("[data-do=show]").click()
    promised = page.locator("#skm-earlier [data-promised=product]")
    expect(promised).to_contain_text("Contoh izin di meja")
    expect(promised.locator("[data-state=doing]")).to_be_visible()


def test_an_admin_sets_the_weight_and_the_report_names_it(sit, hall: Everybody):
    page = sit("admin")
    page.locator(".skm-setting summary").click()
    page.locator("[name=weight][value='0.11']").check()
    page.locator("#skm-applicants").fill("4.384")
    page.locator("[data-do=save-setting]").click()
    expect(page.locator("#skm-setting-saved")).to_be_visible()
    expect(page.locator("#skm-index .num")).to_have_text(re.compile("90,56"))
    expect(page.locator(".desk-bar")).to_contain_text("0,11")
    expect(page.locator("#skm-index")).to_contain_text("kurang")
    assert hall.call("GET", "/api/v1/survey/index").body["index"] == "90.56"
    expect(sit("auditor").locator(".skm-setting")).to_have_count(0)
    page.locator("[name=weight][value='1/9']").check()
    page.locator("[data-do=save-setting]").click()
    expect(page.locator("#skm-index .num")).to_have_text(re.compile("91,48"))


@pytest.mark.parametrize("role", ["customer_service", "registration"])
def test_who_serves_visitors_does_not_read_their_answers(sit, role: str):
    page = sit(role, ready=False)
    expect(page).to_have_url(re.compile("/akun"))
    assert WILD not in page.content()


def test_axe_finds_nothing_in_the_whole_report(sit):
    page = sit("admin")
    page.locator("[data-plan=procedure]").click()
    page.locator(".skm-setting summary").click()
    page.evaluate(f"() => {{ {AXE.read_text()} }}")
    found = [f"{mode}: {one}" for mode, choice in MODES.items() for one in _looked_at(page, choice)]
    assert not found, "\n".join(found)


def _looked_at(page: Page, choice: dict[str, str]) -> list[str]:
    choose(page, **choice)
    found: list[str] = page.evaluate(RUN)
    return found


def test_on_paper_stands_the_report_alone(sit):
    page = sit("auditor")
    page.emulate_media(media="print")
    expect(page.locator("#skm-index")).to_be_visible()
    for gone in (".staff-bar", ".skm-filters", ".skm-files"):
        expect(page.locator(gone)).to_be_hidden()
    for drawn in page.locator("svg.chart").all():
        expect(drawn).to_be_visible()
    assert page.locator("svg.chart").count() > 20
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=page.pdf(), capture_output=True, check=True).stdout.decode()
    for words in ("91,48", "Biaya/Tarif", "4,00", WILD, "Rencana tindak lanjut"):
        assert words in text
