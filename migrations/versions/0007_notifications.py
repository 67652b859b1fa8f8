"""This migration will add messages and their deliveries, reports and their runs, and the demo mailbox."""

import sqlalchemy as sa
from alembic import op

import gridlens.core.models

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GUID = gridlens.core.models.Guid
UtcDateTime = gridlens.core.models.UtcDateTime
LongText = gridlens.core.models.LongText


def _owned(*columns: sa.Column[object] | sa.Constraint) -> tuple[object, ...]:
    return (
        sa.Column("id", GUID(length=16), primary_key=True),
        sa.Column("organisation_id", GUID(length=16), nullable=False),
        *columns,
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
    )


def _part_of(table: str, column: str, *, nullable: bool = False) -> sa.Column[object]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(column, GUID(length=16), owner, nullable=nullable)


def _at(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _blob(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.LargeBinary(2**32 - 1), nullable=nullable)


def upgrade() -> None:
    _reports()
    _messages()
    op.create_table(
        "mailbox_mail",
        *_owned(
            sa.Column("message_id", sa.String(255), nullable=False),
            sa.Column("sender", sa.String(320), nullable=False),
            sa.Column("recipient", sa.String(320), nullable=False),
            sa.Column("subject", sa.String(998), nullable=False),
            _blob("raw"),
            sa.Column("size_bytes", sa.Integer(), nullable=False),
            _at("received_at", nullable=False),
            sa.Column("is_read", sa.Boolean(), nullable=False),
        ),
    )
    op.create_index("ix_mailbox_mail_organisation_id", "mailbox_mail", ["organisation_id"])


def _reports() -> None:
    op.create_table(
        "report",
        *_owned(
            sa.Column("owner_id", GUID(length=16), nullable=False),
            sa.Column("target_kind", sa.String(10), nullable=False),
            sa.Column("target_id", GUID(length=16), nullable=False),
            sa.Column("target_name", sa.String(200), nullable=False),
            sa.Column("subject", sa.String(200), nullable=False),
            sa.Column("text", LongText(), nullable=False),
            sa.Column("cron", sa.String(100), nullable=False),
            sa.Column("zone", sa.String(64), nullable=False),
            sa.Column("covers", sa.String(20), nullable=False),
            sa.Column("attach", sa.String(10), nullable=False),
            sa.Column("skip_below_percent", sa.Integer()),
            _at("paused_at"),
            sa.Column("paused_because", sa.String(20)),
        ),
    )
    op.create_index("ix_report_organisation_id", "report", ["organisation_id"])
    op.create_index("ix_report_owner_id", "report", ["owner_id"])
    op.create_index("ix_report_target_id", "report", ["target_id"])
    op.create_table(
        "report_recipient",
        *_owned(
            _part_of("report", "report_id"),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("user_id", GUID(length=16)),
            sa.Column("address", sa.String(320)),
        ),
    )
    op.create_index("ix_report_recipient_organisation_id", "report_recipient", ["organisation_id"])
    op.create_index("ix_report_recipient_report_id", "report_recipient", ["report_id"])
    op.create_index("ix_report_recipient_user_id", "report_recipient", ["user_id"])
    op.create_table(
        "report_run",
        *_owned(
            _part_of("report", "report_id"),
            sa.Column("occasion", sa.String(200), nullable=False),
            _at("due_at", nullable=False),
            sa.Column("is_test", sa.Boolean(), nullable=False),
            sa.Column("state", sa.String(12), nullable=False),
            sa.Column("reason", LongText()),
            sa.Column("attempts", sa.Integer(), nullable=False),
            _at("covered_from"),
            _at("covered_to"),
            _at("finished_at"),
            sa.UniqueConstraint("report_id", "occasion", name="uq_report_run_occasion"),
        ),
    )
    op.create_index("ix_report_run_organisation_id", "report_run", ["organisation_id"])
    op.create_table(
        "report_preview",
        *_owned(sa.Column("user_id", GUID(length=16), nullable=False), _blob("page")),
    )
    op.create_index("ix_report_preview_organisation_id", "report_preview", ["organisation_id"])
    op.create_index("ix_report_preview_user_id", "report_preview", ["user_id"])


def _messages() -> None:
    op.create_table(
        "message",
        *_owned(
            sa.Column("kind", sa.String(20), nullable=False),
            _part_of("report_run", "run_id", nullable=True),
            _blob("content", nullable=True),
            _at("finished_at"),
            sa.UniqueConstraint("run_id", name="uq_message_run_id"),
        ),
    )
    op.create_index("ix_message_organisation_id", "message", ["organisation_id"])
    op.create_index("ix_message_finished_at", "message", ["finished_at"])
    op.create_table(
        "delivery",
        *_owned(
            _part_of("message", "message_id"),
            sa.Column("key", sa.String(40), nullable=False),
            sa.Column("recipient", sa.String(320), nullable=False),
            sa.Column("user_id", GUID(length=16)),
            sa.Column("state", sa.String(10), nullable=False),
            sa.Column("attempts", sa.Integer(), nullable=False),
            sa.Column("reason", LongText()),
            _at("next_attempt_at"),
            _at("sent_at"),
            sa.UniqueConstraint("key", name="uq_delivery_key"),
        ),
    )
    op.create_index("ix_delivery_organisation_id", "delivery", ["organisation_id"])
    op.create_index("ix_delivery_message_id", "delivery", ["message_id"])
    op.create_index("ix_delivery_user_id", "delivery", ["user_id"])


def downgrade() -> None:
    op.drop_table("mailbox_mail")
    op.drop_table("delivery")
    op.drop_table("message")
    op.drop_table("report_preview")
    op.drop_table("report_run")
    op.drop_table("report_recipient")
    op.drop_table("report")
