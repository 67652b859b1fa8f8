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
    CompareAnswer,
    CompareColumns,
    Comparison,
    Condition,
    Contains,
    Days,
    Difference,
    Dimension,
    Earlier,
    Exists,
    Filter,
    Function,
    Grain,
    InAnswer,
    IsNull,
    Last,
    Measure,
    OneOf,
    Operator,
    QueryPlan,
    Ratio,
    Running,
    Share,
    Span,
    This,
    TimeOfDay,
    ToDate,
    Value,
    aggregates,
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
FUNCTIONS_BEFORE: dict[Function, str] = {
    "sum": "total",
    "mean": "average",
    "median": "median",
    "min": "lowest",
    "max": "highest",
    "quantile": "quantile of the",
    "count": "number of",
    "count_distinct": "number of different",
}
_CONTAINS = {
    "anywhere": ("contains", "does not contain"),
    "start": ("begins with", "does not begin with"),
    "end": ("ends with", "does not end with"),
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
    "day_kind": "weekdays and weekends",
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


def span_text(span: Span, today: date | None = None, days: Days | None = None) -> str:
    """A span in words; with ``today`` the days it means are named too, or those of it that are read."""
    named = _named_span(span)
    if today is None or isinstance(span, Days):
        return named
    return f"{named}, {days_text(days or days_of(span, today))}"


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
            case Ratio(unit="%") if measure.further or (
                measure.numerator.column != measure.denominator.column
            ):
                whole = [self.column(each.column) for each in (measure.denominator, *measure.further)]
                return f"{self.column(measure.numerator.column)} as a share of {joined(whole)}"
            case Ratio(unit="%", numerator=Aggregate(filters=(_, *_) as filters)):
                parts = [self.condition(condition) for condition in filters]
                return f"share of {self.column(measure.numerator.column)} where {joined(parts)}"
            case Ratio(denominator=Aggregate(grain=grain)) if grain is not None:
                return f"{self.column(measure.numerator.column)} per {GRAINS[grain]}, on average"
            case Ratio(numerator=Aggregate(at_once=True)):
                return f"average of the summed {self.column(measure.numerator.column)} divided by its highest"
            case Ratio() if measure.numerator.column == measure.denominator.column:
                return f"{self.part(measure.numerator)} divided by {self.part(measure.denominator)}"
            case Ratio():
                above, below = (self._apart(each, measure) for each in aggregates(measure))
                return f"{above} per {below}"
            case Difference():
                more, less = (self._apart(each, measure) for each in aggregates(measure))
                return f"{more} less {less}"
            case Share() | Running():
                return self.column(measure.of.column)

    def _apart(self, aggregate: Aggregate, measure: Measure) -> str:
        """A part of a measure, with its table where both parts are called alike."""
        one, other = (each.column for each in aggregates(measure))
        if one == other or self.column(one) != self.column(other):
            return self.part(aggregate)
        return f"{self.lexicon.relations.table(aggregate.column).name} {self.part(aggregate)}"

    def part(self, aggregate: Aggregate) -> str:
        """A figure that another is divided by or taken from."""
        before = "" if aggregate.function in ("sum", "count") else f"{FUNCTIONS_BEFORE[aggregate.function]} "
        kept = [self.condition(condition) for condition in aggregate.filters]
        where = f" where {joined(kept)}" if kept else ""
        return f"{before}{'summed ' if aggregate.at_once else ''}{self.column(aggregate.column)}{where}"

    def dimension(self, dimension: Dimension) -> str:
        return GRAINS[dimension.grain] if dimension.grain else self.column(dimension.column)

    def answer(self, plan: QueryPlan) -> str:
        """What a question inside another asks for."""
        names = [self.column(listed.column) for listed in plan.columns]
        names += [self.dimension(dimension) for dimension in plan.dimensions if dimension.is_shown]
        names += [
            f"{FUNCTIONS_BEFORE[each.function]} {self.column(each.column)}"
            for measure in plan.measures
            for each in aggregates(measure)[:1]
            if measure.is_shown
        ]
        kept = [self.filter(each) for each in plan.filters]
        ranked = {measure.name: measure for measure in plan.measures if not measure.is_shown}
        if plan.limit is not None and plan.order and (by := ranked.get(str(plan.order[0].by))) is not None:
            first = aggregates(by)[0]
            by_what = f"{FUNCTIONS_BEFORE[first.function]} {self.column(first.column)}".strip()
            side = "largest" if plan.order[0].descending else "smallest"
            return f"the first {plan.limit} by {by_what}, {side} first"
        counted = [
            each for each in ranked.values() if isinstance(each, Aggregate) and each.function == "count"
        ]
        of_what = f" of {self.column(counted[0].column)}" if counted else ""
        when = f" for {span_text(plan.time.span)}" if plan.time is not None and plan.time.span else ""
        return f"the {joined(names)}{of_what}{f' where {joined(kept)}' if kept else ''}{when}"

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
        match condition:
            case OneOf() if column.column.kind is Kind.BOOLEAN:
                return "is yes" if bool(condition.values[0]) != condition.negated else "is no"
            case OneOf():
                values = joined([value_text(value) for value in condition.values], "or")
                return f"is {'not ' if condition.negated else ''}{values}"
            case Between():
                low, high = value_text(condition.low), amount_text(condition.high, column.unit)
                return f"is between {low} and {high}"
            case Compare():
                return f"{OPERATORS[condition.operator]} {amount_text(condition.value, column.unit)}"
            case Contains():
                does, does_not = _CONTAINS[condition.at]
                return f"{does_not if condition.negated else does} “{condition.text}”"
            case CompareColumns():
                return f"{OPERATORS[condition.operator]} {self.column(condition.other)}"
            case InAnswer():
                return f"is {'not ' if condition.negated else ''}among {self.answer(condition.plan)}"
            case CompareAnswer():
                return f"{OPERATORS[condition.operator]} {self.answer(condition.plan)}"
            case IsNull():
                return "has a value" if condition.negated else "has no value"


def value_text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.12g}".replace("-", "−")
    return value


def amount_text(value: Value, unit: str | None) -> str:
    """A value in the unit that it is stored and compared in."""
    return f"{value_text(value)}\u202f{unit}" if unit else value_text(value)
