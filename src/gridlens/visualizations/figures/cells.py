"""The cells of a heat map: hours by days, weekdays by weeks, months by years, or two categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import polars as pl

from gridlens.shared.results import NAMES, Column
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.axes import TimeAxis
from gridlens.visualizations.figures.clock import instants
from gridlens.visualizations.figures.wide import join, label_of
from gridlens.visualizations.figures.wire import label
from gridlens.visualizations.spec import Aggregate

MOST_DAYS = 400
MOST_DAYS_WITH_2B = 62
MOST_CATEGORIES = 60
_MOST_ROW_NAMES = 10


ThingT = TypeVar("ThingT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """``frame`` holds ``row`` and ``column``, counted from 0, and ``value``; ``missing`` what it lacks.

    The names of rows and of columns are unique; ``row_ticks`` and ``column_ticks`` are those of
    them that the axes show, each with its shorter form.
    """

    frame: pl.DataFrame
    rows: list[str]
    columns: list[str]
    row_ticks: dict[str, str]
    column_ticks: list[str]
    by: str
    notes: list[str]
    missing: list[tuple[int, int]] = field(default_factory=list)


def cells_in_time(frame: pl.DataFrame, how: Aggregate, axis: TimeAxis) -> Cells:
    """Rows with ``x`` and ``value``, by where they fall in the day, week or year."""
    local = frame.with_columns(local=pl.col("x").dt.convert_time_zone(axis.zone))
    every = "1d" if axis.is_dates and axis.cadence.every is None else axis.cadence.every
    match every:
        case "1d":
            return _weekdays_by_week(local, how)
        case "1mo":
            return _months_by_year(local, how)
        case "1w" | "3mo" | "1y":
            raise CannotDraw(
                f"A heat map shows hours, days or months, and these values are {axis.cadence.adjective}. "
                "Ask for a finer step, or choose bars."
            )
    return _hours_by_day(local, how, axis.zone)


def _hours_by_day(local: pl.DataFrame, how: Aggregate, zone: str) -> Cells:
    """A column for each hour of the clock; where autumn shows one twice, it has two."""
    at = pl.col("local")
    is_again = at.dt.replace_time_zone(None).dt.replace_time_zone(zone, ambiguous="earliest") != at
    slot = at.dt.hour().cast(pl.Int32) * 2 + is_again.cast(pl.Int32)
    slots = local.select("value", row=at.dt.date(), slot=slot)
    hours = slots.group_by("row", "slot").agg(join("value", how))
    days = _calendar(hours["row"], timedelta(days=1))
    notes: list[str] = []
    if len(days) > MOST_DAYS_WITH_2B:
        # One cell in an empty column would not be seen among so many days.
        single = (
            hours.with_columns(pl.col("slot") // 2 * 2).group_by("row", "slot").agg(pl.col("value").mean())
        )
        if single.height < hours.height:
            notes.append("2A and 2B averaged")
        hours = single
    if len(days) > MOST_DAYS:
        hours = hours.group_by(pl.col("row").dt.truncate("1mo"), "slot").agg(pl.col("value").mean())
        days = sorted({day.replace(day=1) for day in days})
        notes.append(f"mean day of each of {len(days)} months")
        names = [f"{day:%B %Y}" for day in days]
        ticks = {name: name for name in _some(names)}
    else:
        names = [_day(day) for day in days]
        ticks = _day_ticks(days)
    twice = {slot // 2 for slot in hours["slot"].unique() if slot % 2}
    order = sorted({2 * hour for hour in range(24)} | {2 * hour + 1 for hour in twice})
    columns = [
        f"{slot // 2}{'AB'[slot % 2]}" if slot // 2 in twice else f"{slot // 2:02d}:00" for slot in order
    ]
    return Cells(
        frame=_numbered(hours, days, {slot: place for place, slot in enumerate(order)}, "slot"),
        rows=names,
        columns=columns,
        row_ticks=ticks,
        column_ticks=[name for name in columns if name[:2] in {"00", "06", "12", "18"} or name[-1] in "AB"],
        by="hour",
        notes=notes,
        missing=_missing(hours, days, order, zone) if len(days) <= MOST_DAYS else [],
    )


def _missing(hours: pl.DataFrame, days: list[date], order: list[int], zone: str) -> list[tuple[int, int]]:
    """Cells without a value between the first and the last one, of hours that the clock did show."""
    known = set(hours.filter(pl.col("value").is_not_null()).select("row", "slot").iter_rows())
    if not known:
        return []
    first, last = min(known), max(known)
    place = ZoneInfo(zone)
    found = []
    for row, day in enumerate(days):
        for column, slot in enumerate(order):
            if first < (day, slot) < last and (day, slot) not in known:
                shown = instants(datetime.combine(day, time(slot // 2)), place)
                if len(shown) > slot % 2:
                    found.append((row, column))
    return found


def _weekdays_by_week(local: pl.DataFrame, how: Aggregate) -> Cells:
    day = pl.col("local").dt.date()
    days = local.select("value", row=day.dt.truncate("1w"), weekday=day.dt.weekday().cast(pl.Int32))
    weeks = _calendar(days["row"], timedelta(weeks=1))
    names = [f"Week {week:%V}, from {week.day} {week:%b %Y}" for week in weeks]
    return Cells(
        frame=_numbered(
            days.group_by("row", "weekday").agg(join("value", how)),
            weeks,
            {n + 1: n for n in range(7)},
            "weekday",
        ),
        rows=names,
        columns=list(NAMES["weekday"]),
        row_ticks={
            name: f"{week.day} {week:%b}" for name, week in _some(list(zip(names, weeks, strict=True)))
        },
        column_ticks=list(NAMES["weekday"]),
        by="weekday",
        notes=[],
    )


def _months_by_year(local: pl.DataFrame, how: Aggregate) -> Cells:
    at = pl.col("local")
    months = local.select("value", row=at.dt.year().cast(pl.Int32), month=at.dt.month().cast(pl.Int32))
    present = sorted(months["row"].unique())
    years = list(range(present[0], present[-1] + 1))
    names = [str(year) for year in years]
    return Cells(
        frame=_numbered(
            months.group_by("row", "month").agg(join("value", how)),
            years,
            {n + 1: n for n in range(12)},
            "month",
        ),
        rows=names,
        columns=list(NAMES["month"]),
        row_ticks={name: name for name in _some(names)},
        column_ticks=list(NAMES["month"]),
        by="month",
        notes=[],
    )


def cells_of_categories(frame: pl.DataFrame, how: Aggregate, across: Column) -> Cells:
    """Rows with ``x``, ``series`` and ``value``: one category across, the other down."""
    if frame.schema["x"].is_numeric():
        frame = frame.sort("x", maintain_order=True)
        frame = frame.with_columns(x=pl.Series([f"{value:g}" for value in frame["x"]], dtype=pl.String))
    joined = frame.group_by("x", "series", maintain_order=True).agg(join("value", how))
    notes = []
    kept: dict[str, list[str]] = {}
    for part in ("series", "x"):
        names = joined[part].unique(maintain_order=True).to_list()
        if len(names) > MOST_CATEGORIES:
            notes.append(f"the first {MOST_CATEGORIES} of {len(names):,} shown")
            joined = joined.filter(pl.col(part).is_in(names[:MOST_CATEGORIES]))
        kept[part] = names[:MOST_CATEGORIES]
    rows, columns = (_unique([label(name, 28) for name in kept[part]]) for part in ("series", "x"))
    places = {name: place for place, name in enumerate(kept["x"])}
    return Cells(
        frame=_numbered(joined.rename({"series": "row"}), kept["series"], places, "x"),
        rows=rows,
        columns=columns,
        row_ticks={name: name for name in rows},
        column_ticks=columns,
        by=label_of(across),
        notes=notes,
    )


def _numbered(
    cells: pl.DataFrame, rows: Sequence[object], columns: Mapping[Any, int], column: str
) -> pl.DataFrame:
    """Rows and columns by where they stand in the map."""
    return cells.select(
        pl.col("row").replace_strict(rows, list(range(len(rows))), return_dtype=pl.Int64),
        pl.col(column)
        .replace_strict(list(columns), list(columns.values()), return_dtype=pl.Int64)
        .alias("column"),
        "value",
    )


def _calendar(present: pl.Series, step: timedelta) -> list[date]:
    """Every step from the first to the last one present: a day without values is an empty row."""
    days: list[date] = sorted(present.unique())
    first, last = days[0], days[-1]
    return [first + step * place for place in range((last - first) // step + 1)]


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _day_ticks(days: list[date]) -> dict[str, str]:
    """Few enough names to be read: every day, or Mondays, or the first days of months."""
    if len(days) <= _MOST_ROW_NAMES:
        return {_day(day): f"{day:%a} {day.day}" for day in days}
    mondays = [day for day in days if day.weekday() == 0]
    firsts = [day for day in days if day.day == 1]
    shown = mondays if len(mondays) <= _MOST_ROW_NAMES or not firsts else firsts
    return {_day(day): f"{day.day} {day:%b}" for day in _some(shown)}


def _some(things: list[ThingT]) -> list[ThingT]:
    return things[:: max(-(-len(things) // _MOST_ROW_NAMES), 1)]


def _unique(names: list[str]) -> list[str]:
    """Names that became equal by shortening stay two places."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told
