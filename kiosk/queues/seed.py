"""The queues' part of an office's seed file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# Letters that are not mistaken for a digit or for each other at eight metres: no I, O, Q, S, Z (look.md, "Type").
Letter = Annotated[str, Field(pattern=r"^[A-HJ-NPRT-Y]$")]
CounterCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,16}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class QueueTexts(BaseModel):
    """The words of one queue: its letter, its names, what it is for and what to bring."""

    model_config = ConfigDict(extra="forbid")

    code: Letter
    name: Text
    name_en: Text
    purpose: Text
    purpose_en: Text
    bring: Text | None = None
    bring_en: Text | None = None


class QueueSeed(QueueTexts):
    """One queue: its words, how it is reached and where it stands."""

    by_transfer: bool = False
    position: int


class CounterSeed(BaseModel):
    """One counter and the letters of the queues that it serves."""

    model_config = ConfigDict(extra="forbid")

    code: CounterCode
    name: Text
    name_en: Text
    queues: list[Letter] = Field(min_length=1)
    position: int
