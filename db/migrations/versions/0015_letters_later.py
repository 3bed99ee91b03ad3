"""What waits for a line: the certified signer, timestamps, reports of suspected forgeries."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
