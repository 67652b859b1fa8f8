"""SQL written by hand: run, checked, completed, exported, and looked up in the history."""

import asyncio
import time
from dataclasses import replace
from functools import partial
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from gridlens.analytics.access import require
from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.exporting.streams import MOST_EXPORTED_ROWS, RowStream
from gridlens.analytics.models import QueryRun
from gridlens.analytics.parameters import Bound, Parameter, bind_values, sample_values
from gridlens.analytics.people import people_by_id
from gridlens.analytics.plans import Plans
from gridlens.analytics.running.history import History, Status
from gridlens.analytics.running.lanes import Lane
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.schemas import (
    CheckedQuery,
    CompletedColumn,
    CompletedTable,
    Completion,
    QueryCheck,
    QueryExport,
    QueryOrder,
    QueryProgress,
    Refusal,
    Result,
    RunningQuery,
    RunOut,
    Statement,
)
from gridlens.core.config import Settings
from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.http.limits import Limiter
from gridlens.core.principal import Principal
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.data_sources import ListSources, SourceDescription
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ResultSet

RUNS_PER_MINUTE = "60/minute"


class SqlService:
    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        limiter: Limiter,
        queries: QueryService,
        plans: Plans,
        history: History,
    ) -> None:
        self._settings = settings
        self._bus = bus
        self._limiter = limiter
        self._queries = queries
        self._plans = plans
        self._history = history
        self._background: set[asyncio.Task[ResultSet]] = set()

    async def run(self, principal: Principal, order: QueryOrder) -> tuple[ResultSet, Result]:
        """The rows, and what is said of them without them."""
        require(principal, Permission.RUN_QUERIES)
        query = self._ordered(principal, order)
        began = time.perf_counter()
        result = await self._run(principal, query)
        elapsed_ms = (time.perf_counter() - began) * 1000
        return result, Result.of(result, query.query_id, elapsed_ms, with_rows=False)

    async def start(self, principal: Principal, order: QueryOrder) -> QueryProgress:
        """Run a statement; one that takes long goes on without its asker, and its rows wait in the cache."""
        require(principal, Permission.RUN_QUERIES)
        query = replace(
            self._ordered(principal, order),
            # As many as the chart is made of that its asker waits for.
            row_limit=order.row_limit or self._settings.chart_rows,
            deadline_seconds=self._settings.background_query_seconds,
        )
        run = asyncio.create_task(self._run(principal, query))
        try:
            await asyncio.wait({run}, timeout=self._settings.background_after_seconds)
        except asyncio.CancelledError:  # the asker has gone away while waiting
            run.cancel()
            raise
        if run.done():
            run.result()
            return QueryProgress(query_id=query.query_id, state="succeeded")
        self._queries.hand_over(principal, query.query_id)
        self._background.add(run)
        run.add_done_callback(self._ended)
        return await self.progress(principal, query.query_id)

    def _ended(self, run: asyncio.Task[ResultSet]) -> None:
        """How it ended is in the history, for whoever asks after it."""
        self._background.discard(run)
        if not run.cancelled():
            run.exception()

    async def progress(self, principal: Principal, query_id: UUID) -> QueryProgress:
        """How far a query of one's own is."""
        require(principal, Permission.READ_SOURCES)
        found = self._queries.progress(principal, query_id)
        if found is not None:
            return QueryProgress(query_id=query_id, state=found.state, position=found.position)
        run = await self._history.find(principal.organisation_id, principal.user_id, query_id)
        if run is None:
            return QueryProgress(query_id=query_id, state="unknown")
        return QueryProgress(query_id=query_id, state=msgspec.convert(run.status, Status), error=run.error)

    def under_way(self, principal: Principal) -> list[RunningQuery]:
        """One's own queries that run or wait in this process."""
        require(principal, Permission.RUN_QUERIES)
        return [RunningQuery.of(*each) for each in self._queries.under_way(principal)]

    async def close(self) -> None:
        """End what still runs in the background."""
        for run in self._background:
            run.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    def _ordered(self, principal: Principal, order: QueryOrder) -> Query:
        return Query(
            source_id=order.source_id,
            sql=order.sql,
            door="sql",
            admit=partial(self.allow, principal),
            row_limit=order.row_limit or self._settings.query_rows,
            bound=bind_values(order.parameters, order.values),
            is_fresh=order.is_fresh,
            query_id=order.query_id or uuid7(),
        )

    async def run_for_module(
        self, principal: Principal, source_id: UUID, sql: str, row_limit: int, lane: Lane = "shared"
    ) -> ResultSet:
        """One statement on behalf of another module, for somebody who may write SQL."""
        require(principal, Permission.RUN_QUERIES)
        return await self._run(
            principal, Query(source_id=source_id, sql=sql, door="module", row_limit=row_limit, lane=lane)
        )

    async def export(self, principal: Principal, order: QueryExport) -> RowStream:
        """Every row, for a file of any size."""
        await self.allow(principal)
        return await self._queries.stream(principal, *await self.exported(principal, order))

    async def exported(self, principal: Principal, order: Statement) -> tuple[Query, SourceDescription]:
        """The query that reads every row, and its source as the asker sees it."""
        require(principal, Permission.RUN_QUERIES)
        query = Query(
            source_id=order.source_id,
            sql=order.sql,
            door="export",
            lane="export",
            row_limit=MOST_EXPORTED_ROWS,
            bound=bind_values(order.parameters, order.values),
        )
        source = await self._queries.describe(principal, query.source_id)
        return self._as_planned(query, source), source

    async def check(self, principal: Principal, order: QueryCheck) -> CheckedQuery:
        """What the guard says of a text while it is written."""
        require(principal, Permission.RUN_QUERIES)
        source = await self._queries.describe(principal, order.source_id)
        blanks = await asyncio.to_thread(_blanks, order.sql, source.dialect)
        query = Query(
            source_id=order.source_id,
            sql=order.sql,
            door="sql",
            row_limit=self._settings.query_rows,
            bound=_stand_ins(order.parameters, blanks),
        )
        try:
            guarded = await self._queries.check(principal, query)
        except (InvalidSql, QueryRefused, QueryTooLarge) as error:
            return CheckedQuery(is_allowed=False, refusal=_refusal(error), tables=(), parameters=blanks)
        tables = tuple(_full_name(table) for table in guarded.tables)
        return CheckedQuery(is_allowed=True, refusal=None, tables=tables, parameters=blanks)

    async def stop(self, principal: Principal, query_id: UUID) -> bool:
        """Stop a run of one's own, whichever door it came in by."""
        require(principal, Permission.READ_SOURCES)
        return await self._queries.cancel(principal, query_id)

    async def history(
        self,
        principal: Principal,
        *,
        everybody: bool = False,
        source_id: UUID | None = None,
        question_id: UUID | None = None,
        status: Status | None = None,
        before: UUID | None = None,
        limit: int = 50,
    ) -> list[RunOut]:
        """Runs, newest first: one's own, or everybody's for who may read the audit."""
        require(principal, Permission.RUN_QUERIES)
        if everybody:
            require(principal, Permission.READ_AUDIT)
        people = await people_by_id(self._bus, principal)
        sources = await self._bus.request(ListSources(principal=principal))
        names = {source.source_id: source.name for source in sources}
        runs: list[QueryRun] = await self._history.page(
            principal.organisation_id,
            user_id=None if everybody else principal.user_id,
            source_id=source_id,
            question_id=question_id,
            status=status,
            before=before,
            limit=limit,
        )
        return [RunOut.of(run, people, names) for run in runs]

    async def completion(self, principal: Principal, source_id: UUID) -> Completion:
        """Tables, columns and functions that a query on the source may name."""
        require(principal, Permission.RUN_QUERIES)
        source = await self._queries.describe(principal, source_id)
        return await asyncio.to_thread(_completion, source)

    async def allow(self, principal: Principal) -> None:
        """One more run by hand, within what a person may start in a minute."""
        require(principal, Permission.RUN_QUERIES)
        await self._limiter.check(RUNS_PER_MINUTE, "queries", str(principal.user_id))

    async def _run(self, principal: Principal, query: Query) -> ResultSet:
        source = await self._queries.describe(principal, query.source_id)
        return await self._queries.run(principal, self._as_planned(query, source), source)

    def _as_planned(self, query: Query, source: SourceDescription) -> Query:
        """With the columns that a plan behind the very same SQL knows."""
        columns = self._plans.columns_of(query.sql, source)
        if columns is None:
            return query
        return replace(query, columns=columns, door="ask" if query.door == "module" else query.door)


def _blanks(sql: str, dialect: str) -> tuple[str, ...]:
    from gridlens.analytics.guard.binding import blanks

    return blanks(sql, dialect)


def _stand_ins(parameters: tuple[Parameter, ...], blanks: tuple[str, ...]) -> tuple[Bound, ...]:
    """Values to check with: of the right type where one is given, text where none is yet."""
    bound = list(bind_values(parameters, sample_values(parameters)))
    known = {each.name for each in bound}
    bound += [Bound(name=name, type="text", value="text") for name in blanks if name not in known]
    return tuple(bound)


def _refusal(error: GridlensError) -> Refusal:
    def whole(name: str) -> int | None:
        value = error.extra.get(name)
        return value if isinstance(value, int) else None

    construct = error.extra.get("construct")
    return Refusal(
        kind=error.kind,
        detail=error.detail,
        construct=construct if isinstance(construct, str) else None,
        line=whole("line"),
        column=whole("column"),
    )


def _completion(source: SourceDescription) -> Completion:
    from gridlens.analytics.guard import allow_lists

    functions = allow_lists.FUNCTIONS[source.dialect] | allow_lists.TABLE_FUNCTIONS[source.dialect]
    return Completion(
        dialect=source.dialect,
        tables=tuple(_completed(table) for table in source.catalog.tables),
        functions=tuple(sorted(functions)),
    )


def _completed(table: CatalogTable) -> CompletedTable:
    return CompletedTable(
        name=table.name,
        schema=table.schema,
        detail=table.description or table.label,
        columns=tuple(_completed_column(column) for column in table.columns),
    )


def _completed_column(column: CatalogColumn) -> CompletedColumn:
    return CompletedColumn(
        name=column.name, kind=column.kind, unit=column.unit, detail=column.description or column.label
    )


def _full_name(table: CatalogTable) -> str:
    return f"{table.schema}.{table.name}" if table.schema else table.name
