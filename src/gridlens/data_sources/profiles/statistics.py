"""Figures over a table's columns, in few queries of bounded cost."""

import math
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from statistics import multimode
from typing import Any

import msgspec
import structlog

from gridlens.core.errors import GridlensError
from gridlens.data_sources.connectors import Connector, Statement
from gridlens.data_sources.errors import QueryFailed, SourceUnreachable
from gridlens.data_sources.profiles.contained_keys import Possible as PossibleKey
from gridlens.data_sources.profiles.contained_keys import with_contained_keys
from gridlens.data_sources.profiles.dialects import DIALECTS
from gridlens.data_sources.profiles.roles import role_of
from gridlens.data_sources.profiles.units import stated_unit, unit_of
from gridlens.data_sources.workers.pool import PoolClosed
from gridlens.shared.catalog import CatalogColumn, CatalogTable, ColumnProfile, TopValue
from gridlens.shared.results import ColumnRole, Kind

QUERY_SECONDS = 15.0
SOURCE_SECONDS = 180.0
COLUMNS_PER_QUERY = 40
TOP_COLUMNS_PER_QUERY = 20
TOP_VALUES = 50
LONGEST_VALUE = 200
MOSTLY_UNIQUE = 0.5
STEPS_LOOKED_AT = 200
ORDERED = {Kind.INTEGER, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.TIMESTAMP}
OPAQUE = {Kind.JSON, Kind.BINARY}
log = structlog.get_logger()

Cell = str | int | float | None


class Profiler:
    """Looks through the tables of one source, one query at a time, until its time is used up."""

    def __init__(self, connector: Connector, kind: str, seconds: float = SOURCE_SECONDS) -> None:
        self._connector = connector
        self._dialect = DIALECTS[kind]
        self._are_ours = kind == "files"
        self._ends_at = time.monotonic() + seconds

    async def profile_all(
        self, tables: Sequence[CatalogTable], progress: Callable[[int, int], None]
    ) -> tuple[tuple[CatalogTable, ...], tuple[str, ...]]:
        """The tables with profiles, roles and units; and the names of those there was no time for."""
        profiled: list[CatalogTable] = []
        left_out: list[str] = []
        for table in tables:
            progress(len(profiled), len(tables))
            described = _with_units(table, are_ours=self._are_ours)
            try:
                if time.monotonic() < self._ends_at:
                    described = await self._profile(described)
                else:
                    left_out.append(table.name)
            except (SourceUnreachable, PoolClosed):
                raise
            except GridlensError as error:
                log.info("profile_left_out", table=table.name, reason=error.detail)
                left_out.append(table.name)
            profiled.append(_with_roles(described))
        progress(len(tables), len(tables))
        return await with_contained_keys(profiled, self._contains), tuple(left_out)

    async def _contains(self, key: PossibleKey) -> bool:
        """Looked at only where every row can be, in the time that is left."""
        sizes = (key.child.row_count, key.parent.row_count)
        if time.monotonic() >= self._ends_at or any(n is None or n > self._dialect.exact_rows for n in sizes):
            return False
        own, target = self._dialect.quoted(key.column.name), self._dialect.quoted(key.target.name)
        child, parent = self._dialect.table(key.child), self._dialect.table(key.parent)
        try:
            rows = await self._rows(
                f"SELECT {own} FROM {child} WHERE {own} IS NOT NULL AND {own} NOT IN "  # noqa: S608 -- quoted
                f"(SELECT {target} FROM {parent} WHERE {target} IS NOT NULL) LIMIT 1"
            )
        except (SourceUnreachable, PoolClosed):
            raise
        except GridlensError as error:
            log.info("key_left_out", table=key.child.name, column=key.column.name, reason=error.detail)
            return False
        return not rows

    async def _profile(self, table: CatalogTable) -> CatalogTable:
        row_count = await self._row_count(table)
        is_exact = row_count is not None and row_count <= self._dialect.exact_rows
        source = self._dialect.table(table) if is_exact else self._dialect.sampled(table, row_count)
        profiles = await self._statistics(table, source, row_count, is_exact=is_exact)
        table = msgspec.structs.replace(
            table,
            row_count=row_count,
            columns=tuple(
                msgspec.structs.replace(column, profile=profiles.get(column.name)) for column in table.columns
            ),
        )
        if not is_exact:
            table = await self._with_exact_times(table)
        table = await self._with_top_values(table, source)
        return msgspec.structs.replace(table, interval_seconds=await self._interval_seconds(table))

    async def _row_count(self, table: CatalogTable) -> int | None:
        """Counted where that is quick, else the engine's estimate."""
        if table.row_count is not None and table.row_count > 5 * self._dialect.exact_rows:
            return table.row_count
        try:
            [[count]] = await self._rows(_select(["COUNT(*)"], self._dialect.table(table)))
        except (SourceUnreachable, PoolClosed):
            raise
        except GridlensError:
            return table.row_count
        return int(count)

    async def _statistics(
        self, table: CatalogTable, source: str, row_count: int | None, *, is_exact: bool
    ) -> dict[str, ColumnProfile]:
        profiles: dict[str, ColumnProfile] = {}
        for start in range(0, len(table.columns), COLUMNS_PER_QUERY):
            columns = table.columns[start : start + COLUMNS_PER_QUERY]
            try:
                profiles |= await self._statistics_of(columns, source, row_count, is_exact=is_exact)
            except QueryFailed:
                # One column of an odd type must not cost the others their figures.
                for column in columns:
                    try:
                        profiles |= await self._statistics_of([column], source, row_count, is_exact=is_exact)
                    except QueryFailed as error:
                        log.info("profile_left_out", column=column.name, reason=error.detail)
        return profiles

    async def _statistics_of(
        self, columns: Sequence[CatalogColumn], source: str, row_count: int | None, *, is_exact: bool
    ) -> dict[str, ColumnProfile]:
        asked = [part for column in columns for part in self._figures(column, row_count)]
        [[seen, *figures]] = await self._rows(_select(["COUNT(*)", *asked], source))
        seen = int(seen)
        profiles = {}
        for place, column in enumerate(columns):
            filled, distinct, minimum, maximum = figures[4 * place : 4 * place + 4]
            filled, distinct = int(filled), int(distinct or 0)
            if not is_exact and row_count:
                distinct = _scaled(distinct, filled, row_count, seen)
            profiles[column.name] = ColumnProfile(
                null_share=1 - filled / seen if seen else 0.0,
                distinct_count=distinct,
                minimum=_cell(minimum),
                maximum=_cell(maximum),
            )
        return profiles

    def _figures(self, column: CatalogColumn, row_count: int | None) -> list[str]:
        name = self._dialect.quoted(column.name)
        filled = f"COUNT({name})"
        if column.kind in OPAQUE:
            return [filled, "NULL", "NULL", "NULL"]
        if column.kind in ORDERED:
            return [filled, self._dialect.distinct(name, row_count), f"MIN({name})", f"MAX({name})"]
        text = self._dialect.as_text(name)
        distinct = self._dialect.distinct(text, row_count)
        if column.kind is Kind.BOOLEAN:
            return [filled, distinct, "NULL", "NULL"]
        return [filled, distinct, f"MIN({text})", f"MAX({text})"]

    async def _with_exact_times(self, table: CatalogTable) -> CatalogTable:
        """The first and last instant of a sampled table: what is newest must not be a guess."""
        times = [each for each in table.columns if each.kind in {Kind.TIMESTAMP, Kind.DATE} and each.profile]
        if not times:
            return table
        names = [self._dialect.quoted(column.name) for column in times]
        asked = [part for name in names for part in (f"MIN({name})", f"MAX({name})")]
        try:
            [figures] = await self._rows(_select(asked, self._dialect.table(table)))
        except (SourceUnreachable, PoolClosed):
            raise
        except GridlensError:
            return table
        exact = {
            column.name: (_cell(figures[2 * place]), _cell(figures[2 * place + 1]))
            for place, column in enumerate(times)
        }

        def corrected(column: CatalogColumn) -> CatalogColumn:
            if column.name not in exact or column.profile is None:
                return column
            minimum, maximum = exact[column.name]
            profile = msgspec.structs.replace(column.profile, minimum=minimum, maximum=maximum)
            return msgspec.structs.replace(column, profile=profile)

        return msgspec.structs.replace(table, columns=tuple(corrected(each) for each in table.columns))

    async def _with_top_values(self, table: CatalogTable, source: str) -> CatalogTable:
        worth = [column for column in table.columns if _has_top_values(column, table.row_count)]
        found: dict[str, list[TopValue]] = {}
        for start in range(0, len(worth), TOP_COLUMNS_PER_QUERY):
            columns = worth[start : start + TOP_COLUMNS_PER_QUERY]
            parts = [self._top_of(column, place, source) for place, column in enumerate(columns)]
            for place, value, count in await self._rows(" UNION ALL ".join(parts)):
                if value is not None and len(str(value)) <= LONGEST_VALUE:
                    values = found.setdefault(columns[int(place)].name, [])
                    values.append(TopValue(value=str(value), count=int(count)))

        def filled(column: CatalogColumn) -> CatalogColumn:
            if column.name not in found or column.profile is None:
                return column
            ranked = tuple(sorted(found[column.name], key=lambda each: (-each.count, each.value)))
            profile = msgspec.structs.replace(column.profile, top_values=ranked)
            return msgspec.structs.replace(column, profile=profile)

        return msgspec.structs.replace(table, columns=tuple(filled(each) for each in table.columns))

    def _top_of(self, column: CatalogColumn, place: int, source: str) -> str:
        name = self._dialect.quoted(column.name)
        value = self._dialect.as_text(name)
        # Grouped by place in the list, because MySQL takes a name for the column of that name.
        return (
            f"SELECT * FROM (SELECT {place} AS place, {value} AS top_value, COUNT(*) AS top_count "  # noqa: S608 -- quoted
            f"FROM {source} WHERE {name} IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {TOP_VALUES}) "
            f"AS top_{place}"
        )

    async def _interval_seconds(self, table: CatalogTable) -> int | None:
        """The usual step between neighbouring instants of the newest rows, where there is one."""
        times = [column for column in table.columns if column.kind is Kind.TIMESTAMP]
        if not times:
            return None
        column = next((each for each in times if each.name in table.primary_key), times[0])
        name = self._dialect.quoted(column.name)
        try:
            rows = await self._rows(
                f"SELECT DISTINCT {name} AS instant FROM {self._dialect.table(table)} "  # noqa: S608 -- quoted
                f"WHERE {name} IS NOT NULL ORDER BY 1 DESC LIMIT {STEPS_LOOKED_AT}"
            )
        except (SourceUnreachable, PoolClosed):
            raise
        except GridlensError:
            return None
        return usual_step([row[0] for row in rows if isinstance(row[0], datetime)])

    async def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        seconds = max(1.0, min(QUERY_SECONDS, self._ends_at - time.monotonic()))
        statement = Statement(
            sql=sql, row_limit=TOP_VALUES * TOP_COLUMNS_PER_QUERY + STEPS_LOOKED_AT, deadline_seconds=seconds
        )
        return (await self._connector.fetch(statement)).frame.rows()


def usual_step(instants: Sequence[datetime]) -> int | None:
    """The most frequent distance in seconds, when at least half of all distances are that."""
    ordered = sorted(set(instants))
    steps = [round((later - earlier).total_seconds()) for earlier, later in pairwise(ordered)]
    if not steps:
        return None
    usual = min(multimode(steps))
    return usual if usual > 0 and steps.count(usual) * 2 >= len(steps) else None


def _select(expressions: Sequence[str], source: str) -> str:
    named = ", ".join(f"{expression} AS f{place}" for place, expression in enumerate(expressions))
    return f"SELECT {named} FROM {source}"  # noqa: S608 -- names are quoted by the dialect


def _scaled(distinct: int, filled: int, row_count: int, seen: int) -> int:
    """Distinct values of all rows from those of a sample: a column unique there is unique everywhere."""
    if filled and distinct / filled > 0.9:
        return math.ceil(distinct * row_count / max(seen, 1))
    return distinct


def _cell(value: object) -> Cell:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if value is None or isinstance(value, int | float):
        return value
    return str(value)


def _has_top_values(column: CatalogColumn, row_count: int | None) -> bool:
    profile = column.profile
    if profile is None or column.kind not in {Kind.TEXT, Kind.BOOLEAN, Kind.INTEGER} or column.unit:
        return False
    if column.kind is Kind.INTEGER:
        return profile.distinct_count <= TOP_VALUES
    return profile.distinct_count <= TOP_VALUES or profile.distinct_count < (row_count or 0) * MOSTLY_UNIQUE


def _with_units(table: CatalogTable, *, are_ours: bool) -> CatalogTable:
    """Imported tables say their units in brackets before the description; others are read as they are."""

    def described(column: CatalogColumn) -> CatalogColumn:
        stated, description = stated_unit(column.description) if are_ours else (None, column.description)
        if stated:
            return msgspec.structs.replace(column, unit=stated, description=description)
        if column.kind not in {Kind.INTEGER, Kind.NUMBER}:
            return column
        return msgspec.structs.replace(column, unit=unit_of(column.name, column.description))

    return msgspec.structs.replace(table, columns=tuple(described(each) for each in table.columns))


def _with_roles(table: CatalogTable) -> CatalogTable:
    columns = tuple(msgspec.structs.replace(each, role=role_of(each, table)) for each in table.columns)
    keys = {each.name for each in columns if each.role is ColumnRole.KEY}
    # What identifies is not measured, whatever its name ends in.
    return msgspec.structs.replace(
        table,
        columns=tuple(
            msgspec.structs.replace(each, unit=None) if each.name in keys else each for each in columns
        ),
    )
