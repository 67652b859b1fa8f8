"""This migration will add dashboards, their versions, shares and pins."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
Json = gridlens.core.models.Json


def _owned(*columns: sa.Column[object] | sa.Constraint) -> tuple[object, ...]:
    return (
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        *columns,
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def _of_dashboard() -> sa.Column[object]:
    return sa.Column(
        "dashboard_id", GUID(length=16), sa.ForeignKey("dashboard.id", ondelete="CASCADE"), nullable=False
    )


def upgrade() -> None:
    op.create_table(
        "dashboard",
        *_owned(
            sa.Column("owner_id", GUID(length=16), nullable=False),
            sa.Column("name", sa.String(200), nullable=False),
            sa.Column("description", sa.String(2000), nullable=False),
            sa.Column("tags", Json(), nullable=False),
            sa.Column("layout", Json(), nullable=False),
            sa.Column("draft", Json()),
            sa.Column("revision", sa.Integer(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("edited_by", GUID(length=16), nullable=False),
            sa.Column("edited_at", UtcDateTime(timezone=True), nullable=False),
            sa.Column("drafted_by", GUID(length=16)),
            sa.Column("drafted_at", UtcDateTime(timezone=True)),
            sa.Column("published_at", UtcDateTime(timezone=True), nullable=False),
            sa.Column("deleted_at", UtcDateTime(timezone=True)),
        ),
    )
    op.create_index("ix_dashboard_organisation_id", "dashboard", ["organisation_id"])
    op.create_index("ix_dashboard_owner_id", "dashboard", ["owner_id"])
    op.create_index("ix_dashboard_deleted_at", "dashboard", ["deleted_at"])
    op.create_table(
        "dashboard_version",
        *_owned(
            _of_dashboard(),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("note", sa.String(200), nullable=False),
            sa.Column("layout", Json(), nullable=False),
            sa.Column("published_by", GUID(length=16), nullable=False),
            sa.Column("restored_from", sa.Integer()),
            sa.UniqueConstraint("dashboard_id", "number", name="uq_dashboard_version_number"),
        ),
    )
    op.create_index("ix_dashboard_version_organisation_id", "dashboard_version", ["organisation_id"])
    op.create_table(
        "dashboard_share",
        *_owned(
            _of_dashboard(),
            sa.Column("grantee", sa.String(64), nullable=False),
            sa.Column("access", sa.String(8), nullable=False),
            sa.UniqueConstraint("dashboard_id", "grantee", name="uq_dashboard_share_grantee"),
        ),
    )
    op.create_index("ix_dashboard_share_organisation_id", "dashboard_share", ["organisation_id"])
    op.create_index("ix_dashboard_share_grantee", "dashboard_share", ["grantee"])
    op.create_table(
        "dashboard_pin",
        *_owned(
            sa.Column("user_id", GUID(length=16), nullable=False),
            _of_dashboard(),
            sa.UniqueConstraint("user_id", "dashboard_id", name="uq_dashboard_pin_user"),
        ),
    )
    op.create_index("ix_dashboard_pin_organisation_id", "dashboard_pin", ["organisation_id"])
    op.create_table(
        "dashboard_deleted_chart",
        *_owned(
            sa.Column("chart_id", GUID(length=16), nullable=False),
            sa.Column("deleted_at", UtcDateTime(timezone=True), nullable=False),
            sa.UniqueConstraint("chart_id", name="uq_dashboard_deleted_chart_chart_id"),
        ),
    )
    op.create_index(
        "ix_dashboard_deleted_chart_organisation_id", "dashboard_deleted_chart", ["organisation_id"]
    )


def downgrade() -> None:
    op.drop_table("dashboard_deleted_chart")
    op.drop_table("dashboard_pin")
    op.drop_table("dashboard_share")
    op.drop_table("dashboard_version")
    op.drop_table("dashboard")
