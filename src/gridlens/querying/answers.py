"""One query, and what is said of it: allowed or not and why, with its rows where there are any."""

from dataclasses import dataclass

import msgspec

from gridlens.analytics.cells import rows_of
from gridlens.analytics.errors import InvalidSql, QueryRefused, QueryTooLarge
from gridlens.analytics.running.query import Query
from gridlens.core.errors import GridlensError
from gridlens.querying.opening import Opened
from gridlens.shared.results import ResultSet
from gridlens.shared.visualizations import Cell

Id = str | int | float | None


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """``reason`` says why a query was refused, or what the engine made of one that was allowed."""

    id: Id = None
    allowed: bool
    reason: str | None = None
    columns: tuple[str, ...] | None = None
    rows: tuple[tuple[Cell, ...], ...] | None = None
    is_cut: bool | None = None
    total_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer before its rows are written; ``result`` is missing after a check or a failure."""

    allowed: bool
    reason: str | None = None
    result: ResultSet | None = None

    def answer(self, identity: Id = None) -> Answer:
        result = self.result
        return Answer(
            id=identity,
            allowed=self.allowed,
            reason=self.reason,
            columns=tuple(column.name for column in result.columns) if result else None,
            rows=rows_of(result.frame) if result else None,
            is_cut=result.is_cut if result else None,
            total_rows=result.total_rows if result else None,
        )


async def ask(opened: Opened, sql: str, row_limit: int, *, stops_after_guard: bool) -> Outcome:
    """Run one statement, or only ask the guard; every failure is an outcome too."""
    query = Query(source_id=opened.source.source_id, sql=sql, door="sql", row_limit=row_limit, lane="shared")
    try:
        if stops_after_guard:
            await opened.queries.check(opened.principal, query, opened.source)
            return Outcome(allowed=True)
        return Outcome(allowed=True, result=await opened.queries.run(opened.principal, query, opened.source))
    except (InvalidSql, QueryRefused, QueryTooLarge) as error:
        return Outcome(allowed=False, reason=error.detail)
    except GridlensError as error:
        return Outcome(allowed=True, reason=error.detail)
