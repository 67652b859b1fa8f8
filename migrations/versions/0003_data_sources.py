"""This migration will add sources, their catalogs, tasks and uploads."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
Json = gridlens.core.models.Json
LongText = gridlens.core.models.LongText


def _owned(*columns: sa.Column[object] | sa.Constraint) -> tuple[object, ...]:
    return (
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        *columns,
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def _of_source(*, is_key: bool = False) -> sa.Column[object]:
    reference = sa.ForeignKey("source.id", ondelete="CASCADE")
    return sa.Column("source_id", GUID(length=16), reference, primary_key=is_key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "source",
        *_owned(
            sa.Column("owner_id", GUID(length=16), nullable=False),
            sa.Column("name", sa.String(200), nullable=False),
            sa.Column("kind", sa.String(20), nullable=False),
            sa.Column("settings", Json(), nullable=False),
            sa.Column("secret", sa.LargeBinary()),
            sa.Column("zone", sa.String(64), nullable=False),
            sa.Column("anchors_to_newest", sa.Boolean(), nullable=False),
            sa.Column("catalog_version", sa.Integer(), nullable=False),
            sa.Column("state", sa.String(20), nullable=False),
            sa.Column("last_error", LongText()),
            sa.Column("refreshed_at", UtcDateTime(timezone=True)),
            sa.Column("refresh_cron", sa.String(200)),
            sa.Column("refresh_zone", sa.String(64)),
            sa.Column("file_name", sa.String(80)),
            sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        ),
    )
    op.create_index("ix_source_organisation_id", "source", ["organisation_id"])
    op.create_index("ix_source_owner_id", "source", ["owner_id"])
    op.create_table(
        "source_catalog",
        _of_source(is_key=True),
        sa.Column("content", LongText(), nullable=False),
    )
    op.create_table(
        "source_override",
        *_owned(
            _of_source(),
            sa.Column("place", sa.String(64), nullable=False),
            sa.Column("schema_name", sa.String(255)),
            sa.Column("table_name", sa.String(255), nullable=False),
            sa.Column("column_name", sa.String(255)),
            sa.Column("label", sa.String(200)),
            sa.Column("description", LongText()),
            sa.Column("unit", sa.String(40)),
            sa.Column("role", sa.String(20)),
            sa.Column("is_hidden", sa.Boolean(), nullable=False),
            sa.UniqueConstraint("source_id", "place", name="uq_source_override_place"),
        ),
    )
    op.create_index("ix_source_override_organisation_id", "source_override", ["organisation_id"])
    op.create_table(
        "source_task",
        *_owned(
            sa.Column("source_id", GUID(length=16), nullable=False),
            sa.Column("kind", sa.String(20), nullable=False),
            sa.Column("state", sa.String(20), nullable=False),
            sa.Column("done", sa.BigInteger(), nullable=False),
            sa.Column("total", sa.BigInteger(), nullable=False),
            sa.Column("outcome", LongText()),
            sa.Column("error", LongText()),
            sa.Column("finished_at", UtcDateTime(timezone=True)),
        ),
    )
    op.create_index("ix_source_task_organisation_id", "source_task", ["organisation_id"])
    op.create_index("ix_source_task_source_id", "source_task", ["source_id"])
    op.create_table(
        "source_upload",
        *_owned(
            sa.Column("owner_id", GUID(length=16), nullable=False),
            sa.Column("file_name", sa.String(255), nullable=False),
            sa.Column("size_bytes", sa.BigInteger(), nullable=False),
            sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        ),
    )
    op.create_index("ix_source_upload_organisation_id", "source_upload", ["organisation_id"])
    op.create_index("ix_source_upload_expires_at", "source_upload", ["expires_at"])
    op.create_table(
        "source_fetch",
        sa.Column("query_id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("user_id", GUID(length=16), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_source_fetch_started_at", "source_fetch", ["started_at"])


def downgrade() -> None:
    for table in (
        "source_fetch", "source_upload", "source_task", "source_override", "source_catalog", "source",
    ):  # fmt: skip
        op.drop_table(table)
