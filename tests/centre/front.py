"""What stands before a centre on the internet: a proxy that speaks TLS with a certificate of one's choice."""

import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate for the host `name`, with its key, in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    key, cert, both = folder / f"{name}.key", folder / f"{name}.pem", folder / f"{name}.both"
    words = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    subprocess.run(
        [*words, "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True
    )
    both.write_bytes(cert.read_bytes() + key.read_bytes())
    return both


class Front:
    """Takes TLS on a free port and passes the bytes to a plain one, until closed."""

    def __init__(self, to_port: int, own: Path) -> None:
        self._to, self._context = to_port, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(own)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with (
            suppress(OSError),
            self._context.wrap_socket(raw, server_side=True) as here,
            socket.create_connection(("127.0.0.1", self._to)) as there,
        ):
            back = threading.Thread(target=self._pump, args=(there, here), daemon=True)
            back.start()
            self._pump(here, there)
            back.join(10)

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
