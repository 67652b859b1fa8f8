"""Days that a question names: last week, in June 2021, since March, from 1 May to 15 May."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gridlens.analytics.ask.calendar import days_of, moved, unit_start
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import CalendarUnit, Days, Last, Span, This, ToDate
from gridlens.analytics.ask.understanding.calendar_words import (
    BEFORE_TIMES,
    COUNT,
    CURRENT,
    MONTH,
    MONTHS,
    PREVIOUS,
    SEASON,
    SEASON_MONTHS,
    SMALL_NUMBERS,
    THE,
    UNIT,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
)
from gridlens.analytics.ask.understanding.question import Note, Question
from gridlens.analytics.ask.units import spelled

_ORDINAL = r"(?: (?:st|nd|rd|th))?"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}|"
    rf"\d{{1,2}}{_ORDINAL}(?: of)? (?:{MONTH})(?: {YEAR})?|(?:{MONTH}) \d{{1,2}}{_ORDINAL}(?: {YEAR})?(?!\d))"
)
_POINT = (
    rf"(?:{_DAY}|(?:{MONTH})(?: {YEAR})?|(?:q[1-4]|[1-4] quartal)(?: {YEAR})?|{YEAR}|"
    "today|heute|yesterday|gestern)"
)
_SHORT_TO_DATE: dict[str, CalendarUnit] = {"ytd": "year", "qtd": "quarter", "mtd": "month", "wtd": "week"}
# These are verbs and short names as well.
_DOUBTFUL_MONTHS = ("may", "march", "mar")
_THAN = frozenset("than above over below under exceeding least most als ueber unter > < >= <=".split())
_FIRST = ("first", "1", "erst")
_QUARTERS = {"first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}
_LONGEST_COUNT = 3660


@dataclass(slots=True)
class FoundSpan:
    """Words ``[first, last)`` that name days; ``is_assumed`` where the year was left to be guessed."""

    first: int
    last: int
    span: Span
    note: Note
    is_assumed: bool


def find_spans(question: Question, today: date) -> list[FoundSpan]:
    """All spans of days in the question, in the order of its words."""
    reader = _SpanReader(today)
    found = []
    for pattern, read in _RANGES:
        for first, last, match in list(question.find(pattern)):
            if _is_amount(question, first, last) or not _is_month(question, first, match[0]):
                continue
            try:
                span, is_assumed = read(reader, match)
            except (ValueError, PlanRefused):
                continue
            start = first
            while question.free(start - 1) and question.words[start - 1].plain in BEFORE_TIMES:
                start -= 1
            note = question.take(start, last, "", "assumed" if is_assumed else "matched", "range")
            found.append(FoundSpan(start, last, span, note, is_assumed))
    return sorted(found, key=lambda each: each.first)


def _is_amount(question: Question, first: int, last: int) -> bool:
    """“Above 2000 kW” holds no year."""
    words = question.words
    has_unit = last < len(words) and words[last - 1].is_number and spelled(words[last].plain) is not None
    return has_unit or (last - first == 1 and words[first].is_number and words[first - 1].plain in _THAN)


def _is_month(question: Question, first: int, text: str) -> bool:
    return text not in _DOUBTFUL_MONTHS or (first > 0 and question.words[first - 1].plain in BEFORE_TIMES)


class _SpanReader:
    """What each pattern means on a given day; the flag says that a part was guessed."""

    def __init__(self, today: date) -> None:
        self.today = today

    def relative_count(self, match: re.Match[str]) -> tuple[Span, bool]:
        unit_word = match["unit"]
        count = _count(match["count"])
        if unit_word.startswith(("hour", "stunde")):
            return Last(unit="day", count=max(1, round(count / 24))), True
        return Last(unit=UNITS[unit_word], count=count), False

    def relative(self, match: re.Match[str]) -> tuple[Span, bool]:
        return Last(unit=UNITS[match["unit"]]), False

    def current(self, match: re.Match[str]) -> tuple[Span, bool]:
        return This(unit=UNITS[match["unit"]]), False

    def to_date(self, match: re.Match[str]) -> tuple[Span, bool]:
        if match["short"]:
            return ToDate(unit=_SHORT_TO_DATE[match["short"]]), False
        return ToDate(unit=UNITS[match["unit"] or match["unit2"] or "year"]), False

    def today_or_yesterday(self, match: re.Match[str]) -> tuple[Span, bool]:
        word = match[0]
        if word in ("today", "heute"):
            return This(unit="day"), False
        if word in ("yesterday", "gestern"):
            return Last(unit="day"), False
        day = self.today - timedelta(days=2)
        return Days(start=day, end=day + timedelta(days=1)), False

    def last_weekday(self, match: re.Match[str]) -> tuple[Span, bool]:
        back = (self.today.isoweekday() - WEEKDAYS[match["weekday"]] - 1) % 7 + 1
        day = self.today - timedelta(days=back)
        return Days(start=day, end=day + timedelta(days=1)), False

    def between(self, match: re.Match[str]) -> tuple[Span, bool]:
        second = self._point(match["second"])
        first = self._point(match["first"], like=second)
        start, end = first.start, second.end
        if start is None or end is None or end <= start:
            raise ValueError
        is_assumed = not re.search(YEAR, match["first"] + match["second"])
        return Days(start=start, end=end), is_assumed

    def since(self, match: re.Match[str]) -> tuple[Span, bool]:
        point = self._point(match["point"])
        return Days(start=point.start), False

    def until(self, match: re.Match[str]) -> tuple[Span, bool]:
        point = self._point(match["point"])
        is_before = match["word"] in ("before", "vor")
        return Days(end=point.start if is_before else point.end), False

    def after(self, match: re.Match[str]) -> tuple[Span, bool]:
        return Days(start=self._point(match["point"]).end), False

    def point(self, match: re.Match[str]) -> tuple[Span, bool]:
        point = self._point(match["point"])
        has_year = re.search(YEAR, match["point"]) is not None or "." in match["point"]
        return point, not has_year and match["point"] not in ("today", "yesterday")

    def quarter(self, match: re.Match[str]) -> tuple[Span, bool]:
        text = match["point"]
        if text.split()[0] in _QUARTERS and "quarter" not in text:
            raise ValueError(text)
        for word, short in _QUARTERS.items():
            text = text.replace(word, short)
        text = re.sub(r" (?:quarter|of)\b", "", text)
        return self._point(text), re.search(YEAR, text) is None

    def calendar_week(self, match: re.Match[str]) -> tuple[Span, bool]:
        year = int(match["year"]) if match["year"] else self.today.year
        start = date.fromisocalendar(year, int(match["week"]), 1)
        return Days(start=start, end=start + timedelta(days=7)), match["year"] is None

    def season(self, match: re.Match[str]) -> tuple[Span, bool]:
        start = date(int(match["year"]), SEASON_MONTHS[match["season"]][0], 1)
        return Days(start=start, end=moved(start, "month", 3)), True

    def half(self, match: re.Match[str]) -> tuple[Span, bool]:
        """Half a year, or the days of a month until the 15th and after it."""
        is_first = match["half"].startswith(_FIRST)
        whole = self._point(match["point"] or str(self.today.year))
        if whole.start is None or whole.end is None:
            raise ValueError
        if moved(whole.start, "month", 1) == whole.end:
            middle = whole.start + timedelta(days=15)
        elif moved(whole.start, "year", 1) == whole.end:
            middle = moved(whole.start, "month", 6)
        else:
            raise ValueError
        is_assumed = re.search(YEAR, match["point"] or "") is None
        return (
            Days(start=whole.start, end=middle) if is_first else Days(start=middle, end=whole.end)
        ), is_assumed

    def part_of(self, match: re.Match[str]) -> tuple[Span, bool]:
        """The last week of October, the first 3 days of 2021: weeks are seven days from the edge."""
        whole, unit = self._point(match["point"]), UNITS[match["unit"]]
        count = _count(match["count"] or "1")
        if whole.start is None or whole.end is None:
            raise ValueError
        is_first = match["side"].startswith(_FIRST)
        start = whole.start if is_first else moved(whole.end, unit, -count)
        end = moved(whole.start, unit, count) if is_first else whole.end
        if start < whole.start or end > whole.end:
            raise ValueError
        has_year = re.search(YEAR, match["point"]) is not None
        return Days(start=start, end=end), not has_year

    def days_of_month(self, match: re.Match[str]) -> tuple[Span, bool]:
        """From the 1st to the 3rd of November."""
        year = match["year"] or ""
        first, last = (self._point(f"{match[day]} {match['month']} {year}") for day in ("first", "second"))
        if first.start is None or last.end is None or last.end <= first.start:
            raise ValueError
        return Days(start=first.start, end=last.end), not year

    def _point(self, text: str, like: Days | None = None) -> Days:
        """The days of a date, month, quarter or year; a missing year is the latest that began."""
        text = text.strip()
        if text in ("today", "heute"):
            return days_of(This(unit="day"), self.today)
        if text in ("yesterday", "gestern"):
            return days_of(Last(unit="day"), self.today)
        if re.fullmatch(YEAR, text):
            return _whole(date(int(text), 1, 1), "year")
        found_year = re.search(rf"\b{YEAR}\b", text)
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
            year, month, day = (int(part) for part in text.split("-"))
            return _whole(date(year, month, day), "day")
        if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", text):
            day, month, year = (int(part) for part in text.split("."))
            return _whole(date(year + 2000 if year < 100 else year, month, day), "day")
        quarter = re.match(r"q?([1-4])(?: quartal)?\b", text)
        named = next((word for word in text.split() if word in MONTHS), None)
        if named is None and quarter is None:
            raise ValueError
        month = MONTHS[named] if named else int(quarter[1]) * 3 - 2 if quarter else 1
        numbers = [int(number) for number in re.findall(r"\b\d{1,2}\b", text)] if named else []
        day = numbers[0] if numbers else 1
        unit: CalendarUnit = "day" if numbers else "month" if named else "quarter"
        if found_year:
            return _whole(date(int(found_year[0]), month, day), unit)
        if like is not None and like.start is not None:
            this = date(like.start.year, month, day)
            return _whole(this if this <= like.start else this.replace(year=this.year - 1), unit)
        this = date(self.today.year, month, day)
        return _whole(this if this <= self.today else this.replace(year=this.year - 1), unit)


def _count(text: str) -> int:
    return min(max(int(text) if text.isdigit() else SMALL_NUMBERS[text], 1), _LONGEST_COUNT)


def _whole(day: date, unit: CalendarUnit) -> Days:
    start = unit_start(day, unit)
    return Days(start=start, end=moved(start, unit, 1))


_Read = Callable[[_SpanReader, re.Match[str]], tuple[Span, bool]]
_RANGES: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (
        re.compile(
            rf"\b(?:the )?(?P<side>first|last|final|erste\w*|letzte\w*) (?:(?P<count>{COUNT}) )?"
            rf"(?:full |whole )?(?P<unit>{UNIT}) (?:of|in|im|des|vom|von) {THE}"
            rf"(?P<point>(?:{MONTH})(?: (?:of )?{YEAR})?|(?:q[1-4]|[1-4] quartal)(?: {YEAR})?|{YEAR})\b"
        ),
        _SpanReader.part_of,
    ),
    (re.compile(r"\b(?:(?:the )?day before yesterday|vorgestern)\b"), _SpanReader.today_or_yesterday),
    (
        re.compile(
            rf"\b(?:(?P<short>ytd|qtd|mtd|wtd)|(?P<unit>{UNIT}) to date|so far (?:this|dieses) "
            rf"(?P<unit2>{UNIT})|"
            rf"seit jahresbeginn|bisher in diesem jahr)\b"
        ),
        _SpanReader.to_date,
    ),
    (
        re.compile(
            rf"\b(?:{PREVIOUS}|in|within) (?:the )?(?:{PREVIOUS} )?(?P<count>{COUNT}) (?:full |whole |"
            rf"ganzen )?"
            rf"(?P<unit>{UNIT}|hours?|stunden?)\b(?! ago)"
        ),
        _SpanReader.relative_count,
    ),
    (re.compile(rf"\b{PREVIOUS} (?:full |calendar |whole )?(?P<unit>{UNIT})\b"), _SpanReader.relative),
    (re.compile(rf"\b{CURRENT} (?P<unit>{UNIT})\b"), _SpanReader.current),
    (re.compile(rf"\b{PREVIOUS} (?P<weekday>{WEEKDAY})\b"), _SpanReader.last_weekday),
    (
        re.compile(
            rf"\b(?:(?:between|from|zwischen|von|vom) {THE})?(?P<first>\d{{1,2}}){_ORDINAL} "
            rf"(?:and|to|until|till|through|und|bis)(?: the| zum)? (?P<second>\d{{1,2}}){_ORDINAL}"
            rf"(?: of)? (?P<month>{MONTH})(?: (?P<year>{YEAR}))?\b"
        ),
        _SpanReader.days_of_month,
    ),
    (
        re.compile(
            rf"\b(?:between|from|zwischen|von|vom) {THE}(?P<first>{_POINT}) (?:and|to|until|till|through|"
            rf"und|bis)"
            rf"(?: zum| the| and including)? (?P<second>{_POINT})\b"
        ),
        _SpanReader.between,
    ),
    (
        re.compile(rf"\b(?P<first>{_POINT}) (?:to|until|till|through|bis)(?: zum)? (?P<second>{_POINT})\b"),
        _SpanReader.between,
    ),
    (
        re.compile(
            rf"\b(?:since|from|seit|ab|starting)(?: the beginning of| the start of| anfang| beginn)? {THE}"
            rf"(?P<point>{_POINT})(?: on| onwards?| an)?\b"
        ),
        _SpanReader.since,
    ),
    (
        re.compile(
            rf"\b(?P<word>until|up to|before|till|through|bis|vor)(?: zum)? {THE}(?P<point>{_POINT})\b"
        ),
        _SpanReader.until,
    ),
    (re.compile(rf"\b(?:after|nach) {THE}(?P<point>{_POINT})\b"), _SpanReader.after),
    (
        re.compile(
            rf"\b(?:calendar week|week|kw|kalenderwoche) (?P<week>\d{{1,2}})(?: (?:of )?(?P<year>{YEAR}))?\b"
        ),
        _SpanReader.calendar_week,
    ),
    (re.compile(rf"\b(?P<season>{SEASON}) (?:of )?(?P<year>{YEAR})\b"), _SpanReader.season),
    (
        re.compile(
            rf"\b(?P<half>first|second|1|2|erste\w*|zweite\w*) (?:half|haelfte|halbjahr)"
            rf"(?: (?:of |in |des |im )?{THE}(?P<point>(?:{MONTH})(?: (?:of )?{YEAR})?|{YEAR}))?\b"
        ),
        _SpanReader.half,
    ),
    (
        re.compile(
            rf"\b(?P<point>(?:first|second|third|fourth|q[1-4]|[1-4] quartal) ?(?:quarter )?(?:of "
            rf")?(?:{YEAR})?)\b"
        ),
        _SpanReader.quarter,
    ),
    (re.compile(r"\b(?:today|heute|yesterday|gestern)\b"), _SpanReader.today_or_yesterday),
    (re.compile(rf"\b(?P<point>{_DAY})\b"), _SpanReader.point),
    (re.compile(rf"\b(?P<point>(?:{MONTH})(?: (?:of )?{YEAR})?)\b"), _SpanReader.point),
    (re.compile(rf"\b(?:year |jahr )?(?P<point>{YEAR})\b"), _SpanReader.point),
)
