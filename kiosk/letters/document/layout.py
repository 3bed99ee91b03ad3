"""Where every word of a letter stands: pages of placed pieces, made from the record alone.

The code stands on the last page, beside the signature: both say for whom the whole letter counts, and every page says in its foot
which letter it belongs to and how many there are. The signature never stands alone: the last lines of the text go with it.
"""

from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from kiosk.letters.document import pieces
from kiosk.letters.document.pieces import Piece, piece, row

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT, TOP = 25 * mm, 22 * mm, 22 * mm
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEAD_TOP, HEAD_BOTTOM = PAGE_HEIGHT - 15 * mm, PAGE_HEIGHT - 50 * mm
MARK = 19 * mm
FOOT_TOP, FOOT_LINE = 23 * mm, 12 * mm
BOTTOM = FOOT_TOP + 5 * mm
QR = 30 * mm  # the symbol's side
SIGNED_AT, SIGNED_WIDTH = 96 * mm, WIDTH - 96 * mm
KEPT_LINES = 3  # of the text, that stand with the signature
FACT, NUMBER = 34 * mm, 9 * mm


@dataclass(frozen=True)
class Placed:
    """A piece and its upper left corner. `role` None: an artifact, repeated on every page."""

    piece: Piece
    x: float
    top: float
    role: str | None


@dataclass
class Page:
    """What stands on one page. `code`: lower left corner of the QR symbol."""

    texts: list[Placed] = field(default_factory=list)
    code: tuple[float, float] | None = None
    rule: float | None = None  # height of the line below the letterhead

    def put(self, one: Piece, x: float, top: float, role: str | None = None) -> float:
        """Place `one`; gives the height at which the next begins."""
        self.texts.append(Placed(one, x, top, role or one.role))
        return top - one.height


def pages(record: dict[str, Any]) -> list[Page]:
    """The pages of a letter, in order."""
    first = Page()
    start = _letterhead(first, record["head"])
    ending = _Ending(record)
    flowed = _flow(_text(record), start, ending.height)
    made = [first, *(Page() for _ in flowed[1:])]
    for page, (top, parts) in zip(made, flowed, strict=True):
        y = top
        for at, one in enumerate(parts):
            y = page.put(one, LEFT, y - (one.above if at else 0))
        if page is made[-1]:
            ending.place(page, y)
    for number, page in enumerate(made, start=1):
        _foot(page, record, number, len(made))
    return made


def _letterhead(page: Page, head: dict[str, Any]) -> float:
    x, width, y = LEFT + MARK + 6 * mm, WIDTH - MARK - 6 * mm, HEAD_TOP
    y = page.put(piece(head["authority"], pieces.AUTHORITY, width), x, y)
    y = page.put(piece(head["name"], pieces.OFFICE, width), x, y - 0.5 * mm)
    for at, line in enumerate(head["lines"]):
        y = page.put(piece(line, pieces.ADDRESS, width), x, y - (0 if at else 1 * mm))
    page.rule = min(y, HEAD_TOP - MARK) - 4 * mm
    return float(min(page.rule - 9 * mm, HEAD_BOTTOM))


def _text(record: dict[str, Any]) -> list[Piece]:
    """The letter between its head and its signature."""
    found = _letter_top(record) if record["template"][2] == "letter" else _decision_top(record)
    for at, text in enumerate(record["opening"]):
        found.append(piece(text, pieces.BODY, WIDTH, above=(6 if not at else 3) * mm, keeps=True))
    for at, text in enumerate(record["body"], start=1):
        if record["numbered"]:
            found.append(row(f"{at}.", text, WIDTH, NUMBER, above=2 * mm))
        else:
            found.append(piece(text, pieces.BODY, WIDTH, above=3.2 * mm))
    return found + [piece(text, pieces.BODY, WIDTH, above=4 * mm) for text in record["closing"]]


def _letter_top(record: dict[str, Any]) -> list[Piece]:
    top = [piece(record["dated"], pieces.RIGHT, WIDTH)]
    top += [row(label, value, WIDTH, 30 * mm, above=(2 if not at else 0) * mm) for at, (label, value) in enumerate(record["facts"])]
    lines = enumerate(record["recipient_lines"])
    return top + [piece(text, pieces.BODY, WIDTH * 0.62, above=(7 if not at else 0) * mm) for at, text in lines]


def _decision_top(record: dict[str, Any]) -> list[Piece]:
    top = [piece(record["heading"], pieces.TITLE, WIDTH, role="H1")]
    top += [piece(text, pieces.CENTRE, WIDTH, above=0.5 * mm) for text in record["beneath"]]
    return top + [row(label, value, WIDTH, FACT, above=(9 if not at else 1.2) * mm) for at, (label, value) in enumerate(record["facts"])]


def _flow(parts: list[Piece], start: float, ending: float) -> list[tuple[float, list[Piece]]]:
    """The parts by page, each page with the height at which its first one begins; room for the ending is left on the last one."""
    found: list[tuple[float, list[Piece]]] = []
    waiting, top = list(parts), start
    while waiting:
        taken, y = _fill(waiting, top)
        found.append((top, taken))
        top = PAGE_HEIGHT - TOP
    if y - BOTTOM < ending:
        kept = _last_lines(found[-1][1])
        if not found[-1][1]:  # the page had nothing but those few lines
            found.pop()
        found.append((top, kept))
    return found


def _fill(waiting: list[Piece], top: float) -> tuple[list[Piece], float]:
    """Take from `waiting` what fits on a page, and the height at which it ends."""
    taken: list[Piece] = []
    y = top
    while waiting:
        one = waiting[0]
        room = y - BOTTOM - (one.above if taken else 0)
        if one.height > room:
            if divided := one.split(room):
                taken.append(divided[0])
                waiting[0] = divided[1]
            elif not taken:  # higher than a page and not to be divided: it runs over, and the pages come to an end
                taken.append(waiting.pop(0))
            elif taken[-1].keeps and len(taken) > 1:
                waiting.insert(0, taken.pop())
            break
        taken.append(waiting.pop(0))
        y -= one.height + (one.above if len(taken) > 1 else 0)
    return taken, y


def _last_lines(taken: list[Piece]) -> list[Piece]:
    """Take the last lines of a page's text off it, to stand with the signature on a new page."""
    kept: list[Piece] = []
    lines = 0
    while taken and lines < KEPT_LINES:
        last = taken.pop()
        if last.lines > 2 * KEPT_LINES and (divided := last.split(last.height - KEPT_LINES * pieces.BODY.leading)):
            taken.append(divided[0])
            last = divided[1]
        kept.insert(0, last)
        lines += last.lines
    return kept


class _Ending:
    """Signature, code, and how the letter is checked."""

    def __init__(self, record: dict[str, Any]) -> None:
        foot, who = record["foot"], record["signatory"]
        heading, *how = foot["check"]
        width = SIGNED_AT - QR - 12 * mm
        self._signed = [
            *(piece(text, pieces.BODY, SIGNED_WIDTH) for text in record["signing"]),
            piece(f"{who['title']},", pieces.BODY, SIGNED_WIDTH),
            piece(record["signed"], pieces.SMALL, SIGNED_WIDTH, above=7 * mm),
            piece(foot["label"], pieces.SMALL, SIGNED_WIDTH),
            piece(who["name"], pieces.NAME, SIGNED_WIDTH, above=5 * mm),
        ]
        self._check = [
            piece(heading, pieces.SMALL_STRONG, width),
            *(piece(text, pieces.SMALL, width, above=0.8 * mm) for text in how),
            piece(foot["code_label"], pieces.SMALL, width, above=1.5 * mm),
            piece(foot["check_code"], pieces.CODE, width),
        ]
        self._code_gap = 2 * mm
        self.height = 9 * mm + max(_height(self._signed), _height(self._check), QR + 2 * self._code_gap)

    def place(self, page: Page, below: float) -> None:
        """Put everything on `page`, `below` that height."""
        y = top = below - 9 * mm
        for one in self._signed:
            y = page.put(one, LEFT + SIGNED_AT, y - one.above)
        page.code = (LEFT, top - QR - self._code_gap)
        y = top - self._code_gap
        for one in self._check:
            y = page.put(one, LEFT + QR + 6 * mm, y - one.above)


def _height(parts: list[Piece]) -> float:
    return sum(one.height + one.above for one in parts)


def _foot(page: Page, record: dict[str, Any], number: int, count: int) -> None:
    """Below every page: the law, which letter it belongs to, and which of its pages it is. Read out with the last page alone."""
    role = "P" if number == count else None
    y = FOOT_TOP - 2 * mm
    for text in record["foot"]["law"]:
        y = page.put(piece(text, pieces.FOOT, WIDTH, role=""), LEFT, y, role)
    which = piece(record["number"], pieces.FOOT_STRONG, WIDTH / 2, role="")
    of = piece(record["foot"]["page"].format(page=number, pages=count), pieces.FOOT_RIGHT, WIDTH / 2, role="")
    page.put(which, LEFT, FOOT_LINE)
    page.put(of, LEFT + WIDTH / 2, FOOT_LINE)
