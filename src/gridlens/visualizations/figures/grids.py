"""Tables and pivots: cells, formatted by whoever shows them."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import polars as pl

from gridlens.shared.results import Column, ColumnRole, Kind, ResultSet
from gridlens.shared.visualizations import Cell, Grid
from gridlens.visualizations.figures.pages import Page, largest, turned_to
from gridlens.visualizations.figures.quantities import quantity_of
from gridlens.visualizations.figures.wide import (
    EMPTY,
    done,
    finite,
    join,
    label_of,
    position,
    resolve,
    time_axis,
)
from gridlens.visualizations.spec import ChartSpec

MOST_ROWS = 1_000
MOST_PIVOT_COLUMNS = 200
_LARGEST_EXACT = 2**53


def draw_table(spec: ChartSpec, result: ResultSet, page: Page | None = None) -> tuple[Grid, list[str]]:
    """The page, or the first rows for readers who cannot turn pages."""
    by_name = {column.name: column for column in result.columns}
    chosen = tuple(by_name[name] for name in spec.columns)
    whole = result.frame if spec.limit is None else result.frame.head(spec.limit)
    seen, fitting = turned_to(whole, page, result.zone) if page else (whole.head(MOST_ROWS), whole.height)
    rows = tuple(tuple(_cell(value) for value in row) for row in seen.select(spec.columns).iter_rows())
    grid = Grid(
        columns=chosen,
        rows=rows,
        total_rows=fitting,
        offset=page.offset if page else 0,
        all_rows=whole.height,
        largest=largest(whole, spec.columns),
    )
    names = ", ".join(label_of(column) for column in chosen[:8]) + (" and more" if len(chosen) > 8 else "")
    shown = f", the first {len(rows):,} shown" if len(rows) < grid.total_rows else ""
    return grid, [f"A table of {grid.total_rows:,} rows{shown}, with {names}."]


def _cell(value: Any) -> Cell:
    """A value as JSON can carry it without loss: instants in UTC, whole numbers beyond 2**53 as text."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if abs(value) <= _LARGEST_EXACT else str(value)
        case float():
            return value if value - value == 0 else None
        case Decimal():
            return float(value)
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return f"{len(value):,} bytes"
        case _:
            return msgspec.json.encode(value, enc_hook=str).decode()


def draw_pivot(spec: ChartSpec, result: ResultSet) -> tuple[Grid, list[str]]:
    """Rows by ``x``, columns by ``series``, joined values in the cells, and all of each in its margin.

    Totals are joined from the rows themselves, so that the total of means is the mean of all.
    """
    by_name = {column.name: column for column in result.columns}
    measure, across = by_name[spec.y[0]], by_name[spec.x or ""]
    quantity = quantity_of(measure.unit)
    how = resolve(spec.aggregate, quantity, is_sum=quantity.sums_over_time)
    split = by_name[spec.series] if spec.series else None
    frame = result.frame.select(finite(pl.col(measure.name)).alias("value"))
    frame = frame.with_columns(_words(result, across).alias("row"))
    names: list[str] = []
    cells: dict[tuple[str, str], float | None] = {}
    below: dict[str, float | None] = {}
    if split is not None:
        frame = frame.with_columns(_words(result, split).alias("column"))
        names = _in_order(result, split, frame["column"])
        joined = frame.group_by("row", "column").agg(join("value", how))
        cells = {
            (row, column): value for row, column, value in joined.select("row", "column", "value").iter_rows()
        }
        below = dict(frame.group_by("column").agg(join("value", how)).select("column", "value").iter_rows())
    whole = "Total" if how in {"sum", "count"} else "All"
    hidden = len(names) - MOST_PIVOT_COLUMNS
    shown = names[:MOST_PIVOT_COLUMNS]
    order = _in_order(result, across, frame["row"])
    total_of = dict(frame.group_by("row").agg(join("value", how)).select("row", "value").iter_rows())
    most = spec.limit or MOST_ROWS
    body = [(row, *(cells.get((row, name)) for name in shown), total_of[row]) for row in order[:most]]
    if len(order) > 1:
        body.append((whole, *(below.get(name) for name in shown), frame.select(join("value", how)).item()))
    value_column = Column(name="value", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit=measure.unit)
    total_name = whole if split is not None else label_of(measure)
    columns = (
        Column(name=across.name, kind=Kind.TEXT, role=ColumnRole.DIMENSION, label=label_of(across)),
        *(
            msgspec.structs.replace(value_column, name=f"c{place}", label=name)
            for place, name in enumerate(shown)
        ),
        msgspec.structs.replace(value_column, name="total", label=total_name),
    )
    said = f"{label_of(measure)} {done(how)} by {label_of(across)}"
    said += f" and {label_of(split)}" if split is not None else ""
    said += (
        f": {len(order):,} rows, {len(names):,} columns" if split is not None else f": {len(order):,} rows"
    )
    said += f", {hidden:,} more columns not shown." if hidden > 0 else "."
    return Grid(columns=columns, rows=tuple(body), total_rows=len(order)), [said]


def _words(result: ResultSet, column: Column) -> pl.Series:
    """Each row's group in words: intervals for times, digits for numbers."""
    place = result.frame.select(position(result.frame, column))["x"]
    if isinstance(place.dtype, pl.Datetime):
        at = place.drop_nulls().unique().sort()
        axis = time_axis(at, column, result)
        words = dict(zip(at.to_list(), axis.words(at), strict=True))
        return pl.Series([words.get(moment, EMPTY) for moment in place], dtype=pl.String)
    if place.dtype.is_numeric():
        return pl.Series([EMPTY if number is None else f"{number:g}" for number in place], dtype=pl.String)
    return place


def _in_order(result: ResultSet, column: Column, words: pl.Series) -> list[str]:
    """The groups: times and numbers ascending, words as the answer first names them."""
    place = result.frame.select(position(result.frame, column))["x"]
    groups = pl.DataFrame({"words": words, "place": place})
    if place.dtype != pl.String:
        groups = groups.sort("place", nulls_last=True)
    return groups["words"].unique(maintain_order=True).to_list()
