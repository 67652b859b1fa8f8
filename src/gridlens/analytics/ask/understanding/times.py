"""When: the time side of a question, in English and German."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from gridlens.analytics.ask.calendar import days_of
from gridlens.analytics.ask.plan import Comparison, Days, Grain, Span, TimeOfDay
from gridlens.analytics.ask.understanding.calendar_words import (
    MONTH_NAMES,
    SEASON,
    SEASON_MONTHS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
)
from gridlens.analytics.ask.understanding.comparisons import against, find_earlier, is_against
from gridlens.analytics.ask.understanding.hours import find_hours
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.spans import find_spans

_GRAIN_WORDS: dict[str, Grain] = {
    **dict.fromkeys("hourly stuendlich stuendliche stuendlichen stuendlicher".split(), "hour"),
    **dict.fromkeys("daily taeglich taegliche taeglichen taeglicher tages".split(), "day"),
    **dict.fromkeys("weekly woechentlich woechentliche woechentlichen wochen".split(), "week"),
    **dict.fromkeys("monthly monatlich monatliche monatlichen monatlicher monats".split(), "month"),
    **dict.fromkeys("quarterly quartalsweise quartals".split(), "quarter"),
    **dict.fromkeys("yearly annual annually jaehrlich jaehrliche jaehrlichen jahres".split(), "year"),
}
_DAY_KINDS = re.compile(
    r"\b(?:on |at |am |an |during )?(?:the )?(?:weekends?|weekdays|working days|workdays|business days|"
    r"wochenenden?|"
    r"werktags?|werktagen|wochentagen|arbeitstagen)\b"
)
_WEEKDAY_LIST = re.compile(rf"\b(?:on |am |an )(?:{WEEKDAY})(?:(?: and| und| or)? (?:{WEEKDAY}))*\b")
_SEASONS = re.compile(rf"\b(?:in |im )(?:the )?(?P<season>{SEASON})(?: months?)?\b")
_GROUPING = (
    r"(?:by|per|for each|for every|each|every|pro|je|jede[nrs]?|nach|split by|broken down by|grouped by|"
    r"and by|und nach|"
    r"auf|a)"
)
_GRAIN_UNITS: dict[str, Grain] = {
    **UNITS,
    **dict.fromkeys("hour hours stunde stunden".split(), "hour"),
    **dict.fromkeys(("weekday", "wochentag"), "weekday"),
}
_GRAINS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Grain | None]], ...] = (
    (
        re.compile(
            rf"\b(?:{_GROUPING} )?(?:the )?(?:hour of (?:the )?day|time of day|tageszeit|stunde des "
            rf"tages|uhrzeit)\b"
        ),
        lambda _: "hour_of_day",
    ),
    (
        re.compile(rf"\b(?:{_GROUPING} )(?:the )?(?:day of (?:the )?week|weekday|wochentag(?:en)?)\b"),
        lambda _: "weekday",
    ),
    (
        re.compile(rf"\b(?:{_GROUPING} )?(?:the )?(?:month of (?:the )?year|calendar month|kalendermonat)\b"),
        lambda _: "month_of_year",
    ),
    (
        re.compile(
            rf"\b(?:{_GROUPING} )?(?:quarter hour(?:ly)?|15 minutes?|15 min|15 minute|viertelstunden?|"
            rf"viertelstuendlich)\b"
        ),
        lambda _: "minute15",
    ),
    (
        re.compile(
            rf"\b{_GROUPING} (?:single |calendar |individual |einzelne[nr]? "
            rf")?(?P<unit>{'|'.join(_GRAIN_UNITS)})\b"
        ),
        lambda match: _GRAIN_UNITS[match["unit"]],
    ),
    (re.compile(rf"\b(?P<word>{'|'.join(_GRAIN_WORDS)})\b"), lambda match: _GRAIN_WORDS[match["word"]]),
)
_BY_WORDS = ("by", "per", "each", "pro", "je", "nach")
# “By site and month”: the second of two groups has no “by” of its own.
_FURTHER_GRAIN = re.compile(
    r"\b(?:and|und) (?P<unit>weekday|hour|day|week|month|quarter|year|wochentag|stunde|tag|woche|monat|"
    r"quartal|jahr)\b"
    r"(?! (?:before|earlier|ago|to date|zuvor|davor))"
)
_TREND = re.compile(
    r"\b(?:over time|curve|profile|kurve|ganglinie|develop(?:ed)?|evolved?|entwickelte?n?|trend|time series|"
    r"timeline|development|history|zeitlicher verlauf|verlauf|entwicklung)\b"
)


@dataclass(slots=True)
class Times:
    """The time side of a question. ``is_assumed`` lists the slots that were guessed."""

    span: Span | None = None
    comparison: Comparison | None = None
    grain: Grain | None = None
    time_of_day: TimeOfDay | None = None
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    assumed: list[str] = field(default_factory=list)
    wants_trend: bool = False
    is_relative: bool = False


def read_times(question: Question, today: date) -> Times:
    """Find what the question says about time, and note the words that said it."""
    return _TimeReader(question, today).read()


class _TimeReader:
    def __init__(self, question: Question, today: date) -> None:
        self.question = question
        self.today = today
        self.times = Times()

    def read(self) -> Times:
        self._hours()
        self.times.comparison = find_earlier(self.question)
        self._spans()
        self._recurring()
        self._grain()
        return self.times

    def _hours(self) -> None:
        found = find_hours(self.question)
        if found is None:
            return
        self.times.time_of_day = found.window
        if found.is_assumed:
            self.times.assumed.append("hours")
        if found.weekdays:
            self.times.weekdays = found.weekdays
            self.times.assumed.append("weekdays")
            self.question.assume(f"{found.name}: Monday to Friday", "weekdays")

    def _spans(self) -> None:
        """One span is what is asked about; one after “against” is what it is compared with."""
        before = 0
        for found in find_spans(self.question, self.today):
            if self.times.span is None:
                self.times.span = found.span
                self.times.is_relative = not isinstance(found.span, Days)
                if found.is_assumed:
                    self.times.assumed.append("range")
            elif self.times.comparison is None and is_against(self.question, found.first, before):
                self.times.comparison = against(self.times.span, found.span, self.today)
                found.note.slot = "comparison"
            else:
                self.times.span = self._clipped(self.times.span, found.span)
            before = found.last

    def _clipped(self, one: Span, other: Span) -> Span:
        """Two ranges of one question hold together: “in 2025 up to yesterday”."""
        a, b = days_of(one, self.today), days_of(other, self.today)
        starts = [day for day in (a.start, b.start) if day is not None]
        ends = [day for day in (a.end, b.end) if day is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        if start is not None and end is not None and end <= start:
            return one
        return Days(start=start, end=end)

    def _recurring(self) -> None:
        for first, last, match in list(self.question.find(_DAY_KINDS)):
            is_end = "weekend" in match[0] or "wochenend" in match[0]
            self._choose_weekdays(first, last, (6, 7) if is_end else (1, 2, 3, 4, 5))
        for first, last, match in list(self.question.find(_WEEKDAY_LIST)):
            days = tuple(dict.fromkeys(WEEKDAYS[word] for word in re.findall(WEEKDAY, match[0])))
            self._choose_weekdays(first, last, days)
        for first, last, match in list(self.question.find(_SEASONS)):
            self.times.months = SEASON_MONTHS[match["season"]]
            self.times.assumed.append("months")
            named = ", ".join(MONTH_NAMES[month - 1].split()[1].title() for month in self.times.months)
            self.question.take(first, last, named, "assumed", "months")

    def _choose_weekdays(self, first: int, last: int, days: tuple[int, ...]) -> None:
        if self.times.weekdays and "weekdays" not in self.times.assumed:
            # Weekends against weekdays: each weekday is shown, so that the two stand beside each other.
            self.times.weekdays, self.times.grain = (), "weekday"
            self.question.take(first, last, "split by weekday", "assumed", "grain")
            return
        if self.times.weekdays and "weekdays" in self.times.assumed:
            self.times.assumed.remove("weekdays")
            self.question.notes = [
                n for n in self.question.notes if not (n.slot == "weekdays" and n.first == n.last)
            ]
        self.times.weekdays = tuple(sorted({*days}))
        self.question.take(first, last, "weekdays", "matched", "weekdays")

    def _grain(self) -> None:
        for pattern, grain in _GRAINS:
            for first, last, match in list(self.question.find(pattern)):
                chosen = grain(match)
                if chosen is None or self.times.grain is not None:
                    continue
                self.times.grain = chosen
                self.question.take(first, last, f"grouped by {chosen.replace('_', ' ')}", "matched", "grain")
        if self.times.grain is None and any(word.plain in _BY_WORDS for word in self.question.words):
            for first, last, match in list(self.question.find(_FURTHER_GRAIN)):
                self.times.grain = _GRAIN_UNITS[match["unit"]]
                self.question.take(first, last, f"grouped by {match['unit']}", "matched", "grain")
                break
        for first, last, _ in list(self.question.find(_TREND)):
            self.times.wants_trend = True
            self.question.take(first, last, "over time", "matched", "grain")
