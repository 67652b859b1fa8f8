"""A plan as one SELECT statement of the source's dialect."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from sqlglot import exp

from gridlens.analytics.ask.check import check
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.outputs import before, product_of, unit_of
from gridlens.analytics.ask.plan import (
    Aggregate,
    ColumnRef,
    Dimension,
    Having,
    Listed,
    QueryPlan,
    Ratio,
    aggregates,
    shown,
)
from gridlens.analytics.ask.relations import Relations, TableKey, relations_of
from gridlens.analytics.ask.rendering.aggregation import (
    figure,
    level_of,
    needs_ranks,
    present,
    rank_of,
    ranked_quantile,
    scaled,
    weighted_mean,
)
from gridlens.analytics.ask.rendering.conditions import compared, literal_sql
from gridlens.analytics.ask.rendering.identifiers import column as column_sql
from gridlens.analytics.ask.rendering.identifiers import identifier
from gridlens.analytics.ask.rendering.measures import Figures, measure_sql
from gridlens.analytics.ask.rendering.selecting import (
    ended,
    given,
    group_by_first,
    groups_of,
    named,
    ordered,
    output,
)
from gridlens.analytics.ask.rendering.tables import Joined
from gridlens.analytics.ask.rendering.timeline import Timeline
from gridlens.analytics.ask.rendering.windows import first_of_each, has_running, run_through
from gridlens.analytics.ask.trees import all_of
from gridlens.analytics.ask.units import factor
from gridlens.shared.catalog import Catalog
from gridlens.shared.results import Kind

# Counting a row twice leaves these as they are.
_COUNTS = {"count", "count_distinct"}
_UNHURT_BY_REPEATS = ("min", "max", "count_distinct")

_SET_OPERATIONS: dict[str, type[exp.SetOperation]] = {
    "union": exp.Union,
    "intersect": exp.Intersect,
    "except": exp.Except,
}


def render(plan: QueryPlan, catalog: Catalog, dialect: str, zone: str, today: date) -> exp.Query:
    """The statement that answers ``plan``; times without a zone in the source are local to ``zone``.

    Days, weeks and longer come out as dates. Hours of columns that know their instant come out as instants,
    on MySQL and SQLite as text that ends in ``+00:00``; hours of local columns stay local. On MySQL and
    MariaDB the session's time zone has to be UTC. Raises :class:`PlanRefused` when no right statement exists.
    """
    return _answer(plan, relations_of(catalog), dialect, zone, today)


def _answer(plan: QueryPlan, relations: Relations, dialect: str, zone: str, today: date) -> exp.Query:
    check(plan, relations)

    def inner(nested: QueryPlan) -> exp.Query:
        return _answer(nested, relations, dialect, zone, today)

    timeline = Timeline(plan, relations, dialect, zone, today)
    return _Rendering(plan, relations, dialect, timeline, inner).statement()


class _Rendering:
    def __init__(
        self,
        plan: QueryPlan,
        relations: Relations,
        dialect: str,
        timeline: Timeline,
        inner: Callable[[QueryPlan], exp.Query],
    ) -> None:
        self.plan = plan
        self.relations = relations
        self.dialect = dialect
        self.timeline = timeline
        self.inner = inner
        self.is_compared = timeline.compared is not None

    def statement(self) -> exp.Query:
        combined = self.plan.combined
        if combined is None:
            return self._statement()
        both = _SET_OPERATIONS[combined.operator](
            this=self._statement(), expression=self.inner(combined.plan), distinct=True
        )
        by_name = [ordered(output(str(order.by)), order.descending) for order in self.plan.order]
        return ended(both, by_name, self.plan.limit)

    def _statement(self) -> exp.Query:
        if self.plan.columns:
            return self._listing()
        groups = self._groups()
        if len(groups) == 1:
            ((root, wanted),) = groups.items()
            return self._single(root, wanted)
        return self._combined(groups)

    def _groups(self) -> dict[TableKey, list[Aggregate]]:
        """The tables that figures are taken from, each with its figures; the first one leads."""
        groups: dict[TableKey, list[Aggregate]] = {}
        for measure in self.plan.measures:
            for aggregate in aggregates(measure):
                wanted = groups.setdefault(self.relations.key(aggregate.column), [])
                if aggregate not in wanted:
                    wanted.append(aggregate)
        if not groups:
            keys = [self.relations.key(dimension.column) for dimension in self.plan.dimensions]
            groups[self.relations.root(keys) or keys[0]] = []
        return groups

    def _single(self, root: TableKey, wanted: list[Aggregate]) -> exp.Query:
        tables = self._tables(root, is_leading=True)
        query, figures = self._grouped(tables, self.plan.dimensions, wanted)
        outputs = self._outputs(figures)
        query = query.select(*[named(sql, name) for name, sql in outputs.items()], copy=False)
        conditions = [_having(having, outputs[having.measure].copy()) for having in self.plan.having]
        # A share is known only after grouping, so a condition on it stands outside.
        if any(condition.find(exp.Window) for condition in conditions):
            query = self._narrowed(query)
        elif conditions:
            query = query.having(all_of(*conditions), copy=False)
        return self._finished(query)

    def _combined(self, groups: dict[TableKey, list[Aggregate]]) -> exp.Query:
        """Each table is summed up by itself, and only the sums are joined."""
        statement, figures = exp.select(), Figures()
        (leading, *_), names = groups, {root: f"{root.name}_totals" for root in groups}
        split_by: dict[TableKey, tuple[Dimension, ...]] = {}
        ratios = [measure for measure in self.plan.measures if isinstance(measure, Ratio)]
        bottoms = {each for ratio in ratios for each in (ratio.denominator, *ratio.further)}
        for root, wanted in groups.items():
            name = names[root]
            tables = self._tables(root, is_leading=root == leading)
            is_bottom = bottoms.issuperset(wanted)
            shared = split_by[root] = tuple(
                dimension
                for dimension in self.plan.dimensions
                if root == leading or self._splits(tables, dimension, is_bottom=is_bottom)
            )
            query, found = self._grouped(tables, shared, wanted)
            for place, (key, sql) in enumerate(found.items(), start=1):
                query = query.select(named(sql, f"figure_{place}"), copy=False)
                total = column_sql(name, f"figure_{place}")
                # A group without rows has none of them, and no sum, mean or extreme.
                figures[key] = total if key[0].function not in _COUNTS else exp.func("COALESCE", total, 0)
            statement = statement.with_(identifier(name), as_=query, copy=False)
        first = names[leading]
        whole = [names[root] for root in self._shown_of(groups) if split_by[root] == self.plan.dimensions]
        if self.plan.dimensions and len(whole) > 1:
            # A group that has rows in one table alone is a group of the answer all the same.
            first = "groups_of_all"
            statement = statement.with_(
                identifier(first),
                as_=groups_of(whole, [each.name for each in self.plan.dimensions]),
                copy=False,
            )
        statement = statement.from_(exp.Table(this=identifier(first)), copy=False)
        for root, shared in split_by.items():
            name = names[root]
            if name == first:
                continue
            matches = [
                exp.NullSafeEQ(this=column_sql(first, d.name), expression=column_sql(name, d.name))
                for d in shared
            ]
            on = all_of(*matches) if matches else None
            side, kind = ("left", None) if matches else (None, "cross")
            joined = exp.Join(this=exp.Table(this=identifier(name)), on=on, side=side, kind=kind)
            statement = statement.join(joined, copy=False)
        dimensions = [
            # SQLite orders by a name only where the name was given, as every sum has a column of that name.
            exp.alias_(column_sql(first, d.name), identifier(d.name), copy=False)
            for d in self.plan.dimensions
        ]
        outputs = [named(sql, name) for name, sql in self._outputs(figures).items()]
        statement = statement.select(*dimensions, *outputs, copy=False)
        return self._finished(self._narrowed(statement) if self.plan.having else statement)

    def _shown_of(self, groups: dict[TableKey, list[Aggregate]]) -> list[TableKey]:
        """The tables whose figures stand for themselves; both sides of a ratio need each other."""
        shown = {
            each
            for measure in self.plan.measures
            if not isinstance(measure, Ratio)
            for each in aggregates(measure)
        }
        return [root for root, wanted in groups.items() if not shown.isdisjoint(wanted)]

    def _narrowed(self, query: exp.Select) -> exp.Select:
        conditions = [_having(having, output(having.measure)) for having in self.plan.having]
        inner = query.subquery(identifier("answer"), copy=False)
        return exp.select("*").from_(inner, copy=False).where(*conditions, copy=False)

    def _splits(self, tables: Joined, dimension: Dimension, *, is_bottom: bool) -> bool:
        """Whether a further table's figures are split by the dimension too."""
        if tables.holds(self.relations.key(dimension.column)):
            return True
        if dimension.grain is not None and tables.time is not None:
            return True
        # The bottom of a ratio may stay whole: an area does not change from month to month.
        if is_bottom:
            return False
        raise PlanRefused(
            f"No key connects {tables.root.name} with {dimension.column.table}, so it cannot be split by "
            f"“{dimension.name}”. Ask for the two apart, or split by something both have."
        )

    def _grouped(
        self, tables: Joined, dimensions: tuple[Dimension, ...], wanted: list[Aggregate]
    ) -> tuple[exp.Select, Figures]:
        groups = [(dimension.name, self._dimension(tables, dimension)) for dimension in dimensions]
        periods = (False, True) if self.is_compared else (False,)
        values = {
            (aggregate, is_before): self._value(tables, aggregate, is_before=is_before)
            for aggregate in wanted
            for is_before in periods
        }
        if any(aggregate.at_once for aggregate in wanted):
            return self._summed_first(tables, groups, values)
        if any(needs_ranks(aggregate, self.dialect) for aggregate in wanted):
            return self._ranked(tables, groups, values)
        figures = {key: self._figure(key[0], value, tables) for key, value in values.items()}
        query = tables.select().select(*[named(sql, name) for name, sql in groups], copy=False)
        return group_by_first(query, len(groups)), figures

    def _summed_first(
        self,
        tables: Joined,
        dimensions: list[tuple[str, exp.Expr]],
        values: dict[tuple[Aggregate, bool], exp.Expr | None],
    ) -> tuple[exp.Select, Figures]:
        """The rows of each moment are added up, and figures are taken of the sums."""
        time = self.relations.time_column(tables.root)
        if time is None or tables.is_multiplied or not all(each.at_once for each, _ in values):
            raise PlanRefused(
                f"What rows of {tables.root.name} add up to at each moment cannot be told here. Ask for it "
                "apart, and split by something of its own."
            )
        read = [named(sql, name) for name, sql in dimensions] + [named(tables.column(time), "moment")]
        query = group_by_first(tables.select().select(*read, copy=False), len(read))
        figures = Figures()
        for place, (key, value) in enumerate(values.items(), start=1):
            total = f"total_{place}"
            query = query.select(named(exp.Sum(this=value), total), copy=False)
            figures[key] = self._scaled(
                key[0], figure(key[0], output(total), self._kind(key[0]), self.dialect)
            )
        sums = query.subquery(identifier("each_moment"), copy=False)
        groups = [output(name) for name, _ in dimensions]
        return group_by_first(exp.select(*groups).from_(sums, copy=False), len(groups)), figures

    def _ranked(
        self,
        tables: Joined,
        dimensions: list[tuple[str, exp.Expr]],
        values: dict[tuple[Aggregate, bool], exp.Expr | None],
    ) -> tuple[exp.Select, Figures]:
        """Rows are read, then ranked within their group, then aggregated."""
        if any(aggregate.weight is not None for aggregate, _ in values):
            raise PlanRefused(
                "A weighted mean and a median cannot be shown together here. Ask for them apart."
            )
        groups: list[exp.Expr] = [output(name) for name, _ in dimensions]
        read, ranked, figures = [named(sql, name) for name, sql in dimensions], exp.select("*"), Figures()
        for place, (key, value) in enumerate(values.items(), start=1):
            name, rank, count = f"value_{place}", f"rank_{place}", f"count_{place}"
            read.append(named(exp.Literal.number(1) if value is None else value, name))
            if not needs_ranks(key[0], self.dialect):
                figures[key] = self._figure(key[0], output(name), tables)
                continue
            ranked = ranked.select(
                named(rank_of(output(name), groups), rank),
                named(present(output(name), groups), count),
                copy=False,
            )
            figures[key] = self._scaled(
                key[0], ranked_quantile(output(name), output(rank), output(count), level_of(key[0]))
            )
        inner = tables.select().select(*read, copy=False).subquery(identifier("read_rows"), copy=False)
        query = exp.select(*[group.copy() for group in groups])
        rows = ranked.from_(inner, copy=False).subquery(identifier("ranked_rows"), copy=False)
        query = query.from_(rows, copy=False)
        return group_by_first(query, len(groups)), figures

    def _outputs(self, figures: Figures) -> dict[str, exp.Expr]:
        outputs = {}
        for measure in self.plan.measures:
            outputs[measure.name] = measure_sql(measure, figures, is_before=False)
            if self.is_compared:
                outputs[before(measure.name)] = measure_sql(measure, figures, is_before=True)
        return outputs

    def _value(self, tables: Joined, aggregate: Aggregate, *, is_before: bool) -> exp.Expr | None:
        """What is aggregated of each row, or None for the rows themselves."""
        conditions = [tables.condition(condition) for condition in aggregate.filters]
        if tables.periods is not None:
            conditions.append(tables.periods[1 if is_before else 0].copy())
        value: exp.Expr | None
        if aggregate.grain is not None:
            tables.reach(self.relations.key(aggregate.column))
            clock, time = self.timeline.clock(aggregate.column), self.timeline.column(aggregate.column)
            value = clock.grained(time, aggregate.grain)
        elif aggregate.column.column != "*":
            value = tables.column(aggregate.column)
        elif tables.is_multiplied:
            value = self._row_key(tables)
        else:
            value = exp.Literal.number(1) if conditions else None
        if value is not None and aggregate.times is not None:
            value = exp.Mul(this=value, expression=tables.column(aggregate.times))
        if value is None or not conditions:
            return value
        return exp.Case().when(all_of(*conditions), value, copy=False)

    def _row_key(self, tables: Joined) -> exp.Expr:
        keys = self.relations.tables[tables.root].primary_key
        if len(keys) != 1:
            raise PlanRefused(
                f"Rows of {tables.root.name} would be counted more than once here, and it has no single key "
                "to tell them apart. Split by something of its own."
            )
        return column_sql(tables.root.name, keys[0])

    def _figure(self, aggregate: Aggregate, value: exp.Expr | None, tables: Joined) -> exp.Expr:
        if tables.is_multiplied and aggregate.function not in _UNHURT_BY_REPEATS:
            if aggregate.column.column != "*" or value is None:
                raise PlanRefused(
                    f"“{aggregate.column.column}” would be counted more than once when it is split this way, "
                    f"as a row of {tables.root.name} belongs to several groups. Split by something else."
                )
            return exp.Count(this=exp.Distinct(expressions=[value]))
        if aggregate.weight is not None and value is not None:
            return self._scaled(aggregate, weighted_mean(value, tables.column(aggregate.weight)))
        return self._scaled(aggregate, figure(aggregate, value, self._kind(aggregate), self.dialect))

    def _scaled(self, aggregate: Aggregate, sql: exp.Expr) -> exp.Expr:
        table = self.relations.table(aggregate.column)
        if aggregate.function == "count" and aggregate.unit == "h" and table.interval_seconds:
            return scaled(sql, Fraction(table.interval_seconds, 3600), Kind.INTEGER)
        if aggregate.times is not None:
            unit, to_unit = product_of(aggregate, self.relations)
            return scaled(sql, to_unit * (factor(unit, aggregate.unit) or 1), Kind.NUMBER)
        if aggregate.unit is None or aggregate.function in ("count", "count_distinct"):
            return sql
        by = factor(unit_of(aggregate.column, self.relations), aggregate.unit, table.interval_seconds)
        is_whole = aggregate.function in ("sum", "min", "max") and self._kind(aggregate) is Kind.INTEGER
        return sql if by is None else scaled(sql, by, Kind.INTEGER if is_whole else Kind.NUMBER)

    def _kind(self, aggregate: Aggregate) -> Kind:
        if aggregate.column.column == "*":
            return Kind.INTEGER
        return Kind.NUMBER if aggregate.times else self.relations.column(aggregate.column).kind

    def _listing(self) -> exp.Query:
        by_column = [order.by for order in self.plan.order if isinstance(order.by, ColumnRef)]
        keys = [self.relations.key(reference) for reference in by_column]
        keys = [self.relations.key(listed.column) for listed in self.plan.columns] + keys
        tables = Joined(self.relations.root(keys) or keys[0], self.timeline, self.inner)
        # Joins that may repeat rows come first, so that conditions apply to the same joined row.
        for key in keys:
            tables.reach(key, may_multiply=True)
        self._narrow(tables, is_leading=True)
        order = [
            ordered(
                tables.column(order.by) if isinstance(order.by, ColumnRef) else output(order.by),
                order.descending,
            )
            for order in self.plan.order
        ]
        if order or self.plan.limit is not None:
            # Ties are broken by the key, so that a cut list is the same list every time.
            own_key = self.relations.tables[tables.root].primary_key
            order += [ordered(column_sql(tables.root.name, name)) for name in own_key]
        columns = [named(self._listed(tables, listed), listed.name) for listed in self.plan.columns]
        query = tables.select().select(*columns, copy=False)
        if self.plan.is_distinct:
            # What is ordered by has to be shown then, and ties are what was made one.
            names = {listed.column: listed.name for listed in self.plan.columns}
            places = [
                (order.by if isinstance(order.by, str) else names.get(order.by), order.descending)
                for order in self.plan.order
            ]
            order = [ordered(output(name), down) for name, down in places if name is not None]
            query = query.distinct(copy=False)
        if self.plan.combined is not None:
            return query
        return ended(query, order, self.plan.limit)

    def _listed(self, tables: Joined, listed: Listed) -> exp.Expr:
        column, table = self.relations.column(listed.column), self.relations.table(listed.column)
        if column.kind is Kind.TIMESTAMP:
            return self.timeline.listed(listed.column)
        by = factor(unit_of(listed.column, self.relations), listed.unit, table.interval_seconds)
        sql = tables.column(listed.column)
        return sql if by is None else scaled(sql, by, column.kind)

    def _finished(self, query: exp.Select) -> exp.Query:
        if query.args.get("joins"):
            # Two joined tables may have a column of that name; only a name that was given is ordered by.
            query.set("expressions", [given(each) for each in query.expressions])
        by_name = [(order.by, order.descending) for order in self.plan.order if isinstance(order.by, str)]
        given_names = {name for name, _ in by_name}
        by_name += [(d.name, False) for d in self.plan.dimensions if d.name not in given_names]
        wanted, limit = shown(self.plan), self.plan.limit
        if has_running(self.plan):
            query = run_through(query, self.plan)
        if self.plan.limit_per is not None:
            query, limit = first_of_each(query, self.plan, by_name), None
            by_name.sort(key=lambda each: each[0] != self.plan.limit_per)
        if len(wanted) < len(self.plan.dimensions) + len(self.plan.measures):
            inner = query.subquery(identifier("answer"), copy=False)
            query = exp.select(*[output(name) for name in wanted]).from_(inner, copy=False)
        if self.plan.combined is not None:
            return query
        return ended(query, [ordered(output(name), down) for name, down in by_name], limit)

    def _tables(self, root: TableKey, *, is_leading: bool) -> Joined:
        """The tables that figures of ``root`` are read from, narrowed to what is asked about."""
        tables = Joined(root, self.timeline, self.inner)
        if is_leading:
            # Joins that may repeat rows come first, so that conditions apply to the same joined row.
            for dimension in self.plan.dimensions:
                tables.reach(self.relations.key(dimension.column), may_multiply=True)
        self._narrow(tables, is_leading=is_leading)
        return tables

    def _narrow(self, tables: Joined, *, is_leading: bool) -> None:
        tables.time = self._time_of(tables, is_leading=is_leading)
        for each in self.plan.filters:
            tables.add(tables.filter(each))
        if self.plan.time is None:
            return
        if tables.time is None:
            self._narrow_remotely(tables, self.plan.time.column, is_leading=is_leading)
            return
        tables.reach(self.relations.key(tables.time))
        tables.periods = self.timeline.periods(tables.time)
        for condition in (self.timeline.within(tables.time), *self.timeline.recurring(tables.time)):
            if condition is not None:
                tables.add(condition)

    def _time_of(self, tables: Joined, *, is_leading: bool) -> ColumnRef | None:
        """The column that the plan's times mean in these tables."""
        planned = self.plan.time.column if self.plan.time is not None else None
        planned = planned or next((d.column for d in self.plan.dimensions if d.grain is not None), None)
        if planned is None or tables.holds(self.relations.key(planned)):
            return planned
        # Load and price stand in tables of their own; a month means the same month in both.
        has_events = not is_leading and self.relations.has_events(tables.root)
        return self.relations.time_column(tables.root) if has_events else None

    def _narrow_remotely(self, tables: Joined, reference: ColumnRef, *, is_leading: bool) -> None:
        if self.is_compared and (is_leading or self.timeline.overlaps):
            raise PlanRefused(
                f"{tables.root.name} has no time of its own, so it cannot be compared with an earlier period."
            )
        conditions = [*self.timeline.recurring(reference)]
        if (within := self.timeline.within(reference)) is not None:
            conditions.insert(0, within)
        if conditions:
            tables.add(tables.existing(self.relations.key(reference), all_of(*conditions)))

    def _dimension(self, tables: Joined, dimension: Dimension) -> exp.Expr:
        reference = dimension.column
        if not tables.holds(self.relations.key(reference)) and tables.time is not None:
            reference = tables.time
        sql = tables.column(reference)
        if dimension.grain is None:
            return sql
        is_period = tables.time == reference
        return self.timeline.grouped(dimension, reference, tables.periods if is_period else None)


def _having(having: Having, figure_sql: exp.Expr) -> exp.Expr:
    return compared(figure_sql, having.operator, literal_sql(having.value))
