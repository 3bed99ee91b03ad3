"""Tables as files for a spreadsheet, XLSX and CSV: what somebody typed stays text, whatever it begins with.

A cell that begins with = + - @ or a control sign is a formula to a spreadsheet (OWASP, "CSV injection"). In CSV it gets an apostrophe
in front; in XLSX it is stored as text, with the mark that keeps it text when somebody edits it.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None
FORMULA = re.compile(r"\s*[=+\-@|%\t\r\n]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no place for them
LONGEST = 32_767  # characters of a cell
WIDEST = 60
FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Sheet:
    """A table with a title, a head, rows as long as the head, and sentences below it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default=())


def plain(text: str) -> str:
    """`text` without signs that a spreadsheet's file cannot hold, and no longer than a cell."""
    return CONTROL.sub("", text)[:LONGEST]


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute `text`. A dash alone stands for nothing.

    >>> [is_formula(text) for text in ("=1+1", " @SUM(A1)", "-17", "-", "Kursi = kurang")]
    [True, True, True, False, False]
    """
    return text != "-" and FORMULA.match(text) is not None


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """All tables in one text, an empty line between them: UTF-8 with its mark, so that spreadsheets read it as such."""
    text = io.StringIO()
    writer = csv.writer(text)
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow([])
        writer.writerow([_safe(sheet.title)])
        for row in (sheet.head, *sheet.rows, *((note,) for note in sheet.notes)):
            writer.writerow(["" if cell is None else _safe(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    text = plain(text)
    return f"'{text}" if is_formula(text) else text


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """One sheet for each table, its head in bold and kept in sight."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(FORBIDDEN_IN_TITLES.sub(" ", plain(sheet.title)).strip("' ")[:31])
        page.freeze_panes = "A2"
        for at, width in enumerate(_widths(sheet), start=1):
            page.column_dimensions[get_column_letter(at)].width = width
        page.append([_cell(page, text, bold=True) for text in sheet.head])
        for row in sheet.rows:
            page.append([_cell(page, cell) for cell in row])
        for note in sheet.notes:
            page.append([_cell(page, note)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    columns = [[sheet.head[at], *(row[at] for row in sheet.rows)] for at in range(len(sheet.head))]
    return [min(WIDEST, 2 + max(len(str("" if cell is None else cell)) for cell in column)) for column in columns]


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        cell.number_format = _format(value) if isinstance(value, Decimal) else "General"
        return cell
    cell = WriteOnlyCell(page, plain(value))
    cell.data_type = "s"  # also where it begins like a formula
    cell.quotePrefix = is_formula(value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _format(value: Decimal) -> str:
    """As many decimals as the number has.

    >>> _format(Decimal("0.444")), _format(Decimal(7))
    ('0.000', '0')
    """
    return f"{Decimal(0):.{max(0, -int(value.as_tuple().exponent))}f}"
