"""This migration will add exports that go on in the background."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
Json = gridlens.core.models.Json
LongText = gridlens.core.models.LongText
UtcDateTime = gridlens.core.models.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "query_export",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("user_id", GUID(length=16), nullable=False),
        sa.Column("source_id", GUID(length=16), nullable=False),
        sa.Column("question_id", GUID(length=16)),
        sa.Column("target", LongText(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("file_format", sa.String(8), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column("row_count", sa.BigInteger()),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("rights", sa.String(200), nullable=False),
        sa.Column("tables", Json(), nullable=False),
        sa.Column("error", LongText()),
        sa.Column("finished_at", UtcDateTime(timezone=True)),
        sa.Column("expires_at", UtcDateTime(timezone=True)),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_query_export_organisation_id", "query_export", ["organisation_id"])
    op.create_index("ix_query_export_user_id", "query_export", ["user_id"])
    op.create_index("ix_query_export_source_id", "query_export", ["source_id"])


def downgrade() -> None:
    op.drop_table("query_export")
