"""This migration will add which tables came to a source since there are rules about it."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LongText = gridlens.core.models.LongText


def upgrade() -> None:
    with op.batch_alter_table("source_access") as table:
        table.add_column(sa.Column("arrivals", LongText()))
    op.execute("UPDATE source_access SET arrivals = '[]'")
    with op.batch_alter_table("source_access") as table:
        table.alter_column("arrivals", existing_type=LongText(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("source_access") as table:
        table.drop_column("arrivals")
