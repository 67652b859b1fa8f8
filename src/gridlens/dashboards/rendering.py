"""Drawing a dashboard: every widget by itself, each as soon as it is ready."""

import asyncio
from collections.abc import AsyncGenerator, Hashable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, NotFound
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.dashboards import layout as layouts
from gridlens.dashboards import periods
from gridlens.dashboards.access import find, find_editable
from gridlens.dashboards.comparisons import Compare, compared
from gridlens.dashboards.courses import course_of
from gridlens.dashboards.layout import AnyChartWidget, AnyWidget, Layout, TextWidget
from gridlens.dashboards.models import Dashboard, DeletedChart
from gridlens.dashboards.newest import newest_data
from gridlens.dashboards.periods import Relative, TimeChoice
from gridlens.dashboards.schemas import CourseOrder, ScopeChoice, ShowOptions
from gridlens.shared.dashboards import RenderDashboard, RenderedDashboard, RenderedWidget
from gridlens.shared.time import Filter, Grain, Scope
from gridlens.shared.visualizations import (
    USUAL_WIDTH,
    DrawChart,
    DrawnChart,
    Headline,
    Theme,
    TimeCourse,
    rounded_up,
)

PARALLEL = 4
HOURLY_COURSE = timedelta(days=60)
"""A longer course is drawn from days."""
OUR_MISTAKE = "This widget could not be drawn, by a mistake of ours. It is in the log; reload to try again."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """A dashboard about to be drawn for somebody: rights are checked and times resolved."""

    principal: Principal
    dashboard_id: UUID
    name: str
    revision: int
    zone: str
    scope: Scope
    compare: Compare | None
    anchor_at: datetime
    widgets: tuple[AnyWidget, ...]
    theme: Theme
    is_fresh: bool = False
    width: int = USUAL_WIDTH
    may_be_stale: bool = False
    """Old answers may come first, followed by new ones: for somebody who is looking."""


@dataclass(frozen=True, slots=True)
class Outcome:
    chart: DrawnChart | None = None
    error: str | None = None
    newest_at: datetime | None = None
    """Where the chart's data ends, when it has nothing in the time range."""

    @property
    def is_stale(self) -> bool:
        return self.chart is not None and self.chart.provenance.is_stale


class Renderer:
    """Draws with the rights of who looks, never with those of who built the dashboard."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus
        self._rows: Remembered[Hashable, Dashboard] = Remembered(database)

    async def prepare(self, principal: Principal, dashboard_id: UUID, options: ShowOptions) -> Rendering:
        """Find the dashboard and what it is narrowed to; whatever is wrong is raised here."""
        if options.scope.time_range is not None:
            periods.check(options.scope.time_range)
        # Everything that decides who sees it, besides what is stored.
        key = (principal.user_id, principal.role, principal.permissions, dashboard_id, options.is_draft)
        row = await self._rows.get(key, partial(self._find, principal, dashboard_id, options.is_draft))
        is_draft = options.is_draft and row.draft is not None
        layout = layouts.read(row.draft if is_draft and row.draft is not None else row.layout)
        choice = options.scope.time_range or layout.time_range
        anchor_at = await self._anchor(principal, layout, choice)
        span = periods.resolve(choice, layout.zone, anchor=anchor_at) if choice is not None else None
        by = options.scope.compare or layout.compare
        scope = Scope(
            time_range=span,
            filters=_merged(layout.chosen_filters(), options.scope.filters),
            compared=compared(span, by, anchor_at)
            if span is not None and by is not None and by != "none"
            else None,
            grain=options.scope.grain,
        )
        wanted = options.widget_ids
        return Rendering(
            principal=principal,
            dashboard_id=row.id,
            name=row.name,
            revision=row.revision,
            zone=layout.zone,
            scope=scope,
            compare=None if by == "none" else by,
            anchor_at=anchor_at,
            widgets=tuple(each for each in layout.widgets if wanted is None or each.widget_id in wanted),
            theme=options.theme,
            width=options.width,
        )

    async def _find(self, principal: Principal, dashboard_id: UUID, is_draft: bool) -> Dashboard:
        seek = find_editable if is_draft else find
        async with self._database.transaction() as session:
            return await seek(session, principal, dashboard_id)

    async def course(self, principal: Principal, dashboard_id: UUID, order: CourseOrder) -> TimeCourse | None:
        """The dashboard's data along a span that is wider than what its widgets show."""
        choice = ScopeChoice(time_range=order.span, filters=order.filters, compare="none")
        rendering = await self.prepare(principal, dashboard_id, ShowOptions(scope=choice))
        span = rendering.scope.time_range
        if span is None:
            return None
        grain: Grain = "hour" if span.end - span.start <= HOURLY_COURSE else "day"
        scope = msgspec.structs.replace(rendering.scope, grain=grain)
        return await course_of(self._bus, principal, rendering.widgets, scope)

    async def draw(self, rendering: Rendering) -> AsyncGenerator[RenderedWidget, None]:
        """Each widget as soon as it is ready, and again when what it showed first was old.

        Never raises for one of them.
        """
        ready: asyncio.Queue[RenderedWidget | None] = asyncio.Queue()
        slots = asyncio.Semaphore(PARALLEL)
        charts: dict[tuple[UUID, int, bool], asyncio.Task[Outcome]] = {}
        tasks: list[asyncio.Task[None]] = []
        ending: asyncio.Task[None] | None = None

        def asked(widget: AnyChartWidget, *, may_be_stale: bool) -> asyncio.Task[Outcome]:
            """One drawing for all widgets that show the same chart in about the same size."""
            width = rounded_up(rendering.width * widget.width // layouts.COLUMNS)
            key = (widget.chart_id, width, may_be_stale)
            if key not in charts:
                part = replace(rendering, width=width, may_be_stale=may_be_stale)
                charts[key] = asyncio.create_task(self._ask(part, widget.chart_id, slots))
            return charts[key]

        async def put(widget: AnyChartWidget) -> None:
            outcome = await asked(widget, may_be_stale=rendering.may_be_stale)
            ready.put_nowait(_rendered(widget, outcome))
            if outcome.is_stale:
                outcome = await asked(widget, may_be_stale=False)
                if outcome.error is None:  # else the old one stays, and says how old it is
                    ready.put_nowait(_rendered(widget, outcome))

        async def end() -> None:
            try:
                await asyncio.gather(*tasks)
            finally:
                ready.put_nowait(None)

        try:
            for widget in sorted(rendering.widgets, key=layouts.reading_order):
                if isinstance(widget, TextWidget):
                    ready.put_nowait(_rendered(widget, Outcome()))
                    continue
                tasks.append(asyncio.create_task(put(widget)))
            ending = asyncio.create_task(end())
            while (widget_drawn := await ready.get()) is not None:
                yield widget_drawn
        finally:
            # Who stops reading stops the questions that are still running.
            running = [*tasks, *charts.values(), *([ending] if ending else [])]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def answer(self, request: RenderDashboard) -> RenderedDashboard:
        """The whole published dashboard in reading order, for mails and pictures."""
        options = ShowOptions(theme=request.theme)
        rendering = await self.prepare(request.principal, request.dashboard_id, options)
        if request.scope is not None:
            span = request.scope.time_range
            by = rendering.compare
            scope = msgspec.structs.replace(
                rendering.scope,
                time_range=span or rendering.scope.time_range,
                filters=_merged(rendering.scope.filters, request.scope.filters),
                compared=compared(span, by, rendering.anchor_at) if span and by else rendering.scope.compared,
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
            may_be_stale=rendering.may_be_stale,
            width=rendering.width,
        )
        try:
            async with slots:
                drawn = await self._bus.request(question)
            return Outcome(chart=drawn, newest_at=await self._newest_outside(rendering, chart_id, drawn))
        except NotFound as error:
            return Outcome(error=await self._why_missing(rendering.principal, chart_id) or error.detail)
        except GridlensError as error:
            return Outcome(error=error.detail)
        except Exception:  # one widget's failure must not take its neighbours along
            log.exception("widget_failed", dashboard_id=str(rendering.dashboard_id), chart_id=str(chart_id))
            return Outcome(error=OUR_MISTAKE)

    async def _newest_outside(
        self, rendering: Rendering, chart_id: UUID, drawn: DrawnChart
    ) -> datetime | None:
        """The time of the newest data of an empty chart, when the time range is what keeps it away."""
        span = rendering.scope.time_range
        if span is None or not _is_empty(drawn):
            return None
        newest = await newest_data(self._bus, rendering.principal, [chart_id])
        return None if newest is None or span.start <= newest < span.end else newest

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


def _is_empty(drawn: DrawnChart) -> bool:
    if isinstance(drawn.content, Headline):
        return drawn.content.value is None
    return drawn.provenance.row_count == 0


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
        newest_at=outcome.newest_at,
    )
