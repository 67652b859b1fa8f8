"""What notifications listens to and tells."""

from typing import ClassVar
from uuid import UUID

from gridlens.core.events import Event


class MailRequested(Event, frozen=True, kw_only=True, tag="notifications.mail_requested"):
    """Another module wants one person to get one mail. The body is sealed while it waits."""

    is_sealed: ClassVar[bool] = True

    organisation_id: UUID
    to: str
    subject: str
    text: str


class ReportSent(Event, frozen=True, kw_only=True, tag="notifications.report_sent"):
    organisation_id: UUID
    report_id: UUID
    recipients: int


class DeliveryFailed(Event, frozen=True, kw_only=True, tag="notifications.delivery_failed"):
    """A message was given up after its last retry."""

    organisation_id: UUID
    message_id: UUID
    reason: str
