"""A page of a table: all of its rows narrowed and put in order first, and only then cut."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
import polars as pl
from msgspec import Meta

from gridlens.core.errors import Invalid
from gridlens.visualizations.errors import ColumnGone
from gridlens.visualizations.spec import ColumnName

Text = Annotated[str, Meta(max_length=500)]
Edge = float | Text | None


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class CellContains(_Input, frozen=True, kw_only=True, tag="contains", tag_field="type"):
    """Keeps rows whose text holds the words, in whatever case."""

    column: ColumnName
    text: Text


class CellEquals(_Input, frozen=True, kw_only=True, tag="equals", tag_field="type"):
    """Keeps rows whose text is this, in whatever case; of yes and no, ``true`` or ``false``."""

    column: ColumnName
    text: Text


class CellBetween(_Input, frozen=True, kw_only=True, tag="between", tag_field="type"):
    """Keeps rows from ``low`` up to and with ``high``, either of which may be left open.

    Numbers in the column's own unit; days and times in ISO 8601, read in the answer's zone where they
    name no offset.
    """

    column: ColumnName
    low: Edge = None
    high: Edge = None


DEEP = 20
"""A page beyond this part of the rows is far from both ends."""

CellFilter = CellContains | CellEquals | CellBetween


class RowOrder(_Input, frozen=True, kw_only=True):
    """Missing values stay last in both directions; equal ones stay as they came."""

    column: ColumnName
    is_descending: bool = False


class Page(_Input, frozen=True, kw_only=True):
    offset: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0
    limit: Annotated[int, Meta(ge=1, le=500)] = 50
    order: RowOrder | None = None
    filters: Annotated[tuple[CellFilter, ...], Meta(max_length=20)] = ()


def turned_to(frame: pl.DataFrame, page: Page, zone: str) -> tuple[pl.DataFrame, int]:
    """The rows of the page, and how many there are that fit its filters.

    Raises:
        ColumnGone: a named column is not in the answer.
        Invalid: an edge of a range is no value of its column.
    """
    if page.filters:
        frame = frame.filter(*(_fits(each, frame, zone) for each in page.filters))
    if page.order is None:
        return frame.slice(page.offset, page.limit), frame.height
    return frame[_rows_in_order(frame, page, page.order)], frame.height


def _rows_in_order(frame: pl.DataFrame, page: Page, order: RowOrder) -> pl.Series:
    """The places of the page's rows, counted from the end of the order that is nearer.

    A sort that is sliced at once only looks for the rows up to the page, which takes a hundredth of the
    time for the first of them and more than a whole sort for those in the middle.
    """
    end = min(page.offset + page.limit, frame.height)
    is_near_end = page.offset > frame.height // 2
    start = frame.height - end if is_near_end else page.offset
    ordered = (
        frame.lazy()
        .select(_comparable(order.column, frame).alias("key"))
        .with_row_index("row")
        .sort(
            "key",
            "row",
            descending=[order.is_descending is not is_near_end, is_near_end],
            nulls_last=not is_near_end,
        )
        .select("row")
    )
    if start > frame.height // DEEP:
        ordered = ordered.collect().lazy()
    rows = ordered.slice(start, max(end - page.offset, 0)).collect()["row"]
    return rows.reverse() if is_near_end else rows


def _kind(column: str, frame: pl.DataFrame) -> pl.DataType:
    if column not in frame.schema:
        raise ColumnGone(column, frame.columns)
    return frame.schema[column]


def _comparable(column: str, frame: pl.DataFrame) -> pl.Expr:
    kind = _kind(column, frame)
    if kind == pl.String:
        return pl.col(column).str.to_lowercase()
    return pl.col(column).fill_nan(None) if kind.is_float() else pl.col(column)


def _fits(wanted: CellFilter, frame: pl.DataFrame, zone: str) -> pl.Expr:
    kind = _kind(wanted.column, frame)
    if isinstance(wanted, CellBetween):
        edges = [_edge(each, kind, wanted.column, zone) for each in (wanted.low, wanted.high)]
        value = pl.col(wanted.column)
        value = value.fill_nan(None) if kind.is_float() else value
        low, high = edges
        return (value >= low if low is not None else value.is_not_null()) & (
            value <= high if high is not None else value.is_not_null()
        )
    if kind == pl.Binary:
        return pl.lit(value=False)
    text = pl.col(wanted.column).cast(pl.String).str.to_lowercase()
    if isinstance(wanted, CellEquals):
        return text == wanted.text.lower()
    return text.str.contains(wanted.text.lower(), literal=True)


def _edge(edge: Edge, kind: pl.DataType, column: str, zone: str) -> pl.Expr | None:
    if edge is None:
        return None
    try:
        if kind.is_numeric():
            return pl.lit(float(edge))
        if isinstance(kind, pl.Datetime):
            moment = datetime.fromisoformat(str(edge))
            aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
            return pl.lit(aware).cast(pl.Datetime(kind.time_unit, "UTC")).dt.replace_time_zone(kind.time_zone)
        if kind == pl.Date:
            return pl.lit(date.fromisoformat(str(edge)[:10]))
        if kind == pl.Time:
            return pl.lit(time.fromisoformat(str(edge)))
    except (ValueError, OverflowError):
        pass
    raise Invalid(
        f"“{edge}” cannot be compared with the values of “{column}”. "
        "Write a number, or a day like 2026-03-31.",
        fields={column: "not a value of this column"},
    )


def largest(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[float | None, ...]:
    """The largest size of each column's numbers, whatever page they stand on; nothing for other columns."""
    numbers = [name for name in columns if frame.schema[name].is_numeric()]
    found = frame.select(
        pl.col(name).cast(pl.Float64).abs().replace([float("inf"), float("nan")], None).max()
        for name in numbers
    )
    known = dict(zip(numbers, found.row(0), strict=True)) if numbers else {}
    return tuple(known.get(name) for name in columns)
