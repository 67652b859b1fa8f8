"""This migration will add the outbox, its receipts, jobs and schedules."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
LongText = gridlens.core.models.LongText


def upgrade() -> None:
    op.create_table(
        "outbox_event",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("payload", LongText(), nullable=False),
        sa.Column("available_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
    )
    op.create_index("ix_outbox_event_available_at", "outbox_event", ["available_at"])
    op.create_table(
        "event_receipt",
        sa.Column("event_id", GUID(length=16), primary_key=True),
        sa.Column("subscriber", sa.String(200), primary_key=True),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_event_receipt_received_at", "event_receipt", ["received_at"])
    op.create_table(
        "job",
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("payload", LongText(), nullable=False),
        sa.Column("unique_key", sa.String(255)),
        sa.Column("due_at", UtcDateTime(timezone=True)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("run_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", LongText()),
        sa.Column("finished_at", UtcDateTime(timezone=True)),
        sa.UniqueConstraint("unique_key", name="uq_job_unique_key"),
    )
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"])
    op.create_table(
        "schedule",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("payload", LongText(), nullable=False),
        sa.Column("cron", sa.String(200), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("next_run_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_schedule_next_run_at", "schedule", ["next_run_at"])


def downgrade() -> None:
    op.drop_table("schedule")
    op.drop_table("job")
    op.drop_table("event_receipt")
    op.drop_table("outbox_event")
