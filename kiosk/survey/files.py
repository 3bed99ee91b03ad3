"""A table out of a file that somebody else made: CSV in whatever encoding and with whatever separator, or XLSX."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kiosk.survey.errors import FileLarge, FileUnreadable

MOST_BYTES = 50_000_000
MOST_UNPACKED = 100_000_000  # an XLSX is a ZIP: a small one can hold very much
MOST_ROWS = 100_000  # one file is one transaction
MOST_COLUMNS = 200
SEPARATORS = ",;\t|"
SPREADSHEET = b"PK\x03\x04"
# A byte order mark tells the encoding. Without one it is UTF-8, or what Windows wrote before.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSES = ("utf-8", "cp1252", "latin-1")
BEYOND = "(no column)"  # where cells stand that no heading is above
WHOLE = re.compile(r"(-?\d+)\.0+")  # spreadsheets and data tools write whole numbers like this


@dataclass(frozen=True)
class Line:
    """A row: its `number` as a spreadsheet counts (the first is 1, a row of several lines is one), and its cells by the columns' names."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """Column names in lower case and in the file's order; lines that are not empty."""

    columns: tuple[str, ...]
    lines: list[Line]


def read(path: Path) -> Table:
    """The first sheet or the text of `path`. Cells are text without spaces around, days YYYY-MM-DD.

    Raises `FileLarge`, `FileUnreadable`, and OSError for a file that is not there.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileLarge(most=f"{MOST_BYTES // 1_000_000} MB")
    content = path.read_bytes()
    try:
        rows = _of_spreadsheet(content) if content.startswith(SPREADSHEET) else _of_text(content)
        return _table(rows)
    except (FileLarge, FileUnreadable):
        raise
    except Exception as broken:  # a foreign file can be wrong in any way, and so can what reads it
        raise FileUnreadable(reason=f"{type(broken).__name__}: {broken}".splitlines()[0][:200]) from broken


def _table(rows: Iterator[tuple[int, list[str]]]) -> Table:
    rows = _narrow(rows)
    _, heading = next(rows, (1, []))
    columns = tuple(name.lower() for name in heading)
    while columns and not columns[-1]:
        columns = columns[:-1]
    lines: list[Line] = []
    for number, cells in rows:
        if len(lines) >= MOST_ROWS:
            raise FileLarge(most=f"{MOST_ROWS} rows")
        if any(cells):
            beyond = " ".join(filter(None, cells[len(columns) :]))
            lines.append(Line(number, {**dict(zip(columns, [*cells, *[""] * len(columns)], strict=False)), BEYOND: beyond}))
    return Table(columns, lines)


def _narrow(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows, none of them cut. Raises `FileLarge` at the first one that is too wide."""
    for number, cells in rows:
        if len(cells) > MOST_COLUMNS:
            raise FileLarge(most=f"{MOST_COLUMNS} columns")
        yield number, cells


def _of_text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    if "\x00" in text:
        raise FileUnreadable(reason="this is neither text nor a spreadsheet")
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count), strict=True)
    return _from_heading((number, [_cell(cell) for cell in row]) for number, row in enumerate(reader, start=1))


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    for encoding in GUESSES[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(GUESSES[-1])


def _from_heading(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Without the empty rows above the heading."""
    began = False
    for number, cells in rows:
        began = began or any(cells)
        if began:
            yield number, cells


def _of_spreadsheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise FileLarge(most=f"{MOST_UNPACKED // 1_000_000} MB")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is not always so
    rows = ((number, [_cell(value) for value in row]) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1))
    return _from_heading(rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    text = str(value).strip()
    whole = WHOLE.fullmatch(text)
    return whole[1] if whole else text
