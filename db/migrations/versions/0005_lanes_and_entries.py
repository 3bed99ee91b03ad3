"""What devices hand in, what was kept aside, and how a lane's holder is told from a copy."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = {"parked": "[]", "mark": "", "grant_now": "", "grant_before": "", "grant_replaced": ""}


def upgrade() -> None:
    with op.batch_alter_table("device") as device:
        for name, empty in TEXTS.items():
            device.add_column(sa.Column(name, sa.String(), nullable=False, server_default=empty))
        device.add_column(sa.Column("clock_off_s", sa.Integer(), nullable=False, server_default="0"))
        device.add_column(sa.Column("clear_at", sa.String(), nullable=True))
        device.add_column(sa.Column("marked_at", sa.String(), nullable=True))
    with op.batch_alter_table("device") as device:
        for name in TEXTS:
            device.alter_column(name, existing_type=sa.String(), existing_nullable=False, server_default=None)
        device.alter_column("clock_off_s", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    op.create_table(
        "taken_entry",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    op.create_table(
        "aside_entry",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "id", "content_hash"),
    )


def downgrade() -> None:
    op.drop_table("aside_entry")
    op.drop_table("taken_entry")
    with op.batch_alter_table("device") as device:
        for name in (*TEXTS, "clock_off_s", "clear_at", "marked_at"):
            device.drop_column(name)
