"""Which conditions and columns a question likely means: a few choices of each, with what they score."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gridlens.analytics.ask.parsing.conditions import COUNTED, LIMIT, Candidate
from gridlens.analytics.ask.parsing.draft import Narrowing
from gridlens.analytics.ask.parsing.evidence import Evidence

LIKELY = 0.5
MOST_CHOICES = 4
_AGGREGATES = (
    ("avg", re.compile(r"^(?:average|avg|mean|averaged)$")),
    (
        "max",
        re.compile(
            r"^(?:maximum|max|highest|largest|greatest|biggest|most|latest|oldest|longest|heaviest|top)$"
        ),
    ),
    (
        "min",
        re.compile(r"^(?:minimum|min|lowest|smallest|least|fewest|earliest|youngest|shortest|lightest)$"),
    ),
    ("sum", re.compile(r"^(?:total|sum|totals|combined|overall)$")),
)
_BETWEEN_NAMES = frozenset("and the their its his her a an as well also of each every s".split())


@dataclass(frozen=True)
class Chances:
    """What the models say of one question; roles by column, conditions by candidate."""

    sel: Mapping[str, float]
    tail: Mapping[str, float]
    nest: Mapping[str, float]
    select: Sequence[float]
    group: Sequence[float]
    order: Sequence[float]
    conditions: Sequence[float]


def log_of(chance: float) -> float:
    return math.log(max(chance, 1e-4))


def narrowing_of(each: Candidate) -> Narrowing:
    return Narrowing(each.column, each.operator, each.value, each.other)


class Choices:
    def __init__(self, evidence: Evidence, found: list[Candidate], chances: Chances) -> None:
        self.evidence, self.found, self.chances = evidence, found, chances
        self.schema, self.tokens = evidence.schema, evidence.tokens

    @cached_property
    def conditions(self) -> list[tuple[list[Candidate], float]]:
        """A few choices of candidates that do not overlap, with what they score."""
        order = sorted(range(len(self.found)), key=lambda place: -self.chances.conditions[place])
        chosen: list[int] = []
        for place in order:
            each = self.found[place]
            if each.column in (COUNTED, LIMIT):
                continue
            rival = self._rival(each)
            if self.chances.conditions[place] < LIKELY or rival > self.chances.conditions[place]:
                continue
            if any(self._overlap(each, self.found[other]) for other in chosen):
                continue
            chosen.append(place)
        choices = [chosen]
        for place in order[:6]:
            each = self.found[place]
            if each.column in (COUNTED, LIMIT) or place in chosen or self.chances.conditions[place] < 0.08:
                continue
            kept = [other for other in chosen if not self._overlap(each, self.found[other])]
            choices.append([*kept, place])
        weak = [place for place in chosen if self.chances.conditions[place] < 0.85]
        choices += [[other for other in chosen if other != place] for place in weak[:2]]
        scored = []
        for choice in choices:
            score = sum(
                log_of(self.chances.conditions[place])
                if place in choice
                else log_of(1 - self.chances.conditions[place])
                for place in range(len(self.found))
                if self.found[place].column >= 0
            )
            scored.append((sorted((self.found[p] for p in choice), key=lambda c: c.first), score))
        return scored[:MOST_CHOICES]

    def _rival(self, each: Candidate) -> float:
        return max(
            (
                chance
                for other, chance in zip(self.found, self.chances.conditions, strict=True)
                if other.column in (COUNTED, LIMIT) and self._overlap(each, other)
            ),
            default=0.0,
        )

    @staticmethod
    def _overlap(one: Candidate, other: Candidate) -> bool:
        return one.first < other.last and other.first < one.last

    def sets(self, chances: Sequence[float], least: int = 1) -> list[tuple[list[int], float]]:
        """The likely set of columns, and neighbours of it."""
        ranked = sorted(range(len(chances)), key=lambda place: -chances[place])
        likely = [place for place in ranked if chances[place] > LIKELY]
        if len(likely) < least:
            likely = ranked[:least]
        sets = [likely]
        following = [place for place in ranked if place not in likely][:3]
        for place in following[:2]:
            if likely and chances[place] > 0.1:
                sets.append([*likely[:-1], place])
            if chances[place] > 0.25:
                sets.append([*likely, place])
        if len(likely) > least:
            sets.append(likely[:-1])
        listed = self._listed_together(ranked, chances)
        if len(listed) > 1:
            sets.append(listed)
        if len(likely) == 1 and len(following) > 2 and chances[following[2]] > 0.08:
            sets.append([following[2]])
        scored = []
        for chosen in sets:
            score = sum(
                log_of(chances[p]) if p in chosen else log_of(1 - chances[p])
                for p in set(ranked[:8]) | set(chosen)
            )
            scored.append((self._in_order(chosen), score))
        return scored

    def _listed_together(self, ranked: list[int], chances: Sequence[float]) -> list[int]:
        """Columns named one after another from the likeliest on, as in “the name, phone and email of”."""
        if not ranked or not self.evidence.columns[ranked[0]]:
            return []
        by_start: dict[int, tuple[tuple[float, float], int, int]] = {}
        for column, mentions in enumerate(self.evidence.columns):
            for mention in mentions[:2]:
                if mention.strength < 0.6:
                    continue
                worth = (round(mention.strength, 2), chances[column])
                held = by_start.get(mention.first)
                if held is None or worth > held[0]:
                    by_start[mention.first] = (worth, column, mention.last)
        start = self.evidence.columns[ranked[0]][0].first
        found, place = [], start
        while place < len(self.tokens):
            if place in by_start:
                _, column, last = by_start[place]
                if column not in found:
                    found.append(column)
                place = last
            elif self.tokens[place].plain in _BETWEEN_NAMES:
                place += 1
            else:
                break
        return found

    def _in_order(self, columns: list[int]) -> list[int]:
        def place(column: int) -> tuple[int, int]:
            mentions = self.evidence.columns[column]
            return (mentions[0].first if mentions and mentions[0].strength > 0.4 else 99, column)

        return sorted(columns, key=place)

    def aggregate_before(self, column: int) -> str:
        """The aggregate whose word stands nearest before (else after) the column's mention."""
        mentions = self.evidence.columns[column]
        if not mentions:
            return ""
        first = mentions[0].first
        best, gap = "", 99
        for place, token in enumerate(self.tokens):
            for name, pattern in _AGGREGATES:
                if pattern.match(token.plain):
                    away = first - place if place < first else 3 * (place - first) + 4
                    if away < gap:
                        best, gap = name, away
        return best if gap <= 8 else ""

    def said_aggregates(self) -> list[tuple[str, int]]:
        return [
            (name, place)
            for place, token in enumerate(self.tokens)
            for name, pattern in _AGGREGATES
            if pattern.match(token.plain)
        ]

    def tops(self, chances: Sequence[float], count: int) -> list[tuple[int, float]]:
        ranked = sorted(range(len(chances)), key=lambda place: -chances[place])[:count]
        return [(place, log_of(chances[place])) for place in ranked if chances[place] >= 0]

    def numbers_of(self, chances: Sequence[float]) -> list[float]:
        """The chances of columns that hold numbers; others can be neither summed nor averaged."""
        return [
            chance if column.is_number and not column.is_key and not column.is_reference else -1.0
            for chance, column in zip(chances, self.schema.columns, strict=True)
        ]
