"""With whom a dashboard is shared."""

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
from gridlens.shared.auth import ActionAudited
from gridlens.shared.sharing import Shares, granted, shares_of, strangers


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
            stored = await session.execute(
                select(DashboardShare.grantee, DashboardShare.access)
                .where(DashboardShare.dashboard_id == row.id)
                .order_by(DashboardShare.grantee)
            )
            return shares_of((grantee, access) for grantee, access in stored)

    async def share(self, principal: Principal, dashboard_id: UUID, shares: Shares) -> Shares:
        """Replace the whole list: who is no longer on it no longer sees the dashboard."""
        unknown = strangers(shares, await people_by_id(self._bus, principal))
        if unknown:
            raise NobodyToShareWith(
                "One of these people is not in your organisation. Nothing was shared; choose again.",
                fields=unknown,
            )
        accesses = granted(shares)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, dashboard_id)
            await session.execute(delete(DashboardShare).where(DashboardShare.dashboard_id == row.id))
            session.add_all(
                DashboardShare(
                    organisation_id=row.organisation_id, dashboard_id=row.id, grantee=grantee, access=access
                )
                for grantee, access in accesses.items()
            )
            self._outbox.save(
                session,
                ActionAudited(
                    organisation_id=principal.organisation_id,
                    user_id=principal.user_id,
                    action="dashboard.shared",
                    subject=f"dashboard:{row.id}",
                    detail={"name": row.name, **accesses},
                ),
            )
        return await self.shares(principal, dashboard_id)
