"""The pages: the same bytes again, the words in their order, the code as it must be, the signature never alone."""

import io
import subprocess
import sys

import pypdfium2
import pytest
import zxingcpp
from pyhanko.pdf_utils.reader import PdfFileReader

from kiosk.core.build import ROOT
from kiosk.letters.document import drawing, fonts, layout, record
from tests.letters.document.test_letter_record import CREST
from tests.letters.written import CODE, PARAGRAPH, recorded

LONG_NAME = "Perkumpulan Penyelenggara Pameran Šimun Đorđević Kusumawardhani Setyanto Wahyuningrum Samarinda Utara"[:100]
LONG = {
    "recipient": {"name": LONG_NAME, "address": "Jalan Pangeran Antasari " * 12},
    "subject": "Izin " + "penyelenggaraan undian " * 12,
    "signatory": {
        "name": "Prof. Dr. Ir. H. Muhammad Kusumawardhana Setyaningrum, S.T., M.T., M.Si., Ph.D.",
        "title": "Pelaksana Tugas " * 12,
    },
}
MANY = [
    {},
    {"template": "receipt", "valid_until": None},
    {"template": "recommendation"},
    LONG,
    *({"template": "recommendation", "body": [PARAGRAPH] * count} for count in range(5, 14)),
    *({"template": "permit", "body": [PARAGRAPH] * count} for count in (4, 5, 6, 40)),
    {"body": ["Panjang " * 500] * 3},
    {"body": ["x" * 4000], "template": "recommendation"},
]


def words_of(pdf: bytes) -> list[list[str]]:
    """The words of each page as a reader that is not ours finds them."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().split() for page in document]


@pytest.mark.parametrize("other", MANY, ids=range(len(MANY)))
def test_each_page_shows_the_words_of_the_record_in_their_order(other):
    made = recorded(**other)
    shown = words_of(drawing.draw(made, CODE))
    assert ["".join(page) for page in shown] == ["".join(page) for page in drawing.expected_text(made)]


@pytest.mark.parametrize("other", MANY, ids=range(len(MANY)))
def test_nothing_runs_over_an_edge_and_the_signature_is_never_alone(other):
    fonts.register()
    pages = layout.pages(recorded(**other))
    for page in pages:
        bottoms = [placed.top - placed.piece.height for placed in page.texts if placed.top > layout.FOOT_TOP]
        assert all(bottom >= layout.FOOT_TOP for bottom in bottoms)
        assert all(placed.piece.text.width <= placed.piece.width for placed in page.texts)
        assert (page.code is not None) == (page is pages[-1])
        if page.code:
            assert page.code[1] >= layout.FOOT_TOP
    if len(pages) > 1:
        signed = next(at for at, placed in enumerate(pages[-1].texts) if placed.x > layout.LEFT + layout.FACT)
        assert sum(placed.piece.lines for placed in pages[-1].texts[:signed]) >= layout.KEPT_LINES


@pytest.mark.parametrize("other", [{}, LONG, {"body": [PARAGRAPH] * 12}], ids=range(3))
def test_the_same_record_gives_the_same_bytes(other):
    first = drawing.draw(recorded(**other), CODE)
    assert first == drawing.draw(record.decode(record.encode(recorded(**other))), CODE)
    again = "import sys; from tests.letters.written import *; sys.stdout.buffer.write(drawing.draw(recorded(), CODE))"
    if not other:
        assert subprocess.run([sys.executable, "-c", again], capture_output=True, check=True, cwd=ROOT).stdout == first


def test_the_code_is_thirty_millimetres_wide_with_a_quiet_zone_and_reads():
    page = pypdfium2.PdfDocument(drawing.draw(recorded(), CODE))[0]
    picture = page.render(scale=254 / 72, grayscale=True).to_pil()  # ten dots a millimetre
    scale = picture.width / 210
    found = zxingcpp.read_barcode(picture)
    assert found.text == CODE
    assert found.ec_level == "Q"
    corners = found.position
    assert abs((corners.top_right.x - corners.top_left.x) / scale - 30) < 0.3
    left, top, side = corners.top_left.x, corners.top_left.y, 30 * scale
    quiet = 4 * side / 69 - 3
    around = picture.crop((int(left - quiet), int(top - quiet), int(left + side + quiet), int(top + side + quiet)))
    inner = around.crop((int(quiet) - 2, int(quiet) - 2, around.width - int(quiet) + 2, around.height - int(quiet) + 2))
    assert sum(around.histogram()[:128]) == sum(inner.histogram()[:128])


def test_the_file_tells_what_it_is_and_in_which_language():
    root = PdfFileReader(io.BytesIO(drawing.draw(recorded(), CODE)))
    info = root.trailer["/Info"]
    assert info["/Title"] == "Surat Izin 500.16.7/0123/DPMPTSP/2026"
    assert info["/Author"].startswith("Dinas Penanaman Modal")
    assert info["/CreationDate"].startswith("D:20261122")
    assert root.root["/Lang"] == "id-ID"
    assert root.root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_font_is_embedded():
    root = PdfFileReader(io.BytesIO(drawing.draw(recorded(), CODE))).root
    used = root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    assert {str(used[name]["/BaseFont"]).partition("+")[2][:8] for name in used} == {"Atkinson", "Bricolag"}
    assert all("/FontFile2" in used[name]["/FontDescriptor"] for name in used)


def test_what_a_screen_reader_hears_is_the_letter_in_its_order():
    root = PdfFileReader(io.BytesIO(drawing.draw(recorded(), CODE))).root
    assert root["/MarkInfo"]["/Marked"]
    elements = [one.get_object() for one in root["/StructTreeRoot"]["/K"]["/K"]]
    kinds = [str(one["/S"]) for one in elements]
    assert kinds.count("/H1") == 1
    assert [one["/Alt"] for one in elements if one["/S"] == "/Figure"] == [drawing.CODE_ALT]
    page = root["/Pages"]["/Kids"][0]
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert parents[int(page["/StructParents"]) * 2 + 1][0].get_object() == elements[0]
    content = page["/Contents"].data
    assert content.count(b"BDC") + content.count(b"BMC") == content.count(b"EMC")
    assert content.count(b"BDC") == len(elements)


def test_a_letter_of_several_pages_says_which_page_is_which():
    made = recorded(body=[PARAGRAPH] * 12)
    pages = drawing.expected_text(made)
    assert len(pages) > 1
    for number, words in enumerate(pages, start=1):
        assert words[-4:] == ["500.16.7/0123/DPMPTSP/2026", str(number), "dari", str(len(pages))]


def test_a_preview_bears_no_code_and_says_so():
    made = drawing.draw(recorded(number=None, date=None), None)
    assert "RANCANGAN" in "".join(words_of(made)[0])
    assert not zxingcpp.read_barcodes(pypdfium2.PdfDocument(made)[0].render(scale=3).to_pil())


def test_an_office_s_crest_is_drawn_from_the_record():
    made = recorded()
    crested = {**made, "head": {**made["head"], "crest": CREST}}
    assert drawing.draw(crested, CODE) == drawing.draw(crested, CODE)
    assert drawing.draw(crested, CODE) != drawing.draw(made, CODE)


def test_markup_in_a_letter_is_words():
    made = recorded(body=["<b>tebal</b> & <font color='red'>merah</font> &lt;"], subject="<img src='file:///etc/passwd'/>")
    shown = " ".join(words_of(drawing.draw(made, CODE))[0])
    assert "<b>tebal</b> & <font color='red'>merah</font> &lt;" in shown
    assert "<img src='file:///etc/passwd'/>" in shown
