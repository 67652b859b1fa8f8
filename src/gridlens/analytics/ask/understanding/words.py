"""Questions and names as words that can be compared."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_PIECES = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?!\d)"  # a day, year first
    r"|\d{1,2}\.\d{1,2}\.\d{2,4}(?!\d)"  # a day, German
    r"|\d{1,2}:\d{2}(?!\d)"  # a time of day
    r"|(?<=[^\W\d]\s)[-−]\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*(?=\D|$)"
    r"|[^\W\d_]+\d*[²³]?"
    r"|[%€$£°]|[<>]=?|=|[^\W_]"
)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,200})[\"”“»]")
_HUMPS = re.compile(r"(?<=[a-zäöü0-9])(?=[A-ZÄÖÜ])|(?<=[A-ZÄÖÜ])(?=[A-ZÄÖÜ][a-zäöü])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "²": "2", "³": "3"})
_ENDINGS = (
    ("ies", "y", 5),
    ("sses", "ss", 5),
    ("xes", "x", 4),
    ("ches", "ch", 6),
    ("ings", "", 7),
    ("ing", "", 6),
    ("edly", "", 7),
    ("ed", "", 5),
    ("es", "e", 4),
    ("s", "", 4),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question; ``plain`` is folded to small ASCII letters, ``stem`` has no ending."""

    text: str
    plain: str
    stem: str
    start: int
    end: int
    is_quoted: bool = False

    @property
    def is_number(self) -> bool:
        return self.text.lstrip("-−")[:1].isdigit()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Small letters without accents, umlauts written out."""
    spelled = text.casefold().translate(_UMLAUTS)
    decomposed = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def stem(plain: str) -> str:
    """A folded word without the commonest endings, so that ``meters`` meets ``meter``."""
    if plain.endswith(("ss", "us")):
        return plain
    for ending, replacement, shortest in _ENDINGS:
        if len(plain) >= shortest and plain.endswith(ending):
            found = plain[: -len(ending)] + replacement
            # Doubled consonants come from the ending: stopped, running.
            if (
                ending in ("ing", "ed", "ings")
                and len(found) > 3
                and found[-1] == found[-2]
                and found[-1] not in "ls"
            ):
                found = found[:-1]
            return found.rstrip("e") if len(found) > 3 else found
    return plain.rstrip("e") if len(plain) > 3 else plain


def words_of(question: str) -> list[Word]:
    """The words, numbers and signs of a question with their places in it."""
    quoted = [(match.start(1), match.end(1)) for match in _QUOTED.finditer(question)]
    return [
        Word(
            text=match.group(),
            plain=plain,
            stem=stem(plain),
            start=match.start(),
            end=match.end(),
            is_quoted=any(start <= match.start() and match.end() <= end for start, end in quoted),
        )
        for match in _PIECES.finditer(question)
        if (plain := fold(match.group())) and not _is_possessive(question, match)
    ]


def pieces(text: str) -> tuple[str, ...]:
    """The folded words of a value or a phrase, cut as a question is."""
    return tuple(fold(match.group()) for match in _PIECES.finditer(text) if not _is_possessive(text, match))


def _is_possessive(text: str, match: re.Match[str]) -> bool:
    return match.group() in ("s", "S") and text[max(match.start() - 1, 0)] in "'’"


@lru_cache(maxsize=20_000)
def split_name(name: str) -> tuple[str, ...]:
    """The folded words of a table's or column's name: ``gridImport_kWh`` → grid, import, kwh; ``#`` → #."""
    return tuple(_split(name)) or (name.casefold(),)


def _split(name: str) -> Iterator[str]:
    for part in re.split(r"[^\w²³]+|_", name):
        # A unit such as kWh has a hump of its own.
        for piece in [part] if fold(part) in _UNITS_WITH_HUMPS else _cut(part):
            if piece:
                yield fold(piece)


def _cut(part: str) -> list[str]:
    cut = re.sub(r"(kWh|MWh|GWh|kW|MW|GW|kWp)$", lambda unit: f" {unit.group().lower()}", part)
    return [piece for half in cut.split() for piece in _HUMPS.split(half)]


_UNITS_WITH_HUMPS = {"kwh", "mwh", "gwh", "twh", "kw", "mw", "gw", "wh", "kwp"}


def number_of(text: str) -> float | None:
    """A number in English or German writing: 1,234.5 or 1.234,5."""
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole = re.sub(r"[.,]", "", text[:decimal])
        text = f"{whole}.{text[decimal + 1 :]}"
    elif dots > 1 or commas > 1 or re.fullmatch(r"\d{1,3},\d{3}", text):
        text = re.sub(r"[.,]", "", text)
    else:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None
