"""This migration will add how long the answers of a source and of a question are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("kept_seconds", sa.Integer()))
    op.add_column("question", sa.Column("kept_seconds", sa.Integer()))


def downgrade() -> None:
    op.drop_column("question", "kept_seconds")
    op.drop_column("source", "kept_seconds")
