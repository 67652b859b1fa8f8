"""When: the time side of a question, in English and German."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from gridlens.analytics.ask.calendar import days_of, moved
from gridlens.analytics.ask.plan import Comparison, Days, Earlier, Grain, Span, TimeOfDay
from gridlens.analytics.ask.sentences.wording import days_text, weekdays_text
from gridlens.analytics.ask.understanding.calendar_words import (
    MONTH,
    MONTH_NAMES,
    MONTHS,
    SEASON,
    SEASON_MONTHS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
)
from gridlens.analytics.ask.understanding.comparisons import (
    against,
    find_before,
    find_earlier,
    is_against,
)
from gridlens.analytics.ask.understanding.hours import find_hours
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.spans import FoundSpan, find_spans

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
_WEEKEND_WORDS = r"(?:on )?(?:the )?(?:weekends?|am wochenende|wochenenden?)"
_WORKDAY_WORDS = (
    r"(?:on )?(?:the )?(?:weekdays?|working days?|workdays?|business days?|werktags?|an werktagen|werktagen?|"
    r"arbeitstagen?|wochentagen?)"
)
_BESIDE = r"(?:vs|versus|and|or|against|compared (?:to|with)|than|und|oder|gegen|gegenueber|als)"
_BOTH_DAY_KINDS = re.compile(
    rf"\b(?:{_WEEKEND_WORDS} {_BESIDE} {_WORKDAY_WORDS}|{_WORKDAY_WORDS} {_BESIDE} {_WEEKEND_WORDS})\b"
)
_WORKDAYS, _WEEKEND = (1, 2, 3, 4, 5), (6, 7)
_WEEKDAY_LIST = re.compile(rf"\b(?:on |am |an )(?:{WEEKDAY})(?:(?: and| und| or)? (?:{WEEKDAY}))*\b")
_MONTHS_OF_YEARS = re.compile(
    rf"\b(?:in |im )?(?:the )?(?:(?:{SEASON}) )?(?:months?|monate[n]?) (?:of |from |von )?"
    rf"(?P<first>{MONTH}) (?:to|through|until|till|bis) (?P<second>{MONTH})\b(?! (?:of )?{YEAR})"
)
"""Every December to February, where “from December to February” would be the latest one."""
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
_SPLITTING = frozenset(
    "by for every each jede jeder jedes jeden nach split broken grouped and und auf".split()
)
"""Words that ask for groups of time, where “per day” and “daily” may ask for a figure per day as well."""
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
    """The time side of a question; ``refusal`` says why its times cannot be what is asked.

    ``before`` is the step back from the time of the question before. ``assumed`` lists the slots that were
    guessed. ``rate`` is the time that a figure is asked per, if any.
    """

    span: Span | None = None
    before: Earlier | None = None
    comparison: Comparison | None = None
    grain: Grain | None = None
    rate: Grain | None = None
    time_of_day: TimeOfDay | None = None
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    assumed: list[str] = field(default_factory=list)
    wants_trend: bool = False
    is_relative: bool = False
    refusal: str | None = None


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
        self._months_of_years()
        self.times.before = find_before(self.question)
        self.times.comparison = find_earlier(self.question)
        self._spans()
        self._recurring()
        self._grain()
        return self.times

    def _hours(self) -> None:
        found = find_hours(self.question)
        if found is None:
            return
        window = found.window
        hours = next(note for note in self.question.notes if note.slot == "hours")
        negation = self.question.negation_before(hours.first)
        if negation is not None:
            if found.weekdays:
                self.times.refusal = (
                    f"Outside the {found.name} is more than one stretch of the day. Name the hours instead, "
                    "such as “between 20 and 8 h”, or “on weekends”."
                )
            window = TimeOfDay(start=window.end, end=window.start)
            self.question.take(
                negation, hours.first, f"{window.start:%H:%M}–{window.end:%H:%M}", slot="hours"
            )
        self.times.time_of_day = window
        if found.is_assumed:
            self.times.assumed.append("hours")
        if found.weekdays:
            self.times.weekdays = found.weekdays
            self.times.assumed.append("weekdays")
            self.question.assume(f"{found.name}: Monday to Friday", "weekdays")

    def _spans(self) -> None:
        """One span is what is asked about; one after “against” is what it is compared with."""
        before = 0
        asked: FoundSpan | None = None
        for found in find_spans(self.question, self.today):
            self._refuse_negated(found)
            if self.times.span is None or asked is None:
                asked = found
                self.times.span = found.span
                self.times.is_relative = not isinstance(found.span, Days)
                if found.is_assumed:
                    self.times.assumed.append("range")
            elif self.times.comparison is None and is_against(self.question, found.first, before):
                self._compare(asked, found)
            else:
                self.times.span = self._clipped(self.times.span, found)
            before = found.last

    def _compare(self, asked: FoundSpan, found: FoundSpan) -> None:
        """The later of two times is told against the earlier one, in whichever order they were said."""
        first = self.times.span or asked.span
        one, other = days_of(first, self.today), days_of(found.span, self.today)
        is_later = one.start is not None and other.start is not None and other.start > one.start
        span, then = (found.span, first) if is_later else (first, found.span)
        later, earlier = (found, asked) if is_later else (asked, found)
        self.times.span = span
        self.times.is_relative = not isinstance(span, Days)
        self.times.comparison = against(span, then, self.today)
        earlier.note.slot = "comparison"
        earlier.note.meaning = f"compared with {days_text(days_of(then, self.today))}"
        if later.is_assumed and "range" not in self.times.assumed:
            self.times.assumed.append("range")

    def _months_of_years(self) -> None:
        for first, last, match in list(self.question.find(_MONTHS_OF_YEARS)):
            start, end = MONTHS[match["first"]], MONTHS[match["second"]]
            self.times.months = tuple((start + step - 1) % 12 + 1 for step in range((end - start) % 12 + 1))
            named = ", ".join(MONTH_NAMES[month - 1].split()[1].title() for month in self.times.months)
            self.question.take(first, last, named, "matched", "months")

    def _refuse_negated(self, found: FoundSpan) -> None:
        """A plan reads one stretch of days, so none can be left out of it."""
        if self.question.negation_before(found.first) is not None:
            self.times.refusal = (
                f"Days cannot be left out of an answer. {self._said(found)} would be one stretch; "
            )
            self.times.refusal += "ask for the days before it or after it."

    def _said(self, found: FoundSpan) -> str:
        words = self.question.words[found.first : found.last]
        return f"“{self.question.text[words[0].start : words[-1].end]}”"

    def _clipped(self, one: Span, found: FoundSpan) -> Span:
        """Two ranges of one question hold together: “in 2025 up to yesterday”, “June last year”."""
        both = self._shared(one, found.span)
        if both is None and found.is_assumed and (moved_there := self._in_year_of(found.span, one)):
            both = self._shared(one, moved_there)
        if (
            both is None
            and "range" in self.times.assumed
            and (moved_there := self._in_year_of(one, found.span))
        ):
            both = self._shared(moved_there, found.span)
        if both is None:
            self.times.refusal = (
                f"{self._said(found)} does not lie within the other time of the question. Name one time, "
                "such as “in October 2016”."
            )
            return one
        return both

    def _shared(self, one: Span, other: Span) -> Days | None:
        a, b = days_of(one, self.today), days_of(other, self.today)
        starts = [day for day in (a.start, b.start) if day is not None]
        ends = [day for day in (a.end, b.end) if day is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start is not None and end is not None and end <= start else Days(start=start, end=end)

    def _in_year_of(self, guessed: Span, other: Span) -> Days | None:
        """A month whose year was left to be guessed, in the year that the other range begins in."""
        a, b = days_of(guessed, self.today), days_of(other, self.today)
        if a.start is None or a.end is None or b.start is None:
            return None
        years = b.start.year - a.start.year
        return Days(start=moved(a.start, "year", years), end=moved(a.end, "year", years))

    def _recurring(self) -> None:
        for first, last, _ in list(self.question.find(_BOTH_DAY_KINDS)):
            self.times.grain = "day_kind"
            self.question.take(first, last, "weekdays beside weekends", "matched", "grain")
        for first, last, match in list(self.question.find(_DAY_KINDS)):
            is_end = "weekend" in match[0] or "wochenend" in match[0]
            self._choose_weekdays(first, last, _WEEKEND if is_end else _WORKDAYS)
        for first, last, match in list(self.question.find(_WEEKDAY_LIST)):
            days = tuple(dict.fromkeys(WEEKDAYS[word] for word in re.findall(WEEKDAY, match[0])))
            self._choose_weekdays(first, last, days)
        for first, last, match in list(self.question.find(_SEASONS)):
            months: tuple[int, ...] = SEASON_MONTHS[match["season"]]
            negation = self.question.negation_before(first)
            if negation is not None:
                months = tuple(month for month in range(1, 13) if month not in months)
            self.times.months = months
            self.times.assumed.append("months")
            named = ", ".join(MONTH_NAMES[month - 1].split()[1].title() for month in self.times.months)
            self.question.take(first if negation is None else negation, last, named, "assumed", "months")

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
        if (negation := self.question.negation_before(first)) is not None:
            days, first = tuple(day for day in range(1, 8) if day not in days), negation
        self.times.weekdays = tuple(sorted({*days}))
        self.question.take(first, last, weekdays_text(self.times.weekdays), "matched", "weekdays")

    def _grain(self) -> None:
        for pattern, grain in _GRAINS:
            for first, last, match in list(self.question.find(pattern)):
                chosen = grain(match)
                if chosen is None:
                    continue
                is_rate = match[0].split()[0] not in _SPLITTING
                if is_rate and self.times.rate is None:
                    self.times.rate = chosen
                if self.times.grain is not None and not (is_rate and self.times.rate == chosen):
                    continue
                self.times.grain = self.times.grain or chosen
                self.question.take(first, last, f"grouped by {chosen.replace('_', ' ')}", "matched", "grain")
        if self.times.grain is None and any(word.plain in _BY_WORDS for word in self.question.words):
            for first, last, match in list(self.question.find(_FURTHER_GRAIN)):
                self.times.grain = _GRAIN_UNITS[match["unit"]]
                self.question.take(first, last, f"grouped by {match['unit']}", "matched", "grain")
                break
        for first, last, _ in list(self.question.find(_TREND)):
            self.times.wants_trend = True
            self.question.take(first, last, "over time", "matched", "grain")
