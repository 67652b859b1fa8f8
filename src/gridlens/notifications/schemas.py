"""What the report and mailbox routes take and give."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.notifications.mail.dates import Covers
from gridlens.shared.auth import Person

Attach = Literal["none", "csv", "xlsx"]
Subject = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f\x85\u2028\u2029]+(?!\n)$",  # $ alone lets one line break pass
        description="May hold {date}, {week}, {period} and {name}.",
    ),
]

Text = Annotated[
    str, Meta(max_length=10_000, pattern=r"^[^\x00]*$", description="Markdown above the charts.")
]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class DashboardTarget(_Input, frozen=True, kw_only=True, tag="dashboard", tag_field="type"):
    dashboard_id: UUID


class QuestionTarget(_Input, frozen=True, kw_only=True, tag="question", tag_field="type"):
    question_id: UUID


class PersonRecipient(_Input, frozen=True, kw_only=True, tag="person", tag_field="type"):
    """Somebody of the organisation, at whatever address they have when a report is sent."""

    user_id: UUID


class AddressRecipient(_Input, frozen=True, kw_only=True, tag="address", tag_field="type"):
    address: Annotated[str, Meta(min_length=3, max_length=254)]


Target = DashboardTarget | QuestionTarget
RecipientChoice = PersonRecipient | AddressRecipient


class ReportContent(_Input, frozen=True, kw_only=True):
    """What a report says: enough for a preview.

    ``covers`` counts calendar units back from the day a report is due, in ``zone``.
    ``skip_below_percent``: nothing is sent while a chart has fewer of its values than this.
    """

    target: Target
    subject: Subject
    text: Text = ""
    zone: Annotated[str, Meta(min_length=1, max_length=64)]
    covers: Covers = "own"
    attach: Attach = "none"
    skip_below_percent: Annotated[int, Meta(ge=1, le=100)] | None = None


class ReportInput(ReportContent, frozen=True, kw_only=True):
    """``cron``: minute, hour, day of month, month, day of week, read in ``zone``."""

    cron: Annotated[str, Meta(min_length=9, max_length=100)]
    recipients: Annotated[tuple[RecipientChoice, ...], Meta(min_length=1, max_length=100)]


class DeliveryOut(_Output, frozen=True, kw_only=True):
    """``state`` is waiting, sent or failed; ``reason`` tells of the latest failed attempt."""

    delivery_id: UUID
    recipient: str
    state: str
    attempts: int
    reason: str | None = None
    sent_at: datetime | None = None
    next_attempt_at: datetime | None = None


class RunSummary(_Output, frozen=True, kw_only=True):
    """``state`` is running, retrying, delivering, sent, partly_sent, failed or skipped.

    ``attempts`` counts those at making it; while its mails do not get through, those at the mail that
    was tried most often, whose ``reason`` is then told too.
    """

    run_id: UUID
    due_at: datetime
    is_test: bool
    state: str
    attempts: int
    reason: str | None = None
    covered_from: datetime | None = None
    covered_to: datetime | None = None
    finished_at: datetime | None = None


class RunDetail(RunSummary, frozen=True, kw_only=True):
    deliveries: tuple[DeliveryOut, ...]


class ReportSummary(_Output, frozen=True, kw_only=True):
    """``paused_because`` is user, target_deleted, owner_gone or owner_may_not."""

    report_id: UUID
    target: Target
    target_name: str
    subject: str
    schedule: str
    zone: str
    owner: Person | None
    is_mine: bool
    recipient_count: int
    next_run_at: datetime | None = None
    paused_at: datetime | None = None
    paused_because: str | None = None
    last_run: RunSummary | None = None


class ReportDetail(ReportSummary, frozen=True, kw_only=True):
    """With everything that the form needs; ``recipients`` are told to those who may change them."""

    text: str
    covers: Covers
    attach: Attach
    cron: str
    skip_below_percent: int | None
    recipients: tuple[RecipientChoice, ...]


class ReportMade(_Output, frozen=True, kw_only=True):
    """A preview. The page lies at ``page_url`` for an hour, for a sandboxed frame."""

    subject: str
    text: str
    page_url: str
    covered: str | None
    would_skip: str | None = None
    notes: tuple[str, ...] = ()


class MailSettings(_Output, frozen=True, kw_only=True):
    """What a form about mail should know: whether mail can be sent at all, and to whom."""

    can_send: bool
    sender: str
    may_mail_outside: bool
    is_demo: bool


class MailSummary(_Output, frozen=True, kw_only=True):
    mail_id: UUID
    sender: str
    recipient: str
    subject: str
    received_at: datetime
    is_read: bool
    size_bytes: int


class MailPart(_Output, frozen=True, kw_only=True):
    """An attachment; ``index`` is its place in the address it is fetched from."""

    index: int
    filename: str
    media_type: str
    size_bytes: int


class MailDetail(MailSummary, frozen=True, kw_only=True):
    message_id: str
    text: str
    has_html: bool
    attachments: tuple[MailPart, ...]
