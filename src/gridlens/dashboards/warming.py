"""Dashboards drawn shortly before people usually open them, so that their numbers are there.

What is learned is small: in which hours of the week, on the dashboard's own clock, somebody opened it,
in how many weeks, and when last. It is drawn as that very person, with the rights of that moment, so
what it leaves in the cache can be found by nobody else than they could show it to.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from gridlens.core.errors import GridlensError
from gridlens.core.jobs import Job
from gridlens.core.models import utc_now
from gridlens.core.module import Core
from gridlens.dashboards.models import Dashboard, DashboardOpening
from gridlens.dashboards.rendering import Rendering
from gridlens.shared.auth import FindPrincipal
from gridlens.shared.dashboards import RenderDashboard

BEFORE = timedelta(minutes=10)
ONCE_AN_HOUR = "50 * * * *"
USUAL_FROM_WEEKS = 2
FORGOTTEN_AFTER = timedelta(weeks=5)
MOST_DRAWN = 60
"""Dashboards times readers in one hour; those of the longest habit first."""
MOST_SECONDS = 480.0
MOST_NOTED = 10_000
log = structlog.get_logger()


class WarmDashboards(Job, frozen=True, kw_only=True, tag="dashboards.warm"):
    """Draw what people usually open in the coming hour."""


def hour_of_week(at: datetime, zone: str) -> int:
    """0 is the hour from Monday's midnight, on that zone's clock."""
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() * 24 + local.hour


class Warming:
    def __init__(self, core: Core, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = core.database
        self._bus = core.bus
        self._is_on = core.settings.warm_dashboards
        self._clock = clock
        self._noted: OrderedDict[tuple[UUID, UUID, str, int, int], None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, rendering: Rendering) -> None:
        """Somebody opened a dashboard; kept beside the answer, once an hour."""
        if not self._is_on:
            return
        at = self._clock()
        hour = hour_of_week(at, rendering.zone)
        week = at.isocalendar().week
        key = (rendering.dashboard_id, rendering.principal.user_id, rendering.zone, hour, week)
        if key in self._noted:
            return
        self._noted[key] = None
        if len(self._noted) > MOST_NOTED:
            self._noted.popitem(last=False)
        task = asyncio.create_task(self._keep(rendering, hour, at))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until everything that was noted is kept."""
        await asyncio.gather(*self._tasks)

    async def _keep(self, rendering: Rendering, hour: int, at: datetime) -> None:
        try:
            await self._count(rendering, hour, at)
        except IntegrityError:
            log.debug("opening_counted_elsewhere", dashboard_id=str(rendering.dashboard_id))
        except Exception:  # what is learned less costs speed, and never an answer
            log.warning("opening_not_kept", dashboard_id=str(rendering.dashboard_id), exc_info=True)

    async def _count(self, rendering: Rendering, hour: int, at: datetime) -> None:
        who, what = rendering.principal, rendering.dashboard_id
        theirs = select(DashboardOpening).where(
            DashboardOpening.dashboard_id == what,
            DashboardOpening.user_id == who.user_id,
            DashboardOpening.zone == rendering.zone,
            DashboardOpening.hour_of_week == hour,
        )
        async with self._database.transaction() as session:
            row = await session.scalar(theirs)
            if row is None:
                row = DashboardOpening(
                    organisation_id=who.organisation_id,
                    dashboard_id=what,
                    user_id=who.user_id,
                    zone=rendering.zone,
                    hour_of_week=hour,
                    weeks=1,
                    last_at=at,
                )
                session.add(row)
            elif at - row.last_at > timedelta(days=1):  # the same hour of another week
                is_habit = at - row.last_at < FORGOTTEN_AFTER
                row.weeks = row.weeks + 1 if is_habit else 1
                row.last_at = at

    async def warm(self) -> int:
        """Draw what is usual in the coming hour; how many were drawn."""
        if not self._is_on:
            return 0
        drawn = 0
        try:
            async with asyncio.timeout(MOST_SECONDS):
                for dashboard_id, user_id in await self._usual(self._clock() + BEFORE):
                    drawn += await self._draw(dashboard_id, user_id)
        except TimeoutError:
            log.warning("warming_took_too_long", drawn=drawn)
        return drawn

    async def forget(self) -> None:
        """Habits of long ago are none."""
        old = DashboardOpening.last_at < self._clock() - FORGOTTEN_AFTER
        async with self._database.transaction() as session:
            await session.execute(delete(DashboardOpening).where(old))

    async def _usual(self, at: datetime) -> Sequence[tuple[UUID, UUID]]:
        async with self._database.transaction() as session:
            zones = list(await session.scalars(select(DashboardOpening.zone).distinct()))
            if not zones:
                return []
            now_there = or_(
                *(
                    (DashboardOpening.zone == zone)
                    & (DashboardOpening.hour_of_week == hour_of_week(at, zone))
                    for zone in zones
                )
            )
            usual = (
                select(DashboardOpening.dashboard_id, DashboardOpening.user_id)
                .join(Dashboard, Dashboard.id == DashboardOpening.dashboard_id)
                .where(
                    now_there,
                    Dashboard.deleted_at.is_(None),
                    DashboardOpening.weeks >= USUAL_FROM_WEEKS,
                    DashboardOpening.last_at > at - FORGOTTEN_AFTER,
                )
                .order_by(DashboardOpening.weeks.desc(), DashboardOpening.id)
                .limit(MOST_DRAWN)
            )
            return [(row.dashboard_id, row.user_id) for row in await session.execute(usual)]

    async def _draw(self, dashboard_id: UUID, user_id: UUID) -> bool:
        who = await self._bus.request(FindPrincipal(user_id=user_id))
        if who is None:
            return False
        try:
            await self._bus.request(RenderDashboard(principal=who, dashboard_id=dashboard_id))
        except GridlensError as error:  # one that is not shown to them any more, or a source that is away
            log.info("dashboard_not_warmed", dashboard_id=str(dashboard_id), reason=error.detail)
            return False
        return True
