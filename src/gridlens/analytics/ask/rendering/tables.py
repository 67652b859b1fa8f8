"""Joined tables in which no row is there twice unless that was asked for."""

from collections.abc import Callable, Iterable

import msgspec
from sqlglot import exp

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    AllOf,
    AnyOf,
    ColumnRef,
    CompareAnswer,
    CompareColumns,
    Condition,
    Exists,
    Filter,
    InAnswer,
    IsNull,
    OneOf,
    QueryPlan,
)
from gridlens.analytics.ask.relations import Step, TableKey
from gridlens.analytics.ask.rendering.conditions import compared, condition_sql
from gridlens.analytics.ask.rendering.identifiers import column as column_sql
from gridlens.analytics.ask.rendering.identifiers import identifier
from gridlens.analytics.ask.rendering.timeline import TWICE, Timeline
from gridlens.analytics.ask.trees import all_of, any_of, enclosed, none_of


class Joined:
    """A root table with others joined to it.

    Tables of which a row has at most one are joined as soon as they are needed. A condition on a table
    of which it has many becomes an EXISTS, so that it narrows rows without repeating them; only grouping
    by such a table joins it, and then ``is_multiplied`` says so.
    """

    def __init__(self, root: TableKey, timeline: Timeline, answer: Callable[[QueryPlan], exp.Query]) -> None:
        self.root = root
        self.timeline = timeline
        self._answer = answer
        self.relations = timeline.relations
        self.is_multiplied = False
        self.time: ColumnRef | None = None
        self.periods: tuple[exp.Expr, exp.Expr] | None = None
        self._joins: dict[TableKey, exp.Join | None] = {root: None}
        self._conditions: list[exp.Expr] = []

    def select(self) -> exp.Select:
        query = exp.select().from_(_table(self.root), copy=False)
        for join in self._joins.values():
            if join is not None:
                query = query.join(join, copy=False)
        if self.periods is not None and self.timeline.overlaps:
            query = query.join(TWICE.copy(), copy=False)
        return query.where(*_merged(self._conditions), copy=False)

    def add(self, condition: exp.Expr) -> None:
        self._conditions.append(condition)

    def holds(self, key: TableKey) -> bool:
        """Whether the table is joined, or can be without repeating rows."""
        return key in self._joins or key in self.relations.ancestors(self.root)

    def column(self, reference: ColumnRef) -> exp.Expr:
        self.reach(self.relations.key(reference))
        return column_sql(reference.table, self.relations.column(reference).name)

    def reach(self, key: TableKey, *, may_multiply: bool = False) -> tuple[Step, ...]:
        """Join the tables on the way to ``key``; return the steps not taken, as they lead to many rows."""
        way = self._way(key)
        for place, step in enumerate(way):
            if step.target in self._joins:
                continue
            if not step.upward and not may_multiply:
                return way[place:]
            self.is_multiplied = self.is_multiplied or not step.upward
            may_be_missing = step.upward and not step.link.is_total
            self._joins[step.target] = _join(step, "left" if may_be_missing else None)
        return ()

    def filter(self, each: Filter) -> exp.Expr:
        match each:
            case AnyOf():
                parts = [
                    enclosed(all_of(*[self.condition(inner) for inner in part.filters]))
                    if isinstance(part, AllOf)
                    else self.condition(part)
                    for part in each.filters
                ]
                return any_of(*parts)
            case Exists():
                return self._exists(each)
            case _:
                return self.condition(each)

    def condition(self, condition: Condition) -> exp.Expr:
        key = self.relations.key(condition.column)
        if not self.reach(key):
            return self._own(condition)
        if isinstance(condition, OneOf) and condition.negated:
            # “Not supplied by X” means that none of the related rows is X.
            positive = OneOf(column=condition.column, values=condition.values)
            return none_of(self.existing(key, self._own(positive)))
        return self.existing(key, self._own(condition))

    def existing(
        self, key: TableKey, condition: exp.Expr | None, further: Iterable[TableKey] = ()
    ) -> exp.Exists:
        """That a related row meets the condition; ``further`` tables it needs are joined inside."""
        first, *rest = self.reach(key)
        inner = Joined(first.target, self.timeline, self._answer)
        inner._joins |= {step.target: _join(step, None) for step in rest}
        for other in further:
            for step in self.relations.ancestors(key).get(other, ()):
                inner._joins.setdefault(step.target, _join(step, "left"))
        inner.add(_matches(first))
        if condition is not None:
            inner.add(condition)
        return exp.Exists(this=inner.select().select("1", copy=False))

    def _own(self, condition: Condition) -> exp.Expr:
        match condition:
            case InAnswer():
                left = column_sql(condition.column.table, self.relations.column(condition.column).name)
                inner = self._answer(
                    _without_missing(condition.plan) if condition.negated else condition.plan
                )
                if condition.plan.limit is not None:
                    # MySQL allows no limit right inside an IN.
                    inner = exp.select("*").from_(inner.subquery("chosen", copy=False), copy=False)
                found = exp.In(this=left, query=inner.subquery(copy=False))
                return none_of(found) if condition.negated else found
            case CompareAnswer():
                left = column_sql(condition.column.table, self.relations.column(condition.column).name)
                answer = self._answer(condition.plan).subquery(copy=False)
                return compared(left, condition.operator, answer)
            case CompareColumns():
                self.reach(self.relations.key(condition.other))
                left = column_sql(condition.column.table, self.relations.column(condition.column).name)
                right = column_sql(condition.other.table, self.relations.column(condition.other).name)
                return compared(left, condition.operator, right)
            case _:
                pass
        kind = self.relations.column(condition.column).kind
        time = self.timeline.column(condition.column)
        return condition_sql(condition, kind, time, self.timeline.clock(condition.column))

    def _exists(self, each: Exists) -> exp.Expr:
        key = self.relations.find_table(each.table, each.schema)
        further = [self.relations.key(condition.column) for condition in each.filters]
        strangers = [other.name for other in further if other not in self.relations.ancestors(key)]
        if strangers:
            raise PlanRefused(f"A row of {each.table} has no single row of {strangers[0]} to look at.")
        if not self.reach(key):
            raise PlanRefused(
                f"Every row of {self.root.name} has its {each.table}. Ask for a value of it instead."
            )
        inner = [self._own(condition) for condition in each.filters]
        found = self.existing(key, all_of(*inner) if inner else None, further)
        # The parentheses keep it apart from other conditions on the same table: each may mean another row.
        return none_of(found) if each.negated else enclosed(found)

    def _way(self, key: TableKey) -> tuple[Step, ...]:
        if key in self._joins:
            return ()
        ups = self.relations.ancestors(self.root)
        way = ups[key] if key in ups else self.relations.way(self.root, key)
        if way is None:
            raise PlanRefused(
                f"No key connects {self.root.name} with {key.name}, so they cannot be asked about together. "
                "Ask for them apart, or add the key to the database."
            )
        return way


def _without_missing(plan: QueryPlan) -> QueryPlan:
    """In SQL one missing value among the answers would make “not among them” unknown for every row."""
    outputs = [listed.column for listed in plan.columns] + [d.column for d in plan.dimensions if d.is_shown]
    has_value = tuple(IsNull(column=column, negated=True) for column in outputs)
    return msgspec.structs.replace(plan, filters=(*plan.filters, *has_value))


def _table(key: TableKey) -> exp.Expr:
    table = exp.Table(this=identifier(key.name), db=identifier(key.schema) if key.schema else None)
    return exp.alias_(table, identifier(key.name), table=True, copy=False) if key.schema else table


def _join(step: Step, side: str | None) -> exp.Join:
    return exp.Join(this=_table(step.target), on=_matches(step), side=side)


def _matches(step: Step) -> exp.Expr:
    link = step.link
    return all_of(
        *[
            exp.EQ(this=column_sql(link.child.name, child), expression=column_sql(link.parent.name, parent))
            for child, parent in link.columns
        ]
    )


def _merged(conditions: list[exp.Expr]) -> list[exp.Expr]:
    """Conditions on one related table stand in one EXISTS, so that the same row meets them all."""
    kept: list[exp.Expr] = []
    for condition in conditions:
        twin = next((other for other in kept if _same_branch(other, condition)), None)
        if twin is None:
            kept.append(condition)
        else:
            _absorb(twin.this, condition.this)
    return kept


def _same_branch(one: exp.Expr, other: exp.Expr) -> bool:
    if not (isinstance(one, exp.Exists) and isinstance(other, exp.Exists)):
        return False
    return bool(one.this.args["from_"] == other.this.args["from_"])


def _absorb(into: exp.Select, other: exp.Select) -> None:
    joined = {join.this.name for join in into.args.get("joins") or ()}
    for join in other.args.get("joins") or ():
        if join.this.name not in joined:
            into.append("joins", join.copy())
    # Both begin with the same key condition; saying it once is enough.
    theirs = [
        part for part in other.args["where"].this.flatten() if part not in into.args["where"].this.flatten()
    ]
    into.where(*[part.copy() for part in theirs], copy=False)
