"""A PDF in the reading process: a scan gives its codes; a file with a signature or an attachment is looked at in full."""

import hashlib

from kiosk.letters.checking import comparing, reading, seals
from kiosk.letters.checking.facts import MOST_SEALS, Facts, SealFacts
from kiosk.letters.checking.sheets import Sheets
from kiosk.letters.document import drawing, fonts
from kiosk.letters.document.attaching import NAME
from kiosk.letters.document.stored import FORMAT
from kiosk.letters.qr import cbor

FINE_DPI = 300  # for the second look at a page on which nothing was found


def prepare() -> None:
    """What takes time or a socket, before a file comes and there is none."""
    seals.prepare()
    fonts.register()


def told(data: bytes) -> Facts:
    """What the PDF `data` shows. Raises `Unreadable`."""
    sheets = Sheets(data)
    codes = _codes(sheets)
    if sheets.is_plain:
        return Facts(letters=codes.letters, foreign=codes.foreign)
    kept = sheets.attachment(NAME)
    return Facts(
        letters=codes.letters,
        foreign=codes.foreign,
        sealed=True,
        seals=_seals(data),
        record_hash=hashlib.sha256(kept).hexdigest()[:32] if kept is not None else None,
        differences=_differences(sheets, kept, codes.letters[0]) if kept is not None and len(codes.letters) == 1 else (),
    )


def _codes(sheets: Sheets) -> reading.Codes:
    """The codes on all pages. Only when no page shows a letter's code, each is looked at again, with more effort, until one does."""
    quick = [text for picture in sheets.pictures() for text in reading.texts_in(picture)]
    if reading.sort(quick).letters:
        return reading.sort(quick)
    for picture in sheets.pictures(FINE_DPI):
        if reading.sort(more := reading.texts_of(picture)).letters:
            return reading.sort([*quick, *more])
    return reading.sort(quick)


def _seals(data: bytes) -> tuple[SealFacts, ...] | None:
    try:
        found = seals.seals_of(data)
    except seals.SealBroken:
        return None
    return tuple(SealFacts.model_construct(**vars(one)) for one in found[:MOST_SEALS])


def _differences(given: Sheets, kept: bytes, qr_text: str) -> tuple[str, ...]:
    """Beside a fresh drawing; a record that cannot be drawn is none of ours, one of another format is for a newer program to draw."""
    try:
        record = cbor.decode(kept)
        if isinstance(record, dict) and record.get("format") != FORMAT:  # a drawing that shows otherwise has another number
            return ("format_unknown",)
        fresh = Sheets(drawing.draw(record, qr_text))
    except MemoryError:
        raise
    except Exception:  # whatever the drawing makes of a record that somebody else wrote
        return ("record_differs",)
    return tuple(comparing.differences(given, fresh))
