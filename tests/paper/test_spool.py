"""Who asks for a slip is told how it ended, soon, and the node's event loop never waits for a printer."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.config import BadSetting, Settings, read_settings
from kiosk.paper import spool, wire
from kiosk.paper.errors import HalfPrinted, NoPaper, NoPrinter, PrinterAway, PrinterBusy
from kiosk.paper.printer import Line, to_bytes
from kiosk.paper.spool import WAITING, Spool
from kiosk.paper.wire import put_on_paper
from tests.paper.escpos import read
from tests.paper.machine import machine

SLIP = [Line("title", "Nomor antrean Anda"), Line("big", "A-017"), *[Line("text", f"Baris {n}") for n in range(40)]]
DATA = to_bytes(SLIP, 48)


def in_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


def soon(seen: Callable[[], bool]) -> bool:
    until = time.monotonic() + 2
    while not seen() and time.monotonic() < until:
        time.sleep(0.01)
    return seen()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For printers that keep silent or stand still. Whoever does answer is given the product's own time."""
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(wire, "PRINT_SECONDS", 1.0)


def test_a_printer_that_talks_confirms_the_slip():
    with machine() as printer:
        assert put_on_paper(printer.address, DATA) is True
        assert soon(lambda: printer.printed == [DATA])
    assert "Baris 39" in read(DATA).text


@pytest.mark.usefixtures("impatient")
def test_a_printer_that_tells_nothing_is_believed():
    with machine(mute=True) as printer:
        assert put_on_paper(printer.address, DATA) is False
        assert soon(lambda: printer.printed == [DATA])


def test_what_a_printer_tells_unasked_is_no_answer():
    """Automatic status back: four bytes, of which the first looks like no answer to a question."""
    with machine(noise=b"\x14\x00\x60\x0f", roll=0) as printer, pytest.raises(NoPaper):
        put_on_paper(printer.address, DATA)
    with machine(noise=b"\x3c\x00\x0f\x0f") as printer:
        assert put_on_paper(printer.address, DATA) is True


def test_without_paper_nothing_is_sent():
    with machine(roll=0) as printer:
        with pytest.raises(NoPaper):
            put_on_paper(printer.address, DATA)
        assert printer.printed == []


@pytest.mark.usefixtures("impatient")
def test_paper_that_ends_in_the_middle_is_told():
    with machine(roll=200) as printer, pytest.raises(NoPaper):
        put_on_paper(printer.address, DATA)


def test_an_open_cover_is_told():
    with machine(offline=True) as printer:
        with pytest.raises(PrinterAway):
            put_on_paper(printer.address, DATA)
        assert printer.printed == []


def test_a_printer_that_dies_in_the_middle_is_told():
    with machine(dies_after=150) as printer, pytest.raises(HalfPrinted):
        put_on_paper(printer.address, DATA)


@pytest.mark.usefixtures("impatient")
def test_a_printer_that_takes_no_more_does_not_hold_us():
    with machine(pace=5) as printer:
        begun = time.monotonic()
        with pytest.raises((HalfPrinted, PrinterAway)):
            put_on_paper(printer.address, DATA * 20_000)
        assert time.monotonic() - begun < 4


def test_nobody_at_the_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "file:///dev/usb/lp99", "file:///"):
        with pytest.raises(PrinterAway):
            put_on_paper(address, DATA)
    assert not Path("/dev/usb/lp99").exists()


def test_a_file_gets_the_bytes(tmp_path: Path):
    file = tmp_path / "lp0"
    file.touch()
    assert put_on_paper(f"file://{file}", DATA) is False
    assert file.read_bytes() == DATA


def test_a_device_that_talks():
    """A terminal stands for the device: read and written by one path."""
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    with ThreadPoolExecutor(1) as aside:
        told = aside.submit(put_on_paper, f"file://{os.ttyname(theirs)}", DATA)
        assert os.read(ours, 3) == b"\x10\x04\x04"
        os.write(ours, b"\x72")
        with pytest.raises(NoPaper):
            told.result()
    os.close(ours)
    os.close(theirs)


def test_slips_are_printed_one_at_a_time_and_whole():
    with machine(pace=0.01) as printer:
        mine = Spool(printer.address, 48)

        async def four() -> list[bool]:
            return await asyncio.gather(*(mine.print_slip(SLIP) for _ in range(4)))

        assert in_a_loop(four()) == [True] * 4
        mine.stop()
        assert soon(lambda: printer.printed == [DATA] * 4)
        assert printer.most_at_once == 1


def test_too_many_are_refused_and_the_loop_goes_on():
    """Of twenty at once, those that find no place are told at once; while the printer works, the loop ticks."""

    at_work, ticked = threading.Event(), threading.Event()

    def put(_address: str, _data: bytes) -> bool:
        at_work.set()
        return ticked.wait(20)  # a loop that stands still meanwhile never lets it go

    async def rush() -> tuple[list[Any], float]:
        mine, longest = Spool("tcp://x", 48, put=put), 0.0
        first = asyncio.create_task(mine.print_slip(SLIP, seconds=60))
        while not at_work.is_set():
            await asyncio.sleep(0.01)
        others = [asyncio.create_task(mine.print_slip(SLIP, seconds=60)) for _ in range(19)]
        while sum(one.done() for one in others) < 19 - WAITING:  # the test's own limit ends this
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)
        ticked.set()
        ended = await asyncio.gather(first, *others, return_exceptions=True)
        mine.stop()
        return ended, longest

    ended, longest = in_a_loop(rush())
    assert [one for one in ended if one is True] == [True] * (1 + WAITING)
    assert all(one is True or isinstance(one, PrinterBusy) for one in ended)
    assert longest < 0.15


def test_a_slip_whose_turn_comes_too_late_is_not_printed_later():
    printed: list[bytes] = []
    at_work, given_up = threading.Event(), threading.Event()

    def put(_address: str, data: bytes) -> bool:
        at_work.set()
        printed.append(data)
        return given_up.wait(20)

    async def ask() -> bool:
        mine = Spool("tcp://x", 48, put=put)
        first = asyncio.create_task(mine.print_slip([Line("text", "one")]))
        while not at_work.is_set():
            await asyncio.sleep(0.01)
        with pytest.raises(PrinterBusy):
            await mine.print_slip([Line("text", "two")], seconds=0.1)
        third = asyncio.create_task(mine.print_slip([Line("text", "three")]))
        given_up.set()
        ended = await first and await third
        mine.stop()
        return ended

    assert in_a_loop(ask()) is True
    assert [read(data).text for data in printed] == ["one", "three"]


def test_a_failure_does_not_end_the_spool():
    with machine() as printer:
        mine = Spool(printer.address, 48)
        with pytest.raises(Exception, match="version"):  # a text that no QR code holds
            in_a_loop(mine.print_slip([Line("qr", "x" * 5000)]))
        assert in_a_loop(mine.print_slip(SLIP)) is True
        mine.stop()


def test_without_a_printer():
    spool.start(Settings())
    with pytest.raises(NoPrinter):
        in_a_loop(spool.print_slip(SLIP))
    spool.stop()


@pytest.mark.parametrize(
    "address", ["printer", "http://x", "tcp://", "tcp://x:0", "tcp://x:99999", "tcp://x/y", "file://host/dev", "file:dev"]
)
def test_an_address_of_no_printer_is_refused(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KIOSK_PRINTER", address)
    with pytest.raises(BadSetting, match="KIOSK_PRINTER"):
        read_settings()


def test_addresses_and_paper_in_the_settings(monkeypatch: pytest.MonkeyPatch):
    for address in ("", "tcp://10.0.0.9", "tcp://[fe80::1]:9100", "tcp://printer.lan:9100", "file:///dev/usb/lp0"):
        monkeypatch.setenv("KIOSK_PRINTER", address)
        assert read_settings().printer == address
    monkeypatch.setenv("KIOSK_PAPER_MM", "58")
    assert read_settings().paper_mm == "58"
    monkeypatch.setenv("KIOSK_PAPER_MM", "70")
    with pytest.raises(BadSetting, match="KIOSK_PAPER_MM"):
        read_settings()
