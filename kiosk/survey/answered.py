"""The body of an answer, as a device or a phone hands it in: nothing in it leads to a person."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kiosk.survey.errors import AnswerWrong
from kiosk.survey.questionnaire import ELEMENTS, LONGEST, PROFILE, questionnaire
from kiosk.survey.rules import clean

LONGEST_PLACE = 60  # a name that somebody made up may be of any length
RANDOM = 4  # the version of a UUID that holds neither a time nor a machine (RFC 9562, section 5.4)
Score = Annotated[int, Field(strict=True, ge=1, le=4)]


def _cleaned(text: Any) -> Any:
    return clean(text) if isinstance(text, str) else text


def _one_of(names: tuple[str, ...]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in names:
            raise ValueError(name)
        return name

    return AfterValidator(check)


def _known(profile: dict[str, str]) -> dict[str, str]:
    for part, group in profile.items():
        if group not in questionnaire().groups(part):
            raise ValueError(part)
    return profile


class Answered(BaseModel):
    """`scores`: the elements that were answered, at least one. `profile`: keys of groups. `code`: of a ticket, as typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scores: Annotated[dict[Annotated[str, _one_of(ELEMENTS)], Score], Field(min_length=1)]
    service: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    profile: Annotated[dict[Annotated[str, _one_of(PROFILE)], str], AfterValidator(_known)] = {}
    suggestion: Annotated[str, BeforeValidator(_cleaned), Field(max_length=LONGEST)] | None = None
    code: Annotated[str, Field(max_length=40)] | None = None

    def content(self) -> dict[str, Any]:
        """The columns of a row that come from the answer itself."""
        scores: dict[str, int | None] = {name: self.scores.get(name) for name in ELEMENTS}
        about = {name: self.profile.get(name, "") for name in PROFILE}
        return {**scores, **about, "service": self.service or "", "suggestion": self.suggestion or ""}


def read(body: dict[str, Any]) -> Answered:
    """The answer in `body`. Raises `AnswerWrong`, which names the first part that does not fit."""
    try:
        return Answered.model_validate(body)
    except ValidationError as wrong:
        raise AnswerWrong(where=".".join(map(str, wrong.errors()[0]["loc"]))[:LONGEST_PLACE] or "body") from None
    except UnicodeError:  # half a surrogate pair where a name stands
        raise AnswerWrong(where="body") from None


def random_id(text: str) -> str:
    """The id of an answer in its usual spelling. Raises `AnswerWrong` for one that is not random: it would hold a moment."""
    try:
        found = UUID(text)
    except ValueError:
        raise AnswerWrong(where="id") from None
    if found.version != RANDOM:
        raise AnswerWrong(where="id")
    return str(found)
