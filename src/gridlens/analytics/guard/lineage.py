"""What each column of a result comes from: its unit, its role and its step in time.

A unit is kept where it certainly holds (a plain column, a sum, a mean) and dropped elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlglot import exp

from gridlens.analytics.ask.clocks import label_shift
from gridlens.analytics.guard.constants import number_in
from gridlens.analytics.guard.dialect_readings import Plus
from gridlens.analytics.guard.tables import folded, table_of
from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_AGGREGATES: Final = _words(
    """
    sum avg min max mean median total any_value arbitrary first last mode fsum favg kahan_sum sumkahan
    quantile quantile_cont quantile_disc approx_quantile arg_min arg_max argmin argmax min_by max_by
    stddev stddev_pop stddev_samp std mad wavg weighted_avg
    """
)
_SAME_UNIT: Final = _words(
    """
    abs round trunc truncate floor ceil ceiling nullif lag lead first_value last_value nth_value
    round_even roundbankers
    """
)
_ALL_MUST_AGREE: Final = frozenset({"coalesce", "ifnull", "nvl", "greatest", "least"})
_COUNTS: Final = frozenset({"count", "count_if", "countif", "count_star", "approx_count_distinct"})
_STEPS: Final = {"second": 1, "minute": 60, "hour": 3_600}
_ROUNDING: Final = frozenset({"date_trunc", "datetrunc"})
_BUCKETS: Final = frozenset({"time_bucket", "date_bin"})
_NOTHING: Final = ""


@dataclass(frozen=True, slots=True)
class Output:
    """One column of a result.

    ``column`` is the catalog's column whose values these are, unchanged; ``step_seconds`` the known
    distance of its times, a day being 86,400; ``shift`` how far a label lies after the start of its
    interval.
    """

    name: str = _NOTHING
    role: ColumnRole | None = None
    unit: str | None = None
    column: CatalogColumn | None = None
    step_seconds: int | None = None
    shift: timedelta = timedelta()


Columns = Sequence[Output] | None
Sources = dict[str, Columns]
"""Columns of each thing a SELECT reads from, by its name there; nothing where they are unknown."""


def outputs_of(query: exp.Expr, dialect: str) -> tuple[Output, ...] | None:
    """The columns of a guarded query, or nothing when even their number is unknown."""
    return _Tracer(dialect).query(query, {})


class _Tracer:
    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    def query(self, query: exp.Expr, known: Mapping[str, Columns]) -> tuple[Output, ...] | None:
        known = self._with(query, known)
        if isinstance(query, exp.Subquery):
            return self.query(query.this, known)
        if isinstance(query, exp.SetOperation):
            left = self.query(query.this, known)
            right = self.query(query.expression, known)
            if left is None or right is None or query.args.get("by_name") or len(left) != len(right):
                return left
            return tuple(_both(a, b) for a, b in zip(left, right, strict=True))
        if not isinstance(query, exp.Select):
            return None
        sources = self._sources(query, known)
        columns: list[Output] = []
        for projection in query.expressions:
            if _star(projection) is None:
                columns.append(replace(self.trace(projection, sources), name=projection.output_name))
                continue
            expanded = self._expand(projection, sources)
            if expanded is None:
                return None
            columns += expanded
        return tuple(columns)

    def _with(self, query: exp.Expr, known: Mapping[str, Columns]) -> Mapping[str, Columns]:
        clause = query.args.get("with_")
        if not isinstance(clause, exp.With):
            return known
        known = dict(known)
        for cte in clause.expressions:
            alias = cte.args["alias"]
            # A recursive part reads the name being defined: its first half alone says what it holds.
            body = (
                cte.this.this
                if clause.args.get("recursive") and isinstance(cte.this, exp.Union)
                else cte.this
            )
            known[folded(alias.this, self._dialect)] = _renamed(self.query(body, known), alias)
        return known

    def _sources(self, select: exp.Select, known: Mapping[str, Columns]) -> Sources:
        sources: Sources = {}
        first = select.args.get("from_")
        for read in [first, *(select.args.get("joins") or [])]:
            if read is not None:
                self._add(read.this, known, sources)
        return sources

    def _add(self, node: exp.Expr, known: Mapping[str, Columns], sources: Sources) -> None:
        for join in node.args.get("joins") or []:
            self._add(join.this, known, sources)
        alias = node.args.get("alias")
        label = alias.this if alias and isinstance(alias.this, exp.Identifier) else node.this
        if not isinstance(label, exp.Identifier):
            sources[f"({len(sources)})"] = None
            return
        name = folded(label, self._dialect)
        if node.args.get("pivots"):
            sources[name] = None
        elif isinstance(node, exp.Table):
            table = table_of(node)
            columns: Columns = None
            if table:
                columns = _of_table(table)
            elif isinstance(node.this, exp.Identifier):
                columns = known.get(folded(node.this, self._dialect))
            sources[name] = _renamed(columns, alias)
        elif isinstance(node, exp.Subquery):
            sources[name] = _renamed(self.query(node, known), alias)
        else:
            sources[name] = None

    def _expand(self, projection: exp.Expr, sources: Sources) -> list[Output] | None:
        star = _star(projection)
        if star is None or star.args.get("rename"):
            return None
        owner = projection.args.get("table") if isinstance(projection, exp.Column) else None
        read: Iterable[Columns] = sources.values()
        if isinstance(owner, exp.Identifier):
            read = [sources.get(folded(owner, self._dialect))]
        columns: list[Output] = []
        for each in read:
            if each is None:
                return None
            columns += each
        left_out = {_name_of(node).lower() for node in star.args.get("except_") or []}
        replaced = {node.alias.lower(): node for node in star.args.get("replace") or []}
        return [
            replace(self.trace(replaced[column.name.lower()], sources), name=column.name)
            if column.name.lower() in replaced
            else column
            for column in columns
            if column.name.lower() not in left_out
        ]

    def trace(self, node: exp.Expr, sources: Sources) -> Output:
        """What an expression's value is, without a name."""
        match node:
            case (
                exp.Alias()
                | exp.Paren()
                | exp.Filter()
                | exp.Window()
                | exp.IgnoreNulls()
                | exp.RespectNulls()
            ):
                return self.trace(node.this, sources)
            case exp.Column():
                return self._column(node, sources)
            case exp.Neg() | Plus():
                return Output(role=ColumnRole.MEASURE, unit=self.trace(node.this, sources).unit)
            case exp.Add() | exp.Sub():
                left, right = self.trace(node.this, sources), self.trace(node.expression, sources)
                return Output(unit=left.unit if left.unit == right.unit else None)
            case exp.Cast():
                found = self.trace(node.this, sources)
                is_text = node.to.is_type(*exp.DataType.TEXT_TYPES)
                return replace(found, column=None, unit=None if is_text else found.unit)
            case exp.AtTimeZone():
                return Output(step_seconds=self.trace(node.this, sources).step_seconds)
            case exp.Case() | exp.If():
                return Output(unit=self._agreed(_branches(node), sources))
            case exp.WithinGroup():
                ordered = node.expression.expressions if isinstance(node.expression, exp.Order) else []
                unit = self.trace(ordered[0].this, sources).unit if ordered else None
                return Output(role=ColumnRole.MEASURE, unit=unit)
            case exp.Subquery():
                columns = self.query(node, {})
                return columns[0] if columns else Output()
            case exp.Anonymous():
                return self._call(node, sources)
            case _:
                return Output()

    def _column(self, node: exp.Column, sources: Sources) -> Output:
        if not isinstance(node.this, exp.Identifier):
            return Output()
        owner = node.args.get("table")
        read = sources.values()
        if isinstance(owner, exp.Identifier):
            key = folded(owner, self._dialect)
            read = Sources({key: sources.get(key)}).values()
        if any(columns is None for columns in read):
            return Output()
        name = folded(node.this, self._dialect)
        insensitive = self._dialect != "postgres"
        found = [
            column
            for columns in read
            for column in columns or ()
            if column.name == name or (insensitive and column.name.lower() == name.lower())
        ]
        # After JOIN … USING both sides have the column; they must then agree on what it is.
        return _both(found[0], found[-1]) if found else Output()

    def _call(self, node: exp.Anonymous, sources: Sources) -> Output:
        name = str(node.this).lower()
        arguments = [each.this if isinstance(each, exp.Order) else each for each in node.expressions]
        if name in _COUNTS:
            return Output(role=ColumnRole.MEASURE)
        if not arguments:
            return Output()
        first = arguments[0]
        if isinstance(first, exp.Distinct) and first.expressions:
            first = first.expressions[0]
        if name in _AGGREGATES:
            found = self.trace(first, sources)
            is_time = found.role is ColumnRole.TIME
            return Output(role=None if is_time else ColumnRole.MEASURE, unit=found.unit)
        if name in _ALL_MUST_AGREE:
            return Output(unit=self._agreed(arguments, sources))
        if name in _SAME_UNIT:
            return Output(unit=self.trace(first, sources).unit)
        if name in _ROUNDING and len(arguments) >= 2 and first.is_string:
            unit = first.name.lower()
            step = 86_400 if unit == "day" else _STEPS.get(unit)
            return Output(role=ColumnRole.TIME, step_seconds=step)
        if name in _BUCKETS:
            return Output(role=ColumnRole.TIME, step_seconds=_interval_seconds(first))
        return Output()

    def _agreed(self, nodes: Iterable[exp.Expr], sources: Sources) -> str | None:
        units = {self.trace(node, sources).unit for node in nodes if not _is_neutral(node)}
        return units.pop() if len(units) == 1 else None


def _of_table(table: CatalogTable) -> tuple[Output, ...]:
    return tuple(
        Output(
            name=column.name,
            role=column.role,
            unit=column.unit,
            column=column,
            step_seconds=table.interval_seconds if column.role is ColumnRole.TIME else None,
            shift=label_shift(column, table),
        )
        for column in table.columns
    )


def _renamed(columns: Columns, alias: exp.Expr | None) -> Columns:
    names = alias.args.get("columns") if alias else None
    if columns is None or not names:
        return columns
    return [
        replace(column, name=_name_of(names[index])) if index < len(names) else column
        for index, column in enumerate(columns)
    ]


def _both(left: Output, right: Output) -> Output:
    """What holds for both of two columns that become one."""
    return replace(
        left,
        role=left.role if left.role == right.role else None,
        unit=left.unit if left.unit == right.unit else None,
        column=left.column if left.column == right.column else None,
        step_seconds=left.step_seconds if left.step_seconds == right.step_seconds else None,
    )


def _branches(node: exp.Expr) -> list[exp.Expr]:
    results = [branch.args["true"] for branch in node.args.get("ifs") or []]
    if isinstance(node, exp.If):
        results.append(node.args["true"])
    results += [node.args[key] for key in ("default", "false") if node.args.get(key)]
    return results


def _is_neutral(node: exp.Expr) -> bool:
    return isinstance(node, exp.Null) or (node.is_number and number_in(node) == 0)


def _star(projection: exp.Expr) -> exp.Expr | None:
    found = projection.this if isinstance(projection, exp.Column) else projection
    return found if isinstance(found, exp.Star) else None


def _name_of(node: exp.Expr) -> str:
    return str(node.name)


def _interval_seconds(node: exp.Expr) -> int | None:
    if not isinstance(node, exp.Interval) or not isinstance(node.this, exp.Literal):
        return None
    count, _, word = node.this.name.partition(" ")
    unit = (node.args["unit"].name if node.args.get("unit") else word).lower().rstrip("s")
    step = 86_400 if unit == "day" else _STEPS.get(unit)
    return int(count) * step if step and count.isdigit() else None
