"""Where the newest data behind a dashboard ends, for ranges that count back from it."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from gridlens.core.errors import GridlensError
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.principal import Principal
from gridlens.shared.analytics import DescribeQuestion
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import DescribeSource, SourceDescription
from gridlens.shared.results import ColumnRole
from gridlens.shared.visualizations import DescribeChart

FURTHEST_AHEAD = timedelta(days=366)
"""Later times are taken for marks such as 9999-12-31, not for data."""


async def newest_data(bus: Bus, principal: Principal, chart_ids: Iterable[UUID]) -> datetime | None:
    """The latest time in the tables that the charts' questions read, as the catalog last saw it."""
    ends = await asyncio.gather(*(_newest_of_chart(bus, principal, each) for each in set(chart_ids)))
    return max((end for end in ends if end is not None), default=None)


async def _newest_of_chart(bus: Bus, principal: Principal, chart_id: UUID) -> datetime | None:
    try:
        chart = await bus.request(DescribeChart(principal=principal, chart_id=chart_id))
        question = await bus.request(DescribeQuestion(principal=principal, question_id=chart.question_id))
        source = await bus.request(DescribeSource(principal=principal, source_id=question.source_id))
    except GridlensError:
        return None  # its widget will say what is wrong with it
    names = await asyncio.to_thread(_tables_read, question.sql, source.dialect)
    return newest_in(source, names)


def newest_in(source: SourceDescription, names: frozenset[str]) -> datetime | None:
    """The latest time in the named tables of a source; of all its tables when none is named."""
    tables = [each for each in source.catalog.tables if not names or each.name.casefold() in names]
    zone = ZoneInfo(source.zone)
    limit = utc_now() + FURTHEST_AHEAD
    return max((end for table in tables for end in _ends(table, zone) if end <= limit), default=None)


def _ends(table: CatalogTable, zone: ZoneInfo) -> Iterable[datetime]:
    for column in table.columns:
        if column.role is not ColumnRole.TIME or column.profile is None:
            continue
        if isinstance(column.profile.maximum, str):
            try:
                end = datetime.fromisoformat(column.profile.maximum)
                yield (end if end.tzinfo else end.replace(tzinfo=zone)).astimezone(UTC)
            except (ValueError, OverflowError):
                continue


def _tables_read(sql: str, dialect: str) -> frozenset[str]:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        statement = sqlglot.parse_one(sql, dialect=dialect)
    except (SqlglotError, RecursionError):
        return frozenset()
    return frozenset(table.name.casefold() for table in statement.find_all(exp.Table))
