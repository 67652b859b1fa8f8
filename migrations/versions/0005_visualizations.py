"""This migration will add charts."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "chart",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("owner_id", GUID(length=16), nullable=False),
        sa.Column("question_id", GUID(length=16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("spec", gridlens.core.models.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_chart_organisation_id", "chart", ["organisation_id"])
    op.create_index("ix_chart_owner_id", "chart", ["owner_id"])
    op.create_index("ix_chart_question_id", "chart", ["question_id"])


def downgrade() -> None:
    op.drop_table("chart")
