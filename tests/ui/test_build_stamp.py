"""The stamp of the built pages: it tells what they were made of, also when somebody works on the sources meanwhile."""

import subprocess
from pathlib import Path

import pytest

from deploy import build_site


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of the program, with a builder that writes a page and its pins."""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk/page.py").write_text("first")
    places = {"ROOT": tmp_path, "WEB": tmp_path / ".web", "BUILT": tmp_path / ".web/build/client", "STAMP": tmp_path / ".web/site.sha256"}
    for name, place in places.items():
        monkeypatch.setattr(build_site, name, place)
    monkeypatch.setattr(build_site, "environment", dict)
    return tmp_path


def building(tree: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str | None = None) -> None:
    """Build, while somebody writes `meanwhile` into a source."""

    def export(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
        if meanwhile is not None:
            (tree / "kiosk/page.py").write_text(meanwhile)
        for made in ("reflex.lock/package.json", ".web/build/client/index.html"):
            (tree / made).parent.mkdir(parents=True, exist_ok=True)
            (tree / made).write_text(made)
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr(subprocess, "run", export)
    build_site.build()


def test_a_build_that_wrote_its_pins_is_not_built_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    building(tree, monkeypatch)
    assert build_site.is_built()


@pytest.mark.parametrize("changed", ["kiosk/page.py", "kiosk/new.jsx", "reflex.lock/package.json"])
def test_what_changes_later_is_built_again(changed: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    building(tree, monkeypatch)
    (tree / changed).write_text("second")
    assert not build_site.is_built()


def test_what_is_edited_during_a_build_is_built_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    building(tree, monkeypatch, meanwhile="second")
    assert not build_site.is_built()
    building(tree, monkeypatch)
    assert build_site.is_built()
