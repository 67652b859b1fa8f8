"""Drawing a dashboard: every widget by itself, each as soon as it is ready."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, NotFound
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.dashboards import layout as layouts
from gridlens.dashboards import periods
from gridlens.dashboards.access import find, find_editable
from gridlens.dashboards.layout import AnyWidget, Layout, TextWidget
from gridlens.dashboards.models import DeletedChart
from gridlens.dashboards.newest import newest_data
from gridlens.dashboards.periods import Relative, TimeChoice
from gridlens.dashboards.schemas import RenderOptions
from gridlens.shared.dashboards import RenderDashboard, RenderedDashboard, RenderedWidget
from gridlens.shared.time import Filter, Scope
from gridlens.shared.visualizations import DrawChart, DrawnChart, Theme

PARALLEL = 4
OUR_MISTAKE = "This widget could not be drawn, by a mistake of ours. It is in the log; reload to try again."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A dashboard about to be drawn for somebody: rights are checked and times resolved."""

    principal: Principal
    dashboard_id: UUID
    name: str
    revision: int
    scope: Scope
    anchor_at: datetime
    widgets: tuple[AnyWidget, ...]
    theme: Theme
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    chart: DrawnChart | None = None
    error: str | None = None


class Renderer:
    """Draws with the rights of who looks, never with those of who built the dashboard."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus

    async def prepare(self, principal: Principal, dashboard_id: UUID, options: RenderOptions) -> Rendering:
        """Find the dashboard and what it is narrowed to; whatever is wrong is raised here."""
        if options.scope.time_range is not None:
            periods.check(options.scope.time_range)
        async with self._database.transaction() as session:
            seek = find_editable if options.is_draft else find
            row = await seek(session, principal, dashboard_id)
        is_draft = options.is_draft and row.draft is not None
        layout = layouts.read(row.draft if is_draft and row.draft is not None else row.layout)
        choice = options.scope.time_range or layout.time_range
        anchor_at = await self._anchor(principal, layout, choice)
        scope = Scope(
            time_range=periods.resolve(choice, layout.zone, anchor=anchor_at) if choice is not None else None,
            filters=_merged(layout.chosen_filters(), options.scope.filters),
        )
        wanted = options.widget_ids
        return Rendering(
            principal=principal,
            dashboard_id=row.id,
            name=row.name,
            revision=row.revision,
            scope=scope,
            anchor_at=anchor_at,
            widgets=tuple(each for each in layout.widgets if wanted is None or each.widget_id in wanted),
            theme=options.theme,
            is_fresh=options.is_fresh,
        )

    async def draw(self, rendering: Rendering) -> AsyncGenerator[RenderedWidget, None]:
        """Each widget once, in the order in which they become ready; never raises for one of them."""
        ready: asyncio.Queue[RenderedWidget] = asyncio.Queue()
        slots = asyncio.Semaphore(PARALLEL)
        charts: dict[UUID, asyncio.Task[Outcome]] = {}
        tasks: list[asyncio.Task[None]] = []

        async def put(widget: AnyWidget, drawn: asyncio.Task[Outcome]) -> None:
            outcome = await drawn
            await ready.put(_rendered(widget, outcome))

        try:
            for widget in sorted(rendering.widgets, key=layouts.reading_order):
                if isinstance(widget, TextWidget):
                    ready.put_nowait(_rendered(widget, Outcome()))
                    continue
                if widget.chart_id not in charts:
                    asked = self._ask(rendering, widget.chart_id, slots)
                    charts[widget.chart_id] = asyncio.create_task(asked)
                tasks.append(asyncio.create_task(put(widget, charts[widget.chart_id])))
            for _ in rendering.widgets:
                yield await ready.get()
        finally:
            # Who stops reading stops the questions that are still running.
            for task in (*tasks, *charts.values()):
                task.cancel()
            await asyncio.gather(*tasks, *charts.values(), return_exceptions=True)

    async def answer(self, request: RenderDashboard) -> RenderedDashboard:
        """The whole published dashboard in reading order, for mails and pictures."""
        options = RenderOptions(theme=request.theme)
        rendering = await self.prepare(request.principal, request.dashboard_id, options)
        if request.scope is not None:
            scope = Scope(
                time_range=request.scope.time_range or rendering.scope.time_range,
                filters=_merged(rendering.scope.filters, request.scope.filters),
            )
            rendering = replace(rendering, scope=scope)
        async with aclosing(self.draw(rendering)) as drawing:
            widgets = [widget async for widget in drawing]
        return RenderedDashboard(
            dashboard_id=rendering.dashboard_id,
            name=rendering.name,
            scope=rendering.scope,
            widgets=tuple(sorted(widgets, key=lambda each: (each.y, each.x))),
        )

    async def _anchor(self, principal: Principal, layout: Layout, choice: TimeChoice | None) -> datetime:
        now = utc_now()
        if not isinstance(choice, Relative) or choice.anchor == "now":
            return now
        charts = [each.chart_id for each in layout.widgets if not isinstance(each, TextWidget)]
        return await newest_data(self._bus, principal, charts) or now

    async def _ask(self, rendering: Rendering, chart_id: UUID, slots: asyncio.Semaphore) -> Outcome:
        question = DrawChart(
            principal=rendering.principal,
            chart_id=chart_id,
            scope=rendering.scope,
            theme=rendering.theme,
            is_fresh=rendering.is_fresh,
        )
        try:
            async with slots:
                drawn = await self._bus.request(question)
            return Outcome(chart=drawn)
        except NotFound as error:
            return Outcome(error=await self._why_missing(rendering.principal, chart_id) or error.detail)
        except GridlensError as error:
            return Outcome(error=error.detail)
        except Exception:  # one widget's failure must not take its neighbours along
            log.exception("widget_failed", dashboard_id=str(rendering.dashboard_id), chart_id=str(chart_id))
            return Outcome(error=OUR_MISTAKE)

    async def _why_missing(self, principal: Principal, chart_id: UUID) -> str | None:
        async with self._database.transaction() as session:
            deleted = await session.scalar(
                select(DeletedChart).where(
                    DeletedChart.chart_id == chart_id,
                    DeletedChart.organisation_id == principal.organisation_id,
                )
            )
        if deleted is None:
            return None
        return (
            f"The chart of this widget was deleted on {deleted.deleted_at:%-d %B %Y}. "
            "Choose another chart for it, or remove the widget."
        )


def _merged(own: tuple[Filter, ...], given: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """A given filter replaces the dashboard's own of its column; given empty, it lifts it."""
    replaced = {each.column for each in given}
    kept = tuple(each for each in own if each.column not in replaced)
    return kept + tuple(each for each in given if each.values)


def _rendered(widget: AnyWidget, outcome: Outcome) -> RenderedWidget:
    chart_title = outcome.chart.title if outcome.chart else ""
    return RenderedWidget(
        widget_id=widget.widget_id,
        kind=layouts.kind_of(widget),
        title=widget.title or chart_title,
        x=widget.x,
        y=widget.y,
        width=widget.width,
        height=widget.height,
        chart_id=None if isinstance(widget, TextWidget) else widget.chart_id,
        chart=outcome.chart,
        markdown=widget.markdown if isinstance(widget, TextWidget) else None,
        error=outcome.error,
    )
