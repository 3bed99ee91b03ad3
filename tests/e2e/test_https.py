"""A tablet that trusts the office's authority, under the office's name: it is a secure context with all that hangs on it. A phone
that trusts nothing follows its number and reads a service over plain HTTP."""

import http.server
import os
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, expect

from kiosk.core.clock import utc_now
from kiosk.core.ids import new_id
from kiosk.tls import certificates, sealed, store
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node, free_port
from tests.tls.house import PASSPHRASE, Disk, port_of

from .house import NAME, PHONE, away, new_context, services, settle

TABLET = (1280, 800)
ELSEWHERE = "bank.test"
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
FILM = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const [track] = stream.getVideoTracks();
  const { width } = track.getSettings();
  track.stop();
  return [track.kind, width > 0];
}"""
STORE = """async () => {
  const database = await new Promise((done, failed) => {
    const opening = indexedDB.open("proof", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const writing = database.transaction("kept", "readwrite", { durability: "strict" });
  writing.objectStore("kept").put("a number", "key");
  await new Promise((done, failed) => { writing.oncomplete = done; writing.onabort = failed; });
  localStorage.setItem("proof", "kept");
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array([1]));
  return [typeof (await navigator.storage.persist()), typeof crypto.randomUUID(), digest.byteLength];
}"""
KEPT = """async () => {
  const database = await new Promise((done) => {
    const opening = indexedDB.open("proof");
    opening.onsuccess = () => done(opening.result);
  });
  const reading = database.transaction("kept").objectStore("kept").get("key");
  await new Promise((done) => { reading.onsuccess = done; });
  return [reading.result, localStorage.getItem("proof")];
}"""
MAY_FILM = "async () => (await navigator.permissions.query({ name: 'camera' })).state"
SECURE = "() => [isSecureContext, 'serviceWorker' in navigator, !!navigator.mediaDevices, !!globalThis.crypto.subtle]"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    place = tmp_path_factory.mktemp("authority")
    made = Disk.of(place)
    made.authority(NAME, now=utc_now())
    return made


@pytest.fixture(scope="module")
def secure(office: Callable[[str], Node], disk: Disk) -> Iterator[Node]:
    """A node with a certificate for kios.test; what the redirects name is its HTTPS port."""
    node = office("kaltim")
    store.write_node(node.data, store.read_key(disk.served), store.read_certificates(disk.served))
    node.env["KIOSK_HTTPS_PORT"] = str(free_port())
    yield node.start()
    node.stop()


@pytest.fixture(scope="module")
def browsers(browser_type: BrowserType, disk: Disk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], Browser]]:
    """A Chromium of its own home, whose list of trusted authorities has the office's (True) or is empty (False)."""
    opened: dict[bool, Browser] = {}

    def make(trusting: bool) -> Browser:
        if trusting not in opened:
            home = tmp_path_factory.mktemp("home")
            database = home / ".pki/nssdb"
            database.mkdir(parents=True)
            run("-N", "--empty-password", at=database)
            if trusting:
                run("-A", "-t", "C,,", "-n", "office", "-i", disk.root, at=database)
            names = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP *.{NAME} 127.0.0.1, MAP {ELSEWHERE} 127.0.0.1"
            opened[trusting] = browser_type.launch(
                executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *CAMERA, names], env={**os.environ, "HOME": str(home)}
            )
        return opened[trusting]

    yield make
    for browser in opened.values():
        browser.close()


def run(*words: object, at: Path) -> None:
    subprocess.run(["certutil", "-d", f"sql:{at}", *map(str, words)], check=True, capture_output=True, timeout=30)


def safe(node: Node, path: str = "/") -> str:
    return f"https://{NAME}:{port_of(node)}{path}"


def plain(node: Node, path: str) -> str:
    return f"http://{NAME}:{node.port}{path}"


@pytest.fixture
def tablet(browsers: Callable[[bool], Browser]) -> Iterator[BrowserContext]:
    context = new_context(browsers(True), TABLET, has_touch=True)
    yield context
    context.close()


@pytest.fixture
def phone(browsers: Callable[[bool], Browser]) -> Iterator[Page]:
    """It trusts what every phone trusts, and the office's authority is not among that."""
    context = new_context(browsers(False), PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_a_tablet_is_a_secure_context_and_its_pages_live(secure: Node, tablet: BrowserContext):
    page = tablet.new_page()
    sockets: list[str] = []
    broken: list[str] = []
    page.on("websocket", lambda one: sockets.append(one.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(safe(secure, "/masuk"))
    assert page.evaluate(SECURE) == [True, True, True, True]
    page.goto(safe(secure, "/antrean"))
    expect(page.locator("[data-queue=A]")).to_be_visible()
    assert any(url.startswith(f"wss://{NAME}:{port_of(secure)}/_event") for url in sockets), sockets
    assert broken == []


def test_staff_work_over_https_with_a_cookie_that_never_leaves_it(secure: Node, tablet: BrowserContext):
    """A Reflex event through wss and its answer back."""
    name, _, value = secure.sign_in("information").partition("=")
    tablet.add_cookies([{"name": name, "value": value, "url": safe(secure), "secure": True, "httpOnly": True, "sameSite": "Strict"}])
    page = tablet.new_page()
    page.goto(safe(secure, "/loket"))
    page.locator("[data-counter='1']").click()
    expect(page.locator("[data-do=call-next]")).to_be_visible()
    with page.expect_request(lambda request: request.url.startswith(plain(secure, "/tiket"))) as sent:
        page.goto(plain(secure, "/tiket"))
    assert "cookie" not in sent.value.all_headers()


def test_the_worker_registers_and_the_tablet_goes_on_when_the_node_is_killed(secure: Node, tablet: BrowserContext):
    page = tablet.new_page()
    page.goto(safe(secure))
    ids = services(secure)
    settle(page, len(ids))
    secure.kill()
    try:
        away(page)
        page.reload()
        expect(page.get_by_role("heading").first).to_be_visible()
        page.goto(safe(secure, f"/layanan/standar?id={ids[0]}"))
        expect(page.locator("article.service h1")).to_be_visible()
    finally:
        secure.start()
    expect(page.locator("#offline-badge")).to_have_attribute("data-up", "true")


def test_a_tablet_films_and_keeps(secure: Node, tablet: BrowserContext):
    tablet.grant_permissions(["camera"], origin=safe(secure, ""))
    page = tablet.new_page()
    page.goto(safe(secure))
    assert page.evaluate(MAY_FILM) == "granted"
    assert page.evaluate(FILM) == ["video", True]
    assert page.evaluate(STORE) == ["boolean", "string", 32]
    page.reload()
    assert page.evaluate(KEPT) == ["a number", "kept"]


def test_over_plain_http_under_the_same_name_none_of_that_is_there(secure: Node, phone: Page):
    """What would the tablet be without the certificate: the reason for all of this."""
    phone.goto(plain(secure, "/tiket"))
    assert phone.evaluate(SECURE) == [False, False, False, False]


def test_a_phone_that_trusts_nothing_follows_its_number(secure: Node, phone: Page):
    ticket = secure.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, {"authorization": f"Bearer {secure.token()}"}).body
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    assert urlsplit(ticket["follow_url"]).scheme == "http"
    phone.goto(ticket["follow_url"])
    expect(phone.locator(".follow .num").first).to_contain_text(ticket["number"])
    phone.reload()
    expect(phone.locator(".follow .num").first).to_contain_text(ticket["number"])
    assert {urlsplit(url).scheme for url in asked} == {"http"}


def test_a_phone_reads_every_service_and_the_hours(secure: Node, phone: Page):
    failed: list[str] = []
    phone.on(
        "response", lambda answer: failed.append(f"{answer.status} {answer.url}") if answer.status >= 300 and answer.status != 304 else None
    )
    for service_id in services(secure):
        phone.goto(plain(secure, f"/layanan/standar?id={service_id}"))
        expect(phone.locator("article.service h1")).to_be_visible()
    phone.goto(plain(secure, "/layanan"))
    phone.locator(".service-tile").first.click()
    expect(phone.locator("article.service h1")).to_be_visible()
    phone.goto(plain(secure, "/kantor"))
    expect(phone.locator(".desks li").first).to_be_visible()
    assert failed == []


@pytest.mark.parametrize("path", ["/", "/antrean", "/masuk", "/loket", "/papan"])
def test_every_other_page_leads_a_tablet_to_the_secure_address(secure: Node, tablet: BrowserContext, path: str):
    page = tablet.new_page()
    page.goto(plain(secure, path))
    assert page.url.rstrip("/") == safe(secure, path).rstrip("/")
    assert page.evaluate("() => isSecureContext")


def test_without_the_authority_the_secure_address_is_refused(secure: Node, phone: Page):
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        phone.goto(safe(secure))


def refusing(disk: Disk, names: list[str], at: Path) -> int:
    """The port of a server that a thief of the disk and its passphrase set up for other names."""
    text, issuer = store.read_authority(disk.usb)
    signer = sealed.unseal(text, PASSPHRASE, file="x")
    key = certificates.new_key()
    hosts = [ip_address(name) if name[0].isdigit() else name for name in names]
    leaf = certificates.server(key, hosts=hosts, issuer=issuer, signer=signer, now=utc_now())
    at.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + leaf.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(at)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return int(server.server_port)


@pytest.mark.parametrize(("name", "trusted"), [(ELSEWHERE, False), (f"loket.{NAME}", True)])
def test_a_tablet_that_trusts_the_authority_trusts_it_for_the_office_alone(
    disk: Disk, tablet: BrowserContext, tmp_path: Path, name: str, trusted: bool
):
    port = refusing(disk, [name], tmp_path / "other.pem")
    page = tablet.new_page()
    if trusted:
        page.goto(f"https://{name}:{port}/")  # the thief's server is well made: only the name is in the way
        return
    with pytest.raises(Error, match="ERR_CERT"):
        page.goto(f"https://{name}:{port}/")


def test_setup_shows_the_fingerprint_hands_out_the_certificate_and_says_whether_it_worked(secure: Node, disk: Disk, phone: Page):
    printed = next(line for line in secure.run("tls", "status").stdout.splitlines() if line.startswith("authority"))
    phone.goto(plain(secure, "/setup"))
    groups = phone.locator(".setup-groups code")
    expect(groups).to_have_count(16)
    assert " ".join(groups.all_text_contents()) in printed
    with phone.expect_download() as loading:
        phone.locator("[data-do=download]").click()
    assert loading.value.suggested_filename == "kios-ptsp.crt"
    assert Path(loading.value.path()).read_bytes() == store.read_certificates(disk.root)[0].public_bytes(Encoding.DER)
    phone.locator("[data-do=check]").click()
    expect(phone.locator("[data-trust]")).to_have_attribute("data-trust", "no")


@pytest.mark.parametrize("over", [plain, safe], ids=["plain", "secure"])
def test_setup_sees_that_the_tablet_trusts_and_leads_on(secure: Node, tablet: BrowserContext, over: Callable[[Node, str], str]):
    page = tablet.new_page()
    page.goto(over(secure, "/setup"))
    page.locator("[data-do=check]").click()
    expect(page.locator("[data-trust]")).to_have_attribute("data-trust", "yes")
    page.locator("[data-trust] a").click()
    page.wait_for_url(safe(secure))


@pytest.mark.parametrize("years", [-9, 9])
def test_setup_tells_a_tablet_whose_clock_is_years_off(secure: Node, tablet: BrowserContext, years: int):
    page = tablet.new_page()
    page.clock.set_fixed_time(utc_now().replace(year=utc_now().year + years, day=1))
    page.goto(plain(secure, "/setup"))
    expect(page.locator("[data-note=clock]")).to_contain_text(str(utc_now().year))


def test_a_worker_of_before_does_not_keep_setup_back(secure: Node, tablet: BrowserContext):
    """An old copy of the page would show an old fingerprint."""
    page = tablet.new_page()
    page.goto(safe(secure))
    settle(page, 1)
    page.goto(safe(secure, "/setup"))
    expect(page.locator(".setup-groups code")).to_have_count(16)
