"""Whom this office's verifier trusts: pinned roots, the newest trust list of each, the newest revocations of each office."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trust_root",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("only_for", sa.String(), nullable=True),
        sa.Column("pinned_at", sa.String(), nullable=False),
        sa.Column("pinned_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "root"),
    )
    op.create_table(
        "trust_list",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "root"),
    )
    op.create_table(
        "revocation_list",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "issuer"),
    )


def downgrade() -> None:
    op.drop_table("revocation_list")
    op.drop_table("trust_list")
    op.drop_table("trust_root")
