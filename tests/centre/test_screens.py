"""The centre's pages in Chromium: signing in, looking, settling, revoking; nothing reported, nothing too wide, nothing that axe finds."""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.centre import ingest, nodes, rules
from kiosk.core.chain import GENESIS, canonical
from kiosk.core.clock import stored, utc_now
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from tests.centre.house import Centre
from tests.e2e.test_axe import RUN

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
NAMES = {"kaltim": "DPMPTSP Provinsi Kalimantan Timur", "rohil": "DPMPTSP Kabupaten Rokan Hilir"}
PAYLOAD = "</pre><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    made = Centre(tmp_path_factory.mktemp("screens")).prepare("kaltim", "rohil").start()
    engine = open_engine(made.data / "centre.db", writing=True)
    with engine.begin() as connection:
        for office_id in ("kaltim", "rohil"):
            code = nodes.make_code(connection, office_id=office_id, at=utc_now())
            node = nodes.enrol(connection, typed=code, public_key="ab" * 32, name=f"PC {PAYLOAD}", at=utc_now())
            mine = {"office_id": office_id, "node_id": node.node_id}
            told = {"device_id": "K" * 40, "lane": "K1", "waiting": 3, "build": "3f9a1c0b77de", "last_seen_at": stored(utc_now())}
            event = {"office_id": office_id, "event_id": new_id(), "kind": "device.health", "at": stored(utc_now()), "actor": "node"}
            lines = [PAYLOAD.encode(), canonical({**event, "body": told})]
            ingest.take(connection, **mine, batch=rules.Batch(1, 1, GENESIS, lines), at=utc_now())
    engine.dispose()
    yield made
    made.stop()


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A browser's page; whatever it complains about (a policy, a script, a file that is missing) fails the test."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    context.add_init_script(path=AXE)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()
    assert [one for one in complaints if "401" not in one] == []  # a wrong passphrase is told on the console too


def fine(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_have_text(heading)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].filter((one) => one.status === 'loaded').length)") >= 2
    assert page.evaluate(RUN) == []


def test_an_operator_s_round(centre: Centre, page: Page, request: pytest.FixtureRequest):
    size = request.node.callspec.params["page"]
    name, office = f"sari-{size}", {"desk": "kaltim", "phone": "rohil"}[size]
    secret = centre.run("user", "add", name, "--office", "*").stdout.strip()
    page.goto(f"{centre.url}/disisihkan")
    fine(page, "Masuk ke pusat")
    page.fill("[name=name]", name)
    page.fill("[name=passphrase]", "0000-0000-0000-0000")
    page.click("button.start")
    expect(page.get_by_role("alert")).to_contain_text("salah")
    page.fill("[name=passphrase]", secret.lower().replace("-", ""))
    page.click("button.start")
    fine(page, "Kantor")
    assert page.get_by_text("Tersambung", exact=True).count() >= 1
    page.click(f"h2 a[href$={office}]")
    fine(page, NAMES[office])
    page.click("summary")
    page.click("button:has-text('Buat kode')")
    expect(page.locator(".code .num")).to_be_visible()
    assert page.evaluate(RUN) == []
    page.click("nav >> text=Disisihkan")
    fine(page, "Disisihkan")
    assert PAYLOAD in page.inner_text("pre >> nth=0")
    page.fill("[name=note] >> nth=0", "<b>dilaporkan</b>")
    page.click("button:has-text('Selesaikan') >> nth=0")
    expect(page.get_by_role("status")).to_contain_text("Baris sudah diselesaikan")
    page.click("nav.tabs >> text=Selesai")
    expect(page.locator(".note.ok").first).to_contain_text("<b>dilaporkan</b>")
    page.click("button:has-text('English')")
    fine(page, "Set aside")
    page.click("nav >> text=Offices")
    page.click(f"h2 a[href$={office}]")
    page.click("a:has-text('Revoke') >> nth=0")
    expect(page.locator("h1")).to_contain_text(PAYLOAD)
    page.click("button:has-text('Yes, revoke it')")
    expect(page.get_by_role("status")).to_contain_text("revoked")
    page.click("button:has-text('Sign out')")
    fine(page, "Sign in at the centre")
    page.go_back()
    page.reload()
    assert page.url.endswith("/masuk")


def test_staff_of_an_office_see_theirs_and_no_button(centre: Centre, page: Page, request: pytest.FixtureRequest):
    name = f"budi-{request.node.callspec.params['page']}"
    secret = centre.run("user", "add", name, "--office", "rohil").stdout.strip()
    page.goto(f"{centre.url}/masuk")
    page.fill("[name=name]", name)
    page.fill("[name=passphrase]", secret)
    page.click("button.start")
    fine(page, "Kantor")
    assert page.locator("h2 a").all_inner_texts() == [NAMES["rohil"]]
    assert "Kalimantan" not in page.content()
    page.click("h2 a")
    fine(page, NAMES["rohil"])
    assert page.locator("main form, main a.btn").count() == 0
