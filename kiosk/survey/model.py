"""Answers without a person, codes of ticket holders, the plan, and what was imported.

Nothing here leads to who answered: ids are random, rows lie in the order of their ids (`sqlite_with_rowid=False`: SQLite's own
row number would be a sequence), no time is finer than half a day, and no ticket, case or staff key stands in them.
"""

from typing import Any

from sqlalchemy import JSON, Column, Index, Integer, String, Table, text
from sqlmodel import Field, SQLModel

from kiosk.survey.questionnaire import ELEMENTS, SCORES

NOT_SENT = text("event_id IS NULL")


class SurveyAnswer(SQLModel, table=True):
    """One person's answers: nine scores of 1 to 4, None where a question was skipped; "" where the profile was.

    `day` (YYYY-MM-DD) and `half` ("am", "pm", "" for an imported one) are the office's; `place` is where the device stands ("" for a
    phone); `holder`: a ticket's code came with it. `digest` is SHA-256 over what was handed in and tells "the same id with another body".
    `event_id`: the event that told of it, made when the half day was over. `source`: the import that it came with, or "".
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        Index("ix_survey_answer_period", "office_id", "day"),
        Index("ix_survey_answer_not_sent", "office_id", "day", sqlite_where=NOT_SENT, postgresql_where=NOT_SENT),
        {"sqlite_with_rowid": False},
    )
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    digest: str
    day: str
    half: str
    place: str = ""
    service: str = ""
    holder: bool = False
    sex: str = ""
    age: str = ""
    education: str = ""
    work: str = ""
    suggestion: str = ""
    requirements: int | None = None
    procedure: int | None = None
    completion_time: int | None = None
    fee: int | None = None
    product: int | None = None
    competence: int | None = None
    behaviour: int | None = None
    facilities: int | None = None
    complaints: int | None = None
    source: str = ""
    event_id: str | None = None


class SurveyCode(SQLModel, table=True):
    """The code of a ticket, as SHA-256 in hex and the half day on which it was given; `used` once an answer came with it."""

    __tablename__ = "survey_code"
    __table_args__ = ({"sqlite_with_rowid": False},)
    office_id: str = Field(primary_key=True)
    code_hash: str = Field(primary_key=True)
    day: str
    half: str
    used: bool = False


class SurveyPlan(SQLModel, table=True):
    """One row of the follow-up plan: a weak element of a period, what is done, by whom, until when, and how far that is.

    `first_day` and `last_day` are the period's, `service` "" for the whole office. `state` is "open", "doing" or "done"; `version` counts
    changes, so that two people do not overwrite each other.
    """

    __tablename__ = "survey_plan"
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    first_day: str
    last_day: str
    service: str = ""
    element: str
    action: str = ""
    person: str = ""
    due: str = ""
    state: str = "open"
    note: str = ""
    version: int = 1


class SurveyImport(SQLModel, table=True):
    """A file of old answers: `scheme` "skm-2017" (nine elements; its rows are `SurveyAnswer`) or "ikm-2004" (fourteen; `SurveyOldAnswer`).

    `weight` is the scheme's own, as text: "1/9", "0.11", "0.071". `digest` is SHA-256 over its answers in any order:
    the same answers twice are once, also in another file.
    """

    __tablename__ = "survey_import"
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    digest: str
    scheme: str
    weight: str
    rows: int
    at: str
    actor: str


class SurveyOldAnswer(SQLModel, table=True):
    """One person's answers by the older scheme of fourteen elements (KepmenPAN 25/2004); `scores` maps element to 1 to 4.

    Profile and suggestion are kept as the file had them, "" where it had none; no report shows them yet.
    """

    __tablename__ = "survey_old_answer"
    __table_args__ = (Index("ix_survey_old_answer_period", "office_id", "day"), {"sqlite_with_rowid": False})
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    source: str
    day: str
    service: str = ""
    sex: str = ""
    age: str = ""
    education: str = ""
    work: str = ""
    suggestion: str = ""
    scores: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))


class SurveySetting(SQLModel, table=True):
    """How an office computes: `weight` is "1/9", "0.11" or "0.111"; `applicants` the yearly number for the sample, None: visits counted."""

    __tablename__ = "survey_setting"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    weight: str = "1/9"
    applicants: int | None = None
    version: int = 1


class SurveyTold(SQLModel, table=True):
    """What everybody was told last of the half-year that begins on `first_day`, counted up to `last_day`: see `held`. Never sent."""

    __tablename__ = "survey_told"
    office_id: str = Field(primary_key=True)
    first_day: str = Field(primary_key=True)
    last_day: str
    figures: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


# How often each score was given in a month, counted once so that a report of years reads few rows: a row for each service, place and
# way of answering, by itself (`part` "") and for each group of a part of the profile (`value`). Made from the answers, never sent.
# A row whose `part` is "!" counts nothing: see `tally.forget`.
TALLY = Table(
    "survey_tally",
    SQLModel.metadata,
    *(Column(name, String, primary_key=True) for name in ("office_id", "part", "month", "service", "place", "way", "value")),
    Column("n", Integer, nullable=False),
    *(Column(f"{element}_{score}", Integer, nullable=False) for element in ELEMENTS for score in SCORES),
    sqlite_with_rowid=False,
)
