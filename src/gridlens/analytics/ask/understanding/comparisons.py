"""What a question compares its time with: the week before, the same period last year, May 2025."""

import re
from datetime import date
from typing import Literal

from gridlens.analytics.ask.calendar import days_of, moved
from gridlens.analytics.ask.plan import CalendarUnit, Comparison, Earlier, Span, Versus
from gridlens.analytics.ask.understanding.calendar_words import THE, UNIT, UNITS
from gridlens.analytics.ask.understanding.question import Question

_TO = r"(?:compared? (?:with|to|against)|(?:in )?comparison (?:with|to)|versus|vs|against|gegenueber|"
_TO += r"(?:im )?vergleich (?:mit|zu|zum|zur)|verglichen mit|relative to|than|als|with|mit)"
_EARLIER = (
    re.compile(
        rf"\b(?:and )?{_TO} {THE}(?:(?:same|gleichen|selben|one) (?:period|time|days|zeitraum|dates|"
        rf"range)? ?)?"
        rf"(?:of |in |im )?{THE}(?:previous|prior|preceding|earlier|vorig\w*|vorherig\w*|vorangegangen\w*) "
        rf"(?P<unit>{UNIT}|periods?|zeitraum|time)\b"
    ),
    re.compile(
        rf"\b(?:and )?(?:{_TO}|from|to) {THE}(?:one |a )?(?P<unit>{UNIT}|period) "
        r"(?:before|earlier|prior|ago|davor|zuvor|vorher)\b"
    ),
    re.compile(
        rf"\b(?:{_TO} )?{THE}same (?:period|time|days|month|week|quarter|dates) "
        rf"(?:of |in )?{THE}(?:last|previous|prior|preceding) (?P<unit>{UNIT})\b"
    ),
    re.compile(
        r"\b(?:(?:gegenueber|vergleich|verglichen|zum|mit|im|zu|vs|als|zur) )*(?:dem |der |den |des |das )?"
        r"(?P<unit>vorjahr\w*|vormonat\w*|vorwoche|vorquartal\w*|vortag\w*|vorperiode|vorzeitraum)\b"
    ),
    re.compile(r"\b(?:(?P<unit>year|month|week) (?:over|on) (?:year|month|week))\b"),
    re.compile(r"\b(?P<unit>yoy|mom|wow)\b"),
)
_BEFORE = re.compile(
    rf"^(?:and |und |but |now |what about |how about |was ist mit )?(?:in |im )?{THE}(?:one |a )?"
    rf"(?P<unit>{UNIT}|period|zeitraum) (?:before|earlier|prior|davor|zuvor|vorher)(?: that)?\s*$"
)
_EARLIER_UNITS: dict[str, CalendarUnit] = {
    "jahr": "year",
    "monat": "month",
    "woche": "week",
    "quartal": "quarter",
    "tag": "day",
    "yoy": "year",
    "mom": "month",
    "wow": "week",
}
_COMPARED = re.compile(rf"\b(?:{_TO}|and)(?: the| dem| der| den| das)?$")
_STRONGLY_COMPARED = re.compile(r"(?:compare\w*|versus|vs|against|gegenueber|vergl\w*|relative|than|als)")


def find_earlier(question: Question) -> Earlier | None:
    """The comparison with an earlier period that the question names, if any."""
    for pattern in _EARLIER:
        for first, last, match in list(question.find(pattern)):
            by = _earlier_unit(match)
            question.take(first, last, f"compared with the {by} before", "matched", "comparison")
            return Earlier(by=by)
    return None


def find_before(question: Question) -> Earlier | None:
    """Whether the question is but “and the month before?”: for what another showed, one step back."""
    for first, last, match in list(question.find(_BEFORE)):
        by = _earlier_unit(match)
        question.take(first, last, f"the {by} before", "matched", "range")
        return Earlier(by=by)
    return None


def is_against(question: Question, first: int, after: int) -> bool:
    """Whether a time at ``first`` is what the one that ends at ``after`` is compared with."""
    words = [word.plain for word in question.words[:first]]
    if _COMPARED.search(" ".join(words[-4:])):
        is_weak = words[-1] in ("and", "with", "mit")
        return not is_weak or any(_STRONGLY_COMPARED.fullmatch(word) for word in words)
    return any(_STRONGLY_COMPARED.fullmatch(word) for word in words[after:])


def against(span: Span, other: Span, today: date) -> Comparison:
    """The comparison of two spans; by a calendar unit where they lie just one apart."""
    now, then = days_of(span, today), days_of(other, today)
    if now.start is None or then.start is None or then.end is None:
        return Earlier()
    units: tuple[CalendarUnit, ...] = ("day", "week", "month", "quarter", "year")
    for by in units:
        if by == "quarter" and now.end != moved(now.start, by, 1):
            continue  # July is a quarter before October, yet not “the quarter before”
        is_start = moved(now.start, by, -1) == then.start
        if is_start and (now.end is None or moved(now.end, by, -1) == then.end):
            return Earlier(by=by)
    return Versus(start=then.start, end=then.end)


def _earlier_unit(match: re.Match[str]) -> CalendarUnit | Literal["period"]:
    word = match["unit"] or ""
    if word in UNITS:
        return UNITS[word]
    return next((unit for part, unit in _EARLIER_UNITS.items() if part in word), "period")
