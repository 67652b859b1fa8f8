"""This migration will add saved questions and the history of query runs."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
Json = gridlens.core.models.Json
LongText = gridlens.core.models.LongText
UtcDateTime = gridlens.core.models.UtcDateTime


def _timestamps() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("owner_id", GUID(length=16), nullable=False),
        sa.Column("source_id", GUID(length=16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", LongText(), nullable=False),
        sa.Column("words", sa.String(500)),
        sa.Column("sql", LongText()),
        sa.Column("plan", Json()),
        sa.Column("parameters", Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(timezone=True)),
        *_timestamps(),
    )
    op.create_index("ix_question_organisation_id", "question", ["organisation_id"])
    op.create_index("ix_question_source_id", "question", ["source_id"])
    op.create_table(
        "query_run",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("user_id", GUID(length=16)),
        sa.Column("source_id", GUID(length=16), nullable=False),
        sa.Column("question_id", GUID(length=16)),
        sa.Column("door", sa.String(20), nullable=False),
        sa.Column("sql", LongText(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("error", LongText()),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("elapsed_ms", sa.Double(), nullable=False),
        sa.Column("engine_ms", sa.Double()),
        sa.Column("row_count", sa.Integer()),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("is_cached", sa.Boolean(), nullable=False),
        *_timestamps(),
    )
    op.create_index("ix_query_run_organisation_id", "query_run", ["organisation_id", "started_at"])
    op.create_index("ix_query_run_user_id", "query_run", ["user_id", "started_at"])
    op.create_index("ix_query_run_started_at", "query_run", ["started_at"])


def downgrade() -> None:
    op.drop_table("query_run")
    op.drop_table("question")
