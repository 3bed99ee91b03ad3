"""The first tables: office, staff, devices, catalogue, queues, outbox and audit chain."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sa.UniqueConstraint("office_id", "name"),
    )
    op.create_table(
        "audit_link",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "epoch", "seq"),
    )
    op.create_table(
        "chain_head",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id"),
    )
    op.create_table(
        "device",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.String(), nullable=False),
        sa.Column("enrolled_by", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sa.UniqueConstraint("office_id", "token_hash"),
    )
    op.create_table(
        "lane_counter",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "queue", "business_date", "lane"),
    )
    op.create_table(
        "office",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("hours_text", sa.String(), nullable=True),
        sa.Column("motto", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id"),
    )
    op.create_table(
        "outbox_event",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "event_id"),
        sa.UniqueConstraint("office_id", "epoch", "seq"),
    )
    op.create_table(
        "counter",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.office_id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "code"),
    )
    op.create_table(
        "holiday",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.office_id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "day"),
    )
    op.create_table(
        "pin_guard",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "account_id"],
            ["account.office_id", "account.id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "account_id", "place"),
    )
    op.create_table(
        "queue",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("purpose_en", sa.String(), nullable=False),
        sa.Column("bring", sa.String(), nullable=True),
        sa.Column("bring_en", sa.String(), nullable=True),
        sa.Column("by_transfer", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.office_id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "code"),
    )
    op.create_table(
        "service_standard",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("standard", sa.JSON(), nullable=False),
        sa.Column("translation", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["office.office_id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    op.create_table(
        "staff_session",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.Column("seen_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.Column("counter_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "account_id"],
            ["account.office_id", "account.id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "id_hash"),
    )
    op.create_table(
        "ticket",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=False),
        sa.Column("current_queue", sa.String(), nullable=False),
        sa.Column("joined_at", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("called_at", sa.String(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=True),
        sa.Column("ended_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "counter"],
            ["counter.office_id", "counter.code"],
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "current_queue"],
            ["queue.office_id", "queue.code"],
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "queue"],
            ["queue.office_id", "queue.code"],
        ),
        sa.PrimaryKeyConstraint("office_id", "id"),
        sa.UniqueConstraint("office_id", "queue", "business_date", "lane", "serial"),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index("ticket_at_counter", ["office_id", "counter", "business_date"], unique=False)
        batch_op.create_index("ticket_in_line", ["office_id", "business_date", "status", "current_queue", "joined_at"], unique=False)

    op.create_table(
        "call",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "counter"],
            ["counter.office_id", "counter.code"],
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "ticket_id"],
            ["ticket.office_id", "ticket.id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "id"),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("call_of_day", ["office_id", "business_date", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index("call_of_day")

    op.drop_table("call")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ticket_in_line")
        batch_op.drop_index("ticket_at_counter")

    op.drop_table("ticket")
    op.drop_table("staff_session")
    op.drop_table("service_standard")
    op.drop_table("queue")
    op.drop_table("pin_guard")
    op.drop_table("holiday")
    op.drop_table("counter")
    op.drop_table("outbox_event")
    op.drop_table("office")
    op.drop_table("lane_counter")
    op.drop_table("device")
    op.drop_table("chain_head")
    op.drop_table("audit_link")
    op.drop_table("account")
