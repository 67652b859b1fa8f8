"""What became of a report each time it was due or tried out."""

from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.principal import Principal
from gridlens.notifications.access import find_own
from gridlens.notifications.deliveries import Deliveries, delivery_out
from gridlens.notifications.errors import InvalidReport, NoSuchRun
from gridlens.notifications.models import Delivery, Message, ReportRun
from gridlens.notifications.schemas import RunDetail, RunSummary
from gridlens.notifications.stored import run_out

RUNS_LISTED = 200


class RunHistory:
    """The runs of a report, for who may change it."""

    def __init__(self, database: Database, deliveries: Deliveries) -> None:
        self._database = database
        self._deliveries = deliveries

    async def list_runs(self, principal: Principal, report_id: UUID) -> list[RunSummary]:
        """The newest first."""
        async with self._database.transaction() as session:
            row = await find_own(session, principal, report_id)
            runs = (
                select(ReportRun).where(ReportRun.report_id == row.id).order_by(ReportRun.created_at.desc())
            )
            return await _told(session, list(await session.scalars(runs.limit(RUNS_LISTED))))

    async def get(self, principal: Principal, report_id: UUID, run_id: UUID) -> RunDetail:
        async with self._database.transaction() as session:
            run = await _find_run(session, principal, report_id, run_id)
            sent = (
                select(Delivery)
                .join(Message, Message.id == Delivery.message_id)
                .where(Message.run_id == run.id)
                .order_by(Delivery.recipient)
            )
            deliveries = tuple(delivery_out(each) for each in await session.scalars(sent))
            [summary] = await _told(session, [run])
        return RunDetail(**asdict(summary), deliveries=deliveries)

    async def try_again(self, principal: Principal, report_id: UUID, run_id: UUID) -> RunDetail:
        """Send to those whom it did not reach, as it was then."""
        async with self._database.transaction() as session:
            run = await _find_run(session, principal, report_id, run_id)
            if not await self._deliveries.try_again(session, run.id):
                raise InvalidReport(
                    "There is nothing to send again: every mail of this run arrived or is on its way, "
                    "or it failed more than a week ago."
                )
            run.state, run.finished_at = "delivering", None
        return await self.get(principal, report_id, run_id)


async def last_runs(session: AsyncSession, report_ids: list[UUID]) -> dict[UUID, RunSummary]:
    """The newest run of each report by its schedule."""
    newest = (
        select(ReportRun.report_id, func.max(ReportRun.due_at).label("due_at"))
        .where(ReportRun.report_id.in_(report_ids), ReportRun.is_test.is_(False))
        .group_by(ReportRun.report_id)
        .subquery()
    )
    found = await session.scalars(
        select(ReportRun).join(
            newest, (ReportRun.report_id == newest.c.report_id) & (ReportRun.due_at == newest.c.due_at)
        )
    )
    rows = [each for each in found if not each.is_test]
    return {row.report_id: run for row, run in zip(rows, await _told(session, rows), strict=True)}


async def _told(session: AsyncSession, runs: list[ReportRun]) -> list[RunSummary]:
    """The runs, those whose mails do not get through with the reason of the mail tried most often."""
    delayed = await session.execute(
        select(Message.run_id, Delivery.attempts, Delivery.reason)
        .join(Message, Message.id == Delivery.message_id)
        .where(
            Message.run_id.in_([each.id for each in runs if each.state == "delivering"]),
            Delivery.state == "waiting",
            Delivery.reason.is_not(None),
        )
        .order_by(Delivery.attempts)
    )
    latest = {run_id: (attempts, reason) for run_id, attempts, reason in delayed}
    return [run_out(each, *latest.get(each.id, ())) for each in runs]


async def _find_run(session: AsyncSession, principal: Principal, report_id: UUID, run_id: UUID) -> ReportRun:
    row = await find_own(session, principal, report_id)
    run = await session.get(ReportRun, run_id)
    if run is None or run.report_id != row.id:
        raise NoSuchRun
    return run
