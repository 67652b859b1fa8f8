"""This migration will add the language model of each organisation, for when somebody wants one."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
Json = gridlens.core.models.Json
UtcDateTime = gridlens.core.models.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "language_model",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", Json()),
        sa.Column("secret", sa.LargeBinary()),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("organisation_id", name="uq_language_model_organisation_id"),
    )
    op.create_index("ix_language_model_organisation_id", "language_model", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("language_model")
