"""A real node on its two ports: who reaches what, which cookies it gives, and what it says when its certificate is over."""

import json
import signal
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import Node
from tests.tls.house import NAME, Disk, ask, openssl, over, port_of, secured, trusting


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    from kiosk.core.clock import utc_now

    made = Disk.of(tmp_path_factory.mktemp("secure"))
    made.authority(now=utc_now())
    return made


@pytest.fixture(scope="module")
def secure(disk: Disk) -> Iterator[Node]:
    node = secured(disk.data, disk)
    node.start()
    yield node
    node.stop()


@pytest.fixture
def spoilt(tmp_path: Path) -> Iterator[tuple[Node, Disk]]:
    """A node whose certificate ended yesterday, not started."""
    disk = Disk.of(tmp_path)
    disk.authority(now=over())
    node = secured(disk.data, disk)
    yield node, disk
    node.stop()


def log_of(node: Node) -> str:
    return (node.data / "node.log").read_text()


def test_who_trusts_the_authority_reaches_the_node_by_every_name(secure: Node, disk: Disk):
    for host in (NAME, "localhost", "127.0.0.1"):
        status, headers, body = ask(secure, "/readyz", over=trusting(disk), host=host)
        assert (status, json.loads(body)["ok"], json.loads(body)["https"]["code"]) == (200, True, None)
        assert headers["content-security-policy"]
    for path in ("/", "/masuk/", "/loket/", "/api/v1/board", "/setup/"):
        assert ask(secure, path, over=trusting(disk))[0] == 200, path


def test_who_does_not_trust_it_or_asks_for_another_name_gets_nothing(secure: Node, disk: Disk):
    for context, host in ((trusting(None), NAME), (trusting(disk), "bank.test")):
        with pytest.raises(ssl.SSLCertVerificationError):
            ask(secure, "/readyz", over=context, host=host)


def test_old_tls_is_refused(secure: Node, disk: Disk):
    context = trusting(disk)
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        ask(secure, "/readyz", over=context)


def test_openssl_sees_the_whole_chain(secure: Node, disk: Disk):
    where = f"127.0.0.1:{port_of(secure)}"
    said = openssl(
        "s_client", "-connect", where, "-servername", NAME, "-CAfile", disk.root, "-verify_return_error", "-verify_hostname", NAME
    )
    assert b"Verify return code: 0 (ok)" in said.stdout, said.stdout[-600:]


@pytest.mark.parametrize(
    "path", ["/tiket/?id=x", "/layanan/standar/?id=x", "/setup/", "/api/v1/office", "/api/v1/queues", "/healthz", "/icons.svg", "/early.js"]
)
def test_phones_are_served_over_plain_http_by_the_offices_name(secure: Node, path: str):
    status, headers, _ = ask(secure, path)
    assert (status, headers["location"]) == (200, None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", path) for path in ("/", "/antrean", "/masuk", "/loket/", "/metrics", "/api/v1/staff/accounts", "/_event/")),
        *(("POST", path) for path in ("/api/v1/tickets", "/api/v1/staff/session", "/api/v1/devices/demo")),
    ],
)
@pytest.mark.parametrize("host", [NAME, "evil.example"])
def test_everything_else_is_led_to_the_certificates_name_whatever_host_says(secure: Node, method: str, path: str, host: str):
    status, headers, _ = ask(secure, path, method=method, host=host, body="{}" if method == "POST" else "")
    assert (status, headers["location"]) == (308, f"https://{NAME}:{port_of(secure)}{path}")
    assert "set-cookie" not in headers


def test_a_page_is_not_sent_to_the_host_of_the_request(secure: Node):
    status, headers, _ = ask(secure, "/tiket?id=x", host="evil.example")
    assert (status, headers["location"]) == (200, None)


def test_this_machine_goes_on_over_plain_http(secure: Node):
    assert ask(secure, "/loket/", host="localhost")[0] == 200
    assert secure.get("/readyz").body["https"]["code"] is None


def test_cookies_are_secure_over_https_and_only_there(secure: Node, disk: Disk):
    enrol = {"method": "POST", "host": "localhost", "body": "{}"}
    origins = {None: f"http://localhost:{secure.port}", trusting(disk): f"https://localhost:{port_of(secure)}"}
    for context, origin in origins.items():
        status, headers, body = ask(secure, "/api/v1/devices/demo", over=context, **enrol, origin=origin)
        assert status == 204, body
        device = headers["set-cookie"]
        assert ("secure" in device.lower().split("; ")) is (context is not None)
        assert "httponly" in device.lower()
    signed_in(secure, trusting(disk), origins.popitem()[1])


def signed_in(node: Node, context: ssl.SSLContext, origin: str) -> None:
    from kiosk.staff.demo import accounts

    listed = json.loads(ask(node, "/api/v1/staff/accounts", over=context, host="localhost")[2])
    name, _, pin = next(one for one in accounts(node.office) if "information" in one[1])
    body = json.dumps({"account": next(one["id"] for one in listed if one["name"] == name), "pin": pin})
    call = {"over": context, "host": "localhost", "method": "POST", "body": body}
    assert ask(node, "/api/v1/staff/session", **call, origin="https://evil.example")[0] == 403
    status, headers, _ = ask(node, "/api/v1/staff/session", **call, origin=origin)
    assert status == 204
    assert {"secure", "httponly", "samesite=strict"} <= set(headers["set-cookie"].lower().split("; "))


def test_the_authority_is_handed_out_in_der_and_pem_and_its_fingerprint_is_the_same_everywhere(secure: Node, disk: Disk, tmp_path: Path):
    told = json.loads(ask(secure, "/api/v1/setup")[2])
    status = secure.run("tls", "status").stdout
    assert told["fingerprint"] in status
    assert told["https_address"] == f"https://{NAME}:{port_of(secure)}"
    kinds = {"crt": ("DER", "application/x-x509-ca-cert"), "pem": ("PEM", "application/x-pem-file")}
    for ending, (form, kind) in kinds.items():
        code, headers, _ = ask(secure, f"/setup/authority.{ending}")
        assert (code, headers["content-type"]) == (200, kind)
        assert f'filename="kios-ptsp.{ending}"' in headers["content-disposition"]
        raw = raw_of(secure, f"/setup/authority.{ending}")
        printed = openssl("x509", "-inform", form, "-noout", "-fingerprint", "-sha256", stdin=raw).stdout.decode()
        assert printed.partition("=")[2].strip().replace(":", "") == told["fingerprint"].replace(" ", "")
        assert b"PRIVATE" not in raw


def raw_of(node: Node, path: str) -> bytes:
    import urllib.request

    with urllib.request.urlopen(node.url + path, timeout=30) as answer:
        return bytes(answer.read())


def test_a_node_with_https_starts_and_ends(disk: Disk, tmp_path: Path):
    mine = Disk.of(tmp_path)
    (mine.data / "tls").mkdir()
    mine.served.write_bytes(disk.served.read_bytes())
    node = secured(mine.data, disk)
    node.start()
    assert ask(node, "/healthz", over=trusting(disk))[0] == 200
    assert node.stop() == 0


def test_it_stops_while_somebody_listens_over_https(disk: Disk, tmp_path: Path):
    mine = Disk.of(tmp_path)
    (mine.data / "tls").mkdir()
    mine.served.write_bytes(disk.served.read_bytes())
    node = secured(mine.data, disk).start()
    raw = trusting(disk).wrap_socket(socket.create_connection(("127.0.0.1", port_of(node)), 30), server_hostname=NAME)
    raw.sendall(f"GET /api/v1/board/stream HTTP/1.1\r\nHost: {NAME}:{port_of(node)}\r\n\r\n".encode())
    assert b"200" in raw.recv(200)
    began = time.monotonic()
    assert node.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 9
    raw.close()


def test_an_expired_certificate_stops_https_only_is_said_everywhere_and_renewing_mends_it(spoilt: tuple[Node, Disk]):
    node, disk = spoilt
    node.start()
    assert "HTTPS IS OUT OF ORDER" in log_of(node)
    assert "TLS-0410: The certificate for kios.test ended on" in log_of(node)
    assert "Traceback" not in log_of(node)
    ready = node.get("/readyz")
    assert (ready.status, ready.body["https"]["code"]) == (200, "TLS-0410")
    assert ask(node, "/tiket")[0] == 200
    status, _, body = ask(node, "/masuk")
    assert status == 503
    assert "TLS-0410" in body
    assert json.loads(ask(node, "/api/v1/setup")[2])["problem"] == "TLS-0410"
    with pytest.raises(ConnectionError):
        ask(node, "/healthz", over=trusting(disk))
    assert "OVER" in node.run("tls", "status").stdout

    node.env["KIOSK_TLS_PASSPHRASE"] = "empat lima kata sandi"
    renewed = node.run("tls", "renew", "--from", str(disk.usb))
    assert renewed.returncode == 0, renewed.stderr
    assert "after its next start" in renewed.stdout
    node.stop()
    node.start()
    assert node.get("/readyz").body["https"]["code"] is None
    assert ask(node, "/masuk/", over=trusting(disk))[0] == 200


def test_a_damaged_file_stops_https_only(spoilt: tuple[Node, Disk]):
    node, disk = spoilt
    disk.served.write_bytes(disk.served.read_bytes()[:500])
    node.start()
    assert node.get("/readyz").body["https"]["code"] == "TLS-0422"
    assert ask(node, "/tiket")[0] == 200
    done = node.run("tls", "status")
    assert done.returncode != 0
    assert done.stderr.strip().splitlines()[-1].startswith("TLS-0422:")


def test_switched_off_it_is_the_node_of_before(spoilt: tuple[Node, Disk]):
    node, _ = spoilt
    node.env["KIOSK_TLS"] = "off"
    node.start()
    assert node.get("/readyz").body["https"] is None
    assert ask(node, "/masuk/")[0] == 200


def test_the_secure_port_in_use_is_named(secure: Node, disk: Disk, tmp_path: Path):
    mine = Disk.of(tmp_path)
    (mine.data / "tls").mkdir()
    mine.served.write_bytes(disk.served.read_bytes())
    node = secured(mine.data, disk)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port_of(node)))
        taken.listen()
        line = node.run("serve").stderr.strip().splitlines()[-1]
    assert line.startswith("START-0098: Port")
    assert "KIOSK_HTTPS_PORT" in line
    node.env["KIOSK_HTTPS_PORT"] = str(node.port)
    assert node.run("serve").stderr.strip().splitlines()[-1].startswith("CONFIG-0422:")


def test_the_command_makes_an_authority_says_the_fingerprint_and_what_it_lacks(tmp_path: Path):
    usb = tmp_path / "usb"
    usb.mkdir()
    node = Node(tmp_path / "data", env={"KIOSK_HTTPS_PORT": "8443"})

    def refused(*words: str) -> str:
        done = node.run("tls", *words)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr
        return done.stderr.strip().splitlines()[-1].partition(":")[0]

    assert refused("status") == "TLS-0406"
    assert refused("authority", "--export", str(tmp_path / "gone")) == "TLS-0404"
    assert refused("authority", "--export", str(usb), "--host", "go.id") == "TLS-0423"
    assert refused("authority", "--export", str(usb), "--host", NAME) == "TLS-0428"
    assert refused("renew", "--from", str(usb)) == "TLS-0405"
    secret = tmp_path / "passphrase"
    secret.write_text("empat lima kata sandi\n")
    done = node.run("tls", "authority", "--export", str(usb), "--host", NAME, "--passphrase-file", str(secret))
    assert done.returncode == 0, done.stderr
    printed = openssl("x509", "-in", usb / "kiosk-authority.crt", "-noout", "-fingerprint", "-sha256").stdout.decode()
    assert printed.partition("=")[2].strip().replace(":", "") in done.stdout.replace(" ", "")
    assert ("own disk" in done.stderr) is (usb.stat().st_dev == node.data.stat().st_dev)
    assert refused("authority", "--export", str(usb), "--host", NAME, "--passphrase-file", str(secret)) == "TLS-0409"
    gone = str(tmp_path / "gone")
    assert refused("renew", "--from", str(usb), "--passphrase-file", gone) == "START-0005"
    assert refused("use", "--cert", gone, "--key", gone) == "START-0005"
    assert refused("renew", "--from", str(usb)) == "TLS-0428"
