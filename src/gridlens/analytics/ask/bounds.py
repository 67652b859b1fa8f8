"""What a question compares a number with, and whether a plan compares the same: a temperature, no energy."""

from collections.abc import Iterator

from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.plan import Between, ColumnRef, Compare, QueryPlan, aggregates
from gridlens.analytics.ask.understanding.amounts import read_thresholds
from gridlens.analytics.ask.understanding.lexicon import Lexicon, names_quantity
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.vocabulary import is_function_word
from gridlens.analytics.ask.understanding.words import Word

_NAMED = 0.35


def moves_a_bound(question: str, plan: QueryPlan, lexicon: Lexicon) -> bool:
    """Whether “temperature below 0” became a condition on a column that is no temperature."""
    bounded = {each for each in _bounded(plan) if each.column != "*"}
    return bool(bounded) and any(
        all(lexicon.column(each).match_own(word) < _NAMED for each in bounded) for word in _named(question)
    )


def _named(question: str) -> Iterator[Word]:
    """The quantities that stand right before a number they are compared with."""
    asked = Question.of(question)
    for threshold in read_thresholds(asked):
        before = [word for word in asked.words[: threshold.first] if not is_function_word(word.plain)]
        if before and names_quantity(before[-1]):
            yield before[-1]


def _bounded(plan: QueryPlan) -> Iterator[ColumnRef]:
    kept = {having.measure for having in plan.having}
    for measure in plan.measures:
        for aggregate in aggregates(measure):
            if measure.name in kept:
                yield aggregate.column
            yield from (each.column for each in aggregate.filters if isinstance(each, Compare | Between))
    for each in conditions_of(plan.filters):
        if isinstance(each, Compare | Between):
            yield each.column
