"""How far events have become rows at the centre, and those of which none could be made yet, there and on a node; when PINs were set; what the centre signed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    place = ("office_id", sa.String), ("node_id", sa.String), ("epoch", sa.Integer), ("seq", sa.Integer)
    op.create_table(
        "centre_applied",
        *(sa.Column(name, kind(), nullable=False) for name, kind in place),
        sa.PrimaryKeyConstraint("office_id", "node_id"),
    )
    op.create_table(
        "centre_unapplied",
        *(sa.Column(name, kind(), nullable=False) for name, kind in place),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "code", "reason")),
        sa.PrimaryKeyConstraint("office_id", "node_id", "epoch", "seq"),
    )
    op.create_table(
        "unapplied_event",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "event_id"),
    )


    with op.batch_alter_table("centre_line") as line:
        line.add_column(sa.Column("countersigned", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("pin_set_at", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("pin_set_at")
    with op.batch_alter_table("centre_line") as line:
        line.drop_column("countersigned")
    for name in ("unapplied_event", "centre_unapplied", "centre_applied"):
        op.drop_table(name)
