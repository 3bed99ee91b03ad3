"""A receipt printer as a TCP server: it takes bytes at its own pace and answers what printers answer, or fails as they fail."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

NOW, AFTER = b"\x10\x04", b"\x1dr\x01"


@dataclass
class Machine:
    """`roll`: bytes until the paper ends. `dies_after`: bytes until it is switched off. `pace`: seconds for 100 bytes."""

    roll: int = 1_000_000
    dies_after: int = 1_000_000
    pace: float = 0.0
    mute: bool = False
    offline: bool = False
    noise: bytes = b""  # what it tells unasked when somebody comes
    printed: list[bytes] = field(default_factory=list)
    open: list[socket.socket] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def count(self, line: socket.socket) -> None:
        """A line whose other end is closed counts no more, also when its own thread has not seen that yet."""
        self.open = [other for other in self.open if not ended(other)] + [line]
        self.most_at_once = max(self.most_at_once, len(self.open))

    def serve(self, line: socket.socket) -> None:
        got, rest = b"", b""
        try:
            line.sendall(self.noise)
            while taken := line.recv(100):
                if len(got) > self.dies_after:
                    return
                time.sleep(self.pace)
                rest += taken
                said, rest = self.work_off(line, rest)
                got += said
                self.roll -= len(said)
        except OSError:
            pass
        finally:
            if got:
                self.printed.append(got)
            line.close()

    def work_off(self, line: socket.socket, data: bytes) -> tuple[bytes, bytes]:
        """What of `data` is for the paper; questions are answered, and one that is not complete yet is kept."""
        out = b""
        while data:
            if data.startswith(NOW) and len(data) > 2:
                self.answer(line, (0x72 if self.roll <= len(out) else 0x12) if data[2] == 4 else (0x1A if self.offline else 0x12))
                data = data[3:]
            elif data.startswith(AFTER):
                if self.roll > len(out):  # out of paper, a printer stands still and answers nothing that waits behind the slip
                    self.answer(line, 0x00)
                data = data[3:]
            elif NOW.startswith(data[:2]) or AFTER.startswith(data[:3]):
                break
            else:
                out, data = out + data[:1], data[1:]
        return out, data

    def answer(self, line: socket.socket, status: int) -> None:
        if not self.mute:
            line.sendall(bytes([status]))


def ended(line: socket.socket) -> bool:
    """Whether the other end has closed `line` and nothing of it is left to read."""
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@contextmanager
def machine(**traits: Any) -> Iterator[Machine]:
    server = socket.create_server(("127.0.0.1", 0))
    made = Machine(**traits)
    made.port = server.getsockname()[1]

    def accept() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            made.count(line)
            threading.Thread(target=made.serve, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield made
    server.shutdown(socket.SHUT_RDWR)
    server.close()
