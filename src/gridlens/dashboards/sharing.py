"""With whom a dashboard is shared."""

from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select

from gridlens.core.database import Database
from gridlens.core.errors import Invalid
from gridlens.core.events import Bus
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.dashboards.access import find_own
from gridlens.dashboards.models import DashboardShare
from gridlens.dashboards.people import people_by_id
from gridlens.dashboards.schemas import ShareEntry, Shares, ShareWithRole, ShareWithUser
from gridlens.shared.auth import ActionAudited
from gridlens.shared.permissions import Role


class NobodyToShareWith(Invalid):
    kind = "unknown-person"


class SharingService:
    """Opens a dashboard to people and roles of its organisation; the owner decides."""

    def __init__(self, database: Database, bus: Bus, outbox: Outbox) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox

    async def shares(self, principal: Principal, dashboard_id: UUID) -> Shares:
        async with self._database.transaction() as session:
            row = await find_own(session, principal, dashboard_id)
            stored = await session.scalars(
                select(DashboardShare)
                .where(DashboardShare.dashboard_id == row.id)
                .order_by(DashboardShare.grantee)
            )
            return Shares(entries=tuple(_entry(share) for share in stored))

    async def share(self, principal: Principal, dashboard_id: UUID, shares: Shares) -> Shares:
        """Replace the whole list: who is no longer on it no longer sees the dashboard."""
        people = await people_by_id(self._bus, principal)
        granted = {_grantee(entry): entry.access for entry in shares.entries}
        for index, entry in enumerate(shares.entries):
            if isinstance(entry, ShareWithUser) and entry.user_id not in people:
                raise NobodyToShareWith(
                    "One of these people is not in your organisation. Nothing was shared; choose again.",
                    fields={f"entries[{index}].userId": "nobody of your organisation"},
                )
        async with self._database.transaction() as session:
            row = await find_own(session, principal, dashboard_id)
            await session.execute(delete(DashboardShare).where(DashboardShare.dashboard_id == row.id))
            session.add_all(
                DashboardShare(
                    organisation_id=row.organisation_id, dashboard_id=row.id, grantee=grantee, access=access
                )
                for grantee, access in granted.items()
            )
            self._outbox.save(
                session,
                ActionAudited(
                    organisation_id=principal.organisation_id,
                    user_id=principal.user_id,
                    action="dashboard.shared",
                    subject=f"dashboard:{row.id}",
                    detail=dict(granted),
                ),
            )
        return await self.shares(principal, dashboard_id)


def _grantee(entry: ShareEntry) -> str:
    return f"user:{entry.user_id}" if isinstance(entry, ShareWithUser) else f"role:{entry.role}"


def _entry(share: DashboardShare) -> ShareEntry:
    kind, _, who = share.grantee.partition(":")
    access: Literal["view", "edit"] = "edit" if share.access == "edit" else "view"
    if kind == "user":
        return ShareWithUser(user_id=UUID(who), access=access)
    return ShareWithRole(role=Role(who), access=access)
