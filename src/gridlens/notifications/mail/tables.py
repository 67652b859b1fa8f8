"""Rows as small tables that read well in a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from gridlens.notifications.mail.dates import day
from gridlens.notifications.mail.numbers import MISSING, Scale, number, scale_of
from gridlens.shared.results import NAMES, Calendar, Column, Kind, ResultSet
from gridlens.shared.visualizations import Cell, Grid

ROWS_SHOWN = 24
COLUMNS_SHOWN = 8
LONGEST_CELL = 80
NUMBERS = {Kind.INTEGER, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class MailTable:
    """Formatted cells; ``is_number`` says which columns stand to the right."""

    heads: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def of_grid(grid: Grid, zone: str) -> MailTable:
    return _table(grid.columns, grid.rows, grid.total_rows, zone)


def of_result(result: ResultSet) -> MailTable:
    rows = [tuple(_plain(each) for each in row) for row in result.frame.head(ROWS_SHOWN).iter_rows()]
    total = result.total_rows or result.frame.height
    has_more = result.is_cut and result.total_rows is None
    return _table(result.columns, rows, total, result.zone, has_more=has_more)


def _table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    total_rows: int,
    zone: str,
    *,
    has_more: bool = False,
) -> MailTable:
    shown = columns[:COLUMNS_SHOWN]
    kept = rows[:ROWS_SHOWN]
    scales = [_scale(column, [row[index] for row in kept]) for index, column in enumerate(shown)]
    return MailTable(
        heads=tuple(_head(column, scale) for column, scale in zip(shown, scales, strict=True)),
        is_number=tuple(scale is not None for scale in scales),
        rows=tuple(
            tuple(
                _cell(row[index], column, scale, zone)
                for index, (column, scale) in enumerate(zip(shown, scales, strict=True))
            )
            for row in kept
        ),
        note=_note(len(kept), total_rows, len(shown), len(columns), has_more=has_more),
    )


def _scale(column: Column, values: Sequence[Cell]) -> Scale | None:
    if column.kind not in NUMBERS or column.calendar is not None:
        return None
    numbers = [each for each in values if isinstance(each, int | float)]
    return scale_of(numbers, column.unit, is_whole=column.kind is Kind.INTEGER)


def _head(column: Column, scale: Scale | None) -> str:
    label = column.label or column.name
    unit = scale.unit if scale else column.unit
    return f"{label}, {unit}" if unit else label


def _cell(value: Cell, column: Column, scale: Scale | None, zone: str) -> str:
    if value is None:
        return MISSING
    if scale is not None and isinstance(value, int | float):
        return number(value, scale)
    if column.calendar is not None and isinstance(value, int):
        return _named(value, column.calendar)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if column.kind in {Kind.TIMESTAMP, Kind.DATE}:
        return _time(text, zone)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _named(number: int, calendar: Calendar) -> str:
    """A weekday, of which 1 is Monday, or a month."""
    names = NAMES[calendar]
    return names[number - 1] if 1 <= number <= len(names) else str(number)


def _time(text: str, zone: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) <= len("2026-06-15"):
        return day(at.date())
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def _plain(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _note(shown_rows: int, rows: int, shown_columns: int, columns: int, *, has_more: bool) -> str:
    parts = []
    if shown_rows < rows or has_more:
        parts.append(f"{shown_rows} of {'more than ' if has_more else ''}{rows:,} rows")
    if shown_columns < columns:
        parts.append(f"{shown_columns} of {columns} columns")
    return f"Showing {' and '.join(parts)}." if parts else ""
