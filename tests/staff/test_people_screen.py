"""The page of the staff, one's own account and the switch of officers, in a real browser on a real node."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.staff.everybody import PIN, Everybody, everybody

SOON = 6000  # ms: the page asks every three seconds whether it may still be seen


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    yield from everybody(tmp_path_factory.mktemp("people"))


@pytest.fixture
def seats(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for one in opened:
        one.close()


@pytest.fixture
def sit(browser: Browser, hall: Everybody, seats: list[BrowserContext]):
    """A browser of its own, with this role signed in, at a page."""

    def at(role: str, path: str) -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=hall.url)
        seats.append(context)
        name, value = hall.sign_in(hall.accounts[role]).split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": hall.url}])
        page = context.new_page()
        page.goto(path)
        return page

    return at


def choose(page: Page, role: str) -> None:
    page.locator(f"[data-person='Uji {role}']").click()
    expect(page.locator("#person h2")).to_have_text(f"Uji {role}")


def sign_in(page: Page, name: str, pin: str) -> None:
    page.goto("/masuk")
    page.locator(f"[data-account='{name}']").click()
    page.keyboard.type(pin)
    page.keyboard.press("Enter")


def test_an_admin_adds_a_person_with_two_roles_who_can_sign_in_with_the_pin_that_was_shown(sit, hall: Everybody):
    admin = sit("admin", "/petugas")
    admin.locator("[data-do=begin]").click()
    admin.locator("#new-name").fill("Rina <b>Wati</b>")
    for role in ("registration", "collection"):
        admin.locator(f"#new [name=role-{role}]").check()
    admin.locator("[data-do=add]").click()
    expect(admin.locator("#new-pin")).to_have_text(re.compile(r"^\d{6}$"))
    pin = admin.locator("#new-pin").inner_text()
    row = admin.locator("tr", has_text="Rina")
    expect(row.locator(".role:visible")).to_have_count(2)
    assert row.locator("button b").first.inner_text() == "Rina <b>Wati</b>"  # as it was typed, and nothing more
    choose(admin, "auditor")
    expect(admin.locator("#new-pin")).to_have_count(0)  # it is shown once
    newcomer = sit("auditor", "/akun")
    sign_in(newcomer, "Rina <b>Wati</b>", pin)
    expect(newcomer).to_have_url(re.compile("/loket"))


def test_an_admin_gives_a_new_pin_and_the_old_one_is_void(sit):
    person = sit("section_head", "/akun")
    expect(person.locator("h1")).to_contain_text("Uji section_head")
    admin = sit("admin", "/petugas")
    choose(admin, "section_head")
    admin.locator("[data-ask=reset-pin]").click()
    admin.locator("[data-do=reset-pin]").click()
    expect(admin.locator("#new-pin")).to_have_text(re.compile(r"^\d{6}$"))
    pin = admin.locator("#new-pin").inner_text()
    expect(person).to_have_url(re.compile("/masuk"), timeout=SOON)
    sign_in(person, "Uji section_head", PIN)
    expect(person.locator(".said")).to_contain_text("belum cocok")
    sign_in(person, "Uji section_head", pin)
    expect(person).to_have_url(re.compile("/laporan"))


def test_a_role_taken_away_leads_the_open_page_away_and_says_why(sit):
    person = sit("verifier", "/loket")
    expect(person.locator("[data-counter]").first).to_be_visible()
    admin = sit("admin", "/petugas")
    choose(admin, "verifier")
    admin.locator("#person [name=role-verifier]").uncheck()
    admin.locator("#person [name=role-agency]").check()
    admin.locator("[data-do=save-roles]").click()
    expect(admin.locator("#done")).to_contain_text("berlaku")
    expect(person).to_have_url(re.compile("/akun"), timeout=SOON)  # without a touch
    expect(person.locator("#refused")).to_be_visible()
    person.goto("/loket")
    expect(person).to_have_url(re.compile("/akun"))


def test_the_second_of_two_admins_is_told_and_sees_the_roles_as_they_are(sit):
    one, other = sit("admin", "/petugas"), sit("admin", "/petugas")
    for page in (one, other):
        choose(page, "processing")
    one.locator("#person [name=role-records]").check()
    one.locator("[data-do=save-roles]").click()
    expect(one.locator("#done")).to_be_visible()
    other.locator("#person [name=role-auditor]").check()
    other.locator("[data-do=save-roles]").click()
    expect(other.locator("#problem")).to_contain_text("diubah orang lain")
    expect(other.locator("#person [name=role-records]")).to_be_checked()
    expect(other.locator("#person [name=role-auditor]")).not_to_be_checked()


def test_the_last_admin_is_told_why_not(sit, hall: Everybody):
    hall.node.run("staff", "close", "Admin Kantor")
    admin = sit("admin", "/petugas")
    choose(admin, "admin")
    admin.locator("[data-ask=close]").click()
    admin.locator("[data-do=close]").click()
    expect(admin.locator("#problem")).to_contain_text("admin terakhir")


def test_everybody_changes_the_own_pin_and_is_told_when_the_two_differ(sit):
    person = sit("agency_head", "/akun")

    def fill(old: str, new: str, again: str) -> None:
        for name, value in (("old", old), ("new", new), ("again", again)):
            person.locator(f"#pin-{name}").fill(value)
        person.locator("#change-pin").click()

    expect(person.locator("h1")).to_contain_text("Uji agency_head")
    fill(PIN, "418305", "418306")
    expect(person.locator("#problem")).to_contain_text("tidak sama")
    fill(PIN, "418305", "418305")
    expect(person.locator(".note.ok")).to_be_visible()
    sign_in(person, "Uji agency_head", "418305")
    expect(person).to_have_url(re.compile("/laporan"))


def test_a_switch_of_officers_takes_three_touches_and_the_counter_stays(sit, hall: Everybody):
    """One on the counter's page, one on a name, and the PIN: the last digit sends it. Nothing else is touched."""
    desk = sit("information", "/loket")
    desk.locator("[data-counter='3']").click()
    expect(desk.locator("[data-do=switch]")).to_be_visible()
    desk.evaluate("sessionStorage.touches = 0")
    desk.context.add_init_script(
        "addEventListener('pointerdown', () => { sessionStorage.touches = Number(sessionStorage.touches || 0) + 1 }, true)"
    )
    desk.reload()
    desk.locator("[data-do=switch]").click()
    expect(desk.locator("[data-account='Uji admin']")).to_have_count(0)  # who may not sit here is not asked
    desk.locator("[data-account='Uji customer_service']").click()
    on_the_way = int(desk.evaluate("sessionStorage.touches"))
    for digit in PIN:
        desk.locator(f"[data-key='{digit}']").click()
    expect(desk).to_have_url(re.compile("/loket"))
    expect(desk.locator(".staff-bar .who")).to_contain_text("Uji customer_service")
    expect(desk.locator("h1")).to_contain_text("3")
    touches = int(desk.evaluate("sessionStorage.touches"))
    assert (on_the_way, touches) == (2, 2 + len(PIN))  # two touches, and the third is the PIN


def test_at_the_door_of_another_office_s_staff_nothing_is_shown(sit):
    """Whoever is not admin comes to the own account, and the page of the staff never draws."""
    person = sit("auditor", "/petugas")
    expect(person).to_have_url(re.compile("/akun"))
    expect(person.locator("[data-person]")).to_have_count(0)
    assert "Uji admin" not in person.content()
