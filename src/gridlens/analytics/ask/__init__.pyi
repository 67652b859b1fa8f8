from .choosing import understand
from .coverage import covered_unlike
from .emptiness import days_without_data, newest_instead, number_nobody_has
from .errors import PlanRefused
from .headline import headline
from .next_questions import next_questions
from .outputs import columns, typed
from .plan import QueryPlan
from .rendering.statement import render
from .sentences.parts import Option, Patch, Sentence, Slot, Words
from .sentences.sentence import apply, compared_with, describe
from .trials import Tries, trying
from .understanding.outcome import Phrase, Reading, Understanding, UnknownWord

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
    "next_questions",
    "number_nobody_has",
    "render",
    "trying",
    "typed",
    "understand",
]
