"""A draft as a plan, which rendering, sentences and charts understand."""

from typing import Literal

import msgspec

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.parsing.draft import ROWS, Draft, Item, Narrowing
from gridlens.analytics.ask.parsing.schema import Column, Schema
from gridlens.analytics.ask.plan import (
    Aggregate,
    AnyOf,
    Between,
    ColumnRef,
    Combined,
    Compare,
    CompareAnswer,
    CompareColumns,
    Condition,
    Contains,
    Dimension,
    Exists,
    Filter,
    Function,
    Having,
    InAnswer,
    IsNull,
    Listed,
    OneOf,
    Operator,
    Order,
    QueryPlan,
    Value,
)
from gridlens.shared.results import Kind

_OPERATORS: dict[str, Operator] = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_FUNCTIONS: dict[str, Function] = {"sum": "sum", "avg": "mean", "min": "min", "max": "max", "count": "count"}
_PLACES: dict[str, Literal["start", "end", "anywhere"]] = {"x%": "start", "%x": "end", "%x%": "anywhere"}
_SAID = {"sum": "total", "avg": "average", "min": "lowest", "max": "highest", "count": "number_of"}


def plan_of(draft: Draft, schema: Schema) -> QueryPlan:
    """The same question as a plan.

    Raises:
        PlanRefused: a plan cannot say it.
    """
    return _Planning(draft, schema).plan()


class _Planning:
    def __init__(self, draft: Draft, schema: Schema) -> None:
        self.draft, self.schema = draft, schema
        self._names: set[str] = set()

    def plan(self) -> QueryPlan:
        draft = self.draft
        plan = self._grouped() if draft.group or any(i.aggregate for i in draft.select) else self._listed()
        filters = self._filters()
        plan = msgspec.structs.replace(plan, filters=(*filters, *self._present()), limit=draft.limit)
        if draft.combined is not None:
            operator, other = draft.combined
            if operator not in ("union", "intersect", "except"):
                raise PlanRefused("This way to put two answers together is not known.")
            inner = Combined(operator=operator, plan=plan_of(other, self.schema))  # type: ignore[arg-type]
            plan = msgspec.structs.replace(plan, combined=inner)
        return plan

    def _listed(self) -> QueryPlan:
        columns: list[Listed] = []
        for item in self.draft.select:
            if item.column == ROWS:
                tables = self.draft.tables or tuple(
                    self.schema.columns[n.column].table.index for n in self.draft.where if n.column >= 0
                )
                if not tables:
                    raise PlanRefused("It is not clear what to list.")
                columns += [self._list(column) for column in self.schema.tables[tables[0]].columns[:50]]
            else:
                columns.append(self._list(self.schema.columns[item.column]))
        order = []
        for item, down in self.draft.order:
            if item.aggregate:
                raise PlanRefused("Listed rows have no figures to be ordered by.")
            order.append(Order(by=self._reference(item.column), descending=down))
        return QueryPlan(columns=tuple(columns), order=tuple(order), is_distinct=self.draft.is_distinct)

    def _grouped(self) -> QueryPlan:
        """Items keep their order only among figures and among groups: groups come first."""
        shown = [item.column for item in self.draft.select if not item.aggregate]
        dimensions = [
            Dimension(column=self._reference(c), name=self._name(self.schema.columns[c].name)) for c in shown
        ]
        for column in self.draft.group:
            if column not in shown:
                name = self._name(self.schema.columns[column].name)
                dimensions.append(Dimension(column=self._reference(column), name=name, is_shown=False))
        measures = {item: self._measure(item) for item in self.draft.select if item.aggregate}
        having, order = [], []
        for narrowing in self.draft.having:
            item = Item(narrowing.aggregate, narrowing.column)
            measure = measures.setdefault(item, self._measure(item, is_shown=False))
            for operator, value in self._bounds(narrowing):
                having.append(Having(measure=measure.name, operator=operator, value=float(value)))  # type: ignore[arg-type]
        for item, down in self.draft.order:
            if item.aggregate:
                by = measures.setdefault(item, self._measure(item, is_shown=False)).name
            else:
                by = self._ordering(item, dimensions, measures)
            order.append(Order(by=by, descending=down))
        return QueryPlan(
            measures=tuple(measures.values()),
            dimensions=tuple(dimensions),
            having=tuple(having),
            order=tuple(order),
        )

    def _ordering(self, item: Item, dimensions: list[Dimension], measures: dict[Item, Aggregate]) -> str:
        reference = self._reference(item.column)
        for dimension in dimensions:
            if dimension.column == reference:
                return dimension.name
        for other, measure in measures.items():
            if other.column == item.column:
                return measure.name
        name = self._name(self.schema.columns[item.column].name)
        dimensions.append(Dimension(column=reference, name=name, is_shown=False))
        return name

    def _bounds(self, narrowing: Narrowing) -> list[tuple[Operator, object]]:
        if narrowing.operator == "between":
            return [("ge", narrowing.value), ("le", narrowing.other)]
        return [(_OPERATORS[narrowing.operator], narrowing.value)]

    def _measure(self, item: Item, *, is_shown: bool = True) -> Aggregate:
        function: Function = "count_distinct" if item.is_distinct else _FUNCTIONS[item.aggregate]
        if item.column == ROWS:
            table = self.schema.tables[self._counted()]
            reference = ColumnRef(table=table.name, column="*", schema=table.key.schema or None)
            name = self._name(f"number_of_{table.name}")
        else:
            reference = self._reference(item.column)
            name = self._name(f"{_SAID[item.aggregate]}_{self.schema.columns[item.column].name}")
        return Aggregate(function=function, column=reference, name=name, is_shown=is_shown)

    def _counted(self) -> int:
        """The table whose rows are counted: the one said to be, else the one that all others describe."""
        if self.draft.tables:
            return self.draft.tables[0]
        columns = [i.column for i in self.draft.select] + list(self.draft.group)
        columns += [n.column for n in self.draft.where]
        tables = [self.schema.columns[c].table for c in columns if c >= 0]
        if not tables:
            raise PlanRefused("It is not clear what to count.")
        root = self.schema.relations.root([table.key for table in tables])
        return next((t.index for t in self.schema.tables if t.key == root), tables[0].index)

    def _present(self) -> list[Filter]:
        """Tables that the draft only names: a row needs at least one of theirs."""
        columns = [i.column for i in self.draft.select] + list(self.draft.group)
        columns += [n.column for n in self.draft.where] + [i.column for i, _ in self.draft.order]
        used = {self.schema.columns[c].table.index for c in columns if c >= 0}
        counts = any(i.column == ROWS for i in self.draft.select) or any(
            i.column == ROWS for i, _ in self.draft.order
        )
        counts = counts or any(n.column == ROWS for n in self.draft.having)
        named = self.draft.tables[1:] if counts else self.draft.tables
        found: list[Filter] = []
        for table in named:
            if table not in used and used:
                entry = self.schema.tables[table]
                found.append(Exists(table=entry.name, schema=entry.key.schema or None))
        return found

    # Filters.

    def _filters(self) -> list[Filter]:
        found = [part for each in self.draft.where for part in self._conditions(each)]
        if self.draft.is_any and len(found) > 1:
            merged = self._one_of(found)
            return [merged] if merged is not None else [AnyOf(filters=tuple(found))]
        return list(found)

    def _one_of(self, found: list[Condition]) -> OneOf | None:
        values: list[Value] = []
        for each in found:
            if not isinstance(each, OneOf) or each.negated or each.column != found[0].column:
                return None
            values += each.values
        return OneOf(column=found[0].column, values=tuple(dict.fromkeys(values)))

    def _conditions(self, each: Narrowing) -> list[Condition]:
        reference = self._reference(each.column)
        column = self.schema.columns[each.column]
        if isinstance(each.value, Draft):
            inner = plan_of(each.value, self.schema)
            if each.operator in ("in", "not in"):
                return [InAnswer(column=reference, plan=inner, negated=each.operator == "not in")]
            return [CompareAnswer(column=reference, operator=_OPERATORS[each.operator], plan=inner)]
        if isinstance(each.value, Column):
            other = self._reference(each.value.index)
            return [CompareColumns(column=reference, operator=_OPERATORS[each.operator], other=other)]
        if each.operator in ("null", "not null"):
            return [IsNull(column=reference, negated=each.operator == "not null")]
        if each.operator.startswith("like"):
            place = _PLACES[each.operator.split()[1]]
            return [Contains(column=reference, text=str(each.value), at=place)]
        if each.operator == "between":
            low, high = self._value(column, each.value), self._value(column, each.other)
            return [Between(column=reference, low=low, high=high)]
        value = self._value(column, each.value)
        if each.operator in ("=", "!="):
            return [OneOf(column=reference, values=(value,), negated=each.operator == "!=")]
        return [Compare(column=reference, operator=_OPERATORS[each.operator], value=value)]

    @staticmethod
    def _value(column: Column, value: object) -> Value:
        if column.is_number and isinstance(value, int | float) and not isinstance(value, bool):
            return int(value) if float(value).is_integer() else float(value)
        if column.column.kind is Kind.BOOLEAN:
            return bool(value)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    # Names.

    def _list(self, column: Column) -> Listed:
        return Listed(column=self._reference(column.index), name=self._name(column.name))

    def _reference(self, column: int) -> ColumnRef:
        entry = self.schema.columns[column]
        return ColumnRef(table=entry.table.name, column=entry.name, schema=entry.table.key.schema or None)

    def _name(self, wanted: str) -> str:
        base = "".join(c for c in wanted if c.isprintable() and c not in '"`\\')[:50] or "column"
        name, number = base, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{base}_{number}"
        self._names.add(name.casefold())
        return name
