"""The pages of a letter that is not fixed yet, as pictures: drawn with the mark of a draft, without a code."""

import base64
import io
import threading
from typing import Any

from sqlmodel import Session

from kiosk.core.config import Settings
from kiosk.letters.document import drawing, record
from kiosk.letters.document.letter import Letter

MOST_PAGES = 6  # of a longer letter the first ones are looked at
WIDTH = 900  # pixels of a page: its small print can be read
_pdfium = threading.Lock()  # PDFium must not be called by two threads at once


def pages(session: Session, settings: Settings, letter: Letter, *, service_name: str) -> list[str]:
    """The first pages as addresses (`data:image/png;base64,...`). Raises what `record.preview` raises."""
    return [
        f"data:image/png;base64,{base64.b64encode(one).decode()}"
        for one in pictures(drawing.draw(record.preview(session, settings, letter, service_name=service_name), None))
    ]


def pictures(pdf: bytes) -> list[bytes]:
    """The first pages of our own `pdf` as PNG."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_picture(document[number]) for number in range(min(len(document), MOST_PAGES))]
        finally:
            document.close()


def _picture(page: Any) -> bytes:
    drawn = page.render(scale=WIDTH / page.get_width()).to_pil()
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()
