"""This migration will add the tables of analytics."""

import advanced_alchemy.types.guid
import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
