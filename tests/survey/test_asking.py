"""What visitors read and hear of the survey is the regulation's own, in both languages."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from kiosk.core.i18n import LANGUAGES, Language, catalogue, translate
from kiosk.paper.printer import to_bytes
from kiosk.survey import printed, reading, texts
from kiosk.survey.questionnaire import ELEMENTS, LONGEST, PROFILE, questionnaire
from kiosk.survey.slip_api import SlipOf

REGULATION = "shared/data/skm/skm_reference.yaml"  # beside the project, where there is one
ROOM = Path(reading.__file__).parent
STEPS = {"start", "service", "suggestion", "code", "end", "nothing", "failed"}
STEPS |= {"thanks", "later", "later_phone", "lapor", "lapor_phone"}
STEPS |= {f"ask:{key}" for key in ELEMENTS} | {f"about:{part}" for part in PROFILE}
SERVICES = ({"id": "a", "name": "Izin A", "name_en": None}, {"id": "b", "name": "Izin B", "name_en": "Permit B"})


def regulation() -> list[dict[str, Any]]:
    path = next((folder / REGULATION for folder in Path(__file__).parents if (folder / REGULATION).exists()), None)
    if path is None:
        pytest.skip("the regulation's text is not here")
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["elements"]
    return found


def test_questions_and_answers_are_the_regulations_word_for_word() -> None:
    for told, ours in zip(regulation(), questionnaire().elements, strict=True):
        assert (ours.key, ours.number, ours.name.id) == (told["key"], told["questionnaire_no"], told["name"])
        assert ours.question.id.removesuffix("?") == told["question"]
        assert [answer.id for answer in ours.answers] == [option["label"] for option in told["options"]]
        assert [option["score"] for option in told["options"]] == [1, 2, 3, 4]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_read_aloud_with_all_its_answers(language: Language) -> None:
    scripts = reading.scripts(SERVICES, language)
    assert set(scripts) == STEPS
    for element in questionnaire().elements:
        texts_of = [text for _, text in scripts[f"ask:{element.key}"]]
        assert texts_of == [getattr(one, language) for one in (element.question, *element.answers)]
    assert [voice for voice, _ in scripts["service"]] == [language, "id", language if language == "en" else "id"]
    assert all(voice in get_args(Language) and text.strip() for script in scripts.values() for voice, text in script)


def test_the_node_knows_before_what_it_may_be_asked_to_say() -> None:
    known = set(reading.everything())
    for language in LANGUAGES:
        assert {one for script in reading.scripts((), language).values() for one in script} <= known


def test_every_word_around_the_questionnaire_stands_in_both_languages() -> None:
    for words in texts.SURVEY.values():
        assert words["id"] != words["en"]
    for message in (texts.TITLE, texts.FREE, texts.SLIP_TITLE, texts.SLIP_WHEN):
        assert message in catalogue()


def test_the_browser_and_the_node_agree_on_lengths_and_names() -> None:
    script = (ROOM / "form.js").read_text()
    assert f"LONGEST = {LONGEST};" in script
    assert str(list(PROFILE)).replace("'", '"') in script


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_of_a_code_bears_the_code_and_no_number(language: Language) -> None:
    lines = printed.slip("7GQ0K2ZD", office="DPMPTSP", address="https://kios.example/survey", language=language)
    assert [line.text for line in lines if line.kind == "big"] == ["7GQ0-K2ZD"]
    assert [line.text for line in lines if line.kind == "qr"] == ["https://kios.example/survey#7GQ0K2ZD"]
    assert translate(texts.FREE, language) in [line.text for line in lines]
    assert to_bytes(lines, 48)


@pytest.mark.parametrize("code", ["", "7GQ0K2Z", "7GQ0K2ZDD", "7GQ0K2ZU", "7gq0k2zd", "7GQ0-K2ZD", "A-017"])
def test_nothing_else_is_printed_as_a_code(code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        SlipOf(code=code)
