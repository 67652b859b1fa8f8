"""How many of the readings that should be behind an answer are there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import polars as pl

from gridlens.analytics.ask.calendar import offsets
from gridlens.analytics.ask.clocks import Storage
from gridlens.analytics.running.bounds import located
from gridlens.analytics.running.readings import FIRST, LAST, PRESENT, SERIES, Listing, Readings
from gridlens.shared.results import Completeness

DAY_SECONDS = 86_400
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the labels of a source are to be read."""

    dialect: str
    zone: str


def completeness_of(
    readings: Readings, counts: pl.DataFrame, series: int | None, place: Place, now: datetime
) -> Completeness:
    """From a row for each series with its readings and its first and last label.

    ``series`` is how many there should be: one that is silent altogether has no row.
    """
    step = readings.step_seconds
    if step > DAY_SECONDS and step % (7 * DAY_SECONDS):
        return unknown("its readings have no even step")
    # Series one by one: a query over a frame of few rows costs more than all of this.
    is_silent = counts[FIRST].null_count() + counts[LAST].null_count() > 0
    counted = counts.drop_nulls([FIRST, LAST]) if is_silent else counts
    labels = [_label(value, readings, place) for name in (FIRST, LAST) for value in counted[name].to_list()]
    known = [label for label in labels if label is not None]
    if len(known) < len(labels):
        return unknown("its times cannot be read")
    found = counted.height
    expected_series = max(found, series or 0)
    if not known and any(start is None for start, _ in readings.spans):
        return unknown("there are no readings")
    first = min(known, default=readings.spans[0][0] or now)
    last = max(known, default=first)
    # What is not over yet is not missing; what is known ahead of time, such as prices, is expected to be.
    due = max(last, now - timedelta(seconds=step)) + _INSTANT
    is_local = readings.storage is Storage.LOCAL
    steps = 0
    for start, end in readings.spans:
        until = min(end, due) if end else last + _INSTANT
        steps += steps_between(start or first, until, first, step, place.zone, is_local=is_local)
    figures = [counted[f"{PRESENT}_{number}"] for number in range(1, readings.measures + 1)]
    if any(_whole(each.max()) > steps for each in figures):
        return unknown("it has more readings than its step allows")
    present = sum(_whole(each.sum()) for each in figures)
    expected = steps * expected_series * readings.measures
    if readings.left_out and present < expected:
        return unknown(f"{readings.left_out} keeps a part of the readings, and some of all are missing")
    shift = timedelta(seconds=readings.shift_seconds)
    # Of two periods the first reading lies in the earlier one, and the later one is what is drawn.
    since = first if len(readings.spans) == 1 else max(start or first for start, _ in readings.spans)
    until = last + timedelta(seconds=step)
    return Completeness(expected=expected, present=present, since=since - shift, until=until - shift)


def _whole(figure: object) -> int:
    """Of no rows there is no figure; engines count in whole numbers, decimals and floats."""
    return int(figure or 0)  # type: ignore[call-overload, no-any-return]


def unknown(reason: str) -> Completeness:
    return Completeness(expected=0, present=0, unknown=reason)


def counts_in(frame: pl.DataFrame, listing: Listing) -> pl.DataFrame | None:
    """What ``count_sql`` would give of the readings that an answer shows; nothing if it lacks a column."""
    if not {*listing.keys, listing.time, *listing.measures} <= set(frame.columns):
        return None
    time = pl.col(listing.time)
    counted = [
        # Rows of one label are one reading.
        time.filter(pl.col(name).is_not_null()).drop_nulls().n_unique().alias(f"{PRESENT}_{number}")
        for number, name in enumerate(listing.measures, 1)
    ]
    figures = (*counted, time.min().alias(FIRST), time.max().alias(LAST))
    return frame.group_by(listing.keys).agg(figures) if listing.keys else frame.select(figures)


def series_in(frame: pl.DataFrame) -> int:
    return int(frame.get_column(SERIES).item() or 0)


def steps_between(
    start: datetime, end: datetime, known: datetime, step: int, zone: str, *, is_local: bool
) -> int:
    """The labels of a series in ``[start, end)`` of which one is ``known``.

    Days are counted by the calendar, hours by the time that passes. Labels written as local time can
    hold an hour that autumn repeats only once.
    """
    if end <= start:
        return 0
    # Between two times of one zone Python subtracts the clocks on the wall.
    start, end, known = (each.astimezone(UTC) for each in (start, end, known))
    place = ZoneInfo(zone)
    if step % DAY_SECONDS == 0:
        known_at = known.astimezone(place)
        if known_at.time() != datetime.min.time() and known.time() == datetime.min.time():
            place, known_at = ZoneInfo("UTC"), known
        walls = [each.astimezone(place).replace(tzinfo=None) for each in (start, end)]
        origin = known_at.replace(tzinfo=None)
        return _steps(walls[1] - origin, step) - _steps(walls[0] - origin, step)
    steps = _steps(end - known, step) - _steps(start - known, step)
    if is_local:
        before, changes = offsets(place, start, end)
        for _, after in changes:
            repeated = (before - after).total_seconds()
            steps -= int(max(0.0, repeated) // step)
            before = after
    return steps


def _steps(length: timedelta, step: int) -> int:
    return ceil(length / timedelta(seconds=step))


def _label(value: object, readings: Readings, place: Place) -> datetime | None:
    """A label as an instant, in whichever way its engine hands it over."""
    if isinstance(value, int | float):
        scale = 1000 if readings.storage is Storage.EPOCH_MILLISECONDS else 1
        return datetime.fromtimestamp(value / scale, UTC)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return located(value, readings.storage, place.dialect, place.zone)
    if isinstance(value, date):
        return located(datetime(value.year, value.month, value.day), readings.storage, "", place.zone)  # noqa: DTZ001 - a local day
    return None
