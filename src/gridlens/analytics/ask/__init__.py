"""From a question in plain words to a plan, from a plan to SQL and to a sentence that can be edited."""

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.headline import headline
from gridlens.analytics.ask.outputs import columns, typed
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.rendering.statement import render
from gridlens.analytics.ask.sentences.sentence import Option, Patch, Sentence, Slot, Words, apply, describe
from gridlens.analytics.ask.understanding.outcome import Phrase, Reading, Understanding, UnknownWord
from gridlens.analytics.ask.understanding.understand import understand

__all__ = [
    "Option",
    "Patch",
    "Phrase",
    "PlanRefused",
    "QueryPlan",
    "Reading",
    "Sentence",
    "Slot",
    "Understanding",
    "UnknownWord",
    "Words",
    "apply",
    "columns",
    "describe",
    "headline",
    "render",
    "typed",
    "understand",
]
