"""This migration will add in which hours of the week people open dashboards."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "dashboard_opening",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("dashboard_id", GUID(length=16), nullable=False),
        sa.Column("user_id", GUID(length=16), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("hour_of_week", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dashboard_id"], ["dashboard.id"], ondelete="CASCADE"),
        sa.UniqueConstraint(
            "dashboard_id", "user_id", "zone", "hour_of_week", name="uq_dashboard_opening_hour"
        ),
    )
    op.create_index("ix_dashboard_opening_organisation_id", "dashboard_opening", ["organisation_id"])
    op.create_index("ix_dashboard_opening_hour", "dashboard_opening", ["zone", "hour_of_week"])
    op.create_index("ix_dashboard_opening_user_id", "dashboard_opening", ["user_id"])


def downgrade() -> None:
    op.drop_table("dashboard_opening")
