"""Reports and the demo mailbox over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from gridlens.core.http.access import requires
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications import cron
from gridlens.notifications.cron import SchedulePreview
from gridlens.notifications.deliveries import Deliveries
from gridlens.notifications.history import RunHistory
from gridlens.notifications.mailbox import Mailbox
from gridlens.notifications.reports import ReportService
from gridlens.notifications.schemas import (
    DeliveryOut,
    MailDetail,
    MailSettings,
    MailSummary,
    ReportContent,
    ReportDetail,
    ReportInput,
    ReportMade,
    ReportSummary,
    RunDetail,
    RunSummary,
)
from gridlens.notifications.trying import TryOut
from gridlens.shared.permissions import Permission

EDITS = [requires(Permission.EDIT_REPORTS)]
HTML = "text/html"
FRAMED = {
    # A page made of data runs nothing, loads nothing, and may stand in a frame of ours only;
    # its links open beside it.
    "Content-Security-Policy": (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; "
        "style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


class ReportController(Controller):
    path = "/api/v1/reports"
    tags = ("reports",)
    guards = (requires(Permission.READ_REPORTS),)

    @get(operation_id="listReports")
    async def list_reports(
        self, principal: NamedDependency[Principal], reports: NamedDependency[ReportService]
    ) -> list[ReportSummary]:
        """Your own reports and those sent to you."""
        return await reports.list_visible(principal)

    @post(operation_id="createReport", guards=EDITS)
    async def create(
        self,
        data: JSONBody[ReportInput],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> ReportDetail:
        return await reports.create(principal, data)

    @get("/schedule", operation_id="previewSchedule")
    async def schedule(
        self,
        expression: Annotated[str, QueryParameter(name="cron", min_length=9, max_length=100)],
        zone: Annotated[str, QueryParameter(min_length=1, max_length=64)],
    ) -> SchedulePreview:
        """A cron expression in words, with the next five times it comes due."""
        return cron.preview(expression, zone, utc_now())

    @get("/mail-settings", operation_id="getMailSettings")
    async def mail_settings(self, mail_settings: NamedDependency[MailSettings]) -> MailSettings:
        """Whether mail can be sent, as whom, and to whom."""
        return mail_settings

    @post("/previews", operation_id="previewReport", guards=EDITS)
    async def preview(
        self,
        data: JSONBody[ReportContent],
        principal: NamedDependency[Principal],
        report_try_out: NamedDependency[TryOut],
    ) -> ReportMade:
        """The mail as it would be now, with the data that you may see."""
        return await report_try_out.preview(principal, data)

    @get("/previews/{preview_id:uuid}", operation_id="getReportPreviewPage", media_type=HTML)
    async def preview_page(
        self,
        preview_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        report_try_out: NamedDependency[TryOut],
    ) -> Response[str]:
        """The HTML of a preview, for a sandboxed frame."""
        page = await report_try_out.page(principal, preview_id)
        return Response(page, media_type=HTML, headers=FRAMED)

    @post("/tests", operation_id="testNewReport", guards=EDITS)
    async def test_new(
        self,
        data: JSONBody[ReportContent],
        principal: NamedDependency[Principal],
        report_try_out: NamedDependency[TryOut],
    ) -> DeliveryOut:
        """Send what is in the form to yourself, before it is saved."""
        return await report_try_out.send_to_self(principal, data)

    @get("/deliveries/{delivery_id:uuid}", operation_id="getDelivery")
    async def delivery(
        self,
        delivery_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        deliveries: NamedDependency[Deliveries],
    ) -> DeliveryOut:
        """How a mail to you fares."""
        return await deliveries.state_of(principal, delivery_id)

    @get("/{report_id:uuid}", operation_id="getReport")
    async def get_one(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> ReportDetail:
        return await reports.get(principal, report_id)

    @put("/{report_id:uuid}", operation_id="updateReport", guards=EDITS)
    async def change(
        self,
        report_id: FromPath[UUID],
        data: JSONBody[ReportInput],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> ReportDetail:
        return await reports.change(principal, report_id, data)

    @delete("/{report_id:uuid}", operation_id="deleteReport", guards=EDITS)
    async def remove(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> None:
        await reports.delete(principal, report_id)

    @post("/{report_id:uuid}/pause", operation_id="pauseReport", status_code=200, guards=EDITS)
    async def pause(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> ReportDetail:
        return await reports.pause(principal, report_id)

    @post("/{report_id:uuid}/resume", operation_id="resumeReport", status_code=200, guards=EDITS)
    async def resume(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> ReportDetail:
        return await reports.resume(principal, report_id)

    @post("/{report_id:uuid}/leave", operation_id="leaveReport", status_code=204)
    async def leave(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
    ) -> None:
        """Stop getting this report."""
        await reports.leave(principal, report_id)

    @post("/{report_id:uuid}/test", operation_id="testReport", guards=EDITS)
    async def test(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        reports: NamedDependency[ReportService],
        report_try_out: NamedDependency[TryOut],
    ) -> DeliveryOut:
        """Send the saved report to yourself now; it stands in the history as a test."""
        content, schedule = await reports.content_for_test(principal, report_id)
        return await report_try_out.send_to_self(principal, content, report_id=report_id, schedule=schedule)

    @get("/{report_id:uuid}/runs", operation_id="listReportRuns", guards=EDITS)
    async def runs(
        self,
        report_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        report_history: NamedDependency[RunHistory],
    ) -> list[RunSummary]:
        return await report_history.list_runs(principal, report_id)

    @get("/{report_id:uuid}/runs/{run_id:uuid}", operation_id="getReportRun", guards=EDITS)
    async def run(
        self,
        report_id: FromPath[UUID],
        run_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        report_history: NamedDependency[RunHistory],
    ) -> RunDetail:
        """One run with what came of the mail to each recipient."""
        return await report_history.get(principal, report_id, run_id)

    @post(
        "/{report_id:uuid}/runs/{run_id:uuid}/retry",
        operation_id="retryReportRun",
        status_code=200,
        guards=EDITS,
    )
    async def retry(
        self,
        report_id: FromPath[UUID],
        run_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        report_history: NamedDependency[RunHistory],
    ) -> RunDetail:
        """Send again to those whom it did not reach."""
        return await report_history.try_again(principal, report_id, run_id)


class MailboxController(Controller):
    path = "/api/v1/mailbox"
    tags = ("mailbox",)
    guards = (requires(Permission.READ_MAILBOX),)

    @get(operation_id="listMails")
    async def list_mails(
        self, principal: NamedDependency[Principal], mailbox: NamedDependency[Mailbox]
    ) -> list[MailSummary]:
        """What the demo has sent."""
        return await mailbox.list_mails(principal)

    @delete(operation_id="emptyMailbox")
    async def empty(self, principal: NamedDependency[Principal], mailbox: NamedDependency[Mailbox]) -> None:
        await mailbox.empty(principal)

    @get("/{mail_id:uuid}", operation_id="getMail")
    async def get_one(
        self,
        mail_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        mailbox: NamedDependency[Mailbox],
    ) -> MailDetail:
        return await mailbox.get(principal, mail_id)

    @get("/{mail_id:uuid}/page", operation_id="getMailPage", media_type=HTML)
    async def page(
        self,
        mail_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        mailbox: NamedDependency[Mailbox],
    ) -> Response[str]:
        """The HTML of a mail with its pictures inside, for a sandboxed frame."""
        return Response(await mailbox.page(principal, mail_id), media_type=HTML, headers=FRAMED)

    @get("/{mail_id:uuid}/attachments/{index:int}", operation_id="getMailAttachment")
    async def attachment(
        self,
        mail_id: FromPath[UUID],
        index: FromPath[int],
        principal: NamedDependency[Principal],
        mailbox: NamedDependency[Mailbox],
    ) -> Response[bytes]:
        filename, media_type, content = await mailbox.attachment(principal, mail_id, index)
        safe = "".join(each for each in filename if each.isascii() and (each.isalnum() or each in "._-"))
        headers = {"Content-Disposition": f'attachment; filename="{safe or "attachment"}"'}
        return Response(content, media_type=media_type, headers=headers)

    @delete("/{mail_id:uuid}", operation_id="deleteMail")
    async def remove(
        self,
        mail_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        mailbox: NamedDependency[Mailbox],
    ) -> None:
        await mailbox.delete(principal, mail_id)
