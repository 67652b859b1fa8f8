"""This migration will add with whom questions are shared, and which charts a dashboard opens."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from uuid_utils.compat import uuid7

import gridlens.core.models

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
Json = gridlens.core.models.Json


def _owned(*columns: sa.Column[Any] | sa.Constraint) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    return (
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        *columns,
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "question_share",
        *_owned(
            sa.Column(
                "question_id",
                GUID(length=16),
                sa.ForeignKey("question.id", ondelete="CASCADE"),
                nullable=False,
            ),
            sa.Column("grantee", sa.String(64), nullable=False),
            sa.Column("access", sa.String(8), nullable=False),
            sa.UniqueConstraint("question_id", "grantee", name="uq_question_share_grantee"),
        ),
    )
    op.create_index("ix_question_share_organisation_id", "question_share", ["organisation_id"])
    op.create_index("ix_question_share_grantee", "question_share", ["grantee"])
    placed = op.create_table(
        "dashboard_chart",
        *_owned(
            sa.Column(
                "dashboard_id",
                GUID(length=16),
                sa.ForeignKey("dashboard.id", ondelete="CASCADE"),
                nullable=False,
            ),
            sa.Column("chart_id", GUID(length=16), nullable=False),
            sa.Column("is_draft", sa.Boolean(), nullable=False),
            sa.UniqueConstraint("dashboard_id", "chart_id", "is_draft", name="uq_dashboard_chart_place"),
        ),
    )
    op.create_index("ix_dashboard_chart_organisation_id", "dashboard_chart", ["organisation_id"])
    op.create_index("ix_dashboard_chart_chart_id", "dashboard_chart", ["chart_id"])
    _open_what_is_shown(placed)


def _open_what_is_shown(placed: sa.Table) -> None:
    """Dashboards made before go on showing their charts to whom they are shared with."""
    dashboard = sa.table(
        "dashboard",
        sa.column("id", GUID(length=16)),
        sa.column("organisation_id", GUID(length=16)),
        sa.column("layout", Json()),
        sa.column("draft", Json()),
    )
    now = gridlens.core.models.utc_now()
    connection = op.get_bind()
    rows: list[dict[str, Any]] = []
    for row in connection.execute(sa.select(dashboard)):
        for is_draft, document in ((False, row.layout), (True, row.draft)):
            widgets = (document or {}).get("widgets", ())
            rows += [
                {
                    "id": uuid7(),
                    "organisation_id": row.organisation_id,
                    "dashboard_id": row.id,
                    "chart_id": UUID(chart),
                    "is_draft": is_draft,
                    "created_at": now,
                    "updated_at": now,
                }
                for chart in sorted({each["chartId"] for each in widgets if each.get("chartId")})
            ]
    if rows:
        connection.execute(placed.insert(), rows)


def downgrade() -> None:
    op.drop_table("dashboard_chart")
    op.drop_table("question_share")
