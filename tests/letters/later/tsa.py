"""A time-stamping authority with a key of its own: `openssl ts` behind HTTP, and ways in which it misbehaves."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(name: str, key, issuer: str, issuer_key, *extensions) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
    )
    for extension in extensions:
        made = made.add_extension(extension, critical=True)
    return made.sign(issuer_key, SHA256())


class Tsa:
    """The authority: `ca` is what KIOSK_TIMESTAMP_CA names; `answer(query) -> reply` stamps; `bend` changes a reply on its way."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.ca, self.asked = folder, folder / "ca.pem", 0
        self.bend: Callable[[bytes], bytes] = lambda reply: reply
        root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        authority = _certificate("Otoritas uji", root, "Otoritas uji", root, x509.BasicConstraints(ca=True, path_length=None))
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        signer = _certificate("Penanda waktu uji", own, "Otoritas uji", root, usage)
        self.ca.write_bytes(authority.public_bytes(Encoding.PEM))
        (folder / "tsa.pem").write_bytes(signer.public_bytes(Encoding.PEM))
        (folder / "tsa.key").write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01")

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        words = "openssl ts -reply -queryfile query -signer tsa.pem -inkey tsa.key -config tsa.cnf -section here -out reply"
        subprocess.run(words.split(), cwd=self.folder, check=True, capture_output=True, timeout=20)
        self.asked += 1
        return self.bend((self.folder / "reply").read_bytes())


@contextmanager
def served(tsa: Tsa) -> Iterator[str]:
    """The address of `tsa` over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = tsa.answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
