"""The satisfaction survey: answers without a person, codes of ticket holders, plan, imports, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ELEMENTS = ("requirements", "procedure", "completion_time", "fee", "product", "competence", "behaviour", "facilities", "complaints")
NOT_SENT = sa.text("event_id IS NULL")


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "survey_answer",
        *_text("office_id", "id", "digest", "day", "half", "place", "service"),
        sa.Column("holder", sa.Boolean(), nullable=False),
        *_text("sex", "age", "education", "work", "suggestion"),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ELEMENTS),
        *_text("source"),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_answer_period", "survey_answer", ["office_id", "day"])
    op.create_index(
        "ix_survey_answer_not_sent", "survey_answer", ["office_id", "day"], sqlite_where=NOT_SENT, postgresql_where=NOT_SENT
    )
    op.create_table(
        "survey_code",
        *_text("office_id", "code_hash", "day", "half"),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "code_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_plan",
        *_text("office_id", "id", "first_day", "last_day", "service", "element", "action", "person", "due", "state", "note"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    op.create_table(
        "survey_import",
        *_text("office_id", "id", "name", "digest", "scheme", "weight"),
        sa.Column("rows", sa.Integer(), nullable=False),
        *_text("at", "actor"),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    op.create_table(
        "survey_old_answer",
        *_text("office_id", "id", "source", "day", "service", "sex", "age", "education", "work", "suggestion"),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_old_answer_period", "survey_old_answer", ["office_id", "day"])
    op.create_table(
        "survey_setting",
        *_text("office_id", "weight"),
        sa.Column("applicants", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.office_id"]),
        sa.PrimaryKeyConstraint("office_id"),
    )


def downgrade() -> None:
    for name in ("survey_setting", "survey_old_answer", "survey_import", "survey_plan", "survey_code", "survey_answer"):
        op.drop_table(name)
