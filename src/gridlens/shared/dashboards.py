"""What dashboards answers and tells."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import DrawnChart, Theme


class RenderedWidget(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A widget in its place (12 columns, rows of 40 px), with its content or the reason it has none.

    ``newest_at`` is where its data ends, of a widget that has nothing in the time range.
    """

    widget_id: UUID
    kind: Literal["chart", "value", "table", "text"]
    title: str
    x: int
    y: int
    width: int
    height: int
    chart_id: UUID | None = None
    chart: DrawnChart | None = None
    markdown: str | None = None
    error: str | None = None
    newest_at: datetime | None = None


class DashboardDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    dashboard_id: UUID
    name: str


class DescribeDashboard(Request[DashboardDescription], frozen=True, kw_only=True):
    """Its name, when the asker may see it."""

    principal: Principal
    dashboard_id: UUID


class RenderedDashboard(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    dashboard_id: UUID
    name: str
    scope: Scope
    widgets: tuple[RenderedWidget, ...]


class RenderDashboard(Request[RenderedDashboard], frozen=True, kw_only=True):
    """Draw every widget of the published dashboard.

    What ``scope`` names replaces the dashboard's own: its time range, its filter of the same column.
    """

    principal: Principal
    dashboard_id: UUID
    scope: Scope | None = None
    theme: Theme = "light"


class ChartsShown(Request[frozenset[UUID]], frozen=True, kw_only=True):
    """Those of the charts that stand on a dashboard which the asker may see."""

    principal: Principal
    chart_ids: tuple[UUID, ...]


class DashboardDeleted(Event, frozen=True, kw_only=True, tag="dashboards.dashboard_deleted"):
    organisation_id: UUID
    dashboard_id: UUID


class DashboardRestored(Event, frozen=True, kw_only=True, tag="dashboards.dashboard_restored"):
    """A deletion was undone."""

    organisation_id: UUID
    dashboard_id: UUID
