"""A QR code that nobody can read is a decoration."""

import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.paper.qr import QUIET_ZONE, path, svg


def raster(drawing: str, side: int, scale: int = 4) -> Image.Image:
    """The runs of the SVG path, painted: an independent reading of what a browser draws."""
    picture = Image.new("L", (side * scale, side * scale), 255)
    draw = ImageDraw.Draw(picture)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawing)
    for x, y, width, back in ((int(a), int(b), int(c), int(d)) for a, b, c, d in runs):
        assert width == back
        draw.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1), fill=0)
    return picture


@pytest.mark.parametrize("text", ["https://kios.example.go.id/layanan/standar?id=kaltim-undian-gratis-berhadiah", "A-001", "é ü 漢"])
def test_a_reader_reads_back_what_was_written(text: str) -> None:
    picture = svg(text).decode()
    side = int(re.search(r'viewBox="0 0 (\d+) ', picture)[1])  # type: ignore[index]
    (found,) = zxingcpp.read_barcodes(raster(picture.split('fill="#000" d="')[1], side))
    assert found.text == text
    assert found.ec_level == "M"


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300))
def test_any_address_survives(text: str) -> None:
    side, dark = path(text)
    assert [found.text for found in zxingcpp.read_barcodes(raster(dark, side))] == [text]


def test_the_quiet_zone_is_white() -> None:
    side, dark = path("https://kios.example.go.id")
    for x, y, width in ((int(a), int(b), int(c)) for a, b, c in re.findall(r"M(\d+) (\d+)h(\d+)", dark)):
        assert x >= QUIET_ZONE
        assert x + width <= side - QUIET_ZONE
        assert QUIET_ZONE <= y < side - QUIET_ZONE
