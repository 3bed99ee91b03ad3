"""Checklists that were signed, and what an office adds to its requirements."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist_guide",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("guide", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.office_id"]),
        sa.PrimaryKeyConstraint("office_id"),
    )
    op.create_table(
        "checklist",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.office_id"]),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )


def downgrade() -> None:
    op.drop_table("checklist")
    op.drop_table("checklist_guide")
