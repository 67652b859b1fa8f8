"""Hours of the day that a question names: between 17 and 21 h, in the evening peak, at night."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from gridlens.analytics.ask.plan import TimeOfDay
from gridlens.analytics.ask.understanding.question import Question


@dataclass(frozen=True, slots=True)
class FoundHours:
    """A window on the clock; ``weekdays`` where its name implies some, as a peak does."""

    window: TimeOfDay
    meaning: str
    name: str = ""
    is_assumed: bool = False
    weekdays: tuple[int, ...] = ()


def _window(start: int, end: int) -> TimeOfDay:
    return TimeOfDay(start=time(start % 24), end=time(end % 24))


def _named_hours(match: re.Match[str]) -> FoundHours | None:
    text = match[0]
    for pattern, name, start, end, days in _NAMED_HOURS:
        if re.search(pattern, text):
            window = _window(start, end)
            return FoundHours(window, f"{start:02}:00–{end:02}:00", name, is_assumed=True, weekdays=days)
    return None


def _spoken_hours(match: re.Match[str]) -> FoundHours | None:
    first, last = (
        _clock_time(match["from"], match["frompm"] or match["topm"]),
        _clock_time(match["to"], match["topm"]),
    )
    if first is None or last is None or first == last:
        return None
    if match["topm"] == "pm" and match["frompm"] is None and first > last:
        first = _clock_time(match["from"], None)
    window = TimeOfDay(start=first or time(), end=last)
    return FoundHours(window, f"{window.start:%H:%M}–{window.end:%H:%M}")


def _one_sided(match: re.Match[str]) -> FoundHours | None:
    at = _clock_time(match["at"], match["pm"])
    if at is None:
        return None
    is_after = match["side"] in ("after", "from", "nach", "ab", "since")
    window = TimeOfDay(start=at, end=time()) if is_after else TimeOfDay(start=time(), end=at)
    return FoundHours(window, f"{window.start:%H:%M}–{window.end:%H:%M}")


def _clock_time(text: str, half: str | None) -> time | None:
    hour, _, minute = text.partition(":")
    number = int(hour)
    if half == "pm" and number < 12:
        number += 12
    if half == "am" and number == 12:
        number = 0
    return time(number % 24, int(minute or 0)) if number <= 24 and int(minute or 0) < 60 else None


_HOUR = r"\d{1,2}(?::\d{2})?"
_OCLOCK = r"(?: (?:h|uhr|hours|o clock|oclock))"
_NAMED_HOURS: tuple[tuple[str, str, int, int, tuple[int, ...]], ...] = (
    (r"evening peak|abendspitze", "evening peak", 17, 21, (1, 2, 3, 4, 5)),
    (r"morning peak|morgenspitze", "morning peak", 7, 10, (1, 2, 3, 4, 5)),
    (r"(?:on )?peak (?:hours|time|times|period)|hochtarifzeit", "peak hours", 8, 20, (1, 2, 3, 4, 5)),
    (r"business|office|working|geschaeft|arbeit", "business hours", 8, 18, (1, 2, 3, 4, 5)),
    (r"night|nachts?", "night", 22, 6, ()),
    (r"morning|morgens|vormittag", "morning", 6, 12, ()),
    (r"afternoon|nachmittag", "afternoon", 12, 18, ()),
    (r"evening|abend", "evening", 17, 22, ()),
    (r"daytime|tagsueber", "daytime", 6, 22, ()),
    (r"noon|midday|mittag", "noon", 12, 13, ()),
)
_HOURS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], FoundHours | None]], ...] = (
    (
        re.compile(
            rf"\b(?:between|from|zwischen|von|in the hours) (?P<from>{_HOUR})(?:{_OCLOCK}| (?P<frompm>am|"
            rf"pm))? "
            rf"(?:and|to|until|till|und|bis) (?P<to>{_HOUR})(?:{_OCLOCK}| (?P<topm>am|pm))(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            r"\b(?P<from>\d{1,2}:\d{2})(?P<frompm>)? (?:(?:and|to|until|bis|und) "
            r")?(?P<to>\d{1,2}:\d{2})(?P<topm>)?(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            rf"\b(?P<from>{_HOUR})(?P<frompm>)? (?:(?:to|until|bis) )?(?P<to>{_HOUR})(?:{_OCLOCK}| "
            rf"(?P<topm>am|pm))(?!\w)"
        ),
        _spoken_hours,
    ),
    (
        re.compile(
            rf"\b(?P<side>after|before|until|from|nach|vor|ab|bis) (?P<at>{_HOUR})(?:{_OCLOCK}| "
            rf"(?P<pm>am|pm))(?!\w)"
        ),
        _one_sided,
    ),
    (
        re.compile(
            r"\b(?:(?:in|during|at|on) (?:the )?|am |in der |im |zur )?(?:evening peak|morning peak|"
            r"(?:on )?peak (?:hours|times?|period)|(?:business|office|working) hours|"
            r"abendspitze|morgenspitze|hochtarifzeit|geschaeftszeit(?:en)?|arbeitszeit(?:en)?)\b"
        ),
        _named_hours,
    ),
    (
        re.compile(
            r"\b(?:(?:in|during|at|by) (?:the )?|(?<=outside )(?:the )?|am |in der |im )"
            r"(?:nights?|mornings?|afternoons?|"
            r"evenings?|daytime|noon|"
            r"midday|nacht|vormittag|nachmittag|abend|mittag)\b|\b(?:nachts|morgens|abends|tagsueber)\b"
        ),
        _named_hours,
    ),
)


def find_hours(question: Question) -> FoundHours | None:
    """The first window on the clock that the question names."""
    for pattern, read in _HOURS:
        for first, last, match in list(question.find(pattern)):
            found = read(match)
            if found is not None:
                state = "assumed" if found.is_assumed else "matched"
                question.take(first, last, found.meaning, state, "hours")  # type: ignore[arg-type]
                return found
    return None
