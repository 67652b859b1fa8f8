"""Groups and times of a plan."""

from datetime import date, timedelta
from typing import get_args

from gridlens.analytics.ask.calendar import moved, unit_start
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    Aggregate,
    CalendarUnit,
    Days,
    Dimension,
    Earlier,
    Grain,
    Last,
    Span,
    This,
    TimeScope,
    ToDate,
)
from gridlens.analytics.ask.understanding.building import Building, rows_have
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.linking import Target
from gridlens.analytics.ask.understanding.naming import output_name, thing, unique
from gridlens.analytics.ask.understanding.question import Note
from gridlens.shared.results import Kind

_UNITS: dict[Grain | None, CalendarUnit] = {unit: unit for unit in get_args(CalendarUnit)}


class Grouping(Building):
    def _groups(self, time_column: ColumnEntry | None) -> None:
        targets = [(mention.first, mention.last, target) for mention, target in self.focus.groups]
        grain = self.times.grain or self.quantities.grain
        if grain is not None and grain == self._rate():
            grain = None
        if grain is not None or self.times.wants_trend:
            if time_column is None:
                raise PlanRefused(
                    f"{rows_have(self.focus.base)} no time, so they cannot be split by time. Ask without it."
                )
            chosen = grain or self._grain_for_range()
            if grain is None:
                self.assumed.append(f"dimension.{len(self.dimensions)}")
            self._add_grain(time_column, chosen)
            finer = self.quantities.grain
            if finer is not None and grain != finer:
                # “The dearest hour of each day”: hours, ranked within their day.
                self._add_grain(time_column, finer, slot="order")
        if self.split_by is not None:
            name = unique(output_name(self.split_by.column.name), self.names)
            self.dimensions.append(Dimension(column=self.split_by.reference, name=name))
        for first, last, target in targets:
            if self.focus.kind == "rows":
                continue
            self._add_group(first, last, target)

    def _add_grain(self, column: ColumnEntry, grain: Grain, slot: str = "grain") -> None:
        for note in self.said:
            if note.slot == slot == "grain":
                note.slot = f"dimension.{len(self.dimensions)}"
        if column.column.kind is Kind.DATE and grain in ("hour", "minute15", "hour_of_day"):
            raise PlanRefused(f"“{column.column.name}” holds days without hours. Ask by day or longer.")
        name = unique(output_name(grain), self.names)
        self.dimensions.append(Dimension(column=column.reference, name=name, grain=grain))

    def _add_group(self, first: int, last: int, target: Target) -> None:
        column = (
            target.entry if isinstance(target.entry, ColumnEntry) else self.lexicon.label_of(target.table.key)
        )
        self.used.append(target.entry)
        if column is None:
            raise PlanRefused(
                f"Rows of {target.table.table.name} have no name or key to split by. Name a column."
            )
        if any(d.column == column.reference for d in self.dimensions):
            return
        self.used.append(column)
        is_label = isinstance(target.entry, TableEntry) or column.column.name.casefold() == "name"
        name = thing(target.table) if is_label else column.column.name
        slot = f"dimension.{len(self.dimensions)}"
        self._note(first, last, f"{target.table.table.name}.{column.column.name}", slot, target.score)
        self.dimensions.append(Dimension(column=column.reference, name=unique(output_name(name), self.names)))

    def _grain_for_range(self) -> Grain:
        """A grain that gives a curve some ten to hundred points."""
        match self.times.span:
            case Last(unit="day", count=count) if count <= 2:
                return "hour"
            case Last(unit="week" | "day") | This(unit="week" | "month") | Last(unit="month", count=1):
                return "day"
            case This(unit="day"):
                return "hour"
            case ToDate(unit="week" | "month"):
                return "day"
            case Days(start=start, end=end) if start and end:
                length = (end - start).days
                return "hour" if length <= 2 else "day" if length <= 92 else "month"
            case _:
                return "month"

    def _time(self, column: ColumnEntry | None) -> TimeScope | None:
        t = self.times
        if self.is_time_told:
            return None
        span = t.span or self._compared_span(column) or self._whole_units(column)
        if not (span or t.time_of_day or t.weekdays or t.months):
            return None
        if column is None:
            raise PlanRefused(f"{rows_have(self.focus.base)} no time. Ask without a period.")
        is_relative = span is not None and (t.is_relative if t.span else not isinstance(span, Days))
        anchor = "newest" if self.anchor == "newest" and is_relative else "today"
        self.assumed += [slot for slot in t.assumed if slot in ("range", "hours", "weekdays", "months")]
        if anchor == "newest":
            self.assumed.append("anchor")
        return TimeScope(
            column=column.reference,
            span=span,
            anchor=anchor,  # type: ignore[arg-type]
            time_of_day=t.time_of_day,
            weekdays=t.weekdays,
            months=t.months,
        )

    def _compared_span(self, column: ColumnEntry | None) -> Span | None:
        """The days of a question that compares and does not say which: each group with the one before it,
        from the first that the data has; without groups the last of the units that it goes back by.
        """
        comparison = self.times.comparison
        if not isinstance(comparison, Earlier) or self.times.span is not None or column is None:
            return None
        if comparison.by == "period":
            raise PlanRefused("A comparison needs a time. Say for which days, such as “last month”.")
        self.assumed.append("range")
        profile, grain = column.column.profile, self.times.grain
        if grain not in _UNITS or profile is None or not isinstance(profile.minimum, str):
            return Last(unit=comparison.by)
        # The profile's day is that of UTC; the source's own may be the one before.
        first = date.fromisoformat(profile.minimum[:10]) - timedelta(days=1)
        return Days(start=unit_start(first, _UNITS[grain]))

    def _whole_units(self, column: ColumnEntry | None) -> Days | None:
        """The months that the data covers whole, where the lowest is asked for: one that it only touches
        at its beginning or end would win.
        """
        grain = _UNITS.get(self.times.grain or self.quantities.grain)
        profile = column.column.profile if column else None
        first = self.measures[0] if self.measures else None
        adds_up = isinstance(first, Aggregate) and first.function in ("sum", "count")
        if grain is None or not adds_up or self.quantities.superlative != "asc":
            return None
        if profile is None or not (isinstance(profile.minimum, str) and isinstance(profile.maximum, str)):
            return None
        oldest, newest = (date.fromisoformat(each[:10]) for each in (profile.minimum, profile.maximum))
        start = unit_start(oldest, grain)
        start = start if start == oldest else moved(start, grain, 1)
        end = unit_start(newest + timedelta(days=1), grain)
        if end <= start:
            return None
        self.assumed.append("range")
        self.notes.append(Note(0, 0, f"whole {grain}s only", "assumed", "range"))
        return Days(start=start, end=end)
