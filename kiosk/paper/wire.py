"""The line to a receipt printer: a network address (port 9100, "raw") or a device file. Every step has a deadline.

What the printer says of itself is asked with the commands of ESC/POS: DLE EOT answers at once, GS r after everything before it was
worked off. A printer without a way back (many USB converters) answers nothing; it is then sent its bytes and believed.
"""

import os
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.paper.errors import HalfPrinted, NoPaper, PrinterAway

PAPER_NOW, ONLINE_NOW = b"\x10\x04\x04", b"\x10\x04\x01"  # DLE EOT n, real time
PAPER_AFTER = b"\x1dr\x01"  # GS r 1, in the order of the bytes
SHAPE_NOW, SHAPE_AFTER = (0x93, 0x12), (0x90, 0x00)  # bits that an answer always has: mask, value
NO_PAPER_NOW, OFFLINE, NO_PAPER_AFTER = 0x60, 0x08, 0x0C
CONNECT_SECONDS, ANSWER_SECONDS, PRINT_SECONDS = 3.0, 1.0, 10.0
USUAL_PORT = 9100


class Wire:
    """An open file descriptor, written and read with a deadline. `answers`: whether anything can come back."""

    def __init__(self, fd: int, *, answers: bool = True) -> None:
        os.set_blocking(fd, False)
        self._fd, self.answers = fd, answers

    def send(self, data: bytes, seconds: float) -> None:
        """Send all of `data`. Raises OSError when the other end is gone or takes no more for `seconds` in all."""
        until, left = time.monotonic() + seconds, memoryview(data)
        while left:
            self._wait(select.POLLOUT, until)
            left = left[os.write(self._fd, left) :]

    def ask(self, command: bytes, seconds: float, shape: tuple[int, int] = SHAPE_NOW) -> int | None:
        """One byte of status, or None when none came in time. Raises OSError when the other end is gone.

        Some printers tell of themselves unasked (automatic status back); what has not the shape of an answer is passed over.
        """
        if not self.answers:
            return None
        until, (mask, value) = time.monotonic() + seconds, shape
        self.send(command, seconds)
        while True:
            try:
                self._wait(select.POLLIN, until)
            except TimeoutError:
                return None
            answer = os.read(self._fd, 1)
            if not answer:
                raise ConnectionResetError("the printer ended the line")
            if answer[0] & mask == value:
                return answer[0]

    def _wait(self, event: int, until: float) -> None:
        poll = select.poll()
        poll.register(self._fd, event)
        if not poll.poll(max(0, (until - time.monotonic()) * 1000)):
            raise TimeoutError("the printer takes or gives nothing")


@contextmanager
def opened(address: str) -> Iterator[Wire]:
    """The printer at `address` (`tcp://host:port` or `file:///path`), closed afterwards. Raises `PrinterAway`."""
    try:
        fd, answers = _open(address)
    except OSError as away:
        raise PrinterAway() from away
    try:
        yield Wire(fd, answers=answers)
    finally:
        os.close(fd)


def _open(address: str) -> tuple[int, bool]:
    target = urlsplit(address)
    if target.scheme == "tcp":
        line = socket.create_connection((target.hostname or "", target.port or USUAL_PORT), timeout=CONNECT_SECONDS)
        return line.detach(), True
    is_device = Path(target.path).is_char_device()
    # Without O_CREAT: a device that is not plugged in must not become a file. A plain file tells nothing of itself.
    fd = os.open(target.path, (os.O_RDWR if is_device else os.O_WRONLY | os.O_APPEND) | os.O_NONBLOCK | os.O_NOCTTY)
    return fd, is_device


def put_on_paper(address: str, data: bytes) -> bool:
    """Print `data` and wait until the printer says that it is done. True: it said so; False: it is one that says nothing.

    Raises `PrinterAway` and `NoPaper` before anything was printed; `NoPaper` and `HalfPrinted` afterwards.
    """
    with opened(address) as wire:
        try:
            talks = _ready(wire)
        except OSError as away:
            raise PrinterAway() from away
        until = time.monotonic() + PRINT_SECONDS
        try:
            wire.send(data, PRINT_SECONDS)
            return _done(wire, until) if talks else False
        except OSError as broken:
            raise HalfPrinted() from broken


def _ready(wire: Wire) -> bool:
    """Whether the printer talks; if so, it has paper and is ready."""
    paper = wire.ask(PAPER_NOW, ANSWER_SECONDS)
    if paper is None:
        return False
    if paper & NO_PAPER_NOW:
        raise NoPaper()
    online = wire.ask(ONLINE_NOW, ANSWER_SECONDS)
    if online is not None and online & OFFLINE:
        raise PrinterAway()
    return True


def _done(wire: Wire, until: float) -> bool:
    """The answer to a question that stands behind the slip: when it comes, the slip is out."""
    after = wire.ask(PAPER_AFTER, max(ANSWER_SECONDS, until - time.monotonic()), SHAPE_AFTER)
    if after is not None and not after & NO_PAPER_AFTER:
        return True
    if after is not None:
        raise NoPaper()
    now = wire.ask(PAPER_NOW, ANSWER_SECONDS)  # it stands still: because of its paper?
    if now is not None and now & NO_PAPER_NOW:
        raise NoPaper()
    raise HalfPrinted()
