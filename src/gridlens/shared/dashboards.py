"""What dashboards answers and tells."""

from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import DrawnChart, Theme


class RenderedWidget(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A widget in its place (12 columns, rows of 40 px), with its content or the reason it has none."""

    widget_id: UUID
    title: str
    x: int
    y: int
    width: int
    height: int
    chart: DrawnChart | None = None
    markdown: str | None = None
    error: str | None = None


class RenderedDashboard(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    dashboard_id: UUID
    name: str
    scope: Scope
    widgets: tuple[RenderedWidget, ...]


class RenderDashboard(Request[RenderedDashboard], frozen=True, kw_only=True):
    """Draw every widget of the published dashboard; ``scope`` replaces its own default."""

    principal: Principal
    dashboard_id: UUID
    scope: Scope | None = None
    theme: Theme = "light"


class DashboardDeleted(Event, frozen=True, kw_only=True, tag="dashboards.dashboard_deleted"):
    organisation_id: UUID
    dashboard_id: UUID
