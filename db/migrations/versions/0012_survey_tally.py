"""How often each score was given in a month, counted once; and the figures that everybody was told last."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEYS = ("office_id", "part", "month", "service", "place", "way", "value")
ELEMENTS = ("requirements", "procedure", "completion_time", "fee", "product", "competence", "behaviour", "facilities", "complaints")


def upgrade() -> None:
    op.create_table(
        "survey_tally",
        *(sa.Column(name, sa.String(), nullable=False) for name in KEYS),
        sa.Column("n", sa.Integer(), nullable=False),
        *(sa.Column(f"{element}_{score}", sa.Integer(), nullable=False) for element in ELEMENTS for score in (1, 2, 3, 4)),
        sa.PrimaryKeyConstraint(*KEYS),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_told",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("office_id", "first_day", "last_day")),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "first_day"),
    )


def downgrade() -> None:
    op.drop_table("survey_told")
    op.drop_table("survey_tally")
