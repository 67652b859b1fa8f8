"""Which charts a dashboard opens to those who see it.

Who may see a chart and puts it on a dashboard shows it to everybody who sees the dashboard, each
with their own rights to the data. To name a chart that one may not see opens nothing.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.errors import NotFound, Refused
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.dashboards import layout as layouts
from gridlens.dashboards.access import editable_by, owns_all, visible_to
from gridlens.dashboards.layout import Layout
from gridlens.dashboards.models import Dashboard, DashboardChart
from gridlens.shared.dashboards import ChartsShown
from gridlens.shared.permissions import Permission
from gridlens.shared.visualizations import DescribeChart


async def placeable(
    bus: Bus, database: Database, principal: Principal, layout: Layout, dashboard_id: UUID | None = None
) -> frozenset[UUID]:
    """The charts of a layout that the editor may open to others: those they see, those open already."""
    wanted = layouts.chart_ids(layout)
    opened: set[UUID] = set()
    if dashboard_id is not None:
        async with database.transaction() as session:
            here = select(DashboardChart.chart_id).where(DashboardChart.dashboard_id == dashboard_id)
            opened = set(await session.scalars(here))
    return frozenset({each for each in wanted if each in opened or await _sees(bus, principal, each)})


async def place(session: AsyncSession, row: Dashboard, charts: Iterable[UUID], *, is_draft: bool) -> None:
    """From now on the dashboard, or its draft, opens these charts and no others."""
    await session.execute(
        delete(DashboardChart).where(
            DashboardChart.dashboard_id == row.id, DashboardChart.is_draft == is_draft
        )
    )
    session.add_all(
        DashboardChart(
            organisation_id=row.organisation_id, dashboard_id=row.id, chart_id=each, is_draft=is_draft
        )
        for each in charts
    )


async def publish_draft(session: AsyncSession, row: Dashboard) -> None:
    """What the draft opened to its editors is open to everybody who sees the dashboard."""
    here = DashboardChart.dashboard_id == row.id
    drafted = list(
        await session.scalars(select(DashboardChart.chart_id).where(here, DashboardChart.is_draft))
    )
    await place(session, row, (), is_draft=True)
    await place(session, row, drafted, is_draft=False)


class ShownCharts:
    """Answers which charts somebody sees by way of a dashboard."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, request: ChartsShown) -> frozenset[UUID]:
        principal = request.principal
        if not request.chart_ids or not principal.may(Permission.READ_DASHBOARDS):
            return frozenset()
        async with self._database.transaction() as session:
            shown = (
                select(DashboardChart.chart_id)
                .join(Dashboard, Dashboard.id == DashboardChart.dashboard_id)
                .where(
                    DashboardChart.chart_id.in_(request.chart_ids),
                    Dashboard.deleted_at.is_(None),
                    visible_to(principal),
                )
            )
            if not owns_all(principal):
                edited = or_(
                    Dashboard.owner_id == principal.user_id,
                    Dashboard.id.in_(await editable_by(session, principal)),
                )
                shown = shown.where(or_(DashboardChart.is_draft.is_(False), edited))
            return frozenset(await session.scalars(shown))


async def _sees(bus: Bus, principal: Principal, chart_id: UUID) -> bool:
    try:
        await bus.request(DescribeChart(principal=principal, chart_id=chart_id))
    except (NotFound, Refused):
        return False
    return True
