"""What notifications listens to."""

from uuid import UUID

from sqlalchemy import Select, delete, select, update

from gridlens.core.database import Database
from gridlens.core.events import Bus
from gridlens.core.jobs import Jobs
from gridlens.core.outbox import first_time
from gridlens.notifications.deliveries import Deliveries, Recipient
from gridlens.notifications.mail.content import MailContent
from gridlens.notifications.mail.page import plain_html
from gridlens.notifications.models import Delivery, Report, ReportPreview, ReportRecipient
from gridlens.notifications.printable import printable
from gridlens.notifications.running import pause, resume
from gridlens.shared.analytics import QuestionDeleted
from gridlens.shared.auth import UserErased
from gridlens.shared.dashboards import DashboardDeleted, DashboardRestored
from gridlens.shared.notifications import MailRequested

TARGET_DELETED = "target_deleted"


def connect(bus: Bus, database: Database, jobs: Jobs, deliveries: Deliveries) -> None:
    @bus.on(MailRequested)
    async def put_mail(event: MailRequested) -> None:
        subject = printable(event.subject)
        content = MailContent(subject=subject, text=event.text, html=plain_html(subject, event.text))
        async with database.transaction() as session:
            if not await first_time(session, event, "notifications.put_mail"):
                return
            await deliveries.put(
                session,
                organisation_id=event.organisation_id,
                kind="mail",
                content=content,
                recipients=[Recipient(event.to)],
                occasion=f"mail|{event.event_id}",
            )

    @bus.on(DashboardDeleted)
    async def pause_for_dashboard(event: DashboardDeleted) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "notifications.pause_for_dashboard"):
                return
            for report in await session.scalars(_running_on(event.organisation_id, event.dashboard_id)):
                await pause(session, jobs, report.id, TARGET_DELETED)

    @bus.on(DashboardRestored)
    async def resume_for_dashboard(event: DashboardRestored) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "notifications.resume_for_dashboard"):
                return
            paused = select(Report).where(
                Report.organisation_id == event.organisation_id,
                Report.target_id == event.dashboard_id,
                Report.paused_because == TARGET_DELETED,
            )
            for report in await session.scalars(paused):
                await resume(session, jobs, report)

    @bus.on(QuestionDeleted)
    async def pause_for_question(event: QuestionDeleted) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "notifications.pause_for_question"):
                return
            for report in await session.scalars(_running_on(event.organisation_id, event.question_id)):
                await pause(session, jobs, report.id, TARGET_DELETED)

    @bus.on(UserErased)
    async def hand_over(event: UserErased) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "notifications.hand_over"):
                return
            owned = update(Report).where(Report.owner_id == event.user_id)
            await session.execute(owned.values(owner_id=event.heir_id))
            theirs = ReportRecipient.user_id == event.user_id
            await session.execute(delete(ReportRecipient).where(theirs))
            await session.execute(delete(ReportPreview).where(ReportPreview.user_id == event.user_id))
            # Their lines in the history stay, without the address that names them.
            named = update(Delivery).where(Delivery.user_id == event.user_id, Delivery.state != "waiting")
            await session.execute(named.values(recipient="erased", user_id=None))
            waiting = (Delivery.user_id == event.user_id) & (Delivery.state == "waiting")
            await session.execute(delete(Delivery).where(waiting))


def _running_on(organisation_id: UUID, target_id: UUID) -> Select[Report]:
    return select(Report).where(
        Report.organisation_id == organisation_id,
        Report.target_id == target_id,
        Report.paused_at.is_(None),
    )
