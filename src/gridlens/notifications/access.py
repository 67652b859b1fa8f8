"""Who sees a report, and who may change it."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.principal import Principal
from gridlens.notifications.errors import MayNotChangeReport, NoSuchReport
from gridlens.notifications.models import Report, ReportRecipient
from gridlens.shared.permissions import Permission


def visible_to(principal: Principal) -> ColumnElement[bool]:
    same = Report.organisation_id == principal.organisation_id
    if principal.may(Permission.MANAGE_USERS):
        return same
    received = exists(
        select(ReportRecipient.id).where(
            ReportRecipient.report_id == Report.id, ReportRecipient.user_id == principal.user_id
        )
    )
    return same & or_(Report.owner_id == principal.user_id, received)


def may_change(principal: Principal, row: Report) -> bool:
    is_theirs = row.owner_id == principal.user_id or principal.may(Permission.MANAGE_USERS)
    return is_theirs and principal.may(Permission.EDIT_REPORTS)


async def find(session: AsyncSession, principal: Principal, report_id: UUID) -> Report:
    """The report when this person may see it; else it does not exist for them."""
    row = await session.scalar(select(Report).where(Report.id == report_id, visible_to(principal)))
    if row is None or not principal.may(Permission.READ_REPORTS):
        raise NoSuchReport
    return row


async def find_own(session: AsyncSession, principal: Principal, report_id: UUID) -> Report:
    row = await find(session, principal, report_id)
    if not may_change(principal, row):
        raise MayNotChangeReport
    return row
