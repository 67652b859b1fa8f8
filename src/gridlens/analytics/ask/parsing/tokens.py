"""A question as tokens that names, values and numbers can be found in."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gridlens.analytics.ask.understanding.words import fold, number_of, stem

_TOKEN = re.compile(r"\d[\d,]*\.?\d*(?=\D|$)|[^\W\d_]+|\d+|[%€$£]|[<>]=?|!=|=")
_QUOTED = re.compile(r"[\"“„«]\s*([^\"“”„«»]{1,200}?)\s*[\"”“»]|(?<![\w'])'([^']{2,100})'(?!\w)")
_SPELLED = {
    word: number
    for number, words in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
    for word in (words,)
}
_ORDINALS = {word: n for n, word in enumerate("first second third fourth fifth sixth".split(), start=1)}


@dataclass(frozen=True, slots=True)
class Token:
    """``plain`` is folded to small ASCII letters; ``number`` is its value where it is a number."""

    text: str
    plain: str
    stem: str
    start: int
    end: int
    is_quoted: bool
    number: float | None

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def tokens_of(question: str) -> list[Token]:
    quoted = [match.span() for match in _QUOTED.finditer(question)]
    found = []
    for match in _TOKEN.finditer(question):
        text = match.group().rstrip(",.") if match.group()[0].isdigit() else match.group()
        if text in ("s", "S") and question[max(match.start() - 1, 0)] in "'’":
            continue
        plain = fold(text)
        found.append(
            Token(
                text=text,
                plain=plain,
                stem=stem(plain),
                start=match.start(),
                end=match.start() + len(text),
                is_quoted=any(start < match.start() < end for start, end in quoted),
                number=_number(plain),
            )
        )
    return found


def _number(plain: str) -> float | None:
    if plain[0].isdigit():
        return number_of(plain)
    return _SPELLED.get(plain)


@lru_cache(maxsize=100_000)
def key_of(text: str) -> str:
    """A value as its tokens, so that writing and signs make no difference."""
    parts = [match.group().rstrip(",.").replace(",", "") for match in _TOKEN.finditer(fold(text))]
    return " ".join(part for part in parts if part)
