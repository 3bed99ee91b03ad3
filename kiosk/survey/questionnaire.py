"""The questionnaire of PermenPANRB 14/2017: elements, answers, grades, profile and sample table, read from `db/seeds/survey/skm.yaml`."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from kiosk.core.build import ROOT

FILE = ROOT / "db/seeds/survey/skm.yaml"
# The nine elements by name: regulation and questionnaire number the last two differently.
ELEMENTS = ("requirements", "procedure", "completion_time", "fee", "product", "competence", "behaviour", "facilities", "complaints")
PROFILE = ("sex", "age", "education", "work")
SCORES = (1, 2, 3, 4)
LONGEST = 1000  # characters of a suggestion


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(_Part):
    """One text in both languages; the Indonesian of elements and answers is the regulation's."""

    id: str
    en: str


class Element(_Part):
    """One question with its four answers, worth 1 to 4 in this order. `number` is the questionnaire's."""

    key: str
    number: int
    name: Both
    question: Both
    answers: Annotated[tuple[Both, ...], Field(min_length=4, max_length=4)]


class Grade(_Part):
    """A grade and the rounded indexes that have it, both ends included."""

    grade: Literal["A", "B", "C", "D"]
    first: Annotated[Decimal, Field(alias="from")]
    last: Annotated[Decimal, Field(alias="to")]
    name: Both


class Group(_Part):
    """One answer about oneself."""

    key: str
    label: Both


class Questionnaire(_Part):
    """The whole file. `profile` maps sex, age, education and work to their groups; `sample` holds (population, sample) in rising order."""

    regulation: str
    elements: tuple[Element, ...]
    grades: tuple[Grade, ...]
    profile: dict[str, tuple[Group, ...]]
    sample: tuple[tuple[int, int], ...]

    def groups(self, name: str) -> tuple[str, ...]:
        """Keys of the groups of one part of the profile."""
        return tuple(group.key for group in self.profile[name])


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire of this build.

    >>> [element.key for element in questionnaire().elements] == list(ELEMENTS)
    True
    """
    return Questionnaire.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
