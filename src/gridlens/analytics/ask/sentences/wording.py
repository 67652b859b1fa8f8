"""Parts of a plan as people say them."""

from datetime import date, time, timedelta

from gridlens.analytics.ask.calendar import days_of, moved
from gridlens.analytics.ask.plan import (
    Aggregate,
    AllOf,
    AnyOf,
    Between,
    ColumnRef,
    Compare,
    Comparison,
    Condition,
    Contains,
    Days,
    Dimension,
    Earlier,
    Exists,
    Filter,
    Function,
    Grain,
    IsNull,
    Last,
    Measure,
    OneOf,
    Operator,
    Ratio,
    Share,
    Span,
    This,
    TimeOfDay,
    ToDate,
    Value,
)
from gridlens.analytics.ask.understanding.lexicon import Lexicon
from gridlens.analytics.ask.understanding.naming import spoken, thing, things
from gridlens.shared.results import Kind

FUNCTIONS: dict[Function, str] = {
    "sum": "summed",
    "mean": "averaged",
    "median": "as the median",
    "min": "at its lowest",
    "max": "at its highest",
    "quantile": "as a quantile",
    "count": "counted",
    "count_distinct": "counted once each",
}
GRAINS: dict[Grain, str] = {
    "minute15": "quarter-hour",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "hour_of_day": "hour of the day",
    "weekday": "weekday",
    "month_of_year": "month of the year",
}
OPERATORS: dict[Operator, str] = {
    "eq": "is",
    "ne": "is not",
    "lt": "is below",
    "le": "is at most",
    "gt": "is above",
    "ge": "is at least",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}


def span_text(span: Span, today: date | None = None) -> str:
    """A span in words; with ``today`` the days it means are named too."""
    named = _named_span(span)
    if today is None or isinstance(span, Days):
        return named
    return f"{named}, {days_text(days_of(span, today))}"


def _named_span(span: Span) -> str:
    match span:
        case Days():
            return days_text(span)
        case Last(unit="day", count=1):
            return "yesterday"
        case Last(count=1):
            return f"last {span.unit}"
        case Last():
            return f"the last {span.count} {_UNITS[span.unit]}"
        case This(unit="day"):
            return "today"
        case This():
            return f"this {span.unit}"
        case ToDate():
            return f"this {span.unit} to date"


def days_text(days: Days) -> str:
    """Calendar days as short as they can be said: 8 – 14 Jun 2026, June 2026, 2026."""
    if days.start is None:
        return f"before {day_text(days.end)}" if days.end else "all time"
    if days.end is None:
        return f"since {day_text(days.start)}"
    start, last = days.start, days.end - timedelta(days=1)
    if days.end == start + timedelta(days=1):
        return day_text(start)
    if start.day == 1 and days.end.day == 1:
        if start.month == 1 and days.end == start.replace(year=start.year + 1):
            return str(start.year)
        if days.end == moved(start, "month", 1):
            return f"{MONTHS[start.month - 1]} {start.year}"
        if start.month % 3 == 1 and days.end == moved(start, "month", 3):
            return f"Q{start.month // 3 + 1} {start.year}"
    if start.year != last.year:
        return f"{day_text(start)} – {day_text(last)}"
    if start.month != last.month:
        return f"{start.day} {MONTHS[start.month - 1]} – {day_text(last)}"
    return f"{start.day} – {day_text(last)}"


def day_text(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def comparison_text(comparison: Comparison, days: Days | None = None) -> str:
    if isinstance(comparison, Earlier):
        named = f"the {comparison.by} before"
        return f"{named}, {days_text(days)}" if days is not None else named
    return days_text(Days(start=comparison.start, end=comparison.end))


def hours_text(hours: TimeOfDay) -> str:
    end = "24:00" if hours.end == time() else f"{hours.end:%H:%M}"
    return f"{hours.start:%H:%M} and {end}"


def weekdays_text(days: tuple[int, ...]) -> str:
    chosen = tuple(sorted(set(days)))
    if not chosen or len(chosen) == 7:
        return "all days"
    if len(chosen) > 2 and chosen == tuple(range(chosen[0], chosen[-1] + 1)):
        return f"{WEEKDAYS[chosen[0] - 1]} to {WEEKDAYS[chosen[-1] - 1]}"
    return joined([WEEKDAYS[day - 1] for day in chosen])


def months_text(months: tuple[int, ...]) -> str:
    return joined([MONTHS[month - 1] for month in months]) if months else "all months"


def joined(words: list[str], last: str = "and") -> str:
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


class Wording:
    """Names of one source's parts in a sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def column(self, reference: ColumnRef) -> str:
        if reference.column == "*":
            return things(self.lexicon.tables[self.lexicon.relations.key(reference)])
        entry = self.lexicon.column(reference)
        if entry.column.name.casefold() in ("name", "title", "id", "code"):
            return f"{thing(entry.table)} {spoken(entry)}" if spoken(entry) != "name" else thing(entry.table)
        return spoken(entry)

    def measure(self, measure: Measure) -> str:
        match measure:
            case Aggregate(unit="h"):
                return f"hours of {self.column(measure.column)}"
            case Aggregate():
                return self.column(measure.column)
            case Ratio(unit="%"):
                table = self.lexicon.tables[self.lexicon.relations.key(measure.numerator.column)]
                parts = [self.condition(condition) for condition in measure.numerator.filters]
                return f"share of {things(table)} where {joined(parts)}"
            case Ratio():
                return (
                    f"{self.column(measure.numerator.column)} per {self.column(measure.denominator.column)}"
                )
            case Share():
                return self.column(measure.of.column)

    def dimension(self, dimension: Dimension) -> str:
        return GRAINS[dimension.grain] if dimension.grain else self.column(dimension.column)

    def filter(self, each: Filter) -> str:
        match each:
            case AnyOf():
                parts = [
                    joined([self.condition(inner) for inner in part.filters])
                    if isinstance(part, AllOf)
                    else self.condition(part)
                    for part in each.filters
                ]
                return joined(parts, "or")
            case Exists():
                table = self.lexicon.tables[self.lexicon.relations.find_table(each.table, each.schema)]
                inner = f" where {joined([self.condition(c) for c in each.filters])}" if each.filters else ""
                return f"there is {'no' if each.negated else 'a'} {thing(table)}{inner}"
            case _:
                return self.condition(each)

    def condition(self, condition: Condition) -> str:
        return f"{self.column(condition.column)} {self.rest_of(condition)}"

    def rest_of(self, condition: Condition) -> str:
        """What is said of the column of a condition."""
        column = self.lexicon.column(condition.column)
        unit = f"\u2009{column.unit}" if column.unit else ""
        match condition:
            case OneOf() if column.column.kind is Kind.BOOLEAN:
                return "is yes" if bool(condition.values[0]) != condition.negated else "is no"
            case OneOf():
                values = joined([value_text(value) for value in condition.values], "or")
                return f"is {'not ' if condition.negated else ''}{values}"
            case Between():
                return f"is between {value_text(condition.low)} and {value_text(condition.high)}{unit}"
            case Compare():
                return f"{OPERATORS[condition.operator]} {value_text(condition.value)}{unit}"
            case Contains():
                return f"{'does not contain' if condition.negated else 'contains'} “{condition.text}”"
            case IsNull():
                return "has a value" if condition.negated else "has no value"


def value_text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}".replace("-", "−")
    return value
