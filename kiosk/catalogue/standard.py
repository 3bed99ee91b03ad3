"""The shape of a service standard, as an office's document gives it and as `db/seeds/services/*.yaml` holds it.

PermenPANRB 15/2014 (annex, chapter on the components of a service standard) names fourteen: six about the delivery of the
service, which concern the public, and eight about its management in the organisation. A document may lack some of them; what
it lacks stays empty here and is never filled in. Texts are the document's own, letter for letter.
"""

import hashlib
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.core.chain import canonical

DELIVERY = ("requirements", "procedure", "time_limit", "fee", "product", "complaints")
MANAGEMENT = (
    "legal_basis", "facilities", "staff_competence", "internal_oversight",
    "staffing", "service_guarantee", "safety_guarantee", "performance_evaluation",
)  # fmt: skip
FOR_STAFF = ("source", "source_notes")  # what the public is not shown: where the text came from and its defects

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, Field(min_length=1)]
Texts = list[Text]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Document(_Part):
    """The paper itself: its kind, its number and its dates as printed."""

    kind: Text
    number: Text | None = None
    revision: Text | None = None
    created: Text | None = None
    revised: Text | None = None
    effective: Text | None = None
    pages: int | None = None
    group: Text | None = None
    order: Text | None = None
    title: Text | None = None


class Enactment(_Part):
    """Where, when and by whose office the standard was enacted. The signatory's name is left out on purpose."""

    place: Text
    date_text: Text
    date: Text
    signatory: Text


class Requirement(_Part):
    """One thing to bring. `condition` says when it is needed, in the document's words; None: always."""

    order: int
    text: Text
    condition: Text | None = None


class Requirements(_Part):
    """Component 1. `listed` is False where the document points to a ministry's list instead (`text`)."""

    listed: bool
    count: int | None = None
    text: Text | None = None
    items: list[Requirement] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.count is not None and self.count != len(self.items):
            raise ValueError(f"count is {self.count}, but there are {len(self.items)} items")
        return self


class StepTime(_Part):
    """How long a step takes: the printed text, and what could be read from it (minutes, working days)."""

    text: Text
    day: Text | None = None
    minutes_min: int | None = None
    minutes_max: int | None = None
    working_days_max: int | None = None


class Step(_Part):
    """One step. `actor_basis` tells how the actor was found where the document's own column does not say it."""

    order: int
    text: Text
    actor: Text | None = None
    actor_basis: Text | None = None
    actors: Texts = []
    details: Texts = []
    time: StepTime | None = None
    notes: Texts = []


class Procedure(_Part):
    """Component 2: systems used, roles in it, and every step in order."""

    step_count: int
    systems: Texts = []
    roles: Texts = []
    steps: list[Step]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.step_count != len(self.steps):
            raise ValueError(f"step_count is {self.step_count}, but there are {len(self.steps)} steps")
        return self


class TimeLimit(_Part):
    """Component 3. `days` where the document says days, `working_days` where it says working days; `starts`: when counting begins."""

    text: Text
    days: int | None = None
    working_days: int | None = None
    starts: Texts = []


class Fee(_Part):
    """Component 4, in whole rupiah."""

    text: Text
    rupiah: int | None = None


class Product(_Part):
    """Component 5: what the applicant receives, and how long it is valid."""

    name: Text
    validity: Text | None = None


class Channel(_Part):
    """A way to reach the office. `value` stands as printed, also where it is broken; None where the document gives none."""

    channel: Text
    value: Text | None = None


class Complaints(_Part):
    """Component 6."""

    system: Text | None = None
    ways: Texts = []
    face_to_face: Texts = []
    online: list[Channel] = []
    channels: list[Channel] = []
    hours: Text | None = None


class LegalBasis(_Part):
    """Component 7."""

    count: int
    items: Texts

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.count != len(self.items):
            raise ValueError(f"count is {self.count}, but there are {len(self.items)} items")
        return self


class Group(_Part):
    """Part of a component that the document divides: `heading` is the division, `name` and `text` its printed words."""

    heading: Literal["rooms", "office_equipment", "satisfaction_survey", "other"] | None = None
    name: Text | None = None
    text: Text | None = None
    items: Texts


class Staffing(_Part):
    """Component 11: who does the work, and how many."""

    text: Text
    count: int | None = None


class ServiceHours(_Part):
    """Opening hours as the document prints them; the office's own hours in use are its settings, not this."""

    text: Text
    zone: Text
    monday_to_thursday: Texts
    friday: Texts


class RelatedDocument(_Part):
    """Another document of the office's quality system."""

    title: Text
    code: Text


class ConsultationStep(_Part):
    """One step of the electronic consultation; `number` as printed, also where it is printed twice."""

    number: Text
    text: Text
    decisions: Texts = []


class Consultation(_Part):
    """How a question travels through the office's system."""

    roles: Texts
    steps: list[ConsultationStep]


class Translation(_Part):
    """A translation that the office adds. It is never official, and every screen says so; the document's text decides."""

    name: Text | None = None
    requirements_text: Text | None = None
    requirements: Texts = []
    time_limit: Text | None = None
    fee: Text | None = None
    product: Text | None = None
    validity: Text | None = None
    steps: Texts = []


class Translations(_Part):
    """By language."""

    en: Translation


class ServiceStandard(_Part):
    """One service of an office. `name` is None for a standard whose document names no service: it holds for the whole office."""

    id: Id
    source: Text
    document: Document
    name: Text | None
    agency: Text
    unit: Text | None = None
    region: Text | None = None
    enacted_by: Text | None = None
    nspk_ministry: Text | None = None
    enactment: Enactment | None = None

    requirements: Requirements | None = None
    procedure: Procedure | None = None
    time_limit: TimeLimit | None = None
    fee: Fee | None = None
    product: Product | None = None
    complaints: Complaints | None = None

    legal_basis: LegalBasis | None = None
    facilities: list[Group] = []
    staff_competence: list[Group] = []
    internal_oversight: list[Group] = []
    staffing: Staffing | None = None
    service_guarantee: list[Group] = []
    safety_guarantee: list[Group] = []
    performance_evaluation: list[Group] = []

    service_hours: ServiceHours | None = None
    consultation: Consultation | None = None
    forms: Texts = []
    related_documents: list[RelatedDocument] = []
    motto: Text | None = None
    motto_meaning: Text | None = None
    source_notes: Texts = []
    translations: Translations | None = None

    @model_validator(mode="after")
    def _translation_fits(self) -> Self:
        if self.translations:
            _same_length("requirements", self.translations.en.requirements, self.requirements.items if self.requirements else [])
            _same_length("steps", self.translations.en.steps, self.procedure.steps if self.procedure else [])
        return self

    @property
    def digest(self) -> str:
        """SHA-256 in hex over everything in it: the same digest, the same standard."""
        return hashlib.sha256(canonical(self.model_dump(mode="json"))).hexdigest()


def _same_length(name: str, translated: list[str], original: list[Requirement] | list[Step]) -> None:
    """A translated list has one entry for each original, or none at all: a shifted one would mislead."""
    if translated and len(translated) != len(original):
        raise ValueError(f"translations.en.{name} has {len(translated)} entries, the document {len(original)}")
