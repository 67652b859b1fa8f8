"""Other times: periods, hours, weekdays, months, comparisons."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Literal

from gridlens.analytics.ask.plan import (
    CalendarUnit,
    Days,
    Earlier,
    Last,
    QueryPlan,
    Span,
    This,
    TimeOfDay,
    ToDate,
)
from gridlens.analytics.ask.sentences.choices import Choice, Choices
from gridlens.analytics.ask.sentences.editing import with_comparison, with_scope, with_span
from gridlens.analytics.ask.sentences.wording import hours_text, months_text, span_text, weekdays_text

_SPANS: tuple[Span, ...] = (
    This(unit="day"),
    Last(unit="day"),
    Last(unit="day", count=7),
    Last(unit="day", count=30),
    This(unit="week"),
    Last(unit="week"),
    This(unit="month"),
    Last(unit="month"),
    Last(unit="month", count=3),
    Last(unit="quarter"),
    This(unit="year"),
    ToDate(unit="year"),
    Last(unit="year"),
)
_HOURS = tuple(
    TimeOfDay(start=time(a), end=time(b)) for a, b in ((17, 21), (8, 20), (6, 22), (22, 6), (6, 12), (12, 18))
)
_WEEKDAYS: tuple[tuple[int, ...], ...] = ((1, 2, 3, 4, 5), (6, 7), *((day,) for day in range(1, 8)))
_SEASONS = ((12, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11))
_COMPARED: tuple[Literal["period", "day", "week", "month", "quarter", "year"], ...] = (
    "period", "day", "week", "month", "quarter", "year",
)  # fmt: skip
_UNIT_WORDS: dict[str, CalendarUnit] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


class TimeChoices(Choices):
    def ranges(self, _index: int) -> Iterator[Choice]:
        for span in _SPANS:
            yield _span_id(span), span_text(span), with_span(self.plan, span, self.lexicon)
        yield "all", "all time", with_span(self.plan, None, self.lexicon)

    def typed_range(self, _index: int, text: str) -> QueryPlan | None:
        kind, *parts = text.split(":")
        if kind == "days" and len(parts) == 2:
            first, last = date.fromisoformat(parts[0]), date.fromisoformat(parts[1])
            if last < first or last.year > 9000:
                return None
            return with_span(self.plan, Days(start=first, end=last + timedelta(days=1)), self.lexicon)
        if kind == "last" and len(parts) == 2 and 1 <= int(parts[0]) <= 3660 and parts[1] in _UNIT_WORDS:
            return with_span(self.plan, Last(count=int(parts[0]), unit=_UNIT_WORDS[parts[1]]), self.lexicon)
        return None

    def hours(self, _index: int) -> Iterator[Choice]:
        for hours in _HOURS:
            yield (
                f"{hours.start:%H:%M}-{hours.end:%H:%M}",
                hours_text(hours),
                with_scope(self.plan, "hours", time_of_day=hours),
            )
        yield "all", "all day", with_scope(self.plan, "hours", time_of_day=None)

    def typed_hours(self, _index: int, text: str) -> QueryPlan | None:
        first, _, last = text.partition("-")
        hours = TimeOfDay(start=time.fromisoformat(first), end=time.fromisoformat(last))
        return None if hours.start == hours.end else with_scope(self.plan, "hours", time_of_day=hours)

    def weekdays(self, _index: int) -> Iterator[Choice]:
        yield "all", "all days", with_scope(self.plan, "weekdays", weekdays=())
        for days in _WEEKDAYS:
            yield _numbers(days), weekdays_text(days), with_scope(self.plan, "weekdays", weekdays=days)

    def typed_weekdays(self, _index: int, text: str) -> QueryPlan | None:
        days = tuple(sorted({int(part) for part in text.split(",")}))
        is_right = all(1 <= day <= 7 for day in days)
        return with_scope(self.plan, "weekdays", weekdays=days) if is_right else None

    def months(self, _index: int) -> Iterator[Choice]:
        yield "all", "all months", with_scope(self.plan, "months", months=())
        for months in (*_SEASONS, *((month,) for month in range(1, 13))):
            yield _numbers(months), months_text(months), with_scope(self.plan, "months", months=months)

    def typed_months(self, _index: int, text: str) -> QueryPlan | None:
        months = tuple(dict.fromkeys(int(part) for part in text.split(",")))
        is_right = all(1 <= month <= 12 for month in months)
        return with_scope(self.plan, "months", months=months) if is_right else None

    def anchors(self, _index: int) -> Iterator[Choice]:
        yield "newest", "the newest data", with_scope(self.plan, "anchor", anchor="newest")
        yield "today", "today", with_scope(self.plan, "anchor", anchor="today")

    def comparisons(self, _index: int) -> Iterator[Choice]:
        for by in _COMPARED:
            label = f"the {by} before"
            yield by, label, with_comparison(self.plan, Earlier(by=by))
        yield "none", "nothing", with_comparison(self.plan, None)


def _span_id(span: Span) -> str:
    match span:
        case Last():
            return f"last:{span.count}:{span.unit}"
        case This():
            return f"this:{span.unit}"
        case ToDate():
            return f"to_date:{span.unit}"
        case Days():
            return f"days:{span.start}:{span.end}"


def _numbers(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))
