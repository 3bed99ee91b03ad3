"""Pages of a PDF as pdfium shows them: pictures in grey, and their text. Scripts, forms and links do nothing here."""

import math
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from kiosk.letters.checking.errors import Unreadable
from kiosk.letters.checking.limits import MOST_PAGES, MOST_RECORD

POINTS = 72  # a PDF's unit: an inch has so many
READING_DPI = 200  # a module of a letter's code is then three pixels wide
MOST_SHEET = 8_000_000  # pixels of a page's picture: A3 at 200 dpi; larger pages are drawn coarser


class Sheets:
    """The pages of one PDF file. Raises `Unreadable`: broken_pdf, encrypted_pdf, too_many_pages."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = pdfium.PdfDocument(data)
            self.count = len(self._file)
        except pdfium.PdfiumError as fault:
            locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
            raise Unreadable("encrypted_pdf" if locked else "broken_pdf") from fault
        if raw.FPDF_GetSecurityHandlerRevision(self._file) != -1:
            raise Unreadable("encrypted_pdf")
        if self.count > MOST_PAGES:
            raise Unreadable("too_many_pages")
        if not self.count:
            raise Unreadable("broken_pdf")

    @property
    def is_plain(self) -> bool:
        """No signature and no attachment: a scan, or whatever else somebody made."""
        return bool(raw.FPDF_GetSignatureCount(self._file) <= 0 and self._file.count_attachments() <= 0)

    def attachment(self, name: str) -> bytes | None:
        """The attached file `name`; None without it, or when there are several or it is no file of a usual size."""
        try:
            found = [one for one in map(self._file.get_attachment, range(self._file.count_attachments())) if one.get_name() == name]
            kept = bytes(found[0].get_data()) if len(found) == 1 else b""
        except (pdfium.PdfiumError, ValueError):
            return None
        return kept if 0 < len(kept) <= MOST_RECORD else None

    def pictures(self, dpi: int = READING_DPI) -> Iterator[Image.Image]:
        """Each page in grey, with its annotations, as a reader sees it."""
        for number in range(self.count):
            yield self.picture(number, dpi)

    def picture(self, number: int, dpi: int) -> Image.Image:
        """One page in grey at `dpi`, or as fine as its size allows."""
        try:
            page = self._file[number]
            width, height = page.get_size()
            most = math.sqrt(MOST_SHEET / max(1.0, width * height))
            bitmap = page.render(scale=min(dpi / POINTS, most), grayscale=True, may_draw_forms=False)
            picture: Image.Image = bitmap.to_pil()
            page.close()
        except (pdfium.PdfiumError, ValueError, OverflowError, AssertionError) as fault:
            raise Unreadable("broken_pdf") from fault
        return picture

    def texts(self) -> list[str]:
        """The words of each page, in their order in the file, one blank between them."""
        try:
            return [" ".join(page.get_textpage().get_text_range().split()) for page in self._file]
        except pdfium.PdfiumError as fault:
            raise Unreadable("broken_pdf") from fault
