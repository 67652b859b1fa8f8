"""This migration will add groups, attributes of users, and rules about who sees what of a source."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
Json = gridlens.core.models.Json
LongText = gridlens.core.models.LongText


def upgrade() -> None:
    op.create_table(
        "auth_group",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["auth_organisation.id"],
            name="fk_auth_group_organisation_id_auth_organisation",
        ),
        sa.UniqueConstraint("organisation_id", "name", name="uq_auth_group_organisation_id_name"),
    )
    op.add_column("auth_user", sa.Column("group_ids", Json()))
    op.add_column("auth_user", sa.Column("attributes", Json()))
    op.create_table(
        "source_access",
        sa.Column(
            "source_id", GUID(length=16), sa.ForeignKey("source.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rules", LongText(), nullable=False),
    )
    op.create_index("ix_source_access_organisation_id", "source_access", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("source_access")
    with op.batch_alter_table("auth_user") as user:
        user.drop_column("attributes")
        user.drop_column("group_ids")
    op.drop_table("auth_group")
