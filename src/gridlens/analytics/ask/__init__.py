"""From a question in plain words to a plan, from a plan to SQL and to a sentence that can be edited."""

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.headline import headline
from gridlens.analytics.ask.outputs import columns, typed
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.render import render
from gridlens.analytics.ask.sentence import Option, Patch, Sentence, Slot, Words, apply, describe
from gridlens.analytics.ask.understand import understand
from gridlens.analytics.ask.understanding import Phrase, Reading, Understanding, UnknownWord

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
