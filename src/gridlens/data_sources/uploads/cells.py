"""What a cell looks like on its own, before anything is known of its column."""

import re
from enum import Enum

from gridlens.data_sources.uploads.conversion import MISSING_WORDS, TRUTH
from gridlens.data_sources.uploads.numbers import DRESS

_NUMBER = re.compile(r"[+\-−]?(?:\d[\d.,'’ \u00a0\u2007\u2009\u202f]*|[.,]\d+)(?:[eE][+-]?\d+)?")
# What follows a date belongs to it only as far as no sign that parts cells: else half a row is a time.
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}[^;\t|]*|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})\b[^;\t|]*")
_NAMED_DATE = re.compile(
    r"\d{1,2}\.?[- ][^\W\d_]{3,9}\.?[- ]\d{2,4}\b.*|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}\b.*"
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?")
_TRUTH_WORDS = frozenset(word for word in TRUTH if len(word) > 1)


class Look(Enum):
    BLANK = "blank"
    NUMBER = "number"
    TIME = "time"
    TRUTH = "truth"
    WORD = "word"

    @property
    def is_typed(self) -> bool:
        return self in {Look.NUMBER, Look.TIME, Look.TRUTH}


def look_of(cell: str | None) -> Look:
    text = (cell or "").strip()
    if text.lower() in MISSING_WORDS:
        return Look.BLANK
    if len(text) > 60:
        return Look.WORD
    bare = text.strip(DRESS)
    if bare and (bare[0].isdigit() or bare[0] in "+-−.,"):
        if _DATE.fullmatch(text) or _CLOCK.fullmatch(text) or _NAMED_DATE.fullmatch(text):
            return Look.TIME
        return Look.NUMBER if _NUMBER.fullmatch(bare) else Look.WORD
    if text.lower() in _TRUTH_WORDS:
        return Look.TRUTH
    return Look.TIME if _NAMED_DATE.fullmatch(text) else Look.WORD
