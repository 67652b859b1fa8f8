"""A measure of the answer from the figures it is made of."""

from typing import assert_never

from sqlglot import exp

from gridlens.analytics.ask.plan import Aggregate, Difference, Measure, Ratio, Running, Share
from gridlens.analytics.ask.rendering.aggregation import added, divided, subtracted

Figures = dict[tuple[Aggregate, bool], exp.Expr]
"""The SQL of each figure; the flag marks its value in the earlier period."""


def measure_sql(measure: Measure, figures: Figures, *, is_before: bool) -> exp.Expr:
    match measure:
        case Aggregate():
            return figures[measure, is_before].copy()
        case Ratio():
            top, bottom = figures[measure.numerator, is_before], figures[measure.denominator, is_before]
            further = [figures[each, is_before] for each in measure.further]
            if measure.unit == "%" and measure.numerator.function == "sum" and measure.numerator.filters:
                # A part that has no rows is none of the whole.
                top = exp.Coalesce(this=top.copy(), expressions=[exp.Literal.number(0)])
            return divided(top.copy(), added(bottom, *further), percent=measure.unit == "%")
        case Share():
            part = figures[measure.of, is_before]
            return divided(part.copy(), exp.Window(this=exp.Sum(this=part.copy())), percent=True)
        case Difference():
            top, bottom = figures[measure.minuend, is_before], figures[measure.subtrahend, is_before]
            both = (measure.minuend, measure.subtrahend)
            return subtracted(
                top.copy(), bottom.copy(), are_sums=all(each.function == "sum" for each in both)
            )
        case Running():
            return figures[measure.of, is_before].copy()
        case _:
            assert_never(measure)
