"""From a question in plain words to a plan, from a plan to SQL and to a sentence that can be edited.

``understand`` makes a plan of words, and sees what plans give by what ``trying`` makes of a way to run them;
``render`` makes a statement of a plan; ``columns`` and ``typed`` say what its answer holds,
``compared_with`` what stands beside it. ``describe`` reads a plan back as a sentence with slots, ``apply``
changes one of them, and ``headline`` tells the answer. ``covered_unlike`` tells why two periods are not
compared; ``newest_instead``, ``days_without_data`` and ``number_nobody_has`` why an answer is empty.
All of it is pure: what is known of a source comes in with its description.
"""

from gridlens.analytics.ask.choosing import understand
from gridlens.analytics.ask.coverage import covered_unlike
from gridlens.analytics.ask.emptiness import days_without_data, newest_instead, number_nobody_has
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.headline import headline
from gridlens.analytics.ask.outputs import columns, typed
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.rendering.statement import render
from gridlens.analytics.ask.sentences.sentence import (
    Option,
    Patch,
    Sentence,
    Slot,
    Words,
    apply,
    compared_with,
    describe,
)
from gridlens.analytics.ask.trials import Tries, trying
from gridlens.analytics.ask.understanding.outcome import Phrase, Reading, Understanding, UnknownWord

__all__ = [
    "Option",
    "Patch",
    "Phrase",
    "PlanRefused",
    "QueryPlan",
    "Reading",
    "Sentence",
    "Slot",
    "Tries",
    "Understanding",
    "UnknownWord",
    "Words",
    "apply",
    "columns",
    "compared_with",
    "covered_unlike",
    "days_without_data",
    "describe",
    "headline",
    "newest_instead",
    "number_nobody_has",
    "render",
    "trying",
    "typed",
    "understand",
]
