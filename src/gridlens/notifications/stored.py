"""Reports between their rows and the structs that travel."""

from uuid import UUID

import msgspec

from gridlens.notifications.models import Report, ReportRecipient, ReportRun
from gridlens.notifications.schemas import (
    AddressRecipient,
    DashboardTarget,
    PersonRecipient,
    QuestionTarget,
    RecipientChoice,
    ReportContent,
    RunSummary,
    Target,
)


def schedule_name(report_id: UUID) -> str:
    return f"report:{report_id}"


def target_of(report: Report) -> Target:
    if report.target_kind == "dashboard":
        return DashboardTarget(dashboard_id=report.target_id)
    return QuestionTarget(question_id=report.target_id)


def content_of(report: Report) -> ReportContent:
    stored = {
        "target": msgspec.to_builtins(target_of(report)),
        "subject": report.subject,
        "text": report.text,
        "zone": report.zone,
        "covers": report.covers,
        "attach": report.attach,
        "skipBelowPercent": report.skip_below_percent,
    }
    return msgspec.convert(stored, ReportContent)


def recipient_of(row: ReportRecipient) -> RecipientChoice:
    if row.user_id is not None:
        return PersonRecipient(user_id=row.user_id)
    return AddressRecipient(address=row.address or "")


def run_out(row: ReportRun, mail_attempts: int = 0, mail_reason: str | None = None) -> RunSummary:
    """``mail_attempts`` and ``mail_reason`` are of a mail of it that has not got through yet."""
    return RunSummary(
        run_id=row.id,
        due_at=row.due_at,
        is_test=row.is_test,
        state=row.state,
        attempts=mail_attempts or row.attempts,
        reason=" ".join(filter(None, (row.reason, mail_reason))) or None,
        covered_from=row.covered_from,
        covered_to=row.covered_to,
        finished_at=row.finished_at,
    )
