"""Devices have a lane and a place and say how they are; codes enrol them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LETTERS = {"kiosk": "K", "tablet": "T", "staff": "S", "board": "B"}


def upgrade() -> None:
    op.create_table(
        "enrolment_code",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.Column("device_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "code_hash"),
    )
    with op.batch_alter_table("device") as device:
        device.add_column(sa.Column("lane", sa.String(), nullable=True))
        device.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
        device.add_column(sa.Column("last_seen_at", sa.String(), nullable=True))
        device.add_column(sa.Column("build", sa.String(), nullable=False, server_default=""))
        device.add_column(sa.Column("waiting", sa.Integer(), nullable=False, server_default="0"))
    _give_lanes()
    with op.batch_alter_table("device") as device:
        device.alter_column("lane", existing_type=sa.String(), nullable=False)
        for name, kind in (("place", sa.String()), ("build", sa.String()), ("waiting", sa.Integer())):
            device.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
        device.create_unique_constraint("device_office_id_lane_key", ["office_id", "lane"])


def _give_lanes() -> None:
    """Devices that are there get theirs in the order in which they were enrolled."""
    device = sa.table("device", *(sa.column(name) for name in ("office_id", "id", "kind", "enrolled_at", "lane")))
    connection, given = op.get_bind(), {}
    for row in connection.execute(sa.select(device).order_by(device.c.enrolled_at, device.c.id)).mappings().all():
        letter = LETTERS.get(row["kind"], "X")
        number = given[row["office_id"], letter] = given.get((row["office_id"], letter), 0) + 1
        here = (device.c.office_id == row["office_id"], device.c.id == row["id"])
        connection.execute(sa.update(device).where(*here).values(lane=f"{letter}{number}"))


def downgrade() -> None:
    with op.batch_alter_table("device") as device:
        device.drop_constraint("device_office_id_lane_key", type_="unique")
        for name in ("lane", "place", "last_seen_at", "build", "waiting"):
            device.drop_column(name)
    op.drop_table("enrolment_code")
