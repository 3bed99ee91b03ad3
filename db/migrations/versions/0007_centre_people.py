"""People who sign in at the centre, their sessions, and the note of who settled what was set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "centre_user",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("passphrase_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "name"),
    )
    op.create_table(
        "centre_session",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["office_id", "name"], ["centre_user.office_id", "centre_user.name"]),
        sa.PrimaryKeyConstraint("office_id", "id_hash"),
    )
    op.add_column("centre_set_aside", sa.Column("note", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("centre_set_aside", "note")
    op.drop_table("centre_session")
    op.drop_table("centre_user")
