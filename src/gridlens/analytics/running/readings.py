"""Which readings an answer stands on: the statements that count them, made from the query itself.

An hourly mean over three of four quarter-hours has a value and still lacks a reading, so readings are
counted where they are stored, by series, and not in the rows of the answer.
"""

from math import prod
from typing import TypeAlias
from zoneinfo import ZoneInfo

import msgspec
import structlog
from sqlglot import exp

from gridlens.analytics.ask.clocks import Storage, TimeColumn, label_shift, storage_of
from gridlens.analytics.ask.engines import clock_for
from gridlens.analytics.guard import KnownTables
from gridlens.analytics.guard.grammar import grammar_of
from gridlens.analytics.guard.tables import check_tables, folded, table_of
from gridlens.analytics.running.bounds import Bounds, Labels, both
from gridlens.analytics.running.stored import Source, fact_tables, is_fact, keys_of, reads, time_of
from gridlens.core.errors import GridlensError
from gridlens.shared.catalog import CatalogColumn
from gridlens.shared.results import ColumnRole, Completeness, Kind
from gridlens.shared.time import Scope, TimeRange

MOST_MEASURES = 12
log = structlog.get_logger()
_MARKS = {"is_measured": True, "measured": True, "is_estimated": False, "estimated": False}
"""Truth values beside readings that tell measured ones from estimates, and which of them is measured."""
_LIMIT = "LIMIT"
_MORE_THAN_ROWS = (
    "with_",
    "joins",
    "laterals",
    "pivots",
    "group",
    "having",
    "qualify",
    "distinct",
    "windows",
    "offset",
)
"""Parts of a SELECT that make something else of stored rows."""
MOST_NAMED = 1_000
PRESENT, FIRST, LAST, SERIES = "readings_present", "first_reading", "last_reading", "series"


class Unknown(Exception):
    """The readings behind a query cannot be told from it; the message says why."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of an answer that is the very readings: all of them, or the first ``most`` of them."""

    keys: tuple[str, ...]
    time: str
    measures: tuple[str, ...]
    most: int | None


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """How to count the readings behind an answer.

    ``count_sql`` gives a row for each series; ``series_sql`` counts the series there ever were, unless
    ``series`` says it, or all of the ``named`` ones have a row. ``listing`` is there where the answer
    itself can be counted. ``spans`` bound the labels as far as the query does: two of them where it compares
    periods. Where the query leaves rows out by more than time and series, ``left_out`` says by what, and
    the count is of more readings than it used. ``shift_seconds`` is how far a label stands behind the start
    of its interval.
    """

    count_sql: str
    series_sql: str | None
    series: int | None
    measures: int
    step_seconds: int
    storage: Storage
    spans: tuple[Bounds, ...]
    left_out: str | None
    shift_seconds: int = 0
    named: int | None = None
    listing: Listing | None = None


Planned: TypeAlias = Readings | Completeness | None
"""How to count, or why it cannot be told; nothing where there are no readings to be counted."""


def planned(sql: str, known: KnownTables, zone: str, most_rows: int, scope: Scope | None) -> Planned:
    """How to count what a guarded query stands on; its own statements are yet to be guarded."""
    try:
        span = scope.time_range if scope else None
        found = readings_of(sql, known, zone=zone, most_rows=most_rows, span=span)
        if found is not None and scope and scope.filters:
            raise Unknown("a filter is put upon its rows")
        return found
    except Unknown as error:
        return Completeness(expected=0, present=0, unknown=str(error))
    except GridlensError as error:
        log.warning("readings_not_counted", reason=error.detail)
        return Completeness(expected=0, present=0, unknown="its readings could not be counted")


def readings_of(
    sql: str, known: KnownTables, *, zone: str, most_rows: int, span: TimeRange | None = None
) -> Readings | None:
    """How to count what a guarded query stands on; nothing for a query that reads no series of readings.

    ``span`` is a time range that is put upon the rows of the answer.

    Raises:
        Unknown: there are readings behind it, but which ones cannot be told.
    """
    tree = grammar_of(known.dialect).read(sql)[0]
    check_tables(sql, tree, known)
    selects = [select for select in tree.find_all(exp.Select) if any(fact_tables(select))]
    if not selects:
        return None
    if len(selects) > 1:
        raise Unknown("the query reads its values in several places")
    return _Counting(selects[0], known, zone).readings(most_rows, span)


class _Counting:
    """One SELECT over stored readings, taken apart into series, time and measures."""

    def __init__(self, select: exp.Select, known: KnownTables, zone: str) -> None:
        dialect = known.dialect
        self._select = select
        self._dialect = dialect
        self._sees_everything = not known.restrictions
        self._zone = zone
        self._sources = self._all_sources()
        self._left_out: list[str] = []
        self._fact = min(
            (source for source in self._sources if is_fact(source.table)),
            key=lambda source: (source.table.interval_seconds or 0, -len(keys_of(source.table) or ())),
        )
        time = time_of(self._fact.table)
        assert time is not None  # noqa: S101 - a fact has one
        self._time = time
        self._storage = storage_of(time, dialect)
        self._labels = Labels(self._is_time, self._storage, dialect, zone)
        self._spans: tuple[Bounds, ...] = ((None, None),)

    def readings(self, most_rows: int, span: TimeRange | None) -> Readings | None:
        measures = self._measures()
        if not measures:
            return None
        keys = keys_of(self._fact.table)
        if keys is None:
            raise Unknown(f"what tells the series of {self._fact.table.name} apart is not known")
        about_series, about_time = self._conditions(set(keys))
        self._note_conditions_in_figures()
        self._note_what_leaves_rows_out(most_rows)
        if span is not None:
            about_time += self._spanning(span)
        series = self._series_known(keys, about_series)
        return Readings(
            count_sql=self._count_sql(keys, measures, [*about_series, *about_time]),
            series_sql=self._series_sql(keys, about_series) if series is None else None,
            series=series,
            measures=len(measures),
            step_seconds=self._fact.table.interval_seconds or 0,
            storage=self._storage,
            spans=self._spans,
            left_out=self._left_out[0] if self._left_out else None,
            shift_seconds=int(label_shift(self._time, self._fact.table).total_seconds()),
            named=self._series_named(keys, about_series),
            listing=self._listing(keys, measures, most_rows, has_span=span is not None),
        )

    def _all_sources(self) -> list[Source]:
        found = []
        for read in reads(self._select):
            table = table_of(read)
            alias = read.args.get("alias")
            label = alias.this if alias and isinstance(alias.this, exp.Identifier) else read.this
            if table is None or not isinstance(label, exp.Identifier):
                raise Unknown("the query joins its values with the rows of another query")
            if alias and alias.args.get("columns"):
                raise Unknown("the query gives the columns of a table other names")
            found.append(Source(label, table))
        for join in self._select.args.get("joins") or []:
            if (join.args.get("side") or "").upper() in {"RIGHT", "FULL"} or join.args.get("method"):
                raise Unknown("the query joins tables in a way that adds rows")
        return found

    def _measures(self) -> list[exp.Expr]:
        """The stored values that the answer is made of."""
        found: dict[tuple[str, str], exp.Expr] = {}
        for projection in self._select.expressions:
            if projection.is_star:
                for column in self._fact.table.columns:
                    if column.role is ColumnRole.MEASURE:
                        found[self._fact.name.name, column.name] = self._column(column.name)
            for node in projection.find_all(exp.Column):
                resolved = self._resolve(node)
                if resolved and is_fact(resolved[0].table) and resolved[1].role is ColumnRole.MEASURE:
                    found[resolved[0].name.name, resolved[1].name] = node.copy()
        if len(found) > MOST_MEASURES:
            raise Unknown(f"the query shows more than {MOST_MEASURES} measures")
        return list(found.values())

    def _conditions(self, keys: set[str]) -> tuple[list[exp.Expr], list[exp.Expr]]:
        """What picks series and what picks times; anything else only leaves readings out."""
        about_series: list[exp.Expr] = []
        about_time: list[exp.Expr] = []
        where = self._select.args.get("where")
        conditions = (
            where.this.flatten() if where and isinstance(where.this, exp.And) else [where and where.this]
        )
        for condition in [each.unnest() for each in conditions if each is not None]:
            if self._bounds_time(condition):
                about_time.append(condition.copy())
            elif self._asks_for_measured(condition):
                continue  # estimates are not counted in any case
            elif self._joins_times(condition) or self._picks_series(condition, keys):
                about_series.append(condition.copy())
            else:
                self._left_out.append("a condition on values or hours")
        return about_series, about_time

    def _asks_for_measured(self, condition: exp.Expr) -> bool:
        mark = self._mark_of(self._fact)
        if mark is None:
            return False
        column, is_measured = mark
        wanted = condition if is_measured else condition.this if isinstance(condition, exp.Not) else None
        return wanted is not None and self._resolve(wanted.unnest()) == (self._fact, column)

    def _mark_of(self, source: Source) -> tuple[CatalogColumn, bool] | None:
        """The column that tells measured readings from estimates, and its value at measured ones."""
        for column in source.table.columns:
            if column.kind is Kind.BOOLEAN and column.name.lower() in _MARKS:
                return column, _MARKS[column.name.lower()]
        return None

    def _measured(self, measure: exp.Expr) -> exp.Expr:
        """The value where it was measured: an estimate is no reading that is there."""
        resolved = self._resolve(measure)
        mark = self._mark_of(resolved[0]) if resolved else None
        if resolved is None or mark is None:
            return measure
        column, is_measured = mark
        flag: exp.Expr = exp.Column(
            this=exp.to_identifier(column.name, quoted=True), table=resolved[0].name.copy()
        )
        return exp.Case().when(flag if is_measured else exp.Not(this=flag), measure, copy=False)

    def _picks_series(self, condition: exp.Expr, keys: set[str]) -> bool:
        for node in condition.find_all(exp.Column):
            resolved = self._resolve(node)
            if resolved is None:
                return False
            source, column = resolved
            if is_fact(source.table) and column.name not in (keys if source is self._fact else ()):
                return False
        return True

    def _joins_times(self, condition: exp.Expr) -> bool:
        if not isinstance(condition, exp.EQ):
            return False
        sides = [self._resolve(side) for side in (condition.this, condition.expression)]
        return all(side is not None and side[1].role is ColumnRole.TIME for side in sides)

    def _bounds_time(self, condition: exp.Expr) -> bool:
        """Whether the condition bounds the labels by constants; if so, the bounds are kept."""
        if isinstance(condition, exp.Or):
            periods = [self._labels.bounds(each.unnest()) for each in condition.flatten()]
            spans = tuple(each for each in periods if each is not None)
            if len(spans) < len(periods) or len(self._spans) > 1:
                return False
            [all_along] = self._spans
            self._spans = tuple(both(all_along, each) for each in spans)
            return True
        bounds = self._labels.bounds(condition)
        if bounds is not None:
            self._spans = tuple(both(each, bounds) for each in self._spans)
        return bounds is not None

    def _spanning(self, span: TimeRange) -> list[exp.Expr]:
        """A time range put upon the answer, as conditions on the stored labels."""
        shift = label_shift(self._time, self._fact.table)
        column = TimeColumn(self._column(self._time.name), self._storage, shift)
        clock = clock_for(self._dialect, self._zone)
        bounds: list[exp.Expr] = []
        for instant in (span.start, span.end):
            if self._storage is Storage.DATE:
                bounds.append(clock.date_literal(instant.astimezone(ZoneInfo(span.zone)).date()))
            else:
                bounds.append(clock.instant_literal(column, instant + shift))
        asked: Bounds = (span.start + shift, span.end + shift)
        self._spans = tuple(both(each, asked) for each in self._spans)
        return [
            exp.GTE(this=clock.comparable(column), expression=bounds[0]),
            exp.LT(this=clock.comparable(column), expression=bounds[1]),
        ]

    def _note_conditions_in_figures(self) -> None:
        """Compared periods are told apart within the figures, and both are counted."""
        is_compared = len(self._spans) > 1
        for projection in self._select.expressions:
            for node in projection.find_all(exp.Case, exp.If, exp.Filter):
                tests = [node.expression.this] if isinstance(node, exp.Filter) else _tests(node)
                if not is_compared or not all(self._labels.bounds(test.unnest()) for test in tests):
                    self._left_out.append("a condition within a figure")

    def _note_what_leaves_rows_out(self, most_rows: int) -> None:
        node: exp.Expr | None = self._select
        while node is not None:
            if isinstance(node, exp.Select | exp.SetOperation):
                limit = node.args.get("limit")
                count = limit.args.get("expression") or limit.args.get("count") if limit else None
                is_ours = node.parent is None and count is not None and count.name == str(most_rows)
                if (limit and not is_ours) or node.args.get("offset"):
                    self._left_out.append(_LIMIT)
                if any(node.args.get(part) for part in ("having", "qualify", "distinct")):
                    self._left_out.append("a condition on its groups")
                if node is not self._select and (node.args.get("where") or node.args.get("joins")):
                    self._left_out.append("a condition on its groups")
            node = node.parent

    def _series_known(self, keys: tuple[str, ...], about_series: list[exp.Expr]) -> int | None:
        """How many series there should be, where it takes no query to know."""
        if not keys:
            return 1
        if len(self._sources) > 1 or about_series or len(keys) > 1 or not self._sees_everything:
            return None
        column = next(each for each in self._fact.table.columns if each.name == keys[0])
        return column.profile.distinct_count if column.profile else None

    def _series_named(self, keys: tuple[str, ...], about_series: list[exp.Expr]) -> int | None:
        """At most so many series, where a condition names the values of every key."""
        named: dict[str, int] = {}
        for condition in about_series:
            match condition:
                case exp.EQ():
                    values = [condition.expression]
                case exp.In():
                    values = condition.expressions
                case _:
                    continue
            resolved = self._resolve(condition.this)
            if (
                resolved
                and resolved[0] is self._fact
                and all(isinstance(each, exp.Literal) for each in values)
            ):
                name = resolved[1].name
                named[name] = min(len(set(values)), named.get(name, MOST_NAMED))
        return prod(named[key] for key in keys) if named and set(keys) <= named.keys() else None

    def _listing(
        self, keys: tuple[str, ...], measures: list[exp.Expr], most_rows: int, *, has_span: bool
    ) -> Listing | None:
        """Where the readings stand in the answer, if it shows each of them and nothing else."""
        select = self._select
        limit = select.args.get("limit")
        count = limit.args.get("expression") if limit else None
        is_whole = (
            select.parent is None
            and len(self._sources) == 1
            and not self._left_out_but_limit()
            and not any(select.args.get(part) for part in _MORE_THAN_ROWS)
            and self._mark_of(self._fact) is None
            and (limit is None or (isinstance(count, exp.Literal) and count.is_int))
        )
        if not is_whole:
            return None
        most = int(count.name) if count is not None and count.name != str(most_rows) else None
        if most is not None and has_span:
            return None  # cut before it is narrowed
        shown: dict[str, str] = {}
        for projection in select.expressions:
            if projection.is_star:
                shown |= {column.name: column.name for column in self._fact.table.columns}
                continue
            resolved = self._resolve(projection.unalias())
            if resolved is None:
                return None
            shown.setdefault(resolved[1].name, projection.alias_or_name)
        wanted = [resolved[1].name for each in measures if (resolved := self._resolve(each))]
        if len(wanted) < len(measures) or not {*keys, self._time.name, *wanted} <= shown.keys():
            return None
        return Listing(
            keys=tuple(shown[key] for key in keys),
            time=shown[self._time.name],
            measures=tuple(shown[name] for name in wanted),
            most=most,
        )

    def _left_out_but_limit(self) -> bool:
        return any(reason != _LIMIT for reason in self._left_out)

    def _count_sql(self, keys: tuple[str, ...], measures: list[exp.Expr], conditions: list[exp.Expr]) -> str:
        time = self._column(self._time.name)
        is_unique = len(self._sources) == 1 and {*keys, self._time.name} == {*self._fact.table.primary_key}
        counts = []
        for number, measure in enumerate(measures, 1):
            counted = self._measured(measure)
            if not is_unique:
                has_value = exp.Not(this=exp.Is(this=counted, expression=exp.Null()))
                counted = exp.Distinct(expressions=[exp.Case().when(has_value, time.copy(), copy=False)])
            counts.append(exp.alias_(_call("COUNT", counted), f"{PRESENT}_{number}"))
        columns = [
            *counts,
            exp.alias_(_call("MIN", time.copy()), FIRST),
            exp.alias_(_call("MAX", time.copy()), LAST),
        ]
        query = self._rows(columns, conditions)
        if keys:
            query.set("group", exp.Group(expressions=[self._column(key) for key in keys]))
        return self._written(query)

    def _series_sql(self, keys: tuple[str, ...], conditions: list[exp.Expr]) -> str:
        each = self._rows([self._column(key) for key in keys], conditions)
        each.set("distinct", exp.Distinct())
        inner = exp.Subquery(this=each, alias=exp.TableAlias(this=exp.to_identifier("each_series")))
        count = exp.alias_(_call("COUNT", exp.Star()), SERIES)
        return self._written(exp.Select(expressions=[count], from_=exp.From(this=inner)))

    def _rows(self, columns: list[exp.Expr], conditions: list[exp.Expr]) -> exp.Select:
        query = exp.Select(expressions=columns, from_=self._select.args["from_"].copy())
        if self._select.args.get("joins"):
            query.set("joins", [join.copy() for join in self._select.args["joins"]])
        if conditions:
            query.set("where", exp.Where(this=exp.and_(*[each.copy() for each in conditions])))
        return query

    def _written(self, query: exp.Expr) -> str:
        return grammar_of(self._dialect).write(query, is_spent=True)

    def _column(self, name: str) -> exp.Expr:
        return exp.Column(this=exp.to_identifier(name, quoted=True), table=self._fact.name.copy())

    def _is_time(self, node: exp.Expr) -> bool:
        resolved = self._resolve(node)
        return resolved is not None and resolved == (self._fact, self._time)

    def _resolve(self, node: exp.Expr) -> tuple[Source, CatalogColumn] | None:
        """The stored column that a node is, where it is one of this SELECT's own."""
        if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
            return None
        owner = node.args.get("table")
        name = folded(node.this, self._dialect).lower()
        found = [
            (source, column)
            for source in self._sources
            if not isinstance(owner, exp.Identifier)
            or folded(owner, self._dialect) == folded(source.name, self._dialect)
            for column in source.table.columns
            if column.name.lower() == name
        ]
        # A joined column without its table's name is ambiguous, except to USING: the fact's own is meant.
        return (
            next((each for each in found if each[0] is self._fact), None)
            if len(found) > 1
            else (found[0] if found else None)
        )


def _tests(node: exp.Expr) -> list[exp.Expr]:
    return [part.this for part in node.args.get("ifs") or [node]]


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))
