"""Every page x everybody: what they see and may do; forms of other sites; what an office sent is text."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from kiosk.centre.feed import STANDING
from kiosk.centre.people.signing_in import Who
from kiosk.core.clock import utc_now
from kiosk.core.db import open_engine
from kiosk.core.doors import routes
from kiosk.sync.heads import read_head
from tests.centre.site import ADDRESS, PEOPLE, SECRET, A, B, Site, ask

TRAITS = ("anonymous", "staff", "operator")
ANYONE, SIGNED_IN, OPERATORS = set(TRAITS), {"staff", "operator"}, {"operator"}
FONTS = "GET /fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", "GET /fonts/bricolage-grotesque-latin-wght-normal.woff2"
FILES = "GET /centre.css", "GET /mark.svg", "GET /mark-on-dark.svg", "GET /pattern.svg", "GET /icons.svg", *FONTS
NODE = "/kantor/{office_id}/komputer/{node_id}"
# Every address of the pages and whom it lets in. A new page needs a line here.
WHO_MAY = dict.fromkeys([*FILES, "GET /masuk", "POST /masuk", "POST /keluar", "POST /bahasa"], ANYONE)
WHO_MAY |= dict.fromkeys(["GET /", "GET /kantor/{office_id}", "GET /disisihkan"], SIGNED_IN)
WHO_MAY |= dict.fromkeys(["POST /disisihkan", "POST /kode"], OPERATORS)
WHO_MAY |= dict.fromkeys([f"{method} {NODE}/{act}" for method in ("GET", "POST") for act in ("cabut", "pagari")], OPERATORS)
NOT_PAGES = {"/healthz", "/readyz"}


def make(request: pytest.FixtureRequest, tmp_path: Path, **words: str) -> Site:
    if request.param == "sqlite":
        engine = open_engine(tmp_path / "centre.db", writing=True)
        SQLModel.metadata.create_all(engine)
        return Site(engine, engine, words)
    divided = request.getfixturevalue("divided")
    return Site(divided.server, divided.owner, words)


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    made = make(request, tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(params=["sqlite"])
def light(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    made = make(request, tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(params=["postgresql"])
def divided_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    made = make(request, tmp_path)
    yield made
    made.engine.dispose()


def test_every_route_is_written_down_with_whom_it_lets_in(light: Site):
    found = [one for one in routes(light.app) if not one.path.startswith("/api/") and one.path not in NOT_PAGES]
    assert {f"{one.method} {one.path}" for one in found} == set(WHO_MAY)
    for one in found:
        assert {trait for trait in TRAITS if one.opens(trait)} == WHO_MAY[f"{one.method} {one.path}"], one


EXPECTED = {  # (anonymous, staff of the office, staff of another, operator)
    "see": (303, 200, 404, 200),
    "see own": (303, 200, 200, 200),
    "ask": (303, 403, 403, 200),
    "do": (401, 403, 403, None),
}


def kind(method: str, path: str) -> str:
    if method == "POST":
        return "do"
    return "ask" if "/komputer/" in path else "see" if path.startswith("/kantor/") else "see own"


def test_every_page_and_form_x_everybody(site: Site):
    """With office A's ids, as each of the four; before the operator acts nothing has changed."""
    before = site.state()
    for person in PEOPLE[:3]:
        browser = site.browser(person)
        for (method, path), form in site.asked(A).items():
            answer = ask(browser, method, path, form)
            wanted = EXPECTED[kind(method, path)][PEOPLE.index(person)]
            assert answer.status_code == wanted, (person, method, path, answer.status_code)
            if person != "staff of A":
                assert site.word(A) not in answer.text, (person, method, path)
            assert site.word(B) not in answer.text or person == "staff of B", (person, method, path)
    assert site.state() == before
    operator = site.browser("operator")
    for (method, path), form in site.asked(B).items():
        answer = ask(operator, method, path, form)
        done = 404 if method == "POST" and path.endswith("/pagari") else 303 if method == "POST" and path != "/kode" else 200
        assert answer.status_code == done, (method, path, answer.text)  # what is revoked is not fenced
    assert site.state() != before
    seen = operator.get("/").text
    assert site.word(A) in seen
    assert site.word(B) in seen


def test_when_a_right_is_forgotten_the_database_still_keeps_the_offices_apart(divided_site: Site, monkeypatch: pytest.MonkeyPatch):
    site = divided_site
    monkeypatch.setattr(Who, "may_see", lambda *_: True)
    monkeypatch.setattr(Who, "only", None)
    monkeypatch.setattr(Who, "is_operator", property(lambda _: True))
    before, browser = site.state(), site.browser("staff of B")
    for (method, path), form in site.asked(A).items():
        answer = ask(browser, method, path, form)
        assert site.word(A) not in answer.text, (method, path)
        assert answer.status_code in ({404, 409, 500} if method == "POST" else {200, 404}), (method, path, answer.status_code)
    assert site.state() == before


@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.test", "http://pusat.test", "https://pusat.test:444", "https://pusat.test.evil.test"]
)
def test_forms_of_other_pages_change_nothing(light: Site, origin: str | None):
    before, browser = light.state(), light.browser("operator")
    del browser.headers["origin"]
    more = {"origin": origin} if origin else {}
    others = {
        ("POST", "/masuk"): {"name": "sari", "passphrase": SECRET},
        ("POST", "/keluar"): {},
        ("POST", "/bahasa"): {"language": "en", "to": "/"},
    }
    for (method, path), form in {**light.asked(A), **others}.items():
        if method == "POST":
            answer = ask(browser, method, path, form, **more)
            assert answer.status_code == 403, path
            assert "CENTRE-0406" in answer.text
            assert "set-cookie" not in answer.headers
    assert light.state() == before
    assert browser.get("/").status_code == 200  # still signed in


def test_a_try_out_is_reached_by_both_names_of_this_machine(light: Site):
    from kiosk.centre.web.site import Site as Pages

    here = Pages(light.engine, light.key, "http://localhost:8100", utc_now)
    assert here.origins == {"http://localhost:8100", "http://127.0.0.1:8100"}
    assert Pages(light.engine, light.key, "https://pusat.test", utc_now).origins == {"https://pusat.test"}


def test_the_cookie_is_for_this_site_and_no_script_and_its_end_is_the_end(light: Site):
    browser = light.browser()
    answer = browser.post("/masuk", data={"name": "sari", "passphrase": SECRET})
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "secure", "path=/"))
    assert "max-age" not in cookie
    kept = dict(browser.cookies)
    assert browser.get("/").status_code == 200
    browser.post("/keluar")
    for name, value in kept.items():
        browser.cookies.set(name, value)
    assert browser.get("/").headers["location"] == "/masuk"


def test_wrong_passphrases_and_floods_of_sign_ins_are_slowed_down(light: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kiosk.centre.people.signing_in.matches", lambda *_: False)
    browser, codes = light.browser(), []
    for number in range(30):
        name = "budi" if number < 7 else f"nobody{number}"
        codes.append(browser.post("/masuk", data={"name": name, "passphrase": "x"}).status_code)
    assert codes[:7] == [401] * 5 + [429] * 2
    assert codes[7:20] == [401] * 13
    assert set(codes[20:]) == {429}


def test_answers_carry_the_headers_and_pages_hold_no_script_and_no_style(site: Site):
    browser = site.browser("operator")
    for path in ("/", f"/kantor/{A}", "/disisihkan", "/masuk", "/nothing", "/centre.css", "/api/v1/sync/hello"):
        answer = browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        if path != "/centre.css":
            assert answer.headers["cache-control"] == "no-store"
            assert not {"<script", "<style", "style=", "javascript:", "http://", "//"} & {
                one for one in ("<script", "<style", "style=", "javascript:") if one in answer.text
            }


class Shape(HTMLParser):
    """The elements of a page and the names of their attributes: what text must never change."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</pre></textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% for x in y %}",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;b&#62;",
    "%3Cscript%3E",
    "\u202e\u2028<b>",
    "{count} {0} {x.y}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_an_office_sends_is_text_in_every_field(light: Site, tmp_path: Path, payload: str):
    """The page with the payload in every field has the elements of the page with a plain word there."""
    engine = open_engine(tmp_path / "hostile.db", writing=True)
    SQLModel.metadata.create_all(engine)
    hostile = Site(engine, engine, {A: payload})
    plain, bad = light.browser("operator"), hostile.browser("operator")
    for site, browser, word in ((light, plain, "kata"), (hostile, bad, payload)):
        assert ask(browser, "POST", "/disisihkan", {**site.asked(B)[("POST", "/disisihkan")], "note": word}).status_code == 303
    for good_path, bad_path in zip(_paths(light), _paths(hostile), strict=True):
        good, ugly = plain.get(good_path), bad.get(bad_path)
        assert (good.status_code, ugly.status_code) == (200, 200), good_path
        assert Shape(good.text).elements == Shape(ugly.text).elements, good_path
    for (method, path, form), (_, *harmless) in zip(_echoes(payload), _echoes("kata"), strict=True):
        assert Shape(ask(plain, method, *harmless).text).elements == Shape(ask(bad, method, path, form).text).elements, path
    engine.dispose()


def _paths(site: Site) -> list[str]:
    return [path for method, path in site.asked(A) if method == "GET"] + ["/disisihkan?settled=true", f"/kantor/{B}"]


def _echoes(word: str) -> list[tuple[str, str, dict[str, str]]]:
    """Requests whose own words could come back in the page."""
    from urllib.parse import quote

    return [
        ("POST", "/masuk", {"name": word, "passphrase": word}),
        ("GET", f"/disisihkan?office={quote(word)}", {}),
        ("GET", f"/?done={quote(word)}", {}),
        ("POST", "/kode", {"office_id": word + "<>"}),
    ]


def test_the_end_of_a_chain_is_countersigned_and_the_signature_can_be_checked(light: Site):
    page = light.browser("operator").get(f"/kantor/{A}").text
    with light.owner.connect() as connection:
        from kiosk.centre.ingest import NODES

        node = connection.execute(NODES.select().where(NODES.c.office_id == A)).mappings().one()
    signature = next(word for word in page.replace("<", " ").replace(">", " ").split() if len(word) == 128)
    told = {"office_id": A, "epoch": node["epoch"], "seq": node["seq"], "hash": node["hash"], "signature": signature}
    head = read_head(light.key.public_key(), A, told)
    assert head is not None
    assert head.seq == 4


@pytest.mark.parametrize(("language", "reason"), [("id", "Versi 2 tidak bisa dipakai:"), ("en", "Version 2 could not be used:")])
def test_an_office_s_page_says_which_versions_it_uses_and_why_not_the_newest(light: Site, language: str, reason: str):
    """In the reader's language; of its own office alone."""
    other = {"id": "en", "en": "id"}[language]
    for person in ("staff of A", "operator"):
        page = light.browser(person).get(f"/kantor/{A}", headers={"accept-language": language}).text
        feeds = page[page.index('id="feeds"') :].partition("</section>")[0]
        assert 'data-topic="notices" data-feed="refused"' in feeds
        assert f"{reason} {light.word(A)} {language} " in feeds
        assert f"{light.word(A)} {other}" not in feeds
        assert "FEED-0426" in feeds
        assert light.word(B) not in feeds
    with light.engine.begin() as connection:
        connection.execute(STANDING.update().values(version=2))
    assert 'data-feed="current"' in light.browser("operator").get(f"/kantor/{A}").text
    with light.engine.begin() as connection:
        connection.execute(STANDING.delete())
    assert 'data-feed="waits"' in light.browser("operator").get(f"/kantor/{A}").text


def test_a_line_is_settled_once_with_a_note_and_stays(light: Site):
    browser = light.browser("operator")
    form = light.asked(A)[("POST", "/disisihkan")]
    for note in ("", "   ", "x" * 501, "a\0b"):
        assert ask(browser, "POST", "/disisihkan", {**form, "note": note}).status_code == 422
    assert ask(browser, "POST", "/disisihkan", {**form, "seq": "1e3"}).status_code == 422
    assert ask(browser, "POST", "/disisihkan", form).headers["location"] == "/disisihkan?done=settled"
    assert ask(browser, "POST", "/disisihkan", form).status_code == 409
    settled = browser.get("/disisihkan?settled=true").text
    assert "beres" in settled
    assert "sari" in settled
    assert light.word(A) in settled
    assert light.word(A) not in browser.get(f"/disisihkan?office={A}").text


def test_a_fence_revokes_closes_the_epoch_and_gives_one_code(light: Site):
    browser = light.browser("operator")
    path = f"/kantor/{A}/komputer/{light.ids[A]}/pagari"
    page = browser.post(path).text
    assert "kiosk sync enrol" in page
    with light.owner.connect() as connection:
        from kiosk.centre.ingest import EPOCHS, NODES

        assert connection.execute(NODES.select().where(NODES.c.office_id == A)).mappings().one()["state"] == "revoked"
        closed = connection.execute(EPOCHS.select().where(EPOCHS.c.office_id == A)).mappings().one()
        assert (closed["epoch"], closed["seq"]) == (1, 4)
    assert browser.post(path).status_code == 404
    assert "Dicabut" in browser.get(f"/kantor/{A}").text


@pytest.mark.parametrize("office_id", ["*", "", "KALTIM *", "a'--", "../x", "x" * 40])
def test_a_code_for_what_is_no_office_is_not_made(light: Site, office_id: str):
    before = light.state()
    assert ask(light.browser("operator"), "POST", "/kode", {"office_id": office_id}).status_code == 422
    assert light.state() == before


def test_bad_requests_are_pages_with_a_sentence(light: Site):
    browser = light.browser("operator")
    cases = [
        browser.get("/disisihkan?page=-1"), browser.get("/disisihkan?page=x"), browser.get("/kantor/tidak-ada"),
        browser.post("/disisihkan", content=b"\xff=\xff"), browser.post("/disisihkan", content=b"a=b&" * 40),
        browser.post("/kode", content=b"office_id=" + b"x" * 20_000), browser.post("/kode"),
        browser.get(f"/kantor/{A}/komputer/nope/cabut"), browser.get("/kantor/%00"),
    ]  # fmt: skip
    for answer in cases:
        assert answer.status_code in {404, 422}, answer.url
        assert "Itu tidak berhasil" in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/tidak-ada", "/kode", "/api/tidak-ada", "/kantor", "/%00", "/<script>alert(1)</script>"])
def test_where_there_is_nothing_a_browser_gets_a_page_and_a_program_json(light: Site, path: str):
    """Whoever asks, signed in or not; what is sent there is refused as ever."""
    for browser in (light.browser("operator"), light.browser()):
        page = browser.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert "Tidak ada apa-apa di alamat ini." in page.text
        assert "HTTP-0404" in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        told = browser.get(path)
        assert (told.status_code, told.json()["code"]) == (404, "HTTP-0404")
    assert light.browser("operator").post("/tidak-ada", headers={"accept": "text/html"}).json()["code"] == "HTTP-0404"


def test_the_language_is_kept_and_leads_back_to_an_own_page_only(light: Site):
    browser = light.browser("operator")
    assert (
        browser.post("/bahasa", data={"language": "en", "to": "/disisihkan?settled=true"}).headers["location"] == "/disisihkan?settled=true"
    )
    assert "Set aside" in browser.get("/disisihkan").text
    for foreign in ("https://evil.test", "//evil.test", "/\\evil.test", "/\r\nset-cookie: x=y", ""):
        assert browser.post("/bahasa", data={"language": "id", "to": foreign}).headers["location"] == "/"
    assert browser.post("/bahasa", data={"language": "xx", "to": "/"}).status_code == 422
    english = light.browser()
    assert "Sign in at the centre" in english.get("/masuk", headers={"accept-language": "en-GB"}).text


def test_an_address_that_is_not_the_centre_s_own_says_nothing_of_it(light: Site):
    """What a Host header says is worth nothing: a code's page names the address of the settings."""
    browser = light.browser("operator")
    page = browser.post("/kode", data={"office_id": A}, headers={"host": "evil.test"}).text
    assert ADDRESS in page
    assert "evil.test" not in page
