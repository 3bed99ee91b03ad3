"""Sixteen roles, several for one person; an account counts what admins did to it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What the one role of before could do, in the roles of now.
WAS = {"officer": ("information", "customer_service", "registration", "collection"), "admin": ("admin",)}


def upgrade() -> None:
    op.create_table(
        "account_role",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "account_id"],
            ["account.office_id", "account.id"],
        ),
        sa.PrimaryKeyConstraint("office_id", "account_id", "role"),
    )
    op.create_table(
        "place_guard",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "place"),
    )
    copy = sa.text(
        "INSERT INTO account_role (office_id, account_id, role) SELECT office_id, id, :now FROM account WHERE role = :before"
    )
    for before, roles in WAS.items():
        for now in roles:
            op.get_bind().execute(copy, {"before": before, "now": now})
    # In place, on SQLite too: a table that others point to cannot be made anew while foreign keys hold.
    op.drop_column("account", "role")
    op.add_column("account", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index("staff_session_of", "staff_session", ["office_id", "account_id"])


def downgrade() -> None:
    op.drop_table("place_guard")
    op.drop_index("staff_session_of", "staff_session")
    op.drop_column("account", "version")
    op.add_column("account", sa.Column("role", sa.String(), server_default="officer", nullable=False))
    op.execute(
        "UPDATE account SET role = 'admin' WHERE EXISTS (SELECT 1 FROM account_role AS held WHERE held.office_id = account.office_id "
        "AND held.account_id = account.id AND held.role = 'admin')"
    )
    op.drop_table("account_role")
