"""The line to the centre, and the centre's own tables: nodes, epochs, events, what was set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "centre_epoch",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "node_id", "epoch"),
    )
    op.create_table(
        "centre_event",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "event_id"),
        sa.UniqueConstraint("office_id", "node_id", "epoch", "seq"),
    )
    op.create_table(
        "centre_line",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("reached_at", sa.String(), nullable=False),
        sa.Column("centre_key", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_try_at", sa.String(), nullable=True),
        sa.Column("last_contact_at", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id"),
    )
    op.create_table(
        "centre_node",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.String(), nullable=False),
        sa.Column("last_contact_at", sa.String(), nullable=True),
        sa.Column("build", sa.String(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("clock_off_s", sa.Integer(), nullable=False),
        sa.Column("twin_seen_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "node_id"),
    )
    op.create_table(
        "centre_node_code",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.Column("node_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "code_hash"),
    )
    op.create_table(
        "centre_repeat",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "node_id", "epoch", "seq"),
    )
    op.create_table(
        "centre_set_aside",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("node_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("settled_at", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "node_id", "epoch", "seq"),
    )
    op.create_index("set_aside_open", "centre_set_aside", ["office_id", "settled_at"])


def downgrade() -> None:
    op.drop_index("set_aside_open", table_name="centre_set_aside")
    op.drop_table("centre_set_aside")
    op.drop_table("centre_repeat")
    op.drop_table("centre_node_code")
    op.drop_table("centre_node")
    op.drop_table("centre_line")
    op.drop_table("centre_event")
    op.drop_table("centre_epoch")
