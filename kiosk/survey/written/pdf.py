"""The report as PDF, in the order that PermenPANRB 14/2017 asks for: introduction, method, respondents, result, conclusion, plan, annex.

Made to be published and printed on A4: what it shows has passed `published`, and it holds no suggestion.
"""

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from kiosk.core.i18n import Language
from kiosk.paper.sheets import Cell, Sheet
from kiosk.survey.index import ranked, weakest
from kiosk.survey.onscreen import texts as shown
from kiosk.survey.published import shown_sums
from kiosk.survey.questionnaire import PROFILE
from kiosk.survey.written import charts, texts
from kiosk.survey.written.report import Report
from kiosk.survey.written.tables import Tables, rounded

INK, BRAND, LINE, SHADE = (colors.HexColor(code) for code in ("#12162b", "#1e2a63", "#9aa3bd", "#eceef4"))
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=14, textColor=INK, spaceAfter=3 * mm)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=8.5, leading=10.5, spaceAfter=0)
HEAD = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
NOTE = ParagraphStyle("note", parent=CELL, fontSize=8, textColor=colors.HexColor("#444b63"), spaceAfter=2 * mm)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=20, leading=25, textColor=BRAND)
CHAPTER = ParagraphStyle("chapter", parent=TITLE, fontSize=14, leading=18, spaceBefore=6 * mm, spaceAfter=2 * mm, keepWithNext=1)
SECTION = ParagraphStyle("section", parent=HEAD, fontSize=10.5, leading=14, spaceBefore=3 * mm, spaceAfter=1.5 * mm)
GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, 0), 1, BRAND),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
)
MARGIN = 20 * mm
WIDTH = A4[0] - 2 * MARGIN
PADDING, SIGN = 5 * mm, 1.75 * mm  # of a cell, of one of its signs
WIDE = 40  # signs of a column that is no wider for more


def as_pdf(report: Report, language: Language = "id") -> bytes:
    """The whole document."""
    tables, file = Tables(report, language), io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=tables.say(texts.TITLE),
        author=report.office,
        invariant=1,  # the same report is the same file
        lang=language,
    )

    def number_page(canvas: Any, _document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN, 12 * mm, _spelled(report.office)[:100])
        canvas.drawRightString(A4[0] - MARGIN, 12 * mm, str(canvas.getPageNumber()))

    document.build(list(_Story(tables).parts()), onFirstPage=number_page, onLaterPages=number_page)
    return file.getvalue()


class _Story:
    """The parts of the document, one after the other."""

    def __init__(self, tables: Tables) -> None:
        self._tables, self._report, self._say = tables, tables.report, tables.say
        self._result, self._sums, self._scheme = tables.summary.result, tables.summary.sums, tables.summary.scheme

    def parts(self) -> Iterator[Flowable]:
        yield _text(self._say(texts.TITLE), TITLE)
        yield from self._table(self._tables.facts(), titled=False)
        if self._tables.too_few:
            yield _text(self._say(texts.WITHHELD))
            return
        if not self._tables.is_old and self._result.index is not None:
            yield charts.scale(self._result.index, WIDTH)
        yield from self._chapter("I", texts.INTRODUCTION, texts.WHY, texts.LAW)
        yield from self._chapter("II", texts.METHOD, texts.ASKED, texts.COMPUTED)
        yield from self._profile()
        yield from self._results()
        yield from self._conclusion()
        if not self._tables.is_old:
            yield from self._chapter("VI", shown.PLAN, texts.PLANNED)
            for sheet in self._tables.plans():
                yield from self._table(sheet)
        if not (self._tables.is_old or self._report.is_part):
            yield PageBreak()
            yield from self._table(self._tables.annex(), style=CHAPTER)

    def _chapter(self, number: str, title: str, *paragraphs: str) -> Iterator[Flowable]:
        yield _text(f"{number}. {self._say(title)}", CHAPTER)
        for paragraph in paragraphs:
            yield _text(self._say(paragraph, **self._facts()))

    def _facts(self) -> dict[str, object]:
        summary, weight = self._tables.summary, self._result.weight.replace(".", ",")
        sample = self._say(texts.SAMPLE_KNOWN, needed=summary.needed, applicants=summary.applicants) if summary.applicants else ""
        scheme = self._say(texts.SCHEME_NAMES[self._scheme.key])
        facts = {"n": self._result.n, "weight": weight, "office": self._report.office, "sample": sample, "scheme": scheme}
        return facts | {"count": len(self._scheme.elements)}

    def _profile(self) -> Iterator[Flowable]:
        yield from self._chapter("III", shown.PROFILE)
        if self._tables.is_old or self._report.is_part:
            yield _text(self._say(texts.NO_PROFILE))
            return
        for sheet in list(self._tables.groups())[: len(PROFILE)]:
            yield from self._table(sheet)

    def _results(self) -> Iterator[Flowable]:
        yield from self._chapter("IV", texts.ELEMENTS)
        if not self._tables.is_old:
            yield charts.elements(self._ranking(), weakest(shown_sums(self._sums)), WIDTH)
        yield from self._table(self._tables.elements(), titled=False)
        if self._tables.is_old or self._report.is_part:
            return
        yield from self._table(self._tables.distribution(), drawn=charts.answers(self._tables.answered(), WIDTH))
        trend = self._tables.trend()
        for sheet in list(self._tables.groups())[len(PROFILE) :]:
            is_trend = sheet.title == self._say(texts.MONTH) and len(trend) > 1
            yield from self._table(sheet, drawn=charts.months(trend, WIDTH) if is_trend else None)

    def _ranking(self) -> list[tuple[str, str, Any]]:
        """Key, name and mean of the elements that may be shown, in the questionnaire's order."""
        told, found = shown_sums(self._sums), self._result.elements
        return [(key, self._tables.element(key), found[key].mean) for key in self._scheme.elements if found[key].n and key in told]

    def _conclusion(self) -> Iterator[Flowable]:
        yield from self._chapter("V", texts.CONCLUSION)
        result = self._result
        grade = self._tables.grade(result.grade) if result.grade else self._say(shown.NO_GRADE)
        yield _text(self._say(texts.CONCLUDED, index=rounded(result.index), grade=grade, n=result.n))
        order = ranked(shown_sums(self._sums), self._scheme)
        if len(order) > 3:
            strong, weak = (", ".join(self._tables.element(key) for key in keys) for keys in (order[:3], order[:-4:-1]))
            yield _text(self._say(texts.STRONG_AND_WEAK, strong=strong, weak=weak))

    def _table(
        self, sheet: Sheet, *, titled: bool = True, style: ParagraphStyle = SECTION, drawn: Flowable | None = None
    ) -> Iterator[Flowable]:
        """The table with its title, and what was drawn of it between them."""
        title = [_text(sheet.title, style)] if titled and (drawn or sheet.title != sheet.head[0]) else [Spacer(1, 3 * mm)]
        if not sheet.rows:
            return
        title += [drawn, Spacer(1, 2 * mm)] if drawn is not None else []
        head = [_text(word, HEAD) for word in sheet.head]
        rows = [[_text(_shown(cell), CELL) for cell in row] for row in sheet.rows]
        table = LongTable([head, *rows], colWidths=_widths(sheet), repeatRows=1, style=GRID, hAlign="LEFT")
        yield from [KeepTogether([*title, table])] if len(rows) <= 15 else [*title, table]
        yield Spacer(1, 1.5 * mm)
        for note in sheet.notes:
            yield _text(note, NOTE)


def _widths(sheet: Sheet) -> list[float]:
    """Each column has room for its longest word; what is left goes to those with longer texts, or to the names in the first one."""
    columns = [[sheet.head[at], *(_shown(row[at]) for row in sheet.rows)] for at in range(len(sheet.head))]
    words = [max((len(word) for text in column for word in text.split()), default=1) for column in columns]
    least = [PADDING + SIGN * min(word, WIDE) for word in words]
    wanted = [min(max(map(len, column)), WIDE) - word if word < WIDE else 0 for column, word in zip(columns, words, strict=True)]
    if not sum(wanted):
        wanted[0] = 1
    left = max(0, WIDTH - sum(least))
    return [width + left * want / sum(wanted) for width, want in zip(least, wanted, strict=True)]


def _shown(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else str(cell).replace(".", ",")


def _text(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(_spelled(text)).replace("\n", "<br/>"), style)


def _spelled(text: str) -> str:
    """The standard fonts of PDF have the signs of Western Europe; what else somebody typed is a question mark."""
    return text.encode("cp1252", "replace").decode("cp1252")
