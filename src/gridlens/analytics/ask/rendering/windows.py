"""Groups seen beside one another: running totals, moving means, and the first of each group."""

from sqlglot import exp

from gridlens.analytics.ask.outputs import before
from gridlens.analytics.ask.plan import Dimension, Grain, QueryPlan, Running
from gridlens.analytics.ask.rendering.conditions import literal_sql
from gridlens.analytics.ask.rendering.identifiers import identifier
from gridlens.analytics.ask.rendering.selecting import named, ordered, output

MEAN_DAYS: dict[Grain | None, str] = {
    "day": "1",
    "week": "7",
    "month": "30.436875",
    "quarter": "91.310625",
    "year": "365.2425",
}
"""Days divided by these and rounded number the groups of time one after the other, for centuries."""
_FIRST_DAY = "2000-01-03"  # a Monday, as weeks begin with one
_PLACE = "place_in_group"


def has_running(plan: QueryPlan) -> bool:
    return any(isinstance(measure, Running) for measure in plan.measures)


def run_through(query: exp.Select, plan: QueryPlan) -> exp.Select:
    """The groups of ``query`` with each running figure in the place of the figure that it runs through."""
    time = next(dimension for dimension in plan.dimensions if dimension.grain is not None)
    others = [dimension for dimension in plan.dimensions if dimension is not time]
    columns: list[exp.Expr] = [output(dimension.name) for dimension in plan.dimensions]
    for measure in plan.measures:
        for name in (measure.name, before(measure.name)) if plan.comparison is not None else (measure.name,):
            value: exp.Expr = output(name)
            if isinstance(measure, Running):
                value = (
                    _so_far(value, time, others)
                    if measure.last is None
                    else _mean(value, time, others, measure.last)
                )
            columns.append(named(value, name))
    inner = query.subquery(identifier("each_group"), copy=False)
    return exp.select(*columns).from_(inner, copy=False)


def first_of_each(query: exp.Select, plan: QueryPlan, order: list[tuple[str, bool]]) -> exp.Select:
    """The first ``limit`` groups of ``query`` by ``order`` for each value of ``limit_per``."""
    per = plan.limit_per or ""
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[output(per)],
        order=exp.Order(expressions=[ordered(output(name), down) for name, down in order if name != per]),
    )
    groups = query.subquery(identifier("answer"), copy=False)
    placed = exp.select("*", named(place, _PLACE)).from_(groups, copy=False)
    inner = placed.subquery(identifier("placed"), copy=False)
    names = [output(each.name) for each in (*plan.dimensions, *plan.measures)]
    if plan.comparison is not None:
        names += [output(before(measure.name)) for measure in plan.measures]
    kept = exp.LTE(this=output(_PLACE), expression=literal_sql(plan.limit or 1))
    return exp.select(*names).from_(inner, copy=False).where(kept, copy=False)


def _so_far(value: exp.Expr, time: Dimension, others: list[Dimension]) -> exp.Expr:
    return exp.Window(
        this=exp.Sum(this=value),
        partition_by=[output(other.name) for other in others],
        order=exp.Order(expressions=[exp.Ordered(this=output(time.name))]),
        spec=exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW"),
    )


def _mean(value: exp.Expr, time: Dimension, others: list[Dimension], last: int) -> exp.Expr:
    """Nothing as long as there are fewer groups of time since the first than the mean is of."""
    step = _step(output(time.name), time.grain)
    mean = exp.Window(
        this=exp.Avg(this=value),
        partition_by=[output(other.name) for other in others],
        order=exp.Order(expressions=[exp.Ordered(this=step)]),
        spec=exp.WindowSpec(kind="RANGE", start=str(last - 1), start_side="PRECEDING", end="CURRENT ROW"),
    )
    first = exp.Window(this=exp.Min(this=step.copy()), partition_by=[output(other.name) for other in others])
    is_full = exp.GTE(this=exp.Sub(this=step.copy(), expression=first), expression=literal_sql(last - 1))
    return exp.Case().when(is_full, mean, copy=False)


def _step(start: exp.Expr, grain: Grain | None) -> exp.Expr:
    """The number of a group of time, by which those that are missing are counted too."""
    first = exp.cast(exp.Literal.string(_FIRST_DAY), "date")
    days = exp.DateDiff(this=start, expression=first, unit=exp.var("DAY"))
    length = exp.Literal.number(MEAN_DAYS[grain])
    return exp.cast(exp.Round(this=exp.Div(this=days, expression=length, typed=True)), "bigint")
