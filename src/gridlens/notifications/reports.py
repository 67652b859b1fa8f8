"""Reports as things: made, listed, changed, paused, and their history."""

from collections import Counter
from uuid import UUID

from msgspec.structs import asdict
from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.errors import Refused
from gridlens.core.events import Bus
from gridlens.core.jobs import Jobs, next_times
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.notifications import addresses, cron
from gridlens.notifications.access import find, find_own, may_change, visible_to
from gridlens.notifications.errors import InvalidReport
from gridlens.notifications.history import last_runs
from gridlens.notifications.models import Report, ReportRecipient
from gridlens.notifications.running import pause, resume
from gridlens.notifications.schemas import (
    AddressRecipient,
    DashboardTarget,
    PersonRecipient,
    QuestionTarget,
    RecipientChoice,
    ReportContent,
    ReportDetail,
    ReportInput,
    ReportSummary,
    RunSummary,
)
from gridlens.notifications.stored import content_of, recipient_of, schedule_name, target_of
from gridlens.notifications.wording import unknown_placeholders
from gridlens.shared.analytics import DescribeQuestion
from gridlens.shared.auth import ActionAudited, FindPrincipal, ListPeople, Person
from gridlens.shared.dashboards import DescribeDashboard
from gridlens.shared.permissions import Permission


class ReportService:
    """Report schedules. A report belongs to its owner and runs with the owner's rights."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        jobs: Jobs,
        outbox: Outbox,
        *,
        may_mail_outside: bool,
    ) -> None:
        self._database = database
        self._bus = bus
        self._jobs = jobs
        self._outbox = outbox
        self._may_mail_outside = may_mail_outside

    async def list_visible(self, principal: Principal) -> list[ReportSummary]:
        """The asker's own, those sent to them, and for administrators all; by name."""
        people = await self._people(principal)
        async with self._database.transaction() as session:
            rows = list(await session.scalars(select(Report).where(visible_to(principal))))
            last = await last_runs(session, [each.id for each in rows])
            counts = Counter(
                await session.scalars(
                    select(ReportRecipient.report_id).where(
                        ReportRecipient.report_id.in_([each.id for each in rows])
                    )
                )
            )
        summaries = [_summary(each, principal, people, counts[each.id], last.get(each.id)) for each in rows]
        return sorted(summaries, key=lambda each: (each.target_name.casefold(), each.report_id))

    async def get(self, principal: Principal, report_id: UUID) -> ReportDetail:
        people = await self._people(principal)
        async with self._database.transaction() as session:
            row = await find(session, principal, report_id)
            recipients = list(await session.scalars(_recipients_of(row)))
            last = await last_runs(session, [row.id])
        summary = _summary(row, principal, people, len(recipients), last.get(row.id))
        shown = [recipient_of(each) for each in recipients]
        if not may_change(principal, row):
            shown = [each for each in shown if _is_self(each, principal)]
        content = content_of(row)
        return ReportDetail(
            **asdict(summary),
            text=content.text,
            covers=content.covers,
            attach=content.attach,
            cron=row.cron,
            skip_below_percent=content.skip_below_percent,
            recipients=tuple(shown),
        )

    async def create(self, principal: Principal, new: ReportInput) -> ReportDetail:
        if not principal.may(Permission.EDIT_REPORTS):
            raise Refused("Your role may read reports but not send any. Ask an administrator.")
        name, recipients = await self._checked(principal, new)
        async with self._database.transaction() as session:
            row = Report(organisation_id=principal.organisation_id, owner_id=principal.user_id)
            _write(row, new, name)
            session.add(row)
            await session.flush()
            await self._write_recipients(session, row, recipients)
            await resume(session, self._jobs, row)
            self._audit(session, principal, "report.created", row, recipients)
        return await self.get(principal, row.id)

    async def change(self, principal: Principal, report_id: UUID, new: ReportInput) -> ReportDetail:
        """Replace everything but the owner, whose rights have to suffice for it."""
        async with self._database.transaction() as session:
            owner_id = (await find_own(session, principal, report_id)).owner_id
        owner = await self._bus.request(FindPrincipal(user_id=owner_id))
        if owner is None:
            raise InvalidReport(
                "The owner of this report cannot sign in any more. Make a new report instead."
            )
        name, recipients = await self._checked(owner, new)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, report_id)
            _write(row, new, name)
            await session.execute(delete(ReportRecipient).where(ReportRecipient.report_id == row.id))
            await self._write_recipients(session, row, recipients)
            if row.paused_at is None:
                await resume(session, self._jobs, row)
            self._audit(session, principal, "report.changed", row, recipients)
        return await self.get(principal, report_id)

    async def pause(self, principal: Principal, report_id: UUID) -> ReportDetail:
        async with self._database.transaction() as session:
            row = await find_own(session, principal, report_id)
            await pause(session, self._jobs, row.id, "user")
        return await self.get(principal, report_id)

    async def resume(self, principal: Principal, report_id: UUID) -> ReportDetail:
        """Back to its schedule; a time that passed while it was paused is not made up for."""
        async with self._database.transaction() as session:
            await resume(session, self._jobs, await find_own(session, principal, report_id))
        return await self.get(principal, report_id)

    async def delete(self, principal: Principal, report_id: UUID) -> None:
        """The report, its history, and what of it still waits to be delivered."""
        async with self._database.transaction() as session:
            row = await find_own(session, principal, report_id)
            await self._jobs.unschedule(session, schedule_name(row.id))
            self._audit(session, principal, "report.deleted", row, ())
            await session.delete(row)

    async def leave(self, principal: Principal, report_id: UUID) -> None:
        """Take the asker off the recipients, whoever put them there."""
        async with self._database.transaction() as session:
            row = await find(session, principal, report_id)
            mine = (ReportRecipient.report_id == row.id) & (ReportRecipient.user_id == principal.user_id)
            await session.execute(delete(ReportRecipient).where(mine))

    async def content_for_test(self, principal: Principal, report_id: UUID) -> tuple[ReportContent, str]:
        """What a saved report says, and its schedule in words, for who may change it."""
        async with self._database.transaction() as session:
            row = await find_own(session, principal, report_id)
            return content_of(row), cron.describe(row.cron, row.zone)

    async def _checked(self, owner: Principal, new: ReportInput) -> tuple[str, tuple[RecipientChoice, ...]]:
        """The target's name, and the recipients with clean addresses; refuses what could not run."""
        cron.check(new.cron, new.zone, utc_now())
        if unknown := unknown_placeholders(new.subject):
            raise InvalidReport(
                f"The subject has {unknown[0]}, which means nothing here. Use {{date}}, {{week}}, "
                "{period} or {name}.",
                fields={"subject": f"unknown placeholder {unknown[0]}"},
            )
        people = await self._people(owner)
        recipients: dict[UUID | str, RecipientChoice] = {}
        for index, choice in enumerate(new.recipients):
            match choice:
                case PersonRecipient(user_id=user_id):
                    if user_id not in people:
                        raise InvalidReport(
                            "One of the recipients is not in your organisation. Choose again.",
                            fields={f"recipients[{index}].userId": "nobody of your organisation"},
                        )
                    recipients[user_id] = choice
                case AddressRecipient(address=given):
                    address = addresses.checked(given, f"recipients[{index}].address")
                    found = self._outside(address, people, index)
                    key = found.user_id if isinstance(found, PersonRecipient) else address.casefold()
                    recipients[key] = found
        return await self._target_name(owner, new), tuple(recipients.values())

    def _outside(self, address: str, people: dict[UUID, Person], index: int) -> RecipientChoice:
        for person in people.values():
            if person.email.casefold() == address.casefold():
                return PersonRecipient(user_id=person.user_id)
        if not self._may_mail_outside:
            raise InvalidReport(
                f"{address} belongs to nobody of your organisation, and the administrator allows reports "
                "to members only.",
                fields={f"recipients[{index}].address": "outside the organisation"},
            )
        return AddressRecipient(address=address)

    async def _target_name(self, owner: Principal, new: ReportInput) -> str:
        if isinstance(new.target, DashboardTarget):
            asked = DescribeDashboard(principal=owner, dashboard_id=new.target.dashboard_id)
            return (await self._bus.request(asked)).name
        question = DescribeQuestion(principal=owner, question_id=new.target.question_id)
        return (await self._bus.request(question)).name

    async def _write_recipients(
        self, session: AsyncSession, row: Report, recipients: tuple[RecipientChoice, ...]
    ) -> None:
        session.add_all(
            ReportRecipient(
                organisation_id=row.organisation_id,
                report_id=row.id,
                position=position,
                user_id=choice.user_id if isinstance(choice, PersonRecipient) else None,
                address=choice.address if isinstance(choice, AddressRecipient) else None,
            )
            for position, choice in enumerate(recipients)
        )
        await session.flush()

    async def _people(self, principal: Principal) -> dict[UUID, Person]:
        return {each.user_id: each for each in await self._bus.request(ListPeople(principal=principal))}

    def _audit(
        self,
        session: AsyncSession,
        principal: Principal,
        action: str,
        row: Report,
        recipients: tuple[RecipientChoice, ...],
    ) -> None:
        outside = [each.address for each in recipients if isinstance(each, AddressRecipient)]
        self._outbox.save(
            session,
            ActionAudited(
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                action=action,
                subject=f"report:{row.id}",
                detail={
                    "target": row.target_name,
                    "recipients": len(recipients),
                    "outside": ", ".join(outside),
                },
            ),
        )


def _is_self(choice: RecipientChoice, principal: Principal) -> bool:
    return isinstance(choice, PersonRecipient) and choice.user_id == principal.user_id


def _recipients_of(row: Report) -> Select[ReportRecipient]:
    return (
        select(ReportRecipient).where(ReportRecipient.report_id == row.id).order_by(ReportRecipient.position)
    )


def _write(row: Report, new: ReportInput, name: str) -> None:
    row.target_kind = "dashboard" if isinstance(new.target, DashboardTarget) else "question"
    row.target_id = (
        new.target.question_id if isinstance(new.target, QuestionTarget) else new.target.dashboard_id
    )
    row.target_name = name[:200]
    row.subject, row.text = new.subject, new.text
    row.cron, row.zone = new.cron, new.zone
    row.covers, row.attach = new.covers, new.attach
    row.skip_below_percent = new.skip_below_percent


def _summary(
    row: Report,
    principal: Principal,
    people: dict[UUID, Person],
    recipient_count: int,
    last_run: RunSummary | None,
) -> ReportSummary:
    upcoming = [] if row.paused_at else next_times(row.cron, row.zone, utc_now(), 1)
    return ReportSummary(
        report_id=row.id,
        target=target_of(row),
        target_name=row.target_name,
        subject=row.subject,
        schedule=cron.describe(row.cron, row.zone),
        zone=row.zone,
        owner=people.get(row.owner_id),
        is_mine=row.owner_id == principal.user_id,
        recipient_count=recipient_count,
        next_run_at=upcoming[0] if upcoming else None,
        paused_at=row.paused_at,
        paused_because=row.paused_because,
        last_run=last_run,
    )
