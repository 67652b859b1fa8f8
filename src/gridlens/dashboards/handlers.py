"""What dashboards answers, and what it listens to."""

from sqlalchemy import delete, select, update

from gridlens.core.database import Database
from gridlens.core.events import Bus
from gridlens.core.outbox import first_time
from gridlens.dashboards.models import (
    NOBODY,
    Dashboard,
    DashboardOpening,
    DashboardPin,
    DashboardShare,
    DashboardVersion,
    DeletedChart,
)
from gridlens.dashboards.placed import ShownCharts
from gridlens.dashboards.rendering import Renderer
from gridlens.dashboards.services import DashboardService
from gridlens.shared.auth import UserErased
from gridlens.shared.dashboards import ChartsShown, DashboardDescription, DescribeDashboard, RenderDashboard
from gridlens.shared.visualizations import ChartDeleted


def connect(bus: Bus, database: Database, dashboards: DashboardService, renderer: Renderer) -> None:
    bus.answers(RenderDashboard)(renderer.answer)
    bus.answers(ChartsShown)(ShownCharts(database).answer)

    @bus.answers(DescribeDashboard)
    async def describe(request: DescribeDashboard) -> DashboardDescription:
        return await dashboards.describe(request.principal, request.dashboard_id)

    @bus.on(ChartDeleted)
    async def remember_deleted_chart(event: ChartDeleted) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "dashboards.remember_deleted_chart"):
                return
            known = select(DeletedChart).where(DeletedChart.chart_id == event.chart_id)
            row = await session.scalar(known)
            if row is None:
                row = DeletedChart(organisation_id=event.organisation_id, chart_id=event.chart_id)
                session.add(row)
            row.deleted_at = event.occurred_at

    @bus.on(UserErased)
    async def hand_over(event: UserErased) -> None:
        async with database.transaction() as session:
            if not await first_time(session, event, "dashboards.hand_over"):
                return
            owned = (Dashboard.organisation_id == event.organisation_id) & (
                Dashboard.owner_id == event.user_id
            )
            await session.execute(update(Dashboard).where(owned).values(owner_id=event.heir_id))
            for name in (Dashboard.edited_by, Dashboard.drafted_by, DashboardVersion.published_by):
                by_them = update(name.class_).where(name == event.user_id)
                await session.execute(by_them.values({name: NOBODY}))
            theirs = DashboardShare.grantee == f"user:{event.user_id}"
            await session.execute(delete(DashboardShare).where(theirs))
            await session.execute(delete(DashboardPin).where(DashboardPin.user_id == event.user_id))
            own = DashboardOpening.user_id == event.user_id
            await session.execute(delete(DashboardOpening).where(own))
