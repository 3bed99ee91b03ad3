"""What waits for a line: the certified signer, timestamps, reports of suspected forgeries."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NOT_DONE = sa.text("done_at IS NULL")


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "suspicion",
        *_text("office_id", "id", "reference", "at", "verdict", "scope", "text", "number", "note"),
        sa.Column("handled_at", sa.String(), nullable=True),
        *_text("handled_by", "outcome"),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    op.create_index("ix_suspicion_at", "suspicion", ["office_id", "at"])
    op.create_table(
        "certified_letter",
        *_text("office_id", "letter_id", "queued_at", "not_before"),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("needs_person", sa.Boolean(), nullable=False),
        *_text("reason", "said"),
        sa.Column("done_at", sa.String(), nullable=True),
        *_text("digest"),
        sa.PrimaryKeyConstraint("office_id", "letter_id"),
    )
    op.create_index(
        "ix_certified_letter_open",
        "certified_letter",
        ["office_id", "not_before"],
        sqlite_where=NOT_DONE,
        postgresql_where=NOT_DONE,
    )
    op.create_table(
        "log_timestamp",
        *_text("office_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_text("head", "token", "at", "taken_at"),
        sa.PrimaryKeyConstraint("office_id", "position"),
    )


def downgrade() -> None:
    for name in ("log_timestamp", "certified_letter", "suspicion"):
        op.drop_table(name)
