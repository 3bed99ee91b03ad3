"""What an office adds to the requirements of its services: its file in `db/seeds/checklists`, one for each office.

When a requirement applies, what it is, where to get it. A condition is only what the document itself states: so a `when` may stand
only at a requirement that has one there.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.catalogue.standard import Id, ServiceStandard
from kiosk.core.chain import canonical

Text = Annotated[str, Field(min_length=1, max_length=200)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,31}$")]
Answer = Literal["yes", "no"]
Picture = Literal["paper", "stamped", "signed", "card", "plan", "people", "booklet", "photo"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(_Part):
    """One text in both languages."""

    id: Text
    en: Text


class Question(_Part):
    """A plain question on which requirements depend, with its two answers."""

    ask: Both
    yes: Both
    no: Both


class When(_Part):
    """The requirement applies when `question` was answered with `answer`."""

    question: Key
    answer: Answer


class Note(_Part):
    """What the office adds to one requirement; `picture` is what it looks like, for who does not read."""

    when: When | None = None
    what: Both | None = None
    where: Both | None = None
    picture: Picture = "paper"


class Guide(_Part):
    """The whole file. `help_queue` and `check_queue` are letters of queues: who asks, and whose file is complete."""

    help_queue: str | None = None
    check_queue: str | None = None
    questions: dict[Key, Question] = {}
    services: dict[Id, dict[int, Note]] = {}

    @model_validator(mode="after")
    def _questions_fit(self) -> Self:
        asked = {note.when.question for notes in self.services.values() for note in notes.values() if note.when}
        if unknown := sorted(asked - set(self.questions)):
            raise ValueError(f"no such question: {', '.join(unknown)}")
        if idle := sorted(set(self.questions) - asked):
            raise ValueError(f"nothing depends on the question {', '.join(idle)}")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 in hex over everything in it."""
        return hashlib.sha256(canonical(self.model_dump(mode="json"))).hexdigest()


def misfit(guide: Guide, standards: Sequence[ServiceStandard], queues: Collection[str]) -> tuple[str, str] | None:
    """Where `guide` says something that the office's standards or queues do not bear: (field, reason). None: it fits."""
    for field in ("help_queue", "check_queue"):
        if getattr(guide, field) not in {None, *queues}:
            return field, "the office has no such queue"
    known = {one.id: one for one in standards}
    for service, notes in guide.services.items():
        if service not in known:
            return f"services.{service}", "the office has no such service"
        asked = known[service].requirements
        items = {item.order: item for item in asked.items} if asked else {}
        for order, note in notes.items():
            if order not in items:
                return f"services.{service}.{order}", "the document has no such requirement"
            if note.when and not items[order].condition:
                return f"services.{service}.{order}.when", "the document states no condition for this requirement"
    return None
