"""An office authority on a folder that stands for the removable disk, and what OpenSSL says of it."""

import http.client
import socket
import ssl
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.core.clock import utc_now
from kiosk.tls import rules, service, store
from kiosk.tls.store import Chain
from tests.support import Node, free_port

NAME, ADDRESS = "kios.test", "192.168.1.10"
PASSPHRASE = "empat lima kata sandi"
NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


@dataclass
class Disk:
    """The removable folder beside the data folder of a node."""

    usb: Path
    data: Path

    @classmethod
    def of(cls, place: Path, data: Path | None = None) -> "Disk":
        made = cls(place / "usb", data or place / "data")
        made.usb.mkdir(parents=True)
        made.data.mkdir(exist_ok=True)
        return made

    def authority(self, *hosts: str, now: datetime = NOW, replace: bool = False) -> Chain:
        return service.make_authority(
            folder=self.usb,
            data_dir=self.data,
            hosts=rules.hosts(hosts or (NAME, ADDRESS)),
            name="Kios PTSP uji",
            passphrase=PASSPHRASE,
            now=now,
            replace=replace,
        )

    def renew(self, *hosts: str, now: datetime = NOW, passphrase: str = PASSPHRASE) -> Chain:
        wanted = rules.hosts(hosts) if hosts else None
        return service.renew(folder=self.usb, data_dir=self.data, hosts=wanted, passphrase=passphrase, now=now)

    @property
    def key(self) -> Path:
        return self.usb / store.KEY_FILE

    @property
    def root(self) -> Path:
        return self.usb / store.CERT_FILE

    @property
    def served(self) -> Path:
        return store.node_file(self.data)


def over(days: int = 1) -> datetime:
    """A moment at which a certificate made then ended `days` ago."""
    return utc_now() - timedelta(days=rules.SERVER_DAYS + days)


def openssl(*words: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["openssl", *(str(word) for word in words)], input=stdin, capture_output=True, check=False, timeout=30)


def verified(root: Path, leaf: Path, name: str, at: datetime) -> str:
    """What `openssl verify` says of `leaf` for a host name or an address, as seen at a moment."""
    kind = "-verify_ip" if name[0].isdigit() or ":" in name else "-verify_hostname"
    done = openssl("verify", "-CAfile", root, "-x509_strict", "-purpose", "sslserver", "-attime", int(at.timestamp()), kind, name, leaf)
    return (done.stdout + done.stderr).decode()


def secured(data: Path, disk: Disk, **env: str) -> Node:
    """A prepared node with a certificate of the disk's authority, on two free ports, not started."""
    node = Node(data, env={"KIOSK_RATE_LIMITS": "off", "KIOSK_HTTPS_PORT": str(free_port()), **env}).prepare()
    node.env.setdefault("KIOSK_PUBLIC_URL", f"http://{NAME}:{node.port}")
    return node


def port_of(node: Node) -> int:
    return int(node.env["KIOSK_HTTPS_PORT"])


def trusting(disk: Disk | None) -> ssl.SSLContext:
    """A client that trusts the disk's authority and no other; with None what every machine trusts."""
    return ssl.create_default_context(cafile=disk.root) if disk else ssl.create_default_context()


def ask(
    node: Node, path: str, *, over: ssl.SSLContext | None = None, host: str = NAME, method: str = "GET", body: str = "", **headers: str
):
    """Status, headers and body, as a client gets them that found `host` at this machine; nothing is followed."""
    if over is None:
        connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=30)
        port = node.port
    else:
        port = port_of(node)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.sock = over.wrap_socket(socket.create_connection(("127.0.0.1", port), 30), server_hostname=host)
    given = {"host": f"{host}:{port}", "content-type": "application/json", **headers}
    connection.request(method, path, body.encode() or None, given)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read().decode(errors="replace")
    connection.close()
    return found
