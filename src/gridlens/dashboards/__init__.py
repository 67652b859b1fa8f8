"""Grids of widgets that people look at all day: layout, drafts, versions, sharing, drawing."""

from gridlens.core.jobs import Job
from gridlens.core.module import Core, Module
from gridlens.dashboards import handlers
from gridlens.dashboards.editing import EditingService
from gridlens.dashboards.rendering import Renderer
from gridlens.dashboards.routes import (
    DashboardController,
    DashboardEditingController,
    DashboardRenderingController,
)
from gridlens.dashboards.services import DashboardService
from gridlens.dashboards.sharing import SharingService
from gridlens.dashboards.warming import ONCE_AN_HOUR, WarmDashboards, Warming


class PurgeDashboards(Job, frozen=True, kw_only=True, tag="dashboards.purge"):
    """Remove what was deleted more than 30 days ago."""


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    dashboards = DashboardService(core.database, core.bus, core.outbox)
    renderer = Renderer(core.database, core.bus)
    warming = Warming(core)
    handlers.connect(core.bus, core.database, dashboards, renderer)

    @core.jobs.handles(PurgeDashboards)
    async def purge(_job: PurgeDashboards) -> None:
        await dashboards.purge()
        await warming.forget()

    @core.jobs.handles(WarmDashboards, max_attempts=1)
    async def warm(_job: WarmDashboards) -> None:
        await warming.warm()

    core.jobs.declare(name="dashboards.purge", cron="41 3 * * *", zone="UTC", job=PurgeDashboards())
    core.jobs.declare(name="dashboards.warm", cron=ONCE_AN_HOUR, zone="UTC", job=WarmDashboards())
    return {
        "dashboards": dashboards,
        "dashboard_editing": EditingService(core.database, core.bus, core.outbox),
        "dashboard_sharing": SharingService(core.database, core.bus, core.outbox),
        "dashboard_renderer": renderer,
        "dashboard_warming": warming,
    }


module = Module(
    "dashboards",
    controllers=(DashboardController, DashboardEditingController, DashboardRenderingController),
    connect=connect,
)
