"""Reports tried out before they are sent to anybody: previews, and a test to oneself."""

from base64 import b64encode
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import delete, select
from uuid_utils.compat import uuid7

from gridlens.core.database import Database
from gridlens.core.http.limits import Limiter
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.core.security.vault import Vault
from gridlens.notifications.composing import Composed, Composer
from gridlens.notifications.deliveries import Deliveries, Recipient
from gridlens.notifications.errors import InvalidReport, NoSuchPreview, NothingToSend
from gridlens.notifications.mail.content import MailContent
from gridlens.notifications.models import ReportPreview, ReportRun
from gridlens.notifications.printable import printable
from gridlens.notifications.schemas import DeliveryOut, ReportContent, ReportMade

PREVIEWS_KEPT = timedelta(hours=1)
PREVIEWS = "60/minute"
TESTS = "10/minute"


class TryOut:
    """Composes reports as the asker, whoever owns them: nobody sees more than they may."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        limiter: Limiter,
        deliveries: Deliveries,
        composer: Composer,
    ) -> None:
        self._database = database
        self._vault = vault
        self._limiter = limiter
        self._deliveries = deliveries
        self._composer = composer

    async def preview(self, principal: Principal, content: ReportContent) -> ReportMade:
        await self._limiter.check(PREVIEWS, "reports.preview", str(principal.user_id))
        composed = await self._compose(principal, content)
        row = ReportPreview(id=uuid7(), organisation_id=principal.organisation_id, user_id=principal.user_id)
        row.page = self._vault.seal(page_with_pictures(composed.mail).encode(), _place(row.id))
        old = ReportPreview.created_at < utc_now() - PREVIEWS_KEPT
        async with self._database.transaction() as session:
            await session.execute(delete(ReportPreview).where(old))
            session.add(row)
        return ReportMade(
            subject=composed.mail.subject,
            text=composed.mail.text,
            page_url=f"/api/v1/reports/previews/{row.id}",
            covered=composed.period,
            would_skip=composed.empty or composed.too_little,
            notes=composed.failed + composed.notes,
        )

    async def page(self, principal: Principal, preview_id: UUID) -> str:
        """The HTML of a preview, for nobody but the one who asked for it."""
        async with self._database.transaction() as session:
            row = await session.scalar(
                select(ReportPreview).where(
                    ReportPreview.id == preview_id,
                    ReportPreview.organisation_id == principal.organisation_id,
                    ReportPreview.user_id == principal.user_id,
                    ReportPreview.created_at >= utc_now() - PREVIEWS_KEPT,
                )
            )
        if row is None:
            raise NoSuchPreview
        return self._vault.open(row.page, _place(row.id)).decode()

    async def send_to_self(
        self,
        principal: Principal,
        content: ReportContent,
        *,
        report_id: UUID | None = None,
        schedule: str | None = None,
    ) -> DeliveryOut:
        """Put a test in line for the asker; of a saved report it stands in the history."""
        await self._limiter.check(TESTS, "reports.test", str(principal.user_id))
        composed = await self._compose(principal, content, schedule=schedule, is_test=True)
        if composed.empty:
            raise NothingToSend(composed.empty)
        occasion = f"test|{uuid7()}"
        async with self._database.transaction() as session:
            run = None
            if report_id is not None:
                run = ReportRun(
                    organisation_id=principal.organisation_id,
                    report_id=report_id,
                    occasion=occasion,
                    due_at=utc_now(),
                    is_test=True,
                    state="delivering",
                    attempts=1,
                    reason=printable(" ".join(composed.failed + composed.notes)) or None,
                    covered_from=composed.covered.start if composed.covered else None,
                    covered_to=composed.covered.end if composed.covered else None,
                )
                session.add(run)
                await session.flush()
            [delivery_id] = await self._deliveries.put(
                session,
                organisation_id=principal.organisation_id,
                kind="test",
                content=composed.mail,
                recipients=[Recipient(principal.email, principal.user_id)],
                occasion=occasion,
                run_id=run.id if run else None,
            )
        return await self._deliveries.state_of(principal, delivery_id)

    async def _compose(
        self,
        principal: Principal,
        content: ReportContent,
        *,
        schedule: str | None = None,
        is_test: bool = False,
    ) -> Composed:
        try:
            ZoneInfo(content.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise InvalidReport(
                f"There is no time zone “{content.zone}”. Choose one like Europe/Berlin.",
                fields={"zone": "unknown time zone"},
            ) from error
        return await self._composer.compose(
            principal, content, due_at=utc_now(), schedule=schedule, is_test=is_test
        )


def page_with_pictures(mail: MailContent) -> str:
    """The HTML with its pictures inside, so that it needs nothing from anywhere."""
    page = mail.html
    for picture in mail.pictures:
        data = b64encode(picture.content).decode()
        page = page.replace(f"cid:{picture.content_id}", f"data:{picture.media_type};base64,{data}")
    return page


def _place(preview_id: UUID) -> str:
    return f"report_preview|{preview_id}|page"
