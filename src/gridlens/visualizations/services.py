"""Charts: kept, and drawn over the rows of their questions."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.database import Database
from gridlens.core.errors import Invalid, Refused
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox, first_time
from gridlens.core.principal import Principal
from gridlens.shared.analytics import DescribeQuestion, QuestionDeleted, RunQuery, RunQuestion
from gridlens.shared.auth import UserErased
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ResultSet
from gridlens.shared.time import Scope
from gridlens.shared.visualizations import ChartDeleted, ChartDescription, DrawnChart, Theme
from gridlens.visualizations.drawn_before import DrawnBefore
from gridlens.visualizations.errors import ChartChangedMeanwhile, ChartNotFound
from gridlens.visualizations.figures.draw import draw, provenance
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
from gridlens.visualizations.spec import ChartSpec

MOST_LISTED = 500
ROWS_DRAWN_IN_PLACE = 5_000
"""Above this, drawing goes to a thread: it would hold up everybody else on the loop."""


class ChartService:
    def __init__(self, database: Database, bus: Bus, outbox: Outbox) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox
        self._drawn_before = DrawnBefore()

    async def list_charts(
        self, principal: Principal, *, words: str = "", question_id: UUID | None = None
    ) -> list[ChartDetail]:
        """The organisation's charts by name, those whose name holds the words."""
        _need(principal, Permission.READ_QUESTIONS)
        query = select(Chart).where(Chart.organisation_id == principal.organisation_id)
        for word in words.split():
            query = query.where(Chart.name.icontains(word, autoescape=True))
        if question_id is not None:
            query = query.where(Chart.question_id == question_id)
        async with self._database.transaction() as session:
            charts = await session.scalars(query.order_by(Chart.name, Chart.id).limit(MOST_LISTED))
            return [ChartDetail.of(chart) for chart in charts]

    async def get(self, principal: Principal, chart_id: UUID) -> ChartDetail:
        _need(principal, Permission.READ_QUESTIONS)
        async with self._database.transaction() as session:
            return ChartDetail.of(await _find(session, principal, chart_id))

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
            return ChartDetail.of(chart)

    async def change(self, principal: Principal, chart_id: UUID, asked: ChartChange) -> ChartDetail:
        """Apply the change unless somebody else was faster."""
        _need(principal, Permission.EDIT_QUESTIONS)
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
            return ChartDetail.of(chart)

    async def delete(self, principal: Principal, chart_id: UUID) -> None:
        _need(principal, Permission.EDIT_QUESTIONS)
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

    async def draw(self, principal: Principal, chart_id: UUID, options: DrawOptions) -> DrawnChart:
        """The chart over its question's rows, asked for with the rights of whoever looks."""
        chart = await self._readable(principal, chart_id)
        result = await self._bus.request(
            RunQuestion(
                principal=principal,
                question_id=chart.question_id,
                scope=options.scope,
                is_fresh=options.is_fresh,
            )
        )
        return await self._drawn(chart.name, chart.spec, result, options.theme, options.scope)

    async def preview(self, principal: Principal, order: PreviewOrder) -> ChartPreview:
        """Draw what is not saved yet, and say which other charts would suit."""
        result = await self._rows(principal, order)
        suggestions = recommend(result)
        spec = complete(order.spec or suggestions[0].spec, result)
        chart = await self._drawn(order.title or result.source_name, spec, result, order.theme, order.scope)
        return ChartPreview(chart=chart, spec=spec, suggestions=suggestions)

    async def draw_result(self, title: str, result: ResultSet, theme: Theme) -> DrawnChart:
        """Rows that are at hand, with the chart that suits them best."""
        return await self._drawn(title, recommend(result)[0].spec, result, theme, Scope())

    async def _drawn(
        self, title: str, spec: ChartSpec, result: ResultSet, theme: Theme, scope: Scope
    ) -> DrawnChart:
        span = scope.time_range
        key = self._drawn_before.key(title, spec, result, theme, span)
        if kept := self._drawn_before.find(key):
            return msgspec.structs.replace(kept, provenance=provenance(result))
        if result.frame.height <= ROWS_DRAWN_IN_PLACE:
            chart = draw(title, spec, result, theme, span)
        else:
            chart = await asyncio.to_thread(draw, title, spec, result, theme, span)
        self._drawn_before.keep(key, chart)
        return chart

    async def _rows(self, principal: Principal, order: PreviewOrder) -> ResultSet:
        if order.question_id is not None and order.source_id is None and order.sql is None:
            _need(principal, Permission.READ_QUESTIONS)
            return await self._bus.request(
                RunQuestion(
                    principal=principal,
                    question_id=order.question_id,
                    scope=order.scope,
                    is_fresh=order.is_fresh,
                )
            )
        if order.question_id is None and order.source_id is not None and order.sql is not None:
            _need(principal, Permission.RUN_QUERIES)
            return await self._bus.request(
                RunQuery(
                    principal=principal, source_id=order.source_id, sql=order.sql, row_limit=order.row_limit
                )
            )
        raise Invalid(
            "Say what to draw: either questionId, or sourceId together with sql.",
            fields={"questionId": "either this", "sourceId": "or this with sql"},
        )

    async def _readable(self, principal: Principal, chart_id: UUID) -> ChartDetail:
        """A chart to be drawn: on its own page, or by somebody who looks at a dashboard."""
        _need(principal, Permission.READ_QUESTIONS, Permission.READ_DASHBOARDS)
        async with self._database.transaction() as session:
            return ChartDetail.of(await _find(session, principal, chart_id))

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
        raise Refused(
            f"Your role “{principal.role}” does not include this ({any_of[0].value}). "
            "Ask an administrator if you need it."
        )


async def _find(session: AsyncSession, principal: Principal, chart_id: UUID) -> Chart:
    """The organisation's own chart; another one's does not exist."""
    mine = (Chart.id == chart_id) & (Chart.organisation_id == principal.organisation_id)
    chart = await session.scalar(select(Chart).where(mine))
    if chart is None:
        raise ChartNotFound
    return chart
