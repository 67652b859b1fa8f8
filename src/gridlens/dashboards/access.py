"""Who sees which dashboard: its owner, administrators, and whom it is shared with."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.principal import Principal
from gridlens.dashboards.errors import MayNotEdit, NoSuchDashboard
from gridlens.dashboards.models import Dashboard, DashboardShare
from gridlens.shared.permissions import Permission
from gridlens.shared.sharing import Access, grantees


def owns_all(principal: Principal) -> bool:
    """Administrators keep what others made usable when those are away."""
    return principal.may(Permission.MANAGE_USERS)


def visible_to(principal: Principal) -> ColumnElement[bool]:
    everyone = Dashboard.organisation_id == principal.organisation_id
    if owns_all(principal):
        return everyone
    shared = exists(
        select(DashboardShare.id).where(
            DashboardShare.dashboard_id == Dashboard.id, DashboardShare.grantee.in_(grantees(principal))
        )
    )
    return everyone & or_(Dashboard.owner_id == principal.user_id, shared)


async def find(
    session: AsyncSession, principal: Principal, dashboard_id: UUID, *, is_deleted: bool = False
) -> Dashboard:
    """The dashboard when this person may see it; else it does not exist for them."""
    row = await session.scalar(
        select(Dashboard).where(
            Dashboard.id == dashboard_id,
            Dashboard.deleted_at.is_not(None) if is_deleted else Dashboard.deleted_at.is_(None),
            visible_to(principal),
        )
    )
    if row is None or not principal.may(Permission.READ_DASHBOARDS):
        raise NoSuchDashboard
    return row


async def editable_by(session: AsyncSession, principal: Principal) -> frozenset[UUID]:
    """The dashboards that others have shared with this person for editing."""
    shared = select(DashboardShare.dashboard_id).where(
        DashboardShare.access == "edit", DashboardShare.grantee.in_(grantees(principal))
    )
    return frozenset(await session.scalars(shared))


def access_to(principal: Principal, row: Dashboard, editable: frozenset[UUID]) -> Access:
    """What somebody who sees it may do with it; the permissions of their role bound it."""
    if not principal.may(Permission.EDIT_DASHBOARDS):
        return "view"
    if row.owner_id == principal.user_id or owns_all(principal):
        return "own"
    return "edit" if row.id in editable else "view"


async def find_editable(session: AsyncSession, principal: Principal, dashboard_id: UUID) -> Dashboard:
    row = await find(session, principal, dashboard_id)
    if access_to(principal, row, await editable_by(session, principal)) == "view":
        raise MayNotEdit(
            "You may look at this dashboard but not change it. Ask its owner to share it for editing, "
            "or make a copy."
        )
    return row


async def find_own(
    session: AsyncSession, principal: Principal, dashboard_id: UUID, *, is_deleted: bool = False
) -> Dashboard:
    row = await find(session, principal, dashboard_id, is_deleted=is_deleted)
    if access_to(principal, row, frozenset()) != "own":
        raise MayNotEdit("Only its owner or an administrator may do this to a dashboard.")
    return row
