"""This migration will add the tables of core."""

import advanced_alchemy.types.guid
import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
