"""What came of a question."""

from typing import Literal

import msgspec

from gridlens.analytics.ask.plan import QueryPlan


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class Phrase(_Part, frozen=True, kw_only=True):
    """A phrase of the question and what it became; ``text`` is empty where something was assumed unsaid.

    ``start`` and ``end`` count characters of the question. ``slot`` is the part of the sentence it led to.
    """

    text: str
    start: int
    end: int
    state: Literal["matched", "assumed", "ignored", "unknown"]
    meaning: str
    slot: str | None = None


class Reading(_Part, frozen=True, kw_only=True):
    """Another plan that the question may have meant, in one sentence."""

    label: str
    plan: QueryPlan


class UnknownWord(_Part, frozen=True, kw_only=True):
    """A word that the plan could not hold, with the names and values that look most like it.

    ``is_known`` where something of the source is called so, which does not go with the rest of the question.
    """

    text: str
    start: int
    end: int
    is_known: bool = False
    nearest: tuple[str, ...] = ()


class Understanding(_Part, frozen=True, kw_only=True):
    """``plan`` is None where the question cannot be answered; ``reason`` then says why, and what to do."""

    plan: QueryPlan | None
    confidence: float
    tokens: tuple[Phrase, ...]
    readings: tuple[Reading, ...] = ()
    unknown_words: tuple[UnknownWord, ...] = ()
    reason: str | None = None
    is_follow_up: bool = False
