"""The screens of the product as tests look at them: which sizes, which addresses, which choices of the visitor."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from kiosk.checklist.rules import Code, encode
from kiosk.survey.questionnaire import questionnaire
from tests.catalogue.conftest import standards_of
from tests.e2e.house import STORE
from tests.support import Node

SIZES = {"kiosk": (1080, 1920), "tablet": (1280, 800), "phone": (390, 844), "tv": (1920, 1080), "staff": (1366, 768)}
CHOOSE = """async (choice) => {
  localStorage.setItem("kiosk.prefs", JSON.stringify(choice));
  window.dispatchEvent(new StorageEvent("storage", { key: "kiosk.prefs" }));
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
EVERYTHING = {"text": "large", "theme": "contrast", "reach": "low", "language": "en"}
CALLED = ("A-017", "B-K2-014", "C-007", "D-005", "B-016")
COUNTERS = ("Loket Pendaftaran", "Loket 4", "Loket 5", "Loket 6", "Loket 1")


@contextmanager
def screen(browser: Browser, surface: str, **more: Any) -> Iterator[Page]:
    """A page of this size without a service worker: what is intercepted must not come from a copy."""
    width, height = SIZES[surface]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID", service_workers="block", **more)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def choose(page: Page, **choice: str) -> None:
    """What the dock's controls do, without a load: language, text, theme, reach."""
    page.evaluate(CHOOSE, choice)


def forget(page: Page) -> None:
    """Take back what a state intercepted."""
    page.unroute_all(behavior="ignoreErrors")
    if page.url.startswith("http"):
        page.evaluate("localStorage.removeItem('kiosk.device')")


def _changed(change: Callable[[Any], None]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        change(body)
        route.fulfill(response=response, json=body)

    return answer


def closed(page: Page, node: Node) -> None:
    """The office is closed until the day after tomorrow."""

    def shut(queues: Any) -> None:
        for queue in queues:
            queue |= {"open": False, "opens_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()}

    page.route("**/api/v1/queues", _changed(shut))


def called(page: Page, node: Node) -> None:
    """The ticket that is followed is called."""
    counter = {"status": "called", "counter_name": COUNTERS[0], "counter_name_en": "Registration counter"}
    page.route("**/api/v1/tickets/*", _changed(lambda ticket: ticket.update(counter)))


FORGET_LANE = "() => new Promise((done) => { indexedDB.deleteDatabase('kiosk').onsuccess = done; })"
LANE = f"""async () => {{
  const stored = {STORE};
  while (!(await stored("facts")).some((one) => one.lane)) await new Promise((done) => setTimeout(done, 100));
}}"""


def away(page: Page, node: Node) -> None:
    """The node does not answer, and the screen is enrolled: it gives numbers by itself."""
    page.context.clear_cookies()
    page.goto(f"{node.url}/healthz")
    page.evaluate(FORGET_LANE)
    own = {"origin": node.url, "sec-fetch-site": "same-origin"}
    assert page.context.request.post(f"{node.url}/api/v1/devices/demo", headers=own, data={}).ok
    page.evaluate("localStorage.setItem('kiosk.device', 'in')")
    page.goto(f"{node.url}/antrean")
    page.locator("[data-queue=A]").wait_for()
    page.evaluate(LANE)
    cut(page)


def gone(page: Page, node: Node) -> None:
    """The node does not answer, and the screen has no lane."""
    page.goto(f"{node.url}/healthz")
    page.evaluate(FORGET_LANE)
    cut(page)


def cut(page: Page) -> None:
    """No answer of the node's reaches this page any more; its files do."""
    page.route("**/healthz", lambda route: route.abort())
    page.route("**/api/**", lambda route: route.abort())


def revoked(page: Page, node: Node) -> None:
    """The browser was a device and is none any more."""
    page.goto(f"{node.url}/healthz")
    page.evaluate("localStorage.setItem('kiosk.device', 'in')")
    no_device = {"code": "DEVICE-0401", "message": "", "reference": "-"}
    page.route("**/api/v1/devices/*", lambda route: route.fulfill(status=401, json=no_device))


def calling(page: Page, node: Node) -> None:
    """The board shows five calls, with a long number and a long counter."""

    picture = node.get("/api/v1/board").body
    picture["calls"] = [_call(*pair) for pair in zip(CALLED, COUNTERS, strict=True)]

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/event-stream", body=f"retry: 60000\ndata: {json.dumps(picture)}\n\n")

    page.route("**/api/v1/board/stream", answer)


def _call(number: str, counter: str) -> dict[str, str]:
    at = datetime.now(UTC).isoformat()
    queue = {"queue": number[0], "queue_name": "Layanan Pendaftaran", "queue_name_en": "Registration counter"}
    place = {"counter": "1", "counter_name": counter, "counter_name_en": "Registration counter"}
    return queue | place | {"id": number, "number": number, "at": at}


def silent(page: Page, node: Node) -> None:
    """The board hears nothing."""
    page.route("**/api/v1/board/stream", lambda route: route.abort())


LONG_NOTICE = {
    "id": "Jumat 13 Maret loket tutup pukul 10.30 karena apel pegawai. Nomor yang sudah diambil tetap dilayani pada hari Senin",
    "en": "On Friday 13 March counters close at 10:30 for a meeting of the staff. Numbers already taken are served on Monday",
}
SETUP = {
    "https_address": "https://kios.dpmptsp.internal:8443",
    "problem": None,
    "fingerprint": " ".join(f"{place:X}D{place:X}4" for place in range(16)),
    "name": "Kios PTSP kaltim 2026-11",
    "not_before": "2026-03-11T02:00:00.000000Z",
    "not_after": "2027-04-11T02:00:00.000000Z",
    "now": "2026-03-11T02:00:00.000000Z",
}


def prepared(page: Page, node: Node) -> None:
    """The node has an authority, and the clock of the device is wrong."""
    page.route("**/api/v1/setup", lambda route: route.fulfill(json=SETUP))


def unprepared(page: Page, node: Node) -> None:
    """Its certificate is over."""
    page.route("**/api/v1/setup", lambda route: route.fulfill(json=SETUP | {"https_address": None, "problem": "TLS-0410"}))


PAPERS = "kaltim-rekomendasi-penyelenggara-pameran"
DIGEST = next(one.digest for one in standards_of("kaltim") if one.id == PAPERS)
FOR_ANOTHER = {"oneself": "no"}
RESULT = encode(Code(PAPERS, DIGEST[:12], "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "hmhuhhm"))


def at_paper(order: int, marks: str, facts: dict[str, str]) -> Callable[[Page, Node], None]:
    """Questions are answered by `facts`, papers by `marks`; the one of this order stands on the screen, 0: the first question."""
    answered = {str(place): mark for place, mark in enumerate(marks, start=1)}
    kept = {"facts": facts, "marks": answered, "at": order, "id": None, "made": None, "service": PAPERS, "digest": DIGEST}

    def put(page: Page, node: Node) -> None:
        page.goto(f"{node.url}/healthz")
        page.evaluate("(kept) => sessionStorage.setItem('kiosk.visitor.checklist', JSON.stringify(kept))", kept)

    return put


SCORED = dict.fromkeys(("requirements", "procedure", "completion_time", "fee", "product", "competence", "behaviour", "facilities"), 3)


def at_step(step: str, **more: Any) -> Callable[[Page, Node], None]:
    """Somebody answers the survey and has come to this step, named as in survey.js."""
    kept = {"at": step, "scores": SCORED, "service": "", "profile": {}, "suggestion": "", "code": "", "given": False, "changing": False}

    def put(page: Page, node: Node) -> None:
        if not page.url.startswith(node.url):  # a node that is gone serves no page of its own
            page.goto(f"{node.url}/healthz")
        page.evaluate("(kept) => sessionStorage.setItem('kiosk.visitor.survey', JSON.stringify(kept))", {**kept, "id": None, **more})

    return put


def noticed(page: Page, node: Node) -> None:
    """Two notices as long as a notice may be."""
    span = {"from": "2026-01-01T00:00:00+08:00", "until": "2099-01-01T00:00:00+08:00"}
    text = {"id": LONG_NOTICE["id"].ljust(140, "."), "en": LONG_NOTICE["en"].ljust(140, ".")}
    notices = [{"id": level, "text": text, "level": level, **span} for level in ("important", "normal")]
    page.route("**/api/v1/notices", lambda route: route.fulfill(json={"now": datetime.now(UTC).isoformat(), "notices": notices}))


def noticed_calling(page: Page, node: Node) -> None:
    """The board with calls and a notice."""
    noticed(page, node)
    calling(page, node)


def indexed(page: Page, node: Node) -> None:
    """Visitors have answered: an index, an element that few answered, groups that are hidden."""
    form = questionnaire()
    means = ("4.00", "3.97", "3.66", "3.62", "3.62", "3.62", "3.52", "3.48", None)
    elements = [
        {"key": one.key, "name": one.name.model_dump(), "mean": mean, "grade": "A" if mean else None}
        for one, mean in zip(form.elements, means, strict=True)
    ]
    profile = {
        part: [
            {"key": group.key, "name": group.label.model_dump(), "n": None if number == 1 else 8}
            for number, group in enumerate(form.profile[part])
        ]
        for part in ("sex", "education")
    }
    told = node.get("/api/v1/survey/index").body
    told |= {"index": "91.48", "grade": "A", "n": 1029, "from": "2026-07-01", "to": "2026-11-20", "weight": "1/9"}
    told |= {"name": {"id": "Juli–Desember 2026", "en": "July–December 2026"}, "elements": elements, "profile": profile}
    page.route("**/api/v1/survey/index", lambda route: route.fulfill(json=told))


def indexed_calling(page: Page, node: Node) -> None:
    """The board with calls, and the index below them."""
    indexed(page, node)
    calling(page, node)


VECTORS = json.loads((Path(__file__).parents[1] / "letters/vectors/letter-codes.json").read_text())


def _known(name: str) -> dict[str, Any]:
    """Lists of the golden vectors, as the node tells its own."""

    def base64(message: str) -> str:
        return b64encode(bytes.fromhex(message)).decode()

    told = VECTORS["knowledge"][name]
    roots = [root | {"public": base64(root["public"])} for root in told["roots"]]
    return {"now": "", "roots": roots, "lists": [*map(base64, told["lists"])], "revocations": [*map(base64, told["revocations"])]}


def letter(verdict: str) -> tuple[str, str, Callable[[Page, Node], None]]:
    """A code of the golden vectors with this verdict, opened by its address.

    Each view has a fixed address, so the lists are fixed too; they are signed, and the browser checks them. That a node's own lists
    lead to these verdicts is proved in test_letters.py.
    """
    fitting = (one for one in VECTORS["cases"] if one["stages"]["judgement"]["verdict"] == verdict and "#" in one["text"])
    case = min(fitting, key=lambda one: bool((one["stages"]["judgement"]["fields"] or {}).get("expires")))

    def trusted(page: Page, node: Node) -> None:
        page.route("**/api/v1/trust", lambda route: route.fulfill(json=_known(case["knowledge"])))

    return f"/V#{case['text'].split('#')[1]}", f"[data-step=result][data-verdict={verdict}] .verify-do", trusted


def fresh(page: Page, node: Node) -> None:
    """No visitor's letter is here."""
    page.goto(f"{node.url}/healthz")
    page.evaluate("sessionStorage.clear()")


def blind(page: Page, node: Node) -> None:
    """There are no lists here, and the node is gone."""
    fresh(page, node)
    page.evaluate("localStorage.removeItem('kiosk.copy:/api/v1/trust')")
    cut(page)


# name -> (path, what must be there before one looks, state). The service pages are added by their offices.
VIEWS: dict[str, tuple[str, str, Callable[[Page, Node], None] | None]] = {
    "home": ("/", ".go", None),
    "notices": ("/", ".notice", noticed),
    "list": ("/layanan", ".service-tile", None),
    "office": ("/kantor", ".channels > div", None),
    "index": ("/indeks", ".ikm-people", indexed),
    "index-none": ("/indeks", ".ikm .note", None),
    "take": ("/antrean", "[data-queue=A]", None),
    "closed": ("/antrean", "[data-note=clock]", closed),
    "gone": ("/antrean", "[data-note=warning]", gone),
    "check": ("/checklist", ".service-tile", None),
    "check-question": (f"/checklist?id={PAPERS}", "[data-step=oneself]", at_paper(0, "", {})),
    "check-paper": (f"/checklist?id={PAPERS}", "[data-step='5']", at_paper(5, "hmhu", FOR_ANOTHER)),
    "check-last": (f"/checklist?id={PAPERS}", "[data-step='7']", at_paper(7, "hmhuhh", FOR_ANOTHER)),
    "check-result": (f"/checklist#{RESULT}", "[data-result] [data-number]", None),
    "check-no-list": ("/checklist?id=kaltim-undian-gratis-berhadiah", "[data-no-list] [data-number]", None),
    "check-fault": ("/checklist#1.x", "[data-fault]", None),
    "survey": ("/survey", "[data-step=start]", at_step("start", scores={})),
    "survey-question": ("/survey", "[data-step=product]", at_step("ask:product")),
    "survey-complaints": ("/survey", "[data-step=complaints]", at_step("ask:complaints")),
    "survey-service": ("/survey", "[data-step=service] [data-option]", at_step("service")),
    "survey-work": ("/survey", "[data-step=work]", at_step("about:work", profile={"work": "TNI"})),
    "survey-suggestion": ("/survey", "[data-step=suggestion]", at_step("suggestion", suggestion="Kursinya kurang.")),
    "survey-code": ("/survey", "[data-step=code]", at_step("code", code="7GQ0K2ZD")),
    "survey-end": ("/survey", "[data-step=end]", at_step("end")),
    "survey-nothing": ("/survey", "[data-do=restart]", at_step("end", scores={})),
    "verify": ("/verify", "[data-step=choose]", fresh),
    "verify-blind": ("/verify", "[data-note=no-list]", blind),
    "letter": letter("code_genuine"),
    "letter-revoked": letter("revoked"),
    "letter-altered": letter("altered"),
    "letter-unknown": letter("unknown_issuer"),
    "letter-unreadable": ("/V#12345", "[data-verdict=unreadable]", None),
    "lane": ("/antrean", "[data-note=check-circle]", away),
    "setup": ("/setup", ".setup-groups", prepared),
    "setup-over": ("/setup", "[data-note=problem]", unprepared),
    "enrol": ("/daftar#7GQ0-K2ZD", "[data-key=send]:enabled", None),
    "enrol-keys": ("/daftar", "[data-key=A]", None),
    "revoked": ("/", ".device-lost", revoked),
    "board": ("/papan", "[data-call]", calling),
    "board-notices": ("/papan", ".notice", noticed_calling),
    "board-index": ("/papan", ".index-slide", indexed_calling),
    "board-silent": ("/papan", ".board-age", silent),
}
