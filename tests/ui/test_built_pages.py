"""The pages as they were built: both languages stand in them, nothing foreign does, and no script runs that is not theirs."""

import json
import re
from pathlib import Path

import pytest

from kiosk.core.build import SITE
from kiosk.ui.csp import inline_scripts, script_hash

PAGES = sorted(SITE.rglob("index.html"))
pytestmark = pytest.mark.skipif(not PAGES, reason="the front end is not built (make site)")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_both_languages_stand_in_the_page_and_say_which_they_are(page: Path):
    html = page.read_text()
    counts = {language: len(re.findall(rf'<span class="w" lang="{language}">', html)) for language in ("id", "en")}
    assert '<html lang="id"' in html
    assert counts["id"] == counts["en"]


def test_the_first_page_is_whole_before_any_script_runs():
    html = (SITE / "index.html").read_text()
    for word in ("Ambil nomor antrean", "Take a queue number", "Kembali", "Huruf besar", "Larger text"):
        assert (word in html) is (word != "Kembali"), word  # there is nowhere to go back to


@pytest.mark.parametrize("page", sorted(SITE.rglob("*.html")), ids=lambda path: str(path.relative_to(SITE)))
def test_every_inline_script_is_on_the_list(page: Path):
    allowed = set(json.loads((SITE.parent / "csp.json").read_text())["script"])
    scripts = inline_scripts(page.read_text())
    assert len(scripts) > 3
    assert {script_hash(script) for script in scripts} <= allowed


def test_early_comes_before_anything_is_painted():
    html = (SITE / "index.html").read_text()
    script = re.search(r'<script[^>]*src="/early.js"[^>]*>', html)
    assert script is not None
    assert not re.search(r"async|defer", script[0])
    assert script.start() < html.index("<body")


def test_no_second_style_system_is_bundled():
    for file in (SITE / "assets").iterdir():
        if file.suffix in {".css", ".js"}:
            assert not re.search(r"radix-themes|rt-Theme|tailwindcss v", file.read_text()), file.name
