"""The process that reads one file of a stranger: bytes on stdin, one line of JSON on stdout, and it ends.

It is started with an empty environment, loads its libraries, and then locks itself in (`sandbox`) before it reads the first byte.
"""

import hashlib
import sys
from pathlib import Path

from kiosk.letters.checking import comparing, pictures, reading, sandbox, seals
from kiosk.letters.checking.errors import Unreadable
from kiosk.letters.checking.facts import MOST_SEALS, Facts, SealFacts
from kiosk.letters.checking.kind import kind_of
from kiosk.letters.checking.limits import MOST_BYTES
from kiosk.letters.checking.sheets import Sheets
from kiosk.letters.document import drawing
from kiosk.letters.qr import cbor

RECORD = "surat.cbor"
FINE_DPI = 300  # for the second look at a page on which nothing was found


def main() -> None:
    """Read stdin, answer on stdout."""
    seals.prepare()
    guarded = sandbox.enter()
    facts = told(sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.write(facts.model_copy(update={"guarded": guarded, "peak_kb": _peak_kb()}).model_dump_json() + "\n")
    sys.stdout.flush()


def told(data: bytes) -> Facts:
    """What `data` is and shows."""
    kind = kind_of(data)
    try:
        if len(data) > MOST_BYTES:
            raise Unreadable("too_large")
        if kind is None:
            raise Unreadable("broken_picture")
        if kind == "pdf":
            return _pdf(data)
        codes = reading.sort(reading.texts_of(pictures.grey(data, kind)))
        return Facts(letters=codes.letters, foreign=codes.foreign)
    except Unreadable as fault:
        return Facts.model_validate({"unreadable": fault.reason})
    except MemoryError:
        return Facts(unreadable="reading_took_too_long" if kind == "pdf" else "too_many_pixels")


def _pdf(data: bytes) -> Facts:
    sheets = Sheets(data)
    codes = _codes(sheets)
    if sheets.is_plain:
        return Facts(letters=codes.letters, foreign=codes.foreign)
    kept = sheets.attachment(RECORD)
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
    return tuple(
        SealFacts.model_construct(certificate=one.certificate, fits=one.fits, whole=one.whole, changes=one.changes)
        for one in found[:MOST_SEALS]
    )


def _differences(given: Sheets, kept: bytes, qr_text: str) -> tuple[str, ...]:
    """Beside a fresh drawing; a record that cannot be drawn is none of ours."""
    try:
        fresh = Sheets(drawing.draw(cbor.decode(kept), qr_text))
    except MemoryError:
        raise
    except Exception:  # whatever the drawing makes of a record that somebody else wrote
        return ("record_differs",)
    return tuple(comparing.differences(given, fresh))


def _peak_kb() -> int:
    """The most memory that this program had resident. Not ru_maxrss: that begins with what the parent had when it started this one."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main()
