"""This migration will add what is agreed about sources: semantic models and their versions."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
LongText = gridlens.core.models.LongText
UtcDateTime = gridlens.core.models.UtcDateTime


def _columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("source_id", GUID(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", LongText(), nullable=False),
        sa.Column("changed_by", GUID(length=16)),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "semantic_model",
        *_columns(),
        sa.UniqueConstraint("source_id", name="uq_semantic_model_source_id"),
    )
    op.create_index("ix_semantic_model_organisation_id", "semantic_model", ["organisation_id"])
    op.create_table(
        "semantic_version",
        *_columns(),
        sa.Column("note", sa.String(200), nullable=False),
        sa.UniqueConstraint("source_id", "version", name="uq_semantic_version_source_id"),
    )
    op.create_index("ix_semantic_version_organisation_id", "semantic_version", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("semantic_version")
    op.drop_table("semantic_model")
