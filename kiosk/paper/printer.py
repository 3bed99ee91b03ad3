"""A slip as plain data, and as the bytes that an ESC/POS receipt printer understands.

Which byte means what is the business of python-escpos; how a slip is laid out is decided here: 80 mm of paper has 48 columns of the
usual fount (576 dots; 42 on printers with 512), 58 mm has 32 (384 dots).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kiosk.paper import qr
from kiosk.paper.spelling import page_for, plain, spelled

Kind = Literal["title", "text", "strong", "middle", "big", "rule", "qr"]
COLUMN_DOTS = 12  # fount A
COLUMNS = {80: 48, 58: 32}
LARGEST = 6  # times the usual size; some printers know 8, and then a number of three signs would fill the paper
MODULE_DOTS = (3, 6)  # a phone reads a module of 3 dots (0.38 mm); beyond 6 it only costs paper
LATIN_ONLY = b"\x1c."  # FS . : printers for Asian markets would read two high bytes as one character


@dataclass(frozen=True)
class Line:
    """One part of a slip. `hang`: by how many columns what follows the first printed line of a text is moved in."""

    kind: Kind
    text: str = ""
    hang: int = 0


RULE = Line("rule")


def columns_of(millimetres: int, columns: int | None = None) -> int:
    """Columns of paper so wide, unless the office has counted its printer's own.

    >>> columns_of(80), columns_of(58), columns_of(80, 42)
    (48, 32, 42)
    """
    return columns or COLUMNS[millimetres]


def to_bytes(lines: Sequence[Line], columns: int) -> bytes:
    """What to send so that the printer prints `lines` and cuts. Control characters in the texts are gone: see `spelling.plain`.

    Raises ValueError or `qrcode.exceptions.DataOverflowError` for the text of a QR code that no QR code holds.
    """
    from escpos.printer import Dummy

    printer, texts = Dummy(), [plain(line.text) for line in lines]
    page = page_for(text for line, text in zip(lines, texts, strict=True) if line.kind != "qr")
    printer.hw("INIT")
    printer._raw(LATIN_ONLY)
    printer.charcode(page)
    for line, text in zip(lines, texts, strict=True):
        if line.kind == "qr":
            _code(printer, text, columns)
        elif line.kind == "rule":
            _write(printer, ["-" * columns])
        elif text:
            _text(printer, line, spelled(text, page), columns)
    printer.cut(mode="PART")
    return bytes(printer.output)


def _text(printer: Any, line: Line, text: str, columns: int) -> None:
    if line.kind == "big":
        times = max(1, min(LARGEST, columns // len(text)))
        _write(printer, _wrapped(text, columns // times), align="center", bold=True, times=(times, times))
    elif line.kind == "title":
        _write(printer, _wrapped(text, columns), align="center", bold=True, times=(1, 2))
    else:
        align = "center" if line.kind == "middle" else "left"
        _write(printer, _wrapped(text, columns, line.hang), align=align, bold=line.kind == "strong")


def _write(printer: Any, rows: list[str], *, align: str = "left", bold: bool = False, times: tuple[int, int] = (1, 1)) -> None:
    width, height = times
    printer.set(align=align, bold=bold, custom_size=True, width=width, height=height)
    for row in rows:
        printer.textln(row)


def _wrapped(text: str, columns: int, hang: int = 0) -> list[str]:
    return textwrap.wrap(text, columns, subsequent_indent=" " * hang, break_on_hyphens=False)


def _code(printer: Any, text: str, columns: int) -> None:
    """The printer draws the code itself, at level M (1), as large as the paper bears."""
    side, _ = qr.path(text)
    least, most = MODULE_DOTS
    printer.set(align="center", custom_size=True, width=1, height=1)
    printer.qr(text, native=True, ec=1, size=max(least, min(most, columns * COLUMN_DOTS // side)))
    printer.ln()
