"""The pictures of the README, taken of a real node in a real browser: `make screenshots`."""

import csv
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.core.clock import utc_now  # noqa: E402
from kiosk.core.ids import new_id  # noqa: E402
from kiosk.survey.questionnaire import ELEMENTS  # noqa: E402
from tests.centre.house import Centre  # noqa: E402
from tests.e2e import letters  # noqa: E402
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node, free_port  # noqa: E402
from tests.survey.asked import PUBLISHED  # noqa: E402
from tests.tls.house import Disk  # noqa: E402

FOLDER = ROOT / "docs/screenshots"
KIOSK, TABLET, PHONE, TV, DESK = (1080, 1920), (1280, 800), (390, 844), (1920, 1080), (1366, 768)
SERVICE = "/layanan/standar?id=kaltim-rekomendasi-penyelenggara-pameran"
SETTLE_MS = 1500
FINGER_MS = 500  # a touch that comes sooner does not count
LANE_MS = 5000  # until the node knows that this screen holds its lane
SENT_MS = 8000
ASKED = 3  # the question on the picture
PEOPLE, WEEKS = 29, 6
PUBLIC = (
    ("kiosk-home", KIOSK, "/"),
    ("kiosk-services", KIOSK, "/layanan"),
    ("kiosk-service", KIOSK, SERVICE),
    ("kiosk-take", KIOSK, "/antrean"),
    ("kiosk-office", KIOSK, "/kantor"),
    ("tablet-home", TABLET, "/"),
    ("tablet-take", TABLET, "/antrean"),
    ("phone-service", PHONE, SERVICE),
    ("kiosk-survey", KIOSK, "/survey"),
    ("phone-survey", PHONE, "/survey"),
    ("tv-board", TV, "/papan"),
    ("staff-sign-in", DESK, "/masuk"),
    ("kiosk-enrol", KIOSK, "/daftar#7GQ0-K2ZD"),
    ("tablet-setup", TABLET, "/setup"),
    ("phone-setup", PHONE, "/setup"),
)
# page of the staff -> the role that looks at it
DESKS = {
    "people": ("/petugas", "admin"),
    "trail": ("/riwayat", "auditor"),
    "account": ("/akun", "information"),
    "letters": ("/surat", "agency_head"),
}


def _page(browser: Browser, size: tuple[int, int], *, cookie: dict[str, str] | None = None) -> Page:
    scale = 2 if size == PHONE else 1
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale, locale="id-ID")
    if cookie:
        context.add_cookies([cookie])
    return context.new_page()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLE_MS)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    # 128 colours are enough for flat surfaces, and a quarter of the size.
    Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"  docs/screenshots/{name}.png {file.stat().st_size // 1024} kB")


def _open(browser: Browser, node: Node, name: str, size: tuple[int, int], path: str) -> None:
    page = _page(browser, size)
    page.goto(node.url + path)
    page.locator("h1").first.wait_for()
    _take(page, name)
    page.context.close()


def _visitor(browser: Browser, node: Node) -> None:
    """Take a number at the touchscreen and follow it on the phone."""
    kiosk = _page(browser, KIOSK)
    kiosk.goto(node.url + "/antrean")
    kiosk.locator("[data-queue=B]").click()
    kiosk.wait_for_selector("[data-ticket-number]")
    _take(kiosk, "kiosk-ticket")
    kiosk.context.close()


def _desk(browser: Browser, node: Node, role: str, path: str) -> Page:
    """A page of the staff, as somebody with `role` sees it."""
    name, value = node.sign_in(role).split("=", 1)
    desk = _page(browser, DESK, cookie={"name": name, "value": value, "url": node.url})
    desk.goto(node.url + path)
    desk.locator("h1").first.wait_for()
    return desk


def _staff(browser: Browser, node: Node) -> None:
    """The admin's and the auditor's pages; a device is about to be enrolled."""
    for name, (path, role) in DESKS.items():
        desk = _desk(browser, node, role, path)
        _take(desk, f"staff-{name}")
        desk.context.close()
    for name, kind in (("Kios lobi", "kiosk"), ("TV ruang tunggu", "board"), ("Loket 3", "staff")):
        node.run("device", "enrol", name, "--kind", kind, "--token")
    desk = _desk(browser, node, "admin", "/perangkat")
    desk.locator("#device-name").fill("Tablet survei")
    desk.locator("form button").click()
    _take(desk, "staff-devices")
    desk.context.close()


def _officer(browser: Browser, node: Node) -> None:
    """Call visitors to four counters, so that the board and the counter have something to show."""
    desk = _desk(browser, node, "information", "/loket")
    for counter in "6341":
        desk.locator(f"[data-counter='{counter}']").click()
        for step in ("call-next", "start", "finish"):
            desk.locator(f"[data-do={step}]:enabled").click()
        desk.locator("[data-do=call-next]:enabled").wait_for()
        if counter != "1":
            desk.locator("[data-do=change]").click()
    desk.locator("[data-do=call-next]").click()
    _take(desk, "staff-counter")
    desk.context.close()


def _crowd(node: Node) -> str:
    bearer = {"authorization": f"Bearer {node.token()}"}
    tickets = [node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": queue}, bearer).body for queue in "AABADDABABAB"]
    return str(tickets[-1]["id"])


def _letters(browser: Browser, node: Node, signed: letters.Letters) -> None:
    """A letter's code is opened, as a camera does: at the touchscreen and on a phone, which knows a revoked one too."""
    for name, size, code in (("kiosk-verify", KIOSK, signed.code()), ("phone-verify", PHONE, signed.revoked())):
        page = _page(browser, size)
        page.goto(f"{node.url}/V#{code.split('#')[1]}")
        page.locator("[data-step=result] .verify-ages").wait_for()
        _take(page, name)
        page.context.close()


def _checklist(browser: Browser, node: Node) -> None:
    """Go through a list at the touchscreen; Customer Service scans the code on the glass."""
    kiosk = _page(browser, KIOSK)
    kiosk.goto(node.url + "/checklist")
    kiosk.locator(".service-tile").first.click()
    for place, said in enumerate(("no", "h", "m", "h", "u", "h", "h", "h")):
        step = kiosk.locator("[data-step]").get_attribute("data-step")
        if place == 2:
            _take(kiosk, "kiosk-checklist")
        kiosk.wait_for_timeout(FINGER_MS)
        kiosk.locator(f"[data-answer={said}]").click()
        kiosk.locator(f"[data-step='{step}']").wait_for(state="detached")
    kiosk.locator("[data-result]").wait_for()
    _take(kiosk, "kiosk-checklist-result")
    code = kiosk.locator("[data-result]").get_attribute("data-address") or ""
    kiosk.context.close()
    desk = _desk(browser, node, "customer_service", "/berkas")
    desk.locator("#code").fill(code)
    desk.keyboard.press("Enter")
    desk.locator("[data-paper]").first.wait_for()
    for paper, mark in enumerate("fmff"):
        desk.locator("[data-paper]").nth(paper).locator(f"[data-mark={mark}]").click()
    _take(desk, "staff-checklist")
    desk.context.close()


def _answer(browser: Browser, node: Node) -> None:
    """Somebody answers at the tablet, to the end."""
    page = _page(browser, TABLET)
    page.goto(node.url + "/survey")
    page.locator("[data-do=begin]").click()
    for place in range(len(ELEMENTS)):
        step = page.locator("[data-step]").get_attribute("data-step")
        page.wait_for_timeout(FINGER_MS)
        if place == ASKED:
            _take(page, "tablet-survey")
        page.locator("[data-score='4']").click()
        page.locator(f"[data-step='{step}']").wait_for(state="detached")
    page.wait_for_timeout(FINGER_MS)
    _take(page, "tablet-survey-profile")
    page.locator("[data-do=finish-now]").click()
    page.wait_for_timeout(FINGER_MS)
    page.locator("[data-do=send]").click()
    page.locator("[data-step=thanks]").wait_for()
    _take(page, "tablet-survey-thanks")
    page.context.close()


def _answers(folder: Path) -> Path:
    """A file of answers: the sums of the published table, a handful of people on each of the last weeks."""
    file, today = folder / "answers.csv", utc_now().date()
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("date", "service", *ELEMENTS, "sex", "suggestion"))
        for person in range(PEOPLE):
            scores = (PUBLISHED[element] // PEOPLE + (person < PUBLISHED[element] % PEOPLE) for element in ELEMENTS)
            said = "Tambah kursi di ruang tunggu." if person == 0 else ""
            rows.writerow((today - timedelta(days=7 * (person % WEEKS)), SERVICE.partition("=")[2], *scores, "LP"[person % 2], said))
    return file


def _report(browser: Browser, node: Node) -> None:
    """What the office and what everybody reads of the survey."""
    desk = _desk(browser, node, "admin", "/laporan")
    desk.locator(".skm-figure").first.wait_for()
    _take(desk, "staff-report")
    desk.context.close()
    _open(browser, node, "phone-index", PHONE, "/indeks")


def _alone(browser: Browser, node: Node) -> None:
    """The office computer dies; the touchscreen goes on with numbers of its own lane."""
    kiosk = _page(browser, KIOSK)
    kiosk.goto(node.url + "/antrean")
    kiosk.locator("[data-queue=A]").wait_for()
    kiosk.wait_for_timeout(LANE_MS)
    node.kill()
    kiosk.locator("#offline-badge[data-up=false]").wait_for()
    kiosk.locator("[data-queue=A]").click()
    kiosk.locator("[data-ticket-number]").wait_for()
    _take(kiosk, "kiosk-ticket-alone")
    kiosk.context.close()
    node.start()


def _centre(browser: Browser, node: Node, folder: Path) -> None:
    """What the office sent is at the centre."""
    centre = Centre(folder).prepare("kaltim", "rohil").start()
    try:
        centre.enrol(node)
        secret = centre.run("user", "add", "sari", "--office", "*").stdout.strip()
        page = _page(browser, DESK)
        page.wait_for_timeout(SENT_MS)
        page.goto(f"{centre.url}/masuk")
        page.fill("[name=name]", "sari")
        page.fill("[name=passphrase]", secret)
        page.keyboard.press("Enter")
        page.locator("h1", has_text="Kantor").wait_for()
        _take(page, "centre-offices")
        page.goto(f"{centre.url}/kantor/{node.office}")
        _take(page, "centre-office")
        page.context.close()
    finally:
        centre.stop()


def _modes(browser: Browser, node: Node) -> None:
    """High contrast, large text, low reach and English together."""
    page = _page(browser, KIOSK)
    page.goto(node.url + "/antrean")
    for tool in ("text", "contrast", "reach", "language"):
        page.locator(f"[data-tool={tool}]").click()
    _take(page, "kiosk-take-all-aids")
    page.context.close()


def main() -> None:
    """Take every picture on one node."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        disk = Disk.of(Path(folder))
        node = Node(disk.data, env={"KIOSK_RATE_LIMITS": "off", "KIOSK_HTTPS_PORT": str(free_port())}).prepare()
        disk.authority(now=utc_now())
        node.run("survey", "import", str(_answers(Path(folder))), "--yes")
        signed = letters.establish(node)
        node.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        try:
            ticket = _crowd(node)
            _officer(browser, node)
            for name, size, path in (*PUBLIC, ("phone-ticket", PHONE, f"/tiket?id={ticket}")):
                _open(browser, node, name, size, path)
            _visitor(browser, node)
            _modes(browser, node)
            _staff(browser, node)
            _letters(browser, node, signed)
            _checklist(browser, node)
            _answer(browser, node)
            _report(browser, node)
            _alone(browser, node)
            _centre(browser, node, Path(folder) / "centre")
        finally:
            browser.close()
            node.stop()


if __name__ == "__main__":
    main()
