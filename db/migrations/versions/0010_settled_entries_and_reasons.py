"""Who settled an entry that was kept aside, when, and what was done about it; in English too why a topic is not in use."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("aside_entry") as entry:
        entry.add_column(sa.Column("settled_at", sa.String(), nullable=True))
        entry.add_column(sa.Column("settled_by", sa.String(), nullable=False, server_default=""))
        entry.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
    for name in ("feed_item", "feed_standing"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("message_en", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("feed_standing", "feed_item"):
        with op.batch_alter_table(name) as table:
            table.drop_column("message_en")
    with op.batch_alter_table("aside_entry") as entry:
        for name in ("note", "settled_by", "settled_at"):
            entry.drop_column(name)
