"""Which columns play which part: what the spec leaves open is chosen from the columns there are."""

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import polars as pl
from polars import selectors as cs

from gridlens.shared.results import NAMES, Column, ColumnRole, Kind, ResultSet
from gridlens.visualizations.errors import CannotDraw, ColumnGone
from gridlens.visualizations.figures.quantities import quantity_of
from gridlens.visualizations.figures.wide import label_of
from gridlens.visualizations.spec import ChartKind, ChartSpec

MOST_SERIES_COLUMNS = 9
_WORD = re.compile(r"[^\W_]+")
_BEFORE = {"before", "previous", "prior", "last", "earlier", "comparison"}
_WITH_X = {ChartKind.LINE, ChartKind.STEP, ChartKind.AREA, ChartKind.STACKED_AREA, ChartKind.BAR}


class Columns:
    """The columns of an answer, sorted by the part they can play."""

    def __init__(self, result: ResultSet) -> None:
        self._by_name = {column.name: column for column in result.columns}
        self._frame = result.frame
        self.all = tuple(result.columns)
        types = dict(zip((c.name for c in result.columns), result.frame.dtypes, strict=True))
        self.times = tuple(c for c in self.all if isinstance(types[c.name], pl.Datetime | pl.Date))
        numeric = [c for c in self.all if types[c.name].is_numeric()]
        measures = [c for c in numeric if c.role is ColumnRole.MEASURE]
        self.measures = tuple(measures or (c for c in numeric if c.role is not ColumnRole.KEY))
        self.numbers = tuple(numeric)
        self.categories = tuple(
            c
            for c in self.all
            if c not in self.times and c not in self.measures and not types[c.name].is_nested()
        )

    def __getitem__(self, name: str) -> Column:
        if name not in self._by_name:
            raise ColumnGone(name, self._by_name)
        return self._by_name[name]

    def is_time(self, name: str) -> bool:
        return self[name] in self.times

    def is_number(self, name: str) -> bool:
        return self[name] in self.numbers

    def has_repeats(self, name: str) -> bool:
        return self._frame[name].n_unique() < self._frame.height

    def measures_of_one_unit(self, without: str | None = None) -> tuple[str, ...]:
        """The first measure and those that can share its axis."""
        free = [c for c in self.measures if c.name != without]
        if not free:
            return ()
        first = quantity_of(free[0].unit)
        alike = [c.name for c in free if _same_axis(quantity_of(c.unit), first)]
        return tuple(alike[:MOST_SERIES_COLUMNS])

    def earlier(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the columns that are named as what another one was before."""
        found = tuple(name for name in names if _BEFORE & set(self._words(name)))
        return found if len(found) < len(names) else ()

    def counterparts(self, names: Sequence[str]) -> dict[str, str]:
        """What is measured now by the name of what it was before, where both are among the columns."""
        before = self.earlier(names)
        now = {frozenset(self._named(name)): name for name in names if name not in before}
        pairs = {name: now.get(frozenset(self._named(name)) - _BEFORE) for name in before}
        return {name: counterpart for name, counterpart in pairs.items() if counterpart is not None}

    def _words(self, name: str) -> list[str]:
        return [*_WORD.findall(label_of(self[name]).lower()), *self._named(name)]

    def _named(self, name: str) -> list[str]:
        return _WORD.findall(name.lower())

    def listed(self) -> str:
        return ", ".join(f"{c.name} ({c.kind.value})" for c in self.all) or "no columns"


def _same_axis(one: object, other: object) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in ("sort", "stem", "tail"))


def with_names(spec: ChartSpec, result: ResultSet) -> ResultSet:
    """Weekdays and months by name, in the order of the calendar, where the chart does not measure them.

    A table keeps their numbers, by which it is put in order.
    """
    if spec.kind in {ChartKind.TABLE, ChartKind.SCATTER}:
        return result
    measured = {*spec.y, spec.compare_with}
    numbers = result.frame.select(cs.numeric()).columns
    names = {
        column.name: NAMES[column.calendar]
        for column in result.columns
        if column.calendar is not None and column.name in numbers and column.name not in measured
    }
    if not names:
        return result
    is_ranked = spec.arrangement == "ranked"
    frame = result.frame if is_ranked else result.frame.sort(*names, maintain_order=True)
    frame = frame.with_columns(
        pl.col(column).replace_strict(dict(enumerate(words, 1)), default=None, return_dtype=pl.String)
        for column, words in names.items()
    )
    columns = tuple(
        msgspec.structs.replace(column, kind=Kind.TEXT, calendar=None) if column.name in names else column
        for column in result.columns
    )
    return replace(result, columns=columns, frame=frame)


def complete(spec: ChartSpec, result: ResultSet) -> ChartSpec:
    """The spec with every part it needs, each checked against the answer.

    Raises:
        ColumnGone: a named column is not in the answer.
        CannotDraw: the answer has no column for a part this kind needs.
    """
    columns = Columns(result)
    for name in (spec.x, spec.series, spec.compare_with, *spec.y, *spec.columns):
        if name is not None:
            columns[name]
    for name in (*spec.y, *((spec.compare_with,) if spec.compare_with else ())):
        if not columns.is_number(name):
            raise CannotDraw(f"“{name}” has no numbers. Choose a numeric column as the measure.")
    filled = _fill(spec, columns)
    if len(
        {(q.sort, q.stem, q.tail) for q in (quantity_of(columns[name].unit) for name in filled.y)}
    ) > 1 and (spec.kind not in {ChartKind.TABLE, ChartKind.SCATTER, ChartKind.VALUE}):
        units = ", ".join(f"{name} ({columns[name].unit or 'no unit'})" for name in filled.y)
        raise CannotDraw(f"One axis has one unit, and these differ: {units}. Draw a chart for each unit.")
    if filled.series is not None and len(filled.y) > 1:
        raise CannotDraw(
            "A chart that is split by a column shows one measure. Choose one measure, or do not split."
        )
    return filled


def is_stack(spec: ChartSpec) -> bool:
    return spec.kind is ChartKind.STACKED_AREA or (
        spec.kind is ChartKind.BAR and spec.arrangement == "stacked"
    )


def left_off_stack(asked: ChartSpec, drawn: ChartSpec, result: ResultSet) -> tuple[str, ...]:
    """Earlier measures that were asked for, or would have been chosen, and that a stack cannot show."""
    if not is_stack(drawn):
        return ()
    columns = Columns(result)
    wanted = asked.y or columns.measures_of_one_unit(without=drawn.x)
    return tuple(name for name in columns.earlier(wanted) if name not in drawn.y)


def _fill(spec: ChartSpec, columns: Columns) -> ChartSpec:
    kind = spec.kind
    x, y, series = spec.x, spec.y, spec.series
    if kind is ChartKind.TABLE:
        return msgspec.structs.replace(spec, columns=spec.columns or tuple(c.name for c in columns.all))
    if kind is ChartKind.SCATTER:
        free = [c.name for c in columns.measures if c.name not in y]
        x = x or _need(free, columns, "a scatter chart needs two measures")
        y = y or (_need([n for n in free if n != x], columns, "a scatter chart needs two measures"),)
        if not columns.is_number(x):
            raise CannotDraw(
                f"A scatter chart has numbers on both axes, and “{x}” has none. Choose a line instead."
            )
        return msgspec.structs.replace(spec, x=x, y=y[:1])
    free_measures = columns.measures_of_one_unit(without=x)
    y = y or tuple(name for name in free_measures if name != spec.compare_with) or free_measures
    _need(y, columns, f"{_named(kind)} needs a measure")
    if kind in {ChartKind.HISTOGRAM, ChartKind.BOX, ChartKind.HEAT_MAP, ChartKind.VALUE, ChartKind.PIVOT}:
        y = y[:1]
    if is_stack(spec) and (before := columns.earlier(y)):
        # What was adds nothing to what is.
        y = tuple(name for name in y if name not in before)
    groups = [c.name for c in columns.categories if c.name not in {x, series}]
    times = [c.name for c in columns.times]
    if kind in _WITH_X:
        numbers = [c.name for c in columns.numbers if c.name not in y]
        x = x or _need(
            [*times, *groups, *numbers],
            columns,
            f"{_named(kind)} needs a time or category beside its measure",
        )
        groups = [name for name in groups if name != x]
        # Several rows at one place mean that something else tells them apart.
        if series is None and not spec.y and groups and columns.has_repeats(x):
            series, y = groups[0], y[:1]
        elif series is not None and not spec.y:
            y = y[:1]
    elif kind is ChartKind.HEAT_MAP:
        x = x or _need(
            [*times, *groups], columns, "a heat map needs a time, or two categories, beside its measure"
        )
        if not columns.is_time(x):
            rest = [name for name in groups if name != x]
            series = series or _need(
                rest, columns, "a heat map needs a time, or two categories, beside its measure"
            )
    elif kind is ChartKind.PIVOT:
        x = x or _need([*groups, *times], columns, "a pivot needs a category for its rows")
        rest = [name for name in [*groups, *times] if name != x]
        series = series or (rest[0] if rest else None)
    elif kind is ChartKind.VALUE:
        x = x or (times[0] if times else None)
    elif kind is ChartKind.LOAD_DURATION and series is not None and not spec.y:
        y = y[:1]
    elif kind is ChartKind.BOX and x is None:
        x = next(iter([*groups, *times]), None)
    return msgspec.structs.replace(spec, x=x, y=y, series=series)


def _named(kind: ChartKind) -> str:
    name = kind.value.replace("_", " ")
    suffix = "" if kind in {ChartKind.HEAT_MAP, ChartKind.HISTOGRAM} else " chart"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}{suffix}"


def _need(choices: Sequence[str], columns: Columns, reason: str) -> str:
    if not choices:
        sentence = reason[0].upper() + reason[1:]
        raise CannotDraw(
            f"{sentence}. The answer has: {columns.listed()}. Choose another kind, or ask for more."
        )
    return choices[0]
