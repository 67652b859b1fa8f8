"""What is asked of a source, apart from any words and any SQL."""

from datetime import date, time
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Identifier = Annotated[str, Meta(min_length=1, max_length=128)]
OutputName = Annotated[str, Meta(min_length=1, max_length=60, pattern=r'^[^\x00-\x1f"`\\]+$')]
UnitName = Annotated[str, Meta(min_length=1, max_length=20)]
Text = Annotated[str, Meta(max_length=500)]
Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Value = Text | Whole | float | bool
Operator = Literal["eq", "ne", "lt", "le", "gt", "ge"]
Function = Literal["sum", "mean", "min", "max", "count", "count_distinct", "median", "quantile"]
Grain = Literal[
    "minute15",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "hour_of_day",
    "weekday",
    "day_kind",
    "month_of_year",
]
"""``day_kind`` tells Saturdays and Sundays from the other days."""

CalendarUnit = Literal["day", "week", "month", "quarter", "year"]


class _Part(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", omit_defaults=True
):
    pass


class ColumnRef(_Part, frozen=True, kw_only=True):
    """A column of the catalog; ``*`` stands for the rows of the table and can only be counted."""

    table: Identifier
    column: Identifier
    schema: Identifier | None = None


class OneOf(_Part, frozen=True, kw_only=True, tag="in"):
    column: ColumnRef
    values: Annotated[tuple[Value, ...], Meta(min_length=1, max_length=200)]
    negated: bool = False


class Between(_Part, frozen=True, kw_only=True, tag="between"):
    """Both ends belong to the span."""

    column: ColumnRef
    low: Value
    high: Value
    negated: bool = False


class Compare(_Part, frozen=True, kw_only=True, tag="compare"):
    """``value`` is in the unit of the column."""

    column: ColumnRef
    operator: Operator
    value: Value


class Contains(_Part, frozen=True, kw_only=True, tag="contains"):
    """Text that holds ``text`` at its start, its end or anywhere, upper and lower case alike."""

    column: ColumnRef
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    at: Literal["start", "end", "anywhere"] = "anywhere"
    negated: bool = False


class IsNull(_Part, frozen=True, kw_only=True, tag="null"):
    column: ColumnRef
    negated: bool = False


class CompareColumns(_Part, frozen=True, kw_only=True, tag="compare_columns"):
    """Two columns of one row compared."""

    column: ColumnRef
    operator: Operator
    other: ColumnRef


class InAnswer(_Part, frozen=True, kw_only=True, tag="in_answer"):
    """The value is, or is not, among the answers of a plan of one output."""

    column: ColumnRef
    plan: "QueryPlan"
    negated: bool = False


class CompareAnswer(_Part, frozen=True, kw_only=True, tag="compare_answer"):
    """The value compared with the one figure that a plan answers: above the average of all."""

    column: ColumnRef
    operator: Operator
    plan: "QueryPlan"


Condition = OneOf | Between | Compare | Contains | IsNull | CompareColumns | InAnswer | CompareAnswer


class Exists(_Part, frozen=True, kw_only=True, tag="exists"):
    """The row has, or has not, a related row in another table that meets all ``filters``."""

    table: Identifier
    schema: Identifier | None = None
    filters: Annotated[tuple[Condition, ...], Meta(max_length=10)] = ()
    negated: bool = False


class AllOf(_Part, frozen=True, kw_only=True, tag="all_of"):
    filters: Annotated[tuple[Condition, ...], Meta(min_length=1, max_length=20)]


class AnyOf(_Part, frozen=True, kw_only=True, tag="any_of"):
    filters: Annotated[tuple[Condition | AllOf, ...], Meta(min_length=1, max_length=20)]


Filter = Condition | Exists | AnyOf


class Days(_Part, frozen=True, kw_only=True, tag="days"):
    """Local days ``[start, end)``; a missing end leaves that side open."""

    start: date | None = None
    end: date | None = None


class Last(_Part, frozen=True, kw_only=True, tag="last"):
    """The ``count`` full units before the current one; for days, those before today."""

    unit: CalendarUnit
    count: Annotated[int, Meta(ge=1, le=3660)] = 1


class This(_Part, frozen=True, kw_only=True, tag="this"):
    """The whole current unit, its future part included."""

    unit: CalendarUnit


class ToDate(_Part, frozen=True, kw_only=True, tag="to_date"):
    """From the start of the current unit to the end of today."""

    unit: CalendarUnit


Span = Days | Last | This | ToDate


class TimeOfDay(_Part, frozen=True, kw_only=True):
    """Local clock ``[start, end)``; an end at or before the start runs past midnight."""

    start: time
    end: time


class TimeScope(_Part, frozen=True, kw_only=True):
    """When: calendar days, hours, weekdays (1 = Monday) and months, all by the source's local time.

    ``anchor`` says what relative spans count from: the day of asking, or the day of the newest data.
    """

    column: ColumnRef
    span: Span | None = None
    anchor: Literal["today", "newest"] = "today"
    time_of_day: TimeOfDay | None = None
    weekdays: Annotated[tuple[Annotated[int, Meta(ge=1, le=7)], ...], Meta(max_length=7)] = ()
    months: Annotated[tuple[Annotated[int, Meta(ge=1, le=12)], ...], Meta(max_length=12)] = ()


class Earlier(_Part, frozen=True, kw_only=True, tag="earlier"):
    """The span moved back: by its own length (``period``) or by a calendar unit."""

    by: Literal["period", "day", "week", "month", "quarter", "year"] = "period"


class Versus(_Part, frozen=True, kw_only=True, tag="versus"):
    """Other local days ``[start, end)``."""

    start: date
    end: date


Comparison = Earlier | Versus


class Dimension(_Part, frozen=True, kw_only=True):
    """What rows are grouped by; a time column needs a ``grain``.

    One that is not shown tells groups apart without being part of the answer: two people of one name.
    """

    column: ColumnRef
    name: OutputName
    grain: Grain | None = None
    is_shown: bool = True


class Aggregate(_Part, frozen=True, kw_only=True, tag="aggregate"):
    """One figure over the rows of a group.

    ``unit`` is the unit of the result. Where the column has another one it is converted, and from
    power to energy (or back) by the step of the table. Rows counted in the unit ``h`` are hours of
    that step. ``filters`` narrow this figure alone. ``level`` belongs to ``quantile``: 0.95 for the
    95th percentile. With a ``grain``, ``count_distinct`` counts the different hours, days or months that
    a time column's values fall in. A ``mean`` with a ``weight`` counts each value as often as that column of
    the same table says: the volume-weighted price. ``times`` multiplies every value by another column of the
    same row, or of the one row that it belongs to: energy times its tariff's price. ``at_once`` takes the
    figure of what all rows of one moment add up to: the peak of a site is that of its meters together.
    """

    function: Function
    column: ColumnRef
    name: OutputName
    unit: UnitName | None = None
    level: Annotated[float, Meta(ge=0, le=1)] | None = None
    grain: Grain | None = None
    weight: ColumnRef | None = None
    times: ColumnRef | None = None
    at_once: bool = False
    filters: Annotated[tuple[Condition, ...], Meta(max_length=10)] = ()
    is_shown: bool = True


class Ratio(_Part, frozen=True, kw_only=True, tag="ratio"):
    """One figure divided by another; with the unit ``%`` times a hundred.

    ``further`` are added to the denominator: solar as a part of solar and wind.
    """

    numerator: Aggregate
    denominator: Aggregate
    further: Annotated[tuple[Aggregate, ...], Meta(max_length=10)] = ()
    name: OutputName
    unit: UnitName | None = None
    is_shown: bool = True


class Share(_Part, frozen=True, kw_only=True, tag="share"):
    """A group's percentage of the total over all groups."""

    of: Aggregate
    name: OutputName
    is_shown: bool = True


class Difference(_Part, frozen=True, kw_only=True, tag="difference"):
    """One figure less another of the same unit; where only one of two sums has rows the other counts as 0."""

    minuend: Aggregate
    subtrahend: Aggregate
    name: OutputName
    is_shown: bool = True


class Running(_Part, frozen=True, kw_only=True, tag="running"):
    """A figure over groups of time up to each of them: the total so far, or the mean of the ``last`` so many.

    Groups that are missing count in the length of a mean, not in its value. A mean has no value before
    that many groups of time have passed.
    """

    of: Aggregate
    name: OutputName
    last: Annotated[int, Meta(ge=2, le=400)] | None = None
    is_shown: bool = True


Measure = Aggregate | Ratio | Share | Difference | Running


class Having(_Part, frozen=True, kw_only=True):
    """Keeps the groups whose measure, by name, meets the comparison."""

    measure: OutputName
    operator: Operator
    value: float


class Order(_Part, frozen=True, kw_only=True):
    """By the name of an output, or for listed rows by any column. Rows without a value come last."""

    by: OutputName | ColumnRef
    descending: bool = False


class Listed(_Part, frozen=True, kw_only=True):
    """A column of listed rows; a ``unit`` other than its own converts it."""

    column: ColumnRef
    name: OutputName
    unit: UnitName | None = None


class Combined(_Part, frozen=True, kw_only=True):
    """Rows that another plan of as many outputs has too (``intersect``), has not (``except``), or adds."""

    operator: Literal["union", "intersect", "except"]
    plan: "QueryPlan"


SlotId = Annotated[str, Meta(min_length=1, max_length=60)]


class QueryPlan(_Part, frozen=True, kw_only=True):
    """A question as data: either ``measures`` by ``dimensions``, or ``columns`` of plain rows.

    How tables join follows from the keys of the catalog. Listed rows that are alike come once where
    ``is_distinct``. Top and bottom n are an order with a limit, which holds anew for each value of the
    dimension named ``limit_per``.
    ``assumed`` names the slots of its sentence that were guessed and that nobody has confirmed yet.
    """

    measures: Annotated[tuple[Measure, ...], Meta(max_length=8)] = ()
    dimensions: Annotated[tuple[Dimension, ...], Meta(max_length=6)] = ()
    columns: Annotated[tuple[Listed, ...], Meta(max_length=50)] = ()
    filters: Annotated[tuple[Filter, ...], Meta(max_length=30)] = ()
    time: TimeScope | None = None
    comparison: Comparison | None = None
    having: Annotated[tuple[Having, ...], Meta(max_length=5)] = ()
    is_distinct: bool = False
    combined: Combined | None = None
    order: Annotated[tuple[Order, ...], Meta(max_length=6)] = ()
    limit: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    limit_per: OutputName | None = None
    assumed: Annotated[tuple[SlotId, ...], Meta(max_length=40)] = ()


def aggregates(measure: Measure) -> tuple[Aggregate, ...]:
    match measure:
        case Aggregate():
            return (measure,)
        case Ratio():
            return (measure.numerator, measure.denominator, *measure.further)
        case Difference():
            return (measure.minuend, measure.subtrahend)
        case Share() | Running():
            return (measure.of,)


def shown(plan: QueryPlan) -> list[str]:
    """The names of the answer's columns, without those of the earlier period."""
    outputs = (*plan.dimensions, *plan.measures)
    return [output.name for output in outputs if output.is_shown] + [listed.name for listed in plan.columns]
