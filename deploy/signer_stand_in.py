"""A stand-in for a certified signer: speaks the HTTP of `kiosk.letters.later.signer` with a key of its own, on this machine only.

    python deploy/signer_stand_in.py FOLDER [--port 9700] [--credentials WORD] [--slow SECONDS] [--answer STATUS]

It makes a key and a certificate in FOLDER (`signer.pem` is what KIOSK_SIGNER_CERTIFICATE names), adds a PAdES signature to each PDF
that comes, and keeps it by its Idempotency-Key: asked again, it answers the same file. It proves the flow and certifies nothing.
"""

import argparse
import hashlib
import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LARGEST = 20 * 1024 * 1024


def make_key(folder: Path, name: str = "Penanda tangan contoh") -> Path:
    """A key and its self-signed certificate in `folder`, made once; gives the certificate's file."""
    certificate, key_file = folder / "signer.pem", folder / "signer.key"
    if certificate.exists():
        return certificate
    folder.mkdir(parents=True, exist_ok=True)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, SHA256())
    )
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key_file.chmod(0o600)
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    return certificate


def sign(pdf: bytes, folder: Path) -> bytes:
    """`pdf` with one more signature, appended and invisible."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    signer = signers.SimpleSigner.load(str(folder / "signer.key"), str(folder / "signer.pem"))
    assert signer is not None
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    field = f"Tersertifikasi-{hashlib.sha256(pdf).hexdigest()[:8]}"
    about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out: BytesIO = signers.sign_pdf(writer, about, signer=signer)
    return out.getvalue()


class StandIn(ThreadingHTTPServer):
    """The signer. `answer`: a status that it gives instead of signing; `slow`: seconds before each answer; `asked`: every reference."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0, *, credentials: str = "") -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.folder, self.credentials, self.certificate = folder, credentials, make_key(folder)
        self.answer: int | None = None
        self.slow = 0.0
        self.asked: list[str] = []
        self.signed = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def signature_of(self, reference: str, pdf: bytes) -> bytes:
        """The signed file of this reference, made once."""
        kept = self.folder / f"{hashlib.sha256(reference.encode()).hexdigest()}.pdf"
        with self.lock:
            if not kept.exists():
                self.signed += 1
                half = kept.with_suffix(".part")
                half.write_bytes(sign(pdf, self.folder))
                half.replace(kept)
            return kept.read_bytes()


class Handler(BaseHTTPRequestHandler):
    """`POST /sign`."""

    server: StandIn

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length", "0"))
        pdf = self.rfile.read(min(size, LARGEST))
        reference, here = self.headers.get("idempotency-key", ""), self.server
        here.asked.append(reference)
        shown = self.headers.get("authorization", "")
        if here.answer:
            self._say(here.answer, {"code": "STAND-IN", "message": "asked to answer so"})
        elif here.credentials and shown != f"Bearer {here.credentials}":
            self._say(401, {"code": "CREDENTIALS", "message": "the credentials are not right"})
        elif self.path != "/sign" or not reference or not pdf.startswith(b"%PDF-"):
            self._say(422, {"code": "NO-PDF", "message": "no PDF, or no Idempotency-Key"})
        else:
            signed = here.signature_of(reference, pdf)
            time.sleep(here.slow)
            self._send(200, "application/pdf", signed)

    def _say(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return  # whoever asked went away; the signature is kept for the next time

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the library's)
        """Nothing: tests read what they need from `asked`."""


def main() -> None:
    """Serve until interrupted."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path)
    words.add_argument("--port", type=int, default=9700)
    words.add_argument("--credentials", default="")
    words.add_argument("--slow", type=float, default=0.0)
    words.add_argument("--answer", type=int)
    given = words.parse_args()
    server = StandIn(given.folder, given.port, credentials=given.credentials)
    server.slow, server.answer = given.slow, given.answer
    print(f"signer: {server.address}\ncertificate: {server.certificate}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
