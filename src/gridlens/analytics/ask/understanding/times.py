"""When: the time expressions of a question, in English and German."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from gridlens.analytics.ask.calendar import days_of, moved, unit_start
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import (
    CalendarUnit,
    Comparison,
    Days,
    Earlier,
    Grain,
    Last,
    Span,
    This,
    TimeOfDay,
    ToDate,
    Versus,
)
from gridlens.analytics.ask.understanding.question import Note, Question
from gridlens.analytics.ask.units import spelled

_MONTH_NAMES = (
    "jan january januar jaenner",
    "feb february februar",
    "mar march maerz mrz",
    "apr april",
    "may mai",
    "jun june juni",
    "jul july juli",
    "aug august",
    "sep sept september",
    "oct october okt oktober",
    "nov november",
    "dec december dez dezember",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAY_NAMES = (
    "monday mondays mon montag montags",
    "tuesday tuesdays tue dienstag dienstags",
    "wednesday wednesdays wed mittwoch mittwochs",
    "thursday thursdays thu donnerstag donnerstags",
    "friday fridays fri freitag freitags",
    "saturday saturdays sat samstag samstags sonnabend",
    "sunday sundays sun sonntag sonntags",
)
_WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES, 1) for name in names.split()}
_UNITS: dict[str, CalendarUnit] = {
    **dict.fromkeys("day days tag tage tagen tages".split(), "day"),
    **dict.fromkeys("week weeks woche wochen".split(), "week"),
    **dict.fromkeys("month months monat monate monaten monats".split(), "month"),
    **dict.fromkeys("quarter quarters quartal quartale quartalen quartals".split(), "quarter"),
    **dict.fromkeys("year years jahr jahre jahren jahres".split(), "year"),
}
_GRAIN_WORDS: dict[str, Grain] = {
    **dict.fromkeys("hourly stuendlich stuendliche stuendlichen stuendlicher".split(), "hour"),
    **dict.fromkeys("daily taeglich taegliche taeglichen taeglicher tages".split(), "day"),
    **dict.fromkeys("weekly woechentlich woechentliche woechentlichen wochen".split(), "week"),
    **dict.fromkeys("monthly monatlich monatliche monatlichen monatlicher monats".split(), "month"),
    **dict.fromkeys("quarterly quartalsweise quartals".split(), "quarter"),
    **dict.fromkeys("yearly annual annually jaehrlich jaehrliche jaehrlichen jahres".split(), "year"),
}
_SMALL_NUMBERS = {
    word: number
    for number, words in enumerate(
        [
            "one ein eine einen einem",
            "two zwei couple",
            "three drei",
            "four vier",
            "five fuenf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwoelf",
        ],
        1,
    )
    for word in words.split()
}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_COUNT = r"\d{1,4}|" + "|".join(_SMALL_NUMBERS)
_YEAR = r"(?:19|20)\d\d"
_PREVIOUS = r"(?:last|previous|past|prior|preceding|letzt\w*|vorig\w*|vorherig\w*|vergangen\w*)"
_CURRENT = r"(?:this|current|the current|dies\w*|aktuell\w*|laufend\w*)"
_THE = r"(?:the |der |die |das |den |dem |des )?"
_DAY = (
    rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{1,2}}(?: (?:st|nd|rd|th))?(?: of)? (?:{_MONTH})(?: {_YEAR})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?: (?:st|nd|rd|th))?(?: {_YEAR})?(?!\d))"
)
_POINT = rf"(?:{_DAY}|(?:{_MONTH})(?: {_YEAR})?|(?:q[1-4]|[1-4] quartal)(?: {_YEAR})?|{_YEAR}|today|heute|yesterday|gestern)"
_COMPARED = re.compile(
    r"\b(?:compared? (?:with|to|against)|comparison (?:with|to)|versus|vs|against|gegenueber|"
    r"(?:im )?vergleich (?:mit|zu|zum|zur)|verglichen mit|relative to|than|als|mit|with|and)(?: the| dem| der| den| das)?$"
)
_STRONGLY_COMPARED = re.compile(r"(?:compare\w*|versus|vs|against|gegenueber|vergl\w*|relative|than|als)")


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


@dataclass(slots=True)
class _Found:
    first: int
    last: int
    span: Span
    note: Note
    is_assumed: bool = False


class _TimeReader:
    def __init__(self, question: Question, today: date) -> None:
        self.question = question
        self.today = today
        self.times = Times()
        self.found: list[_Found] = []

    def read(self) -> Times:
        self._clock()
        self._earlier()
        for pattern, read in _RANGES:
            for first, last, match in list(self.question.find(pattern)):
                if match[0] in _DOUBTFUL_MONTHS and not self._is_after_preposition(first):
                    continue
                if self._is_amount(first, last):
                    continue
                try:
                    span, is_assumed = read(self, match)
                except (ValueError, PlanRefused):
                    continue
                self._add(first, last, span, is_assumed=is_assumed)
        self._recurring()
        self._grain()
        self._settle()
        return self.times

    def _add(self, first: int, last: int, span: Span, *, is_assumed: bool) -> None:
        # A small word before a time belongs to it.
        while self.question.free(first - 1) and self.question.words[first - 1].plain in _BEFORE_TIMES:
            first -= 1
        note = self.question.take(first, last, "", "assumed" if is_assumed else "matched", "range")
        self.found.append(_Found(first, last, span, note, is_assumed))

    def _is_amount(self, first: int, last: int) -> bool:
        """“Above 2000 kW” holds no year."""
        words = self.question.words
        has_unit = last < len(words) and words[last - 1].is_number and spelled(words[last].plain) is not None
        return has_unit or (last - first == 1 and words[first].is_number and words[first - 1].plain in _THAN)

    def _is_after_preposition(self, first: int) -> bool:
        return first > 0 and self.question.words[first - 1].plain in _BEFORE_TIMES

    # Ranges of days.

    def relative_count(self, match: re.Match[str]) -> tuple[Span, bool]:
        unit_word = match["unit"]
        count = _count(match["count"])
        if unit_word.startswith(("hour", "stunde")):
            return Last(unit="day", count=max(1, round(count / 24))), True
        return Last(unit=_UNITS[unit_word], count=count), False

    def relative(self, match: re.Match[str]) -> tuple[Span, bool]:
        return Last(unit=_UNITS[match["unit"]]), False

    def current(self, match: re.Match[str]) -> tuple[Span, bool]:
        return This(unit=_UNITS[match["unit"]]), False

    def to_date(self, match: re.Match[str]) -> tuple[Span, bool]:
        if match["short"]:
            unit: CalendarUnit = {"y": "year", "q": "quarter", "m": "month", "w": "week"}[match["short"][0]]  # type: ignore[assignment]
        else:
            unit = _UNITS[match["unit"] or match["unit2"] or "year"]
        return ToDate(unit=unit), False

    def today_or_yesterday(self, match: re.Match[str]) -> tuple[Span, bool]:
        word = match[0]
        if word in ("today", "heute"):
            return This(unit="day"), False
        if word in ("yesterday", "gestern"):
            return Last(unit="day"), False
        day = self.today - timedelta(days=2)
        return Days(start=day, end=day + timedelta(days=1)), False

    def last_weekday(self, match: re.Match[str]) -> tuple[Span, bool]:
        back = (self.today.isoweekday() - _WEEKDAYS[match["weekday"]] - 1) % 7 + 1
        day = self.today - timedelta(days=back)
        return Days(start=day, end=day + timedelta(days=1)), False

    def between(self, match: re.Match[str]) -> tuple[Span, bool]:
        second = self._point(match["second"])
        first = self._point(match["first"], like=second)
        start, end = first.start, second.end
        if start is None or end is None or end <= start:
            raise ValueError
        is_assumed = not re.search(_YEAR, match["first"] + match["second"])
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
        has_year = re.search(_YEAR, match["point"]) is not None or "." in match["point"]
        return point, not has_year and match["point"] not in ("today", "yesterday")

    def calendar_week(self, match: re.Match[str]) -> tuple[Span, bool]:
        year = int(match["year"]) if match["year"] else self.today.year
        start = date.fromisocalendar(year, int(match["week"]), 1)
        return Days(start=start, end=start + timedelta(days=7)), match["year"] is None

    def season(self, match: re.Match[str]) -> tuple[Span, bool]:
        start = date(int(match["year"]), _SEASON_MONTHS[match["season"]][0], 1)
        return Days(start=start, end=moved(start, "month", 3)), True

    def half(self, match: re.Match[str]) -> tuple[Span, bool]:
        year = int(match["year"]) if match["year"] else self.today.year
        is_first = match["half"] in ("first", "1", "h1", "erste", "ersten")
        start = date(year, 1 if is_first else 7, 1)
        return Days(start=start, end=moved(start, "month", 6)), match["year"] is None

    def _point(self, text: str, like: Days | None = None) -> Days:
        """The days of a date, month, quarter or year; a missing year is the latest that began."""
        text = text.strip()
        if text in ("today", "heute"):
            return days_of(This(unit="day"), self.today)
        if text in ("yesterday", "gestern"):
            return days_of(Last(unit="day"), self.today)
        if re.fullmatch(_YEAR, text):
            return _whole(date(int(text), 1, 1), "year")
        found_year = re.search(rf"\b{_YEAR}\b", text)
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
            year, month, day = (int(part) for part in text.split("-"))
            return _whole(date(year, month, day), "day")
        if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", text):
            day, month, year = (int(part) for part in text.split("."))
            return _whole(date(year + 2000 if year < 100 else year, month, day), "day")
        quarter = re.match(r"q?([1-4])(?: quartal)?\b", text)
        named = next((word for word in text.split() if word in _MONTHS), None)
        if named is None and quarter is None:
            raise ValueError
        month = _MONTHS[named] if named else int(quarter[1]) * 3 - 2 if quarter else 1
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

    # Hours, weekdays, seasons.

    def _clock(self) -> None:
        for pattern, read in _HOURS:
            for first, last, match in list(self.question.find(pattern)):
                hours = read(match)
                if hours is None or self.times.time_of_day is not None:
                    continue
                self.times.time_of_day = hours.window
                self.question.take(
                    first, last, hours.meaning, "assumed" if hours.is_assumed else "matched", "hours"
                )
                if hours.is_assumed:
                    self.times.assumed.append("hours")
                if hours.weekdays:
                    self.times.weekdays = hours.weekdays
                    self.times.assumed.append("weekdays")
                    self.question.assume(f"{hours.name}: Monday to Friday", "weekdays")

    def _recurring(self) -> None:
        for first, last, match in list(self.question.find(_DAY_KINDS)):
            is_end = "weekend" in match[0] or "wochenend" in match[0]
            self._choose_weekdays(first, last, (6, 7) if is_end else (1, 2, 3, 4, 5))
        for first, last, match in list(self.question.find(_WEEKDAY_LIST)):
            days = tuple(dict.fromkeys(_WEEKDAYS[word] for word in re.findall(_WEEKDAY, match[0])))
            self._choose_weekdays(first, last, days)
        for first, last, match in list(self.question.find(_SEASONS)):
            self.times.months = _SEASON_MONTHS[match["season"]]
            self.times.assumed.append("months")
            named = ", ".join(_MONTH_NAMES[month - 1].split()[1].title() for month in self.times.months)
            self.question.take(first, last, named, "assumed", "months")

    def _choose_weekdays(self, first: int, last: int, days: tuple[int, ...]) -> None:
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

    # Comparisons.

    def _earlier(self) -> None:
        for pattern in _EARLIER:
            for first, last, match in list(self.question.find(pattern)):
                if self.times.comparison is not None:
                    continue
                by = _earlier_unit(match)
                self.times.comparison = Earlier(by=by)
                self.question.take(first, last, f"compared with the {_before(by)}", "matched", "comparison")

    def _settle(self) -> None:
        """One range is what is asked about; one after “against” is what it is compared with."""
        self.found.sort(key=lambda found: found.first)
        for place, found in enumerate(self.found):
            is_against = place > 0 and self._is_compared(found.first, place)
            if is_against and self.times.comparison is None and self.times.span is not None:
                self.times.comparison = self._against(self.times.span, found.span)
                found.note.slot = "comparison"
            elif self.times.span is None:
                self.times.span = found.span
                self.times.is_relative = not isinstance(found.span, Days)
                if found.is_assumed:
                    self.times.assumed.append("range")
            else:
                self.times.span = self._clipped(self.times.span, found.span)

    def _is_compared(self, first: int, place: int) -> bool:
        words = [word.plain for word in self.question.words[:first]]
        if _COMPARED.search(" ".join(words[-4:])):
            is_plain = words[-1] in ("and", "with", "mit")
            return not is_plain or any(_STRONGLY_COMPARED.fullmatch(word) for word in words)
        return any(_STRONGLY_COMPARED.fullmatch(word) for word in words[self.found[place - 1].last :])

    def _against(self, span: Span, other: Span) -> Comparison:
        now, then = days_of(span, self.today), days_of(other, self.today)
        if now.start is None or then.start is None or then.end is None:
            return Earlier()
        units: tuple[CalendarUnit, ...] = ("day", "week", "month", "quarter", "year")
        for by in units:
            if moved(now.start, by, -1) == then.start and (
                now.end is None or moved(now.end, by, -1) == then.end
            ):
                return Earlier(by=by)
        return Versus(start=then.start, end=then.end)

    def _clipped(self, one: Span, other: Span) -> Span:
        """Two ranges of one question hold together: “in 2025 up to yesterday”."""
        a, b = days_of(one, self.today), days_of(other, self.today)
        starts = [day for day in (a.start, b.start) if day is not None]
        ends = [day for day in (a.end, b.end) if day is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        if start is not None and end is not None and end <= start:
            return one
        return Days(start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Hours:
    window: TimeOfDay
    meaning: str
    name: str = ""
    is_assumed: bool = False
    weekdays: tuple[int, ...] = ()


def _window(start: int, end: int) -> TimeOfDay:
    return TimeOfDay(start=time(start % 24), end=time(end % 24))


def _named_hours(match: re.Match[str]) -> _Hours | None:
    text = match[0]
    for pattern, name, start, end, days in _NAMED_HOURS:
        if re.search(pattern, text):
            window = _window(start, end)
            return _Hours(window, f"{start:02}:00–{end:02}:00", name, is_assumed=True, weekdays=days)
    return None


def _spoken_hours(match: re.Match[str]) -> _Hours | None:
    first, last = (
        _clock_time(match["from"], match["frompm"] or match["topm"]),
        _clock_time(match["to"], match["topm"]),
    )
    if first is None or last is None or first == last:
        return None
    if match["topm"] == "pm" and match["frompm"] is None and first > last:
        first = _clock_time(match["from"], None)
    window = TimeOfDay(start=first or time(), end=last)
    return _Hours(window, f"{window.start:%H:%M}–{window.end:%H:%M}")


def _one_sided(match: re.Match[str]) -> _Hours | None:
    at = _clock_time(match["at"], match["pm"])
    if at is None:
        return None
    is_after = match["side"] in ("after", "from", "nach", "ab", "since")
    window = TimeOfDay(start=at, end=time()) if is_after else TimeOfDay(start=time(), end=at)
    return _Hours(window, f"{window.start:%H:%M}–{window.end:%H:%M}")


def _clock_time(text: str, half: str | None) -> time | None:
    hour, _, minute = text.partition(":")
    number = int(hour)
    if half == "pm" and number < 12:
        number += 12
    if half == "am" and number == 12:
        number = 0
    return time(number % 24, int(minute or 0)) if number <= 24 and int(minute or 0) < 60 else None


def _count(text: str) -> int:
    return min(max(int(text) if text.isdigit() else _SMALL_NUMBERS[text], 1), 3660)


def _whole(day: date, unit: CalendarUnit) -> Days:
    start = unit_start(day, unit)
    return Days(start=start, end=moved(start, unit, 1))


def _earlier_unit(match: re.Match[str]) -> CalendarUnit | Literal["period"]:
    word = match["unit"] or ""
    if word in _UNITS:
        return _UNITS[word]
    return next((unit for part, unit in _EARLIER_UNITS.items() if part in word), "period")


def _before(by: str) -> str:
    return {"period": "period before", "day": "day before"}.get(by, f"{by} before")


_THAN = frozenset("than above over below under exceeding least most als ueber unter > < >= <=".split())
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
_BEFORE_TIMES = frozenset(
    "in on at for of during over the im am in dem der den des vom von fuer seit through".split()
)
_HOUR = r"\d{1,2}(?::\d{2})?"
_OCLOCK = r"(?: (?:h|uhr|hours|o clock|oclock))"
_NAMED_HOURS: tuple[tuple[str, str, int, int, tuple[int, ...]], ...] = (
    (r"evening peak|abendspitze", "evening peak", 17, 21, (1, 2, 3, 4, 5)),
    (r"morning peak|morgenspitze", "morning peak", 7, 10, (1, 2, 3, 4, 5)),
    (r"(?:on )?peak (?:hours|time|times|period)|hochtarifzeit", "peak hours", 8, 20, (1, 2, 3, 4, 5)),
    (r"night|nachts?", "night", 22, 6, ()),
    (r"morning|morgens|vormittag", "morning", 6, 12, ()),
    (r"afternoon|nachmittag", "afternoon", 12, 18, ()),
    (r"evening|abend", "evening", 17, 22, ()),
    (r"daytime|tagsueber", "daytime", 6, 22, ()),
    (r"noon|midday|mittag", "noon", 12, 13, ()),
)
_HOURS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Hours | None]], ...] = (
    (
        re.compile(
            rf"\b(?:between|from|zwischen|von|in the hours) (?P<from>{_HOUR})(?:{_OCLOCK}| (?P<frompm>am|pm))? "
            rf"(?:and|to|until|till|und|bis) (?P<to>{_HOUR})(?:{_OCLOCK}| (?P<topm>am|pm))(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            r"\b(?P<from>\d{1,2}:\d{2})(?P<frompm>)? (?:(?:and|to|until|bis|und) )?(?P<to>\d{1,2}:\d{2})(?P<topm>)?(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            rf"\b(?P<from>{_HOUR})(?P<frompm>)? (?:(?:to|until|bis) )?(?P<to>{_HOUR})(?:{_OCLOCK}| (?P<topm>am|pm))(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            rf"\b(?P<side>after|before|until|from|nach|vor|ab|bis) (?P<at>{_HOUR})(?:{_OCLOCK}| (?P<pm>am|pm))(?!\w)"
        ),
        _one_sided,
    ),
    (
        re.compile(
            r"\b(?:(?:in|during|at|on) (?:the )?|am |in der |im |zur )?(?:evening peak|morning peak|"
            r"(?:on )?peak (?:hours|times?|period)|abendspitze|morgenspitze|hochtarifzeit)\b"
        ),
        _named_hours,
    ),
    (
        re.compile(
            r"\b(?:(?:in|during|at|by) (?:the )?|am |in der |im )(?:nights?|mornings?|afternoons?|evenings?|daytime|noon|"
            r"midday|nacht|vormittag|nachmittag|abend|mittag)\b|\b(?:nachts|morgens|abends|tagsueber)\b"
        ),
        _named_hours,
    ),
)
_EARLIER = (
    re.compile(
        r"\b(?:and )?(?:compared? (?:with|to|against)|in comparison (?:with|to)|comparison (?:with|to)|versus|vs|against|"
        r"gegenueber|(?:im )?vergleich (?:mit|zu|zum|zur)|verglichen mit|relative to|with|mit) "
        rf"{_THE}(?:(?:same|gleichen|selben|one) (?:period|time|days|zeitraum|dates|range)? ?)?(?:of |in |im )?{_THE}"
        rf"(?:previous|prior|preceding|earlier|vorig\w*|vorherig\w*|vorangegangen\w*) (?P<unit>{_UNIT}|periods?|zeitraum|time)\b"
    ),
    re.compile(
        r"\b(?:and )?(?:compared? (?:with|to|against)|in comparison (?:with|to)|versus|vs|against|gegenueber|"
        r"(?:im )?vergleich (?:mit|zu|zum|zur)|verglichen mit|relative to|than|als|with|mit|from|to) "
        rf"{_THE}(?:one |a )?(?P<unit>{_UNIT}|period) (?:before|earlier|prior|ago|davor|zuvor|vorher)\b"
    ),
    re.compile(
        rf"\b(?:(?:compared? (?:with|to|against)|versus|vs|against) )?{_THE}same (?:period|time|days|month|week|quarter|dates) "
        rf"(?:of |in )?{_THE}(?:last|previous|prior|preceding) (?P<unit>{_UNIT})\b"
    ),
    re.compile(
        r"\b(?:(?:gegenueber|vergleich|verglichen|zum|mit|im|zu|vs|als|zur) )*(?:dem |der |den |des |das )?"
        r"(?P<unit>vorjahr\w*|vormonat\w*|vorwoche|vorquartal\w*|vortag\w*|vorperiode|vorzeitraum)\b"
    ),
    re.compile(r"\b(?:(?P<unit>year|month|week) (?:over|on) (?:year|month|week))\b"),
    re.compile(r"\b(?P<unit>yoy|mom|wow)\b"),
)
_SEASON_MONTHS = {
    "winter": (12, 1, 2),
    "spring": (3, 4, 5),
    "fruehling": (3, 4, 5),
    "summer": (6, 7, 8),
    "sommer": (6, 7, 8),
    "autumn": (9, 10, 11),
    "herbst": (9, 10, 11),
}
_SEASON = "|".join(_SEASON_MONTHS)
# These are verbs and short names as well.
_DOUBTFUL_MONTHS = ("may", "march", "mar")
_RANGES: tuple[tuple[re.Pattern[str], Callable[[_TimeReader, re.Match[str]], tuple[Span, bool]]], ...] = (
    (re.compile(r"\b(?:(?:the )?day before yesterday|vorgestern)\b"), _TimeReader.today_or_yesterday),
    (
        re.compile(
            rf"\b(?:(?P<short>ytd|qtd|mtd|wtd)|(?P<unit>{_UNIT}) to date|so far (?:this|dieses) (?P<unit2>{_UNIT})|"
            rf"seit jahresbeginn|bisher in diesem jahr)\b"
        ),
        _TimeReader.to_date,
    ),
    (
        re.compile(
            rf"\b(?:{_PREVIOUS}|in|within) (?:the )?(?:{_PREVIOUS} )?(?P<count>{_COUNT}) (?:full |whole |ganzen )?"
            rf"(?P<unit>{_UNIT}|hours?|stunden?)\b(?! ago)"
        ),
        _TimeReader.relative_count,
    ),
    (re.compile(rf"\b{_PREVIOUS} (?:full |calendar |whole )?(?P<unit>{_UNIT})\b"), _TimeReader.relative),
    (re.compile(rf"\b{_CURRENT} (?P<unit>{_UNIT})\b"), _TimeReader.current),
    (re.compile(rf"\b{_PREVIOUS} (?P<weekday>{_WEEKDAY})\b"), _TimeReader.last_weekday),
    (
        re.compile(
            rf"\b(?:between|from|zwischen|von|vom) {_THE}(?P<first>{_POINT}) (?:and|to|until|till|through|und|bis)"
            rf"(?: zum| the| and including)? (?P<second>{_POINT})\b"
        ),
        _TimeReader.between,
    ),
    (
        re.compile(rf"\b(?P<first>{_POINT}) (?:to|until|till|through|bis)(?: zum)? (?P<second>{_POINT})\b"),
        _TimeReader.between,
    ),
    (
        re.compile(
            rf"\b(?:since|from|seit|ab|starting)(?: the beginning of| the start of| anfang| beginn)? {_THE}"
            rf"(?P<point>{_POINT})(?: on| onwards?| an)?\b"
        ),
        _TimeReader.since,
    ),
    (
        re.compile(
            rf"\b(?P<word>until|up to|before|till|through|bis|vor)(?: zum)? {_THE}(?P<point>{_POINT})\b"
        ),
        _TimeReader.until,
    ),
    (re.compile(rf"\b(?:after|nach) {_THE}(?P<point>{_POINT})\b"), _TimeReader.after),
    (
        re.compile(
            rf"\b(?:calendar week|week|kw|kalenderwoche) (?P<week>\d{{1,2}})(?: (?:of )?(?P<year>{_YEAR}))?\b"
        ),
        _TimeReader.calendar_week,
    ),
    (re.compile(rf"\b(?P<season>{_SEASON}) (?:of )?(?P<year>{_YEAR})\b"), _TimeReader.season),
    (
        re.compile(
            rf"\b(?P<half>first|second|1|2|erste\w*|zweite\w*) (?:half|halbjahr)(?: (?:of )?(?P<year>{_YEAR}))?\b"
        ),
        _TimeReader.half,
    ),
    (
        re.compile(
            rf"\b(?P<point>(?:first|second|third|fourth|q[1-4]|[1-4] quartal) ?(?:quarter )?(?:of )?(?:{_YEAR})?)\b"
        ),
        lambda reader, match: reader.point(_QuarterMatch(match)),  # type: ignore[arg-type]
    ),
    (
        re.compile(r"\b(?:today|heute|yesterday|gestern)\b"),
        _TimeReader.today_or_yesterday,
    ),
    (re.compile(rf"\b(?P<point>{_DAY})\b"), _TimeReader.point),
    (re.compile(rf"\b(?P<point>(?:{_MONTH})(?: (?:of )?{_YEAR})?)\b"), _TimeReader.point),
    (re.compile(rf"\b(?:year |jahr )?(?P<point>{_YEAR})\b"), _TimeReader.point),
)


class _QuarterMatch:
    """“Third quarter of 2025” read as “q3 2025”."""

    _ORDINALS = {"first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}

    def __init__(self, match: re.Match[str]) -> None:
        text = match["point"]
        if text.split()[0] in self._ORDINALS and "quarter" not in text:
            raise ValueError
        for word, short in self._ORDINALS.items():
            text = text.replace(word, short)
        self._text = re.sub(r" (?:quarter|of)\b", "", text).strip()

    def __getitem__(self, _name: str) -> str:
        return self._text


_DAY_KINDS = re.compile(
    r"\b(?:on |at |am |an |during )?(?:the )?(?:weekends?|weekdays|working days|workdays|business days|wochenenden?|"
    r"werktags?|werktagen|wochentagen|arbeitstagen)\b"
)
_WEEKDAY_LIST = re.compile(rf"\b(?:on |am |an )(?:{_WEEKDAY})(?:(?: and| und| or)? (?:{_WEEKDAY}))*\b")
_SEASONS = re.compile(rf"\b(?:in |im )(?:the )?(?P<season>{_SEASON})(?: months?)?\b")
_GROUPING = (
    r"(?:by|per|for each|for every|each|every|pro|je|jede[nrs]?|nach|split by|broken down by|grouped by|and by|und nach|"
    r"auf|a)"
)
_GRAIN_UNITS: dict[str, Grain] = {
    **{word: unit for word, unit in _UNITS.items()},
    **dict.fromkeys("hour hours stunde stunden".split(), "hour"),
}
_GRAINS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Grain | None]], ...] = (
    (
        re.compile(
            rf"\b(?:{_GROUPING} )?(?:the )?(?:hour of (?:the )?day|time of day|tageszeit|stunde des tages|uhrzeit)\b"
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
            rf"\b(?:{_GROUPING} )?(?:quarter hour(?:ly)?|15 minutes?|15 min|15 minute|viertelstunden?|viertelstuendlich)\b"
        ),
        lambda _: "minute15",
    ),
    (
        re.compile(
            rf"\b{_GROUPING} (?:single |calendar |individual |einzelne[nr]? )?(?P<unit>{'|'.join(_GRAIN_UNITS)})\b"
        ),
        lambda match: _GRAIN_UNITS[match["unit"]],
    ),
    (re.compile(rf"\b(?P<word>{'|'.join(_GRAIN_WORDS)})\b"), lambda match: _GRAIN_WORDS[match["word"]]),
)
_BY_WORDS = ("by", "per", "each", "pro", "je", "nach")
# “By site and month”: the second of two groups has no “by” of its own.
_FURTHER_GRAIN = re.compile(
    r"\b(?:and|und) (?P<unit>hour|day|week|month|quarter|year|stunde|tag|woche|monat|quartal|jahr)\b"
    r"(?! (?:before|earlier|ago|to date|zuvor|davor))"
)
_TREND = re.compile(
    r"\b(?:over time|trend|time series|timeline|development|history|zeitlicher verlauf|verlauf|entwicklung)\b"
)


def read_times(question: Question, today: date) -> Times:
    """Find what the question says about time, and note the words that said it."""
    return _TimeReader(question, today).read()
