"""A report that has come due: composed as its owner, once an occasion, and put in line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, NotFound, Refused
from gridlens.core.events import Bus
from gridlens.core.jobs import Job, Jobs, Occurrence
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.notifications.composing import Composed, Composer
from gridlens.notifications.cron import describe
from gridlens.notifications.deliveries import Deliveries, Recipient
from gridlens.notifications.mail.content import MailContent
from gridlens.notifications.mail.dates import moment
from gridlens.notifications.mail.page import plain_html
from gridlens.notifications.models import Report, ReportRecipient, ReportRun
from gridlens.notifications.printable import printable
from gridlens.notifications.stored import content_of, schedule_name
from gridlens.shared.auth import FindPrincipal, ListPeople
from gridlens.shared.permissions import Permission

MOST_ATTEMPTS = 12
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 900
"""Twelve attempts take almost two hours: a source may be away for a while."""
log = structlog.get_logger()


class SendReport(Job, frozen=True, kw_only=True, tag="notifications.send_report"):
    """``again`` names the occasion when this is another attempt at it."""

    report_id: UUID
    again: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    report: Report
    run: ReportRun
    recipients: list[ReportRecipient]


class Runner:
    """Makes due reports. Nothing of a run is sent before all of it is made."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        jobs: Jobs,
        deliveries: Deliveries,
        composer: Composer,
        *,
        may_mail_outside: bool,
    ) -> None:
        self._database = database
        self._bus = bus
        self._jobs = jobs
        self._deliveries = deliveries
        self._composer = composer
        self._may_mail_outside = may_mail_outside

    async def run(self, job: SendReport, occurrence: Occurrence | None) -> None:
        """One attempt at one occasion; what failed puts the next attempt in line itself."""
        occasion = job.again or occurrence
        claim = await self._claim(job.report_id, occasion) if occasion else None
        if claim is None:
            return
        owner = await self._bus.request(FindPrincipal(user_id=claim.report.owner_id))
        if owner is None:
            reason = "Its owner cannot sign in any more, so nobody's rights are left to run it."
            await self._pause(claim, "owner_gone", reason)
            return
        if not owner.may(Permission.EDIT_REPORTS):
            await self._pause(claim, "owner_may_not", "Its owner's role does not include reports any more.")
            return
        try:
            composed = await self._composer.compose(
                owner,
                content_of(claim.report),
                due_at=claim.run.due_at,
                schedule=describe(claim.report.cron, claim.report.zone),
            )
            recipients, missing = await self._recipients(owner, claim.recipients)
        except (NotFound, Refused) as error:
            await self._give_up(claim, owner, error.detail)
            return
        except GridlensError as error:
            await self._retry_or_give_up(claim, owner, error.detail)
            return
        except Exception as error:
            log.exception("report_failed", report_id=str(claim.report.id))
            await self._retry_or_give_up(
                claim, owner, f"A mistake of ours ({type(error).__name__}), see the log."
            )
            return
        if composed.chart_count and len(composed.failed) == composed.chart_count:
            await self._retry_or_give_up(claim, owner, f"No chart could be drawn. {composed.failed[0]}")
        elif why_not := composed.empty or composed.too_little:
            await self._skip(claim, owner, composed, why_not)
        elif not recipients:
            await self._give_up(claim, owner, "None of its recipients may be written to any more.")
        else:
            await self._put(claim, owner, composed, recipients, missing)

    async def _claim(self, report_id: UUID, occurrence: Occurrence) -> _Claim | None:
        """The run of this occasion, made at the first attempt; nothing when there is nothing to do."""
        try:
            async with self._database.transaction() as session:
                report = await session.get(Report, report_id)
                if report is None or report.paused_at is not None:
                    return None
                run = await _run_of(session, report_id, occurrence.key)
                if run is None:
                    run = ReportRun(
                        organisation_id=report.organisation_id,
                        report_id=report.id,
                        occasion=occurrence.key,
                        due_at=occurrence.due_at,
                    )
                    session.add(run)
                elif run.state not in {"running", "retrying"}:
                    return None
                run.attempts = (run.attempts or 0) + 1
                recipients = await session.scalars(
                    select(ReportRecipient)
                    .where(ReportRecipient.report_id == report.id)
                    .order_by(ReportRecipient.position)
                )
                claim = _Claim(report, run, list(recipients))
                await session.flush()
        except IntegrityError:
            log.info("report_claimed_elsewhere", report_id=str(report_id))
            return None
        return claim

    async def _recipients(
        self, owner: Principal, wanted: list[ReportRecipient]
    ) -> tuple[list[Recipient], int]:
        """Addresses of this moment, and how many recipients may not be written to any more."""
        people = {each.user_id: each for each in await self._bus.request(ListPeople(principal=owner))}
        found = []
        for each in wanted:
            if each.address and self._may_mail_outside:
                found.append(Recipient(each.address))
            elif each.user_id in people:
                found.append(Recipient(people[each.user_id].email, each.user_id))
        return found, len(wanted) - len(found)

    async def _put(
        self,
        claim: _Claim,
        owner: Principal,
        composed: Composed,
        recipients: list[Recipient],
        missing: int,
    ) -> None:
        reasons = list(composed.failed) + list(composed.notes)
        if missing:
            reasons.append(f"{missing} of its recipients have left or may not be written to.")
        async with self._database.transaction() as session:
            if not await self._close(session, claim, "delivering", " ".join(reasons) or None, composed):
                return
            name = update(Report).where(Report.id == claim.report.id)
            await session.execute(name.values(target_name=composed.target_name[:200]))
            await self._deliveries.put(
                session,
                organisation_id=claim.report.organisation_id,
                kind="report",
                content=composed.mail,
                recipients=recipients,
                occasion=f"{claim.report.id}|{claim.run.occasion}",
                run_id=claim.run.id,
            )

    async def _skip(self, claim: _Claim, owner: Principal, composed: Composed, reason: str) -> None:
        async with self._database.transaction() as session:
            if await self._close(session, claim, "skipped", reason, composed):
                await self._tell(session, claim, owner, "was not sent", reason)

    async def _retry_or_give_up(self, claim: _Claim, owner: Principal, reason: str) -> None:
        if claim.run.attempts >= MOST_ATTEMPTS:
            await self._give_up(claim, owner, reason)
            return
        wait = min(FIRST_WAIT_SECONDS * 2 ** (claim.run.attempts - 1), LONGEST_WAIT_SECONDS)
        occasion = Occurrence(key=claim.run.occasion, due_at=claim.run.due_at)
        async with self._database.transaction() as session:
            if await self._close(session, claim, "retrying", reason, None):
                await self._jobs.enqueue(
                    session,
                    SendReport(report_id=claim.report.id, again=occasion),
                    key=f"{claim.run.occasion}#{claim.run.attempts}",
                    run_at=utc_now() + timedelta(seconds=wait),
                )

    async def _give_up(self, claim: _Claim, owner: Principal, reason: str) -> None:
        async with self._database.transaction() as session:
            if await self._close(session, claim, "failed", reason, None):
                await self._tell(session, claim, owner, "could not be sent", reason)

    async def _pause(self, claim: _Claim, because: str, reason: str) -> None:
        async with self._database.transaction() as session:
            await self._close(session, claim, "failed", reason, None)
            await pause(session, self._jobs, claim.report.id, because)

    async def _close(
        self,
        session: AsyncSession,
        claim: _Claim,
        state: str,
        reason: str | None,
        composed: Composed | None,
    ) -> bool:
        """Write what came of this attempt; false when another process was faster."""
        is_over = state in {"failed", "skipped"}
        covered = composed.covered if composed else None
        written: Any = await session.execute(
            update(ReportRun)
            .where(
                ReportRun.id == claim.run.id,
                ReportRun.state.in_(("running", "retrying")),
                ReportRun.attempts == claim.run.attempts,
            )
            .values(
                state=state,
                reason=printable(reason) if reason else None,
                covered_from=covered.start if covered else None,
                covered_to=covered.end if covered else None,
                finished_at=utc_now() if is_over else None,
            ),
            execution_options={"synchronize_session": False},
        )
        return bool(written.rowcount)

    async def _tell(
        self, session: AsyncSession, claim: _Claim, owner: Principal, what: str, reason: str
    ) -> None:
        subject = f"Your report “{claim.report.target_name}” {what}"
        due = moment(claim.run.due_at, claim.report.zone)
        text = f"The report “{claim.report.target_name}” that was due {due} {what}.\n\n{reason}\n\n"
        text += "Its history under Reports in Gridlens has the details. It runs again at its next time."
        await self._deliveries.put(
            session,
            organisation_id=claim.report.organisation_id,
            kind="notice",
            content=MailContent(subject=printable(subject), text=text, html=plain_html(subject, text)),
            recipients=[Recipient(owner.email, owner.user_id)],
            occasion=f"notice|{claim.report.id}|{claim.run.occasion}",
        )


async def pause(session: AsyncSession, jobs: Jobs, report_id: UUID, because: str) -> None:
    """Stop the schedule, and say why."""
    paused: dict[str, datetime | str] = {"paused_at": utc_now(), "paused_because": because}
    await session.execute(update(Report).where(Report.id == report_id).values(**paused))
    await jobs.unschedule(session, schedule_name(report_id))


async def resume(session: AsyncSession, jobs: Jobs, report: Report) -> None:
    report.paused_at, report.paused_because = None, None
    await jobs.schedule(
        session,
        name=schedule_name(report.id),
        cron=report.cron,
        zone=report.zone,
        job=SendReport(report_id=report.id),
    )


async def _run_of(session: AsyncSession, report_id: UUID, occasion: str) -> ReportRun | None:
    return await session.scalar(
        select(ReportRun).where(ReportRun.report_id == report_id, ReportRun.occasion == occasion)
    )
