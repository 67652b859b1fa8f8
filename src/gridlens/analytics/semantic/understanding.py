"""A question read in the words of its source: what was defined first, then what both readers make of it."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from gridlens.analytics import ask
from gridlens.analytics.semantic.agreed import settled
from gridlens.analytics.semantic.model import SemanticModel
from gridlens.analytics.semantic.rewording import Reworded, reworded
from gridlens.shared.data_sources import SourceDescription

if TYPE_CHECKING:
    from gridlens.analytics.ask.parsing.models import Models
    from gridlens.analytics.ask.parsing.values import ValueIndex

LONGEST_QUESTION = 500


def understood(
    question: str,
    source: SourceDescription,
    today: date,
    model: SemanticModel,
    previous: ask.QueryPlan | None = None,
    *,
    values: "ValueIndex | None" = None,
    tries: "ask.Tries | None" = None,
    models: "Models | None" = None,
) -> ask.Understanding:
    """The plan of a question whose words may be defined, with the agreed figures in it.

    ``source`` is described and askable by ``model``. A figure that was agreed on and that the plan has no
    right place for leaves the question unanswered, with the reason.
    """

    def read(said: Reworded) -> ask.Understanding:
        words = said.question[:LONGEST_QUESTION]
        return ask.understand(
            words, source, today, source.zone, previous, values=values, tries=tries, models=models
        )

    said = reworded(question, model)
    found = read(said)
    if found.plan is None and said.names_values:
        # “Germany” may be agreed to be a price zone, and yet be what a country is called here.
        other = reworded(question, model, with_values=False)
        again = read(other)
        if again.plan is not None:
            said, found = other, again
    found = msgspec.structs.replace(found, tokens=(*_defined(said, question), *found.tokens))
    if found.plan is None or not said.agreed:
        return found
    try:
        plan = settled(found.plan, said.agreed)
        ask.render(plan, source.catalog, source.dialect, source.zone, today)
    except ask.PlanRefused as error:
        return msgspec.structs.replace(found, plan=None, confidence=0.0, reason=error.detail)
    return msgspec.structs.replace(found, plan=plan)


def _defined(said: Reworded, question: str) -> tuple[ask.Phrase, ...]:
    """What was said in words of this source's own."""
    phrases: list[ask.Phrase] = []
    end = 0
    for words, meaning in said.replaced:
        start = max(question.find(words, end), 0)
        end = start + len(words)
        phrases.append(
            ask.Phrase(
                text=words, start=start, end=end, state="matched", meaning=f"{meaning}, as defined here"
            )
        )
    return tuple(phrases)
