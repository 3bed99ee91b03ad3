"""A slip is read back by a reader of ESC/POS: what the visitor holds is what was meant, and nothing that was typed is a command."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.paper import qr
from kiosk.paper.printer import COLUMN_DOTS, RULE, Line, columns_of, to_bytes
from kiosk.paper.spelling import page_for, plain, spelled
from tests.paper.escpos import read

WIDTHS = [48, 42, 32]
ADDRESS = "http://kios.lan:8000/checklist#1.kaltim-izin-pameran.0123456789ab.0190a5f07b3c7d2e9a1b0c2d3e4f5a6b.hmuxhmux.b8b72f44"
KINDS = st.sampled_from(["title", "text", "strong", "middle", "big"])
ANY = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_slip_reads_as_it_was_meant(columns: int):
    slip = [Line("title", "Nomor antrean Anda"), Line("big", "A-017"), RULE, Line("text", "Loket Pendaftaran"), Line("qr", ADDRESS)]
    paper = read(to_bytes(slip, columns))
    assert [row.text for row in paper.rows] == ["Nomor antrean Anda", "A-017", "-" * columns, "Loket Pendaftaran", ""]
    assert [code for code, _ in paper.codes] == [ADDRESS]
    assert paper.cut


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("number", ["A-017", "A-K2-014", "A-K12-1014*"])
def test_the_number_is_as_large_as_the_paper_bears_and_on_one_row(number: str, columns: int):
    (row,) = read(to_bytes([Line("big", number)], columns)).rows
    assert row.text == number
    assert row.width == row.height >= 2
    assert len(number) * row.width <= columns
    assert row.width == 6 or len(number) * (row.width + 1) > columns


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_code_fits_on_the_paper_with_its_quiet_zone(columns: int):
    for text in ("http://kios.lan", ADDRESS, ADDRESS + "h" * 200):
        ((_, module),) = read(to_bytes([Line("qr", text)], columns)).codes
        assert module >= 3
        assert qr.path(text)[0] * module <= columns * COLUMN_DOTS


def test_words_are_not_broken_and_what_follows_a_box_is_moved_in():
    text = "[ ] Persetujuan dari tetangga di lingkungan yang diketahui oleh RT dan RW, dan Kelurahan"
    rows = [row.text for row in read(to_bytes([Line("text", text, hang=4)], 32)).rows]
    assert all(len(row) <= 32 for row in rows)
    assert all(row.startswith("    ") for row in rows[1:])
    assert " ".join(row.strip() for row in rows) == text


def test_a_name_cannot_send_a_command():
    """Open the drawer (ESC p), cut (GS V), print a picture (GS v 0): only the letters of it arrive, as letters."""
    for evil in ("Budi\x1bp\x00\x19\xfa", "\x1dV\x00", "\x1dv0", "\x10\x14\x01", "a\rb\x0c", "\x9b\x90\u202e\ufeff"):
        paper = read(to_bytes([Line("text", f"x{evil}y"), Line("qr", f"http://k/{evil}")], 48))
        assert paper.cut
        assert all(sign.isprintable() for row in paper.rows for sign in row.text)
        assert all(sign.isprintable() for code, _ in paper.codes for sign in code)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(KINDS, ANY), max_size=6), st.sampled_from(WIDTHS))
@example([("text", "\x1b@\x1d(k")], 32)
def test_whatever_the_texts_are_only_texts_are_printed(texts: list[tuple], columns: int):
    """The reader knows no command beyond those of a slip, and no row is wider than the paper."""
    paper = read(to_bytes([Line(kind, text) for kind, text in texts], columns))
    assert paper.cut
    assert all(len(row.text) * row.width <= columns for row in paper.rows)
    wanted = page_for([plain(text) for _, text in texts])
    kept = "".join(spelled(plain(text), wanted) for _, text in texts)
    assert "".join(paper.text.split()) == "".join(kept.split())


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_a_plain_text_has_no_control_characters_and_stays_so(text: str):
    cleaned = plain(text)
    assert cleaned == plain(cleaned)
    assert all(ord(sign) >= 32 and not 0x7F <= ord(sign) <= 0x9F for sign in cleaned)


def test_what_the_printer_cannot_spell_has_a_clear_fallback():
    def says(text: str) -> str:
        return read(to_bytes([Line("text", text)], 48)).text

    assert says("Syarat “asli” – 2 ✓ fotokopi … 漢字") == 'Syarat "asli" - 2 v fotokopi ... ??'
    assert says("café") == "café"
    assert says("Øre: 5€") == "Øre: 5€"  # PC858 has both, PC437 neither
    assert says("Ōsaka, ½ m²") == "Osaka, ½ m²"


def test_paper_and_columns():
    assert (columns_of(80), columns_of(58), columns_of(80, 42)) == (48, 32, 42)
