"""The process that reads: what it may not do, and what becomes of one that misbehaves."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.letters.checking.errors import ReadersBusy
from kiosk.letters.checking.limits import AT_ONCE, WAITING
from kiosk.letters.checking.readers import Readers
from tests.letters.checking.bad_files import one_page, png

# A program in the place of the reader: says that it is ready, locks itself in, and then does `{}`.
PROGRAM = """
import os, socket, sys, subprocess, threading, time
from kiosk.letters.checking import reach, sandbox
reach.narrow(reach.own_files())
guarded = sandbox.enter(60 * 1024 * 1024)
os.write(1, b"+")
sys.stdin.buffer.read()
{}
"""
PDF = one_page(b"")


def doing(what: str, **how: float) -> Readers:
    return Readers(ahead=False, command=(sys.executable, "-s", "-c", PROGRAM.format(what)), **how)


def denied(what: str) -> str:
    """A program that answers whether the system refused `what`."""
    return f"""
try:
    {what}
    print('{{"foreign": 1}}')
except (OSError, RuntimeError, MemoryError):
    print('{{"foreign": 2}}')
"""


FORBIDDEN = {
    "call out": "socket.create_connection(('127.0.0.1', 9), 1)",
    "make a socket": "socket.socket()",
    "make a pair of sockets": "socket.socketpair()",
    "start a program": "subprocess.run(['/bin/true'])",
    "become a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork() or os._exit(0)",
    "kill": "os.kill(os.getppid(), 0)",
    "write a file": "open('/tmp/kios-reader', 'w')",
    "add to a file": "open('/dev/null', 'ab')",
    "remove a file": "os.unlink('/tmp/kios-none')",
    "take more memory": "bytearray(100 * 1024 * 1024)",
    "take memory that is shared": "import mmap; mmap.mmap(-1, 4096)",
    "take memory as a file": "os.memfd_create('x')",
    "take memory that stays": "import ctypes; os.close(ctypes.CDLL(None).shmget(0, 4096, 0o1600))",
    "limit who started it": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
    "make a folder": "os.mkdir('/tmp/kios-reader')",
    "make a pipe with a name": "os.mkfifo('/tmp/kios-reader')",
    "change a file's rights": "os.chmod('/proc/self/exe', 0o755)",
    "change a file's time": "os.utime('/dev/null')",
    "hold who started it up": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 1)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_reader_cannot(what: str) -> None:
    assert doing(denied(FORBIDDEN[what])).read(PDF).foreign == 2


def test_a_reader_reads_the_files_of_its_libraries_alone(tmp_path: Path) -> None:
    data = tmp_path / "office.db"
    data.write_text("x")
    assert doing(denied("open(os.__file__).read()")).read(PDF).foreign == 1
    for other in (str(data), "/etc/hostname", "/proc/' + str(os.getppid()) + '/environ"):
        assert doing(denied(f"open('{other}').read()")).read(PDF).foreign == 2, other


def test_nothing_of_the_environment_reaches_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_KEY_PASSPHRASE", "rahasia")
    assert doing(denied("os.environ['KIOSK_KEY_PASSPHRASE'] if 'KIOSK_KEY_PASSPHRASE' in os.environ else open('')")).read(PDF).foreign == 2


MISBEHAVING = {
    "dies at once": ("os._exit(1)", "broken_pdf"),
    "dies of a fault": ("import ctypes; ctypes.string_at(0)", "broken_pdf"),
    "says nothing": ("pass", "broken_pdf"),
    "says nonsense": ("print('hm')", "broken_pdf"),
    "says too much": ("print('{\"foreign\": ' + '1' * 10_000_000 + '}')", "reading_took_too_long"),
    "says what nobody asked": ('print(\'{"verdict": "valid"}\')', "broken_pdf"),
    "says for ever": ("while True: os.write(1, b'x' * 65536)", "reading_took_too_long"),
    "sleeps": ("time.sleep(60)", "reading_took_too_long"),
    "works for ever": ("while True: pass", "reading_took_too_long"),
}


@pytest.mark.parametrize("how", MISBEHAVING)
def test_a_reader_that(how: str) -> None:
    what, reason = MISBEHAVING[how]
    facts = doing(what, seconds=3).read(PDF)
    assert facts.unreadable == reason


def test_a_reader_that_never_takes_the_file_is_ended() -> None:
    """The file is larger than the pipe: who writes would wait for ever."""
    stuck = Readers(ahead=False, command=(sys.executable, "-c", "import os, time; os.write(1, b'+'); time.sleep(60)"), seconds=1)
    assert stuck.read(PDF + bytes(1_000_000)).unreadable == "reading_took_too_long"


def test_two_read_at_once_some_wait_and_the_rest_is_told_to_come_again() -> None:
    slow = doing("time.sleep(2); print('{}')")
    told: list[object] = []

    def send() -> None:
        try:
            told.append(slow.read(PDF).unreadable)
        except ReadersBusy as busy:
            told.append(busy.code)

    senders = [threading.Thread(target=send) for _ in range(AT_ONCE + WAITING + 3)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert told.count("CHECK-0503") >= 3
    assert told.count(None) >= AT_ONCE


# No reader either: one that notes from when to when it worked.
NOTING = """
import os, sys, time
os.write(1, b"+")
sys.stdin.buffer.read()
begun = time.monotonic()
time.sleep(0.3)
with open({!r}, "a") as notes:
    notes.write(f"{{begun}} {{time.monotonic()}}\\n")
print("{{}}")
"""


def test_no_more_than_two_work_at_once(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    noting = Readers(ahead=False, command=(sys.executable, "-c", NOTING.format(str(notes))), patience=60)
    with ThreadPoolExecutor(AT_ONCE + WAITING) as senders:
        told = list(senders.map(noting.read, [PDF] * (AT_ONCE + WAITING)))
    assert [one.unreadable for one in told] == [None] * len(told)
    spans = [tuple(float(word) for word in line.split()) for line in notes.read_text().splitlines()]
    assert len(spans) == len(told)
    assert max(sum(begun <= at < ended for begun, ended in spans) for at, _ in spans) <= AT_ONCE


def test_who_waits_too_long_is_told_to_come_again() -> None:
    slow = doing("time.sleep(4); print('{}')", patience=0.3)
    first = [threading.Thread(target=slow.read, args=(PDF,)) for _ in range(AT_ONCE)]
    for one in first:
        one.start()
    time.sleep(0.5)
    with pytest.raises(ReadersBusy):
        slow.read(PDF)
    for one in first:
        one.join()


def test_a_process_stands_ready_for_the_next_file_and_ends_with_the_node() -> None:
    readers = Readers()
    assert readers.read(png(50, 50)).unreadable is None
    spare = readers._spare
    assert spare is not None
    assert spare.poll() is None
    assert readers.read(png(50, 50)).unreadable is None
    assert spare.poll() == 0
    last = readers._spare
    readers.close()
    assert last is not None
    assert last.poll() is not None


def test_real_readers_are_guarded() -> None:
    seen = Readers(ahead=False).read(png(50, 50))
    assert seen.guarded
    assert seen.narrowed
