"""Charts: kept, and drawn over the rows of their questions."""

import asyncio
from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, Invalid, Refused
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox, first_time
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.shared.analytics import (
    DescribeQuestion,
    QuestionDeleted,
    ReadableQuestions,
    RunQuery,
    RunQuestion,
)
from gridlens.shared.auth import UserErased
from gridlens.shared.dashboards import ChartsShown
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ResultSet
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import ChartDeleted, ChartDescription, DrawnChart, Theme, TimeCourse
from gridlens.visualizations.drawn_before import DrawnBefore, Look
from gridlens.visualizations.errors import ChartChangedMeanwhile, ChartNotFound
from gridlens.visualizations.figures.course import course, may_have_course
from gridlens.visualizations.figures.draw import draw, provenance
from gridlens.visualizations.figures.earlier import Earlier, can_compare
from gridlens.visualizations.figures.encoding import complete
from gridlens.visualizations.models import Chart
from gridlens.visualizations.recommend import recommend
from gridlens.visualizations.schemas import (
    ChartChange,
    ChartDetail,
    ChartPreview,
    DrawOptions,
    NewChart,
    PreviewOrder,
)
from gridlens.visualizations.spec import ChartKind, ChartSpec

MOST_LISTED = 500
ALONG_TIME = frozenset(
    {ChartKind.LINE, ChartKind.STEP, ChartKind.AREA, ChartKind.STACKED_AREA, ChartKind.BAR}
)
"""Kinds that show one mark for each interval, however long it is."""
ROWS_DRAWN_IN_PLACE = 5_000
"""Above this, drawing goes to a thread: it would hold up everybody else on the loop."""


class ChartService:
    def __init__(self, database: Database, bus: Bus, outbox: Outbox, most_rows: int) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox
        self._most_rows = most_rows
        self._drawn_before = DrawnBefore()
        self._charts: Remembered[tuple[Principal, UUID], ChartDetail] = Remembered(database)

    async def list_charts(
        self, principal: Principal, *, words: str = "", question_id: UUID | None = None
    ) -> list[ChartDetail]:
        """The charts of questions that the asker may read, by name: those whose name holds the words."""
        _need(principal, Permission.READ_QUESTIONS)
        query = select(Chart).where(Chart.organisation_id == principal.organisation_id)
        for word in words.split():
            query = query.where(Chart.name.icontains(word, autoescape=True))
        if question_id is not None:
            query = query.where(Chart.question_id == question_id)
        async with self._database.transaction() as session:
            charts = list(await session.scalars(query.order_by(Chart.name, Chart.id)))
        readable = await self._readable_questions(principal, {chart.question_id for chart in charts})
        seen = [chart for chart in charts if chart.question_id in readable]
        return [ChartDetail.of(chart, principal) for chart in seen[:MOST_LISTED]]

    async def get(self, principal: Principal, chart_id: UUID) -> ChartDetail:
        _need(principal, Permission.READ_QUESTIONS)
        return await self._seen(principal, chart_id)

    async def create(self, principal: Principal, new: NewChart) -> ChartDetail:
        _need(principal, Permission.EDIT_QUESTIONS)
        await self._bus.request(DescribeQuestion(principal=principal, question_id=new.question_id))
        chart = Chart(
            organisation_id=principal.organisation_id,
            owner_id=principal.user_id,
            question_id=new.question_id,
            name=new.name.strip(),
            spec=msgspec.to_builtins(new.spec),
            version=1,
        )
        async with self._database.transaction() as session:
            session.add(chart)
            await session.flush()
            return ChartDetail.of(chart, principal)

    async def change(self, principal: Principal, chart_id: UUID, asked: ChartChange) -> ChartDetail:
        """Apply the change unless somebody else was faster."""
        _need(principal, Permission.EDIT_QUESTIONS)
        await self._own(principal, chart_id)
        values: dict[str, Any] = {}
        if asked.name is not UNSET:
            values["name"] = asked.name.strip()
        if asked.spec is not UNSET:
            values["spec"] = msgspec.to_builtins(asked.spec)
        if asked.question_id is not UNSET:
            await self._bus.request(DescribeQuestion(principal=principal, question_id=asked.question_id))
            values["question_id"] = asked.question_id
        async with self._database.transaction() as session:
            based_on = (
                update(Chart)
                .where(
                    Chart.id == chart_id,
                    Chart.organisation_id == principal.organisation_id,
                    Chart.version == asked.version,
                )
                .values(**values, version=asked.version + 1, updated_at=utc_now())
            )
            changed: Any = await session.execute(based_on, execution_options={"synchronize_session": False})
            chart = await _find(session, principal, chart_id)
            if not changed.rowcount:
                raise ChartChangedMeanwhile(chart.version)
            return ChartDetail.of(chart, principal)

    async def delete(self, principal: Principal, chart_id: UUID) -> None:
        _need(principal, Permission.EDIT_QUESTIONS)
        await self._own(principal, chart_id)
        async with self._database.transaction() as session:
            await self._remove(session, await _find(session, principal, chart_id))

    async def describe(self, principal: Principal, chart_id: UUID) -> ChartDescription:
        chart = await self._readable(principal, chart_id)
        return ChartDescription(
            chart_id=chart.chart_id,
            name=chart.name,
            kind=chart.spec.kind.value,
            question_id=chart.question_id,
        )

    async def draw(
        self, principal: Principal, chart_id: UUID, options: DrawOptions, *, may_be_stale: bool = False
    ) -> DrawnChart:
        """The chart over its question's rows, asked for with the rights of whoever looks."""
        chart = await self._readable(principal, chart_id)
        # A peak of hours is not a peak of days: what is told of all times together keeps its own grain.
        grain = options.scope.grain if chart.spec.kind in ALONG_TIME else None
        scope = msgspec.structs.replace(options.scope, compared=None, grain=grain)
        ask = RunQuestion(
            principal=principal,
            question_id=chart.question_id,
            scope=scope,
            is_fresh=options.is_fresh,
            may_be_stale=may_be_stale,
            row_limit=self._most_rows,
        )
        look = Look.of(options)
        compared = options.scope.compared
        if compared is None or scope.time_range is None:
            result = await self._bus.request(ask)
            return await self._drawn(chart.name, chart.spec, result, look)
        if not can_compare(chart.spec):
            result = await self._bus.request(ask)
            note = f"Not compared: {chart.spec.kind.value.replace('_', ' ')} charts show one period."
            return await self._drawn(chart.name, chart.spec, result, look, notes=(note,))
        earlier_scope = msgspec.structs.replace(scope, time_range=compared.time_range)
        then = msgspec.structs.replace(ask, scope=earlier_scope, may_be_stale=False)
        result, before = await asyncio.gather(self._bus.request(ask), self._before(then))
        if before is None or (result.notes and before.frame.equals(result.frame)):
            why = (
                "the earlier period could not be read" if before is None else "the time range is not applied"
            )
            note = f"Not compared with {compared.label}: {why}."
            return await self._drawn(chart.name, chart.spec, result, look, notes=(note,))
        earlier = Earlier(result=before, span=compared.time_range, now=scope.time_range, label=compared.label)
        return await self._drawn(chart.name, chart.spec, result, look, earlier)

    async def _before(self, ask: RunQuestion) -> ResultSet | None:
        """The earlier rows; without them the chart still shows what was asked for."""
        try:
            return await self._bus.request(ask)
        except GridlensError:
            return None

    async def course(self, principal: Principal, chart_id: UUID, scope: Scope) -> TimeCourse | None:
        """How the chart's measure goes along the scope's time range, for a reader who chooses one."""
        chart = await self._readable(principal, chart_id)
        if scope.time_range is None or not may_have_course(chart.spec.kind):
            return None
        ask = RunQuestion(
            principal=principal, question_id=chart.question_id, scope=scope, row_limit=self._most_rows
        )
        result = await self._bus.request(ask)
        return await asyncio.to_thread(course, chart.spec, result, scope.time_range)

    async def preview(self, principal: Principal, order: PreviewOrder) -> ChartPreview:
        """Draw what is not saved yet, and say which other charts would suit."""
        result = await self._rows(principal, order)
        suggestions = recommend(result)
        spec = complete(order.spec or suggestions[0].spec, result)
        chart = await self._drawn(order.title or result.source_name, spec, result, Look.of(order))
        return ChartPreview(chart=chart, spec=spec, suggestions=suggestions)

    async def draw_result(self, title: str, result: ResultSet, theme: Theme) -> DrawnChart:
        """Rows that are at hand, with the chart that suits them best."""
        return await self._drawn(title, recommend(result)[0].spec, result, Look(theme=theme))

    async def _drawn(
        self,
        title: str,
        spec: ChartSpec,
        result: ResultSet,
        look: Look,
        earlier: Earlier | None = None,
        notes: tuple[str, ...] = (),
    ) -> DrawnChart:
        key = self._drawn_before.key(title, spec, result, look, earlier)
        chart = self._drawn_before.find(key)
        if chart is None:
            make = partial(
                draw,
                title,
                spec,
                result,
                look.theme,
                look.span,
                earlier,
                width=look.width,
                view=look.view,
                page=look.page,
            )
            chart = make() if result.frame.height <= ROWS_DRAWN_IN_PLACE else await asyncio.to_thread(make)
            self._drawn_before.keep(key, chart)
        return msgspec.structs.replace(chart, provenance=provenance(result, earlier, notes))

    async def _rows(self, principal: Principal, order: PreviewOrder) -> ResultSet:
        most = order.row_limit or self._most_rows
        if order.question_id is not None and order.source_id is None and order.sql is None:
            _need(principal, Permission.READ_QUESTIONS)
            return await self._bus.request(
                RunQuestion(
                    principal=principal,
                    question_id=order.question_id,
                    scope=order.scope,
                    is_fresh=order.is_fresh,
                    row_limit=most,
                )
            )
        if order.question_id is None and order.source_id is not None and order.sql is not None:
            _need(principal, Permission.RUN_QUERIES)
            return await self._bus.request(
                RunQuery(principal=principal, source_id=order.source_id, sql=order.sql, row_limit=most)
            )
        raise Invalid(
            "Say what to draw: either questionId, or sourceId together with sql.",
            fields={"questionId": "either this", "sourceId": "or this with sql"},
        )

    async def shown(self, principal: Principal, question_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of the questions that are drawn on a dashboard which the asker may see."""
        theirs = select(Chart.id, Chart.question_id).where(
            Chart.organisation_id == principal.organisation_id, Chart.question_id.in_(question_ids)
        )
        async with self._database.transaction() as session:
            drawn = {row.id: row.question_id for row in await session.execute(theirs)}
        if not drawn:
            return frozenset()
        charts = await self._bus.request(ChartsShown(principal=principal, chart_ids=tuple(drawn)))
        return frozenset(drawn[each] for each in charts)

    async def _readable(self, principal: Principal, chart_id: UUID) -> ChartDetail:
        """A chart to be drawn: on its own page, or by somebody who looks at a dashboard."""
        _need(principal, Permission.READ_QUESTIONS, Permission.READ_DASHBOARDS)
        return await self._charts.get((principal, chart_id), partial(self._seen, principal, chart_id))

    async def _seen(self, principal: Principal, chart_id: UUID) -> ChartDetail:
        """A chart is as visible as its question."""
        async with self._database.transaction() as session:
            chart = ChartDetail.of(await _find(session, principal, chart_id), principal)
        if not await self._readable_questions(principal, {chart.question_id}):
            raise ChartNotFound
        return chart

    async def _own(self, principal: Principal, chart_id: UUID) -> None:
        if not (await self._seen(principal, chart_id)).can_edit:
            raise Refused("Only its owner or an administrator may change this chart. Save one of your own.")

    async def _readable_questions(self, principal: Principal, question_ids: set[UUID]) -> frozenset[UUID]:
        asked = ReadableQuestions(principal=principal, question_ids=tuple(question_ids))
        return await self._bus.request(asked)

    async def drop_charts_of(self, event: QuestionDeleted) -> None:
        """A chart without its question has nothing to show."""
        async with self._database.transaction() as session:
            if not await first_time(session, event, "visualizations.drop_charts"):
                return
            orphans = select(Chart).where(
                Chart.organisation_id == event.organisation_id, Chart.question_id == event.question_id
            )
            for chart in await session.scalars(orphans):
                await self._remove(session, chart)

    async def hand_over(self, event: UserErased) -> None:
        async with self._database.transaction() as session:
            if not await first_time(session, event, "visualizations.hand_over"):
                return
            owned = (Chart.organisation_id == event.organisation_id) & (Chart.owner_id == event.user_id)
            await session.execute(update(Chart).where(owned).values(owner_id=event.heir_id))

    async def _remove(self, session: AsyncSession, chart: Chart) -> None:
        await session.delete(chart)
        self._outbox.save(session, ChartDeleted(organisation_id=chart.organisation_id, chart_id=chart.id))


def _need(principal: Principal, *any_of: Permission) -> None:
    if not any(principal.may(permission) for permission in any_of):
        raise principal.lacks(any_of[0])


async def _find(session: AsyncSession, principal: Principal, chart_id: UUID) -> Chart:
    """The organisation's own chart; another one's does not exist."""
    mine = (Chart.id == chart_id) & (Chart.organisation_id == principal.organisation_id)
    chart = await session.scalar(select(Chart).where(mine))
    if chart is None:
        raise ChartNotFound
    return chart
