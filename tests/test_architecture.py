"""Rules of the house that a machine can check."""

import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401
from kiosk.core.i18n import PACKAGE, catalogue

ROOT = PACKAGE.parent
CODE = [path for pattern in ("*.py", "*.js", "*.jsx") for path in PACKAGE.rglob(pattern)]
MESSAGE = re.compile(r"""\bN_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)""")


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_grows_past_300_lines(path: Path):
    assert len(path.read_text().splitlines()) <= 300


def test_every_table_carries_the_office_in_its_keys():
    """So that the tables distribute by office unchanged."""
    for table in SQLModel.metadata.tables.values():
        assert "office_id" in table.primary_key.columns, table.name
        for constraint in table.constraints:
            if type(constraint).__name__ == "UniqueConstraint":
                assert "office_id" in constraint.columns, (table.name, constraint.name)
            if type(constraint).__name__ == "ForeignKeyConstraint":
                assert "office_id" in constraint.column_keys, (table.name, constraint.name)
        assert not any(column.identity or column.autoincrement is True for column in table.columns)


def test_every_marked_sentence_has_its_indonesian():
    marked = {
        "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match)).replace('\\"', '"')
        for path in PACKAGE.rglob("*.py")
        for match in MESSAGE.findall(path.read_text())
    }
    assert len(marked) > 100
    assert sorted(marked - set(catalogue())) == []


def test_places_of_a_sentence_are_the_same_in_both_languages():
    places = re.compile(r"\{\w+\}")
    for english, indonesian in catalogue().items():
        assert set(places.findall(english)) == set(places.findall(indonesian)), english


def test_no_registry_is_named_in_any_file():
    """Where packages come from is the machine's business."""
    hosts = re.compile(r"(pypi|npmjs|pythonhosted|deb\.debian)\.org|registry\.(npmjs|yarnpkg)")
    for name in ("requirements.lock", "requirements-dev.lock", "Makefile", "pyproject.toml", "reflex.lock/package-lock.json"):
        assert not hosts.search((ROOT / name).read_text()), name


def test_islands_and_code_fetch_nothing_from_elsewhere():
    """No CDN, no foreign font: whatever a page loads comes from the node."""
    foreign = re.compile(r"""(src|href|import|url\(|fetch\()\s*[=(]?\s*["'`]https?://(?!localhost)""")
    for path in [*CODE, *(ROOT / "assets").rglob("*.css")]:
        assert not foreign.search(path.read_text()), path


def test_every_command_and_setting_is_documented():
    from typer.main import get_command

    from kiosk.cli import cli
    from kiosk.core.config import Settings

    readme = (ROOT / "README.md").read_text()
    top = get_command(cli).commands
    words = [
        name if not hasattr(one, "commands") else f"{name} {sub}" for name, one in top.items() for sub in getattr(one, "commands", [""])
    ]
    assert [word for word in words if word != "demo" and word not in readme] == []
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
