"""The register of letters and its issuance log."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("valid_until", sa.String(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=True),
        sa.Column("reserved_at", sa.String(), nullable=False),
        sa.Column("issued_at", sa.String(), nullable=False),
        sa.Column("check_hash", sa.String(), nullable=False),
        sa.Column("claims_hash", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("file_bytes", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=False),
        sa.Column("reason", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.office_id"]),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sa.UniqueConstraint("office_id", "serial"),
        sa.UniqueConstraint("office_id", "number"),
    )
    op.create_index("ix_letter_state", "letter", ["office_id", "state"])
    op.create_table(
        "letter_issuance",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("claims_hash", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.office_id"]),
        sa.PrimaryKeyConstraint("office_id", "position"),
    )


def downgrade() -> None:
    op.drop_table("letter_issuance")
    op.drop_index("ix_letter_state", "letter")
    op.drop_table("letter")
