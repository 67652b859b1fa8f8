"""Tables of readings: their time, what tells their series apart, and how a SELECT reads them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from gridlens.analytics.guard.tables import table_of
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole


@dataclass(frozen=True, slots=True)
class Source:
    """A table that a SELECT reads, by the name it has there."""

    name: exp.Identifier
    table: CatalogTable


def fact_tables(select: exp.Select) -> Iterator[CatalogTable]:
    for read in reads(select):
        table = table_of(read)
        if table is not None and table.interval_seconds and time_of(table):
            yield table


def reads(select: exp.Select) -> list[exp.Expr]:
    first = select.args.get("from_")
    joins = [join for read in ([first.this] if first else []) for join in read.args.get("joins") or []]
    return [read.this for read in (first, *joins, *(select.args.get("joins") or [])) if read is not None]


def time_of(table: CatalogTable) -> CatalogColumn | None:
    times = [column for column in table.columns if column.role is ColumnRole.TIME]
    in_key = [column for column in times if column.name in table.primary_key]
    return next(iter([*in_key, *times]), None)


def is_fact(table: CatalogTable) -> bool:
    return bool(table.interval_seconds) and time_of(table) is not None


def keys_of(table: CatalogTable) -> tuple[str, ...] | None:
    """What tells the series of a table apart; nothing known gives none, a single series is empty."""
    time = time_of(table)
    name = time.name if time else ""
    if name in table.primary_key:
        return tuple(key for key in table.primary_key if key != name)
    joined = tuple(key for each in table.foreign_keys for key in each.columns if key != name)
    if joined:
        return joined
    keys = [column.name for column in table.columns if column.role is ColumnRole.KEY]
    groups = keys or [column.name for column in table.columns if column.role is ColumnRole.DIMENSION]
    return tuple(groups) if len(groups) <= 1 else None
