"""The tables of notifications; nobody else reads them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gridlens.core.models import LongText, OwnedEntity, UtcDateTime, utc_now

LongBinary = LargeBinary(2**32 - 1)
"""MySQL's BLOB alone stops at 64 KiB."""


class Message(OwnedEntity):
    """What is sent to one or more people. ``content`` is sealed, and dropped when nobody waits for it."""

    __tablename__ = "message"

    kind: Mapped[str] = mapped_column(String(20))
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("report_run.id", ondelete="CASCADE"), unique=True)
    content: Mapped[bytes | None] = mapped_column(LongBinary)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class Delivery(OwnedEntity):
    """One message on its way to one recipient; ``key`` names the pair of occasion and recipient."""

    __tablename__ = "delivery"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    recipient: Mapped[str] = mapped_column(String(320))
    user_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(LongText)
    next_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Report(OwnedEntity):
    """``target_name`` is the name that the target had when the report was last saved or sent."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_target_id", "target_id"),)

    owner_id: Mapped[UUID] = mapped_column(index=True)
    target_kind: Mapped[str] = mapped_column(String(10))
    target_id: Mapped[UUID]
    target_name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(LongText)
    cron: Mapped[str] = mapped_column(String(100))
    zone: Mapped[str] = mapped_column(String(64))
    covers: Mapped[str] = mapped_column(String(20))
    attach: Mapped[str] = mapped_column(String(10))
    skip_below_percent: Mapped[int | None]
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_because: Mapped[str | None] = mapped_column(String(20))


class ReportRecipient(OwnedEntity):
    """Somebody of the organisation, or an address outside."""

    __tablename__ = "report_recipient"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    user_id: Mapped[UUID | None] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(String(320))


class ReportRun(OwnedEntity):
    """One occasion on which a report was due or tried out, and what came of it."""

    __tablename__ = "report_run"
    __table_args__ = (UniqueConstraint("report_id", "occasion", name="uq_report_run_occasion"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    occasion: Mapped[str] = mapped_column(String(200))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_test: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="running")
    reason: Mapped[str | None] = mapped_column(LongText)
    attempts: Mapped[int] = mapped_column(default=0)
    covered_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    covered_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReportPreview(OwnedEntity):
    """A page on its way into the sandboxed frame of whoever asked; ``page`` is sealed."""

    __tablename__ = "report_preview"

    user_id: Mapped[UUID] = mapped_column(index=True)
    page: Mapped[bytes] = mapped_column(LongBinary)


class MailboxMail(OwnedEntity):
    """A mail as the demo's own mail server received it."""

    __tablename__ = "mailbox_mail"

    message_id: Mapped[str] = mapped_column(String(255))
    sender: Mapped[str] = mapped_column(String(320))
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(998))
    raw: Mapped[bytes] = mapped_column(LongBinary)
    size_bytes: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    is_read: Mapped[bool] = mapped_column(default=False)
