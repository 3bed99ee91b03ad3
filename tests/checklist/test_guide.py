"""What an office adds is read whole and held against its documents before a row is written."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from kiosk import seeds
from kiosk.checklist.guide import Guide, misfit
from tests.catalogue.conftest import standards_of

from .conftest import MORNING, OFFICES, SEEDS, SERVICE, guide_of

QUEUES = {name: [one["code"] for one in yaml.safe_load((SEEDS / f"{name}.yaml").read_text())["queues"]] for name in OFFICES}
QUESTION = {"ask": {"id": "a", "en": "a"}, "yes": {"id": "a", "en": "a"}, "no": {"id": "a", "en": "a"}}
WHEN = {"question": "oneself", "answer": "no"}


@pytest.mark.parametrize("office", OFFICES)
def test_the_demo_offices_fit_their_documents(office: str):
    assert misfit(guide_of(office), standards_of(office), QUEUES[office]) is None


@pytest.mark.parametrize("office", OFFICES)
def test_every_condition_of_a_document_is_asked_and_no_other(office: str):
    """What the document makes conditional is asked for by a question; nothing else is."""
    stated = {(one.id, item.order) for one in standards_of(office) if one.requirements for item in one.requirements.items if item.condition}
    asked = {(service, order) for service, notes in guide_of(office).services.items() for order, note in notes.items() if note.when}
    assert asked == stated


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"help_queue": "Z"}, "help_queue"),
        ({"services": {"another": {}}}, "services.another"),
        ({"services": {SERVICE: {99: {}}}}, f"services.{SERVICE}.99"),
        ({"questions": {"oneself": QUESTION}, "services": {SERVICE: {1: {"when": WHEN}}}}, f"services.{SERVICE}.1.when"),
    ],
)
def test_what_the_office_s_documents_do_not_bear_is_named(change: dict, field: str):
    found = misfit(Guide.model_validate(change), standards_of("kaltim"), QUEUES["kaltim"])
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize(
    "change",
    [
        {"services": {SERVICE: {7: {"when": WHEN}}}},
        {"questions": {"oneself": QUESTION}},
        {"services": {SERVICE: {1: {"picture": "cat"}}}},
        {"services": {SERVICE: {1: {"what": {"id": "only"}}}}},
        {"extra": 1},
    ],
)
def test_a_guide_that_contradicts_itself_is_refused(change: dict):
    with pytest.raises(ValidationError):
        Guide.model_validate(change)


def test_a_damaged_file_loads_nothing_and_names_file_line_and_field(tmp_path: Path, session):
    for path in SEEDS.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(SEEDS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    file = tmp_path / "checklists/kaltim.yaml"
    file.write_text(file.read_text().replace("check_queue: B", "check_queue: X"))
    with pytest.raises(seeds.SeedDamaged, match=r"kaltim\.yaml.*line 5, field check_queue"):
        seeds.load(session, "kaltim", at=MORNING, folder=tmp_path)
