"""Templates of letters: the fixed words around what an officer writes. Wording is configuration: `templates/*.yaml`.

A text may hold places in braces, filled from the letter: `PLACES`. An office that words a letter otherwise puts a file of the same
name into `letters/templates` of its data folder; it counts instead of ours, and its version is its own.
"""

from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.letters.document.configured import checked
from kiosk.letters.document.errors import TemplateUnknown
from kiosk.letters.document.words import Plain

OURS = Path(__file__).parent / "templates"
PLACES = ("number", "date", "valid_until", "name", "address", "service", "subject", "office", "place", "check_address", "check_code")
Layout = Literal["letter", "decision"]


def _filled(text: str) -> str:
    """Raises ValueError for a place that no letter fills."""
    unknown = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - set(PLACES)
    if unknown:
        raise ValueError(f"no letter has {', '.join(sorted(unknown))}; there are {', '.join(PLACES)}")
    return text


Text = Annotated[Plain, Field(min_length=1, max_length=600), AfterValidator(_filled)]


class Fact(BaseModel):
    """One line of the table above the body. Left out where the letter does not say it, unless `otherwise` says what stands there then."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    label: Text
    value: Literal["number", "date", "valid_until", "name", "address", "service", "subject"]
    otherwise: Text | None = None


class Foot(BaseModel):
    """What stands below every page and beside the code."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    label: Text
    law: tuple[Text, ...]
    check: tuple[Text, ...]
    code_label: Text
    page: Annotated[Plain, Field(pattern=r"^[^{}]*\{page\}[^{}]*\{pages\}[^{}]*$")]


class Template(BaseModel):
    """One kind of letter. `layout`: "letter" has date, facts and recipient at its head, "decision" a heading (`beneath` it the number) and facts.

    A line of `recipient` that names what the letter does not say is left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,39}$")]
    version: Annotated[int, Field(ge=1, le=65535)]
    name: Text
    name_en: Text
    layout: Layout
    heading: Text
    beneath: tuple[Text, ...] = ()
    recipient: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    opening: tuple[Text, ...] = ()
    numbered: bool = False
    closing: tuple[Text, ...] = ()
    signing: tuple[Text, ...] = ()
    signed: Text
    foot: Foot


def load(name: str, own: Path | None = None) -> Template:
    """The template `name`, the office's own one (folder `own`) before ours. Raises `TemplateUnknown` and `TemplateDamaged`."""
    known = files(own)
    if name not in known:
        raise TemplateUnknown(template=name, known=", ".join(sorted(known)))
    return checked(known[name], Template)


def every(own: Path | None = None) -> list[Template]:
    """All templates in the order of their names. Raises `TemplateDamaged`."""
    return [load(name, own) for name in sorted(files(own))]


def files(own: Path | None = None) -> dict[str, Path]:
    """Name -> file of every template."""
    return {path.stem: path for folder in (OURS, own) if folder is not None for path in sorted(folder.glob("*.yaml"))}
