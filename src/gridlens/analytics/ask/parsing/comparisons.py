"""Numbers in a question with how they compare: more than 5, at least 3, between 10 and 20."""

import re
from dataclasses import dataclass

from gridlens.analytics.ask.parsing.tokens import Token

_MORE = (
    "more|greater|larger|higher|bigger|older|longer|heavier|taller|better|later"
    "|faster|newer|further|wider|deeper"
)
_LESS = "less|fewer|lower|smaller|younger|shorter|lighter|cheaper|earlier|worse|slower"
_BEFORE = (
    (
        ">=",
        rf"(?:{_MORE}) than or equal to",
        "greater or equal to|on or after",
        "(?:no|not) (?:less|fewer|lower|smaller|earlier) than",
        "at least|(?:a )?minimum of|>=|from|since|starting from",
    ),
    (
        "<=",
        rf"(?:{_LESS}) than or equal to",
        "less or equal to|on or before",
        "(?:no|not) (?:more|greater|higher|larger|bigger|later) than",
        "at most|up to|within|<=|until|(?:a )?maximum of",
    ),
    (
        ">",
        rf"(?:{_MORE}) (?:\w+ ){{0,2}}?than",
        "over|above|exceed(?:s|ing|ed)?|after|>|surpass(?:es|ing)?|beyond|in excess of",
    ),
    ("<", rf"(?:{_LESS}) (?:\w+ ){{0,2}}?than", "under|below|before|<|prior to|beneath"),
    (
        "!=",
        "not equal to|other than|!=|except|excluding|different from",
        r"(?:not|never|(?:do|does|did|is|are)n t)(?: \w+){0,4}?",
    ),
)
_AFTER = (
    (
        ">=",
        "or (?:more|above|higher|greater|larger|older|later|over|after|better)",
        "and (?:above|up|over|older|later)",
    ),
    (
        "<=",
        "or (?:less|fewer|below|lower|smaller|under|younger|earlier|before)",
        "and (?:below|under|younger)",
    ),
)
_FILLERS = r"(?: (?:the|a|an|year|of|number|value|is|equal to|day|date|score|age|about|around|\$|€|than))*"
_BEFORE_PATTERNS = [
    (re.compile(rf"(?:^| )(?:{'|'.join(words)}){_FILLERS} ?$"), sign) for sign, *words in _BEFORE
]
_AFTER_PATTERNS = [
    (re.compile(rf"^ ?(?:[^\W\d]\w* ){{0,1}}?(?:{'|'.join(words)})(?! than)(?: |$)"), sign)
    for sign, *words in _AFTER
]


_SIGNS = ("$", "€", "£")
_BEFORE_NUMBERS = ("the", "year", *_SIGNS)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at token ``place``; ``other`` is the upper end where it is a span."""

    place: int
    last: int
    number: float
    operator: str
    other: float | None = None
    is_spelled: bool = False


def operator_at(tokens: list[Token], first: int, last: int) -> str:
    """What the words around tokens ``[first, last)`` say of how they compare."""
    before = " ".join(token.plain for token in tokens[max(0, first - 6) : first])
    after = " ".join(token.plain for token in tokens[last : last + 4])
    for pattern, sign in _AFTER_PATTERNS:
        if pattern.search(after):
            return sign
    for pattern, sign in _BEFORE_PATTERNS:
        if pattern.search(before):
            return sign
    return "="


def amounts(tokens: list[Token]) -> list[Amount]:
    found: list[Amount] = []
    skip = -1
    for place, token in enumerate(tokens):
        if token.number is None or place <= skip:
            continue
        other = _span_end(tokens, place)
        if other is not None:
            skip = other
            found.append(Amount(place, other + 1, token.number, "between", tokens[other].number))
            continue
        operator = operator_at(tokens, place, place + 1)
        found.append(Amount(place, place + 1, token.number, operator, None, not token.plain[0].isdigit()))
    return found


def _span_end(tokens: list[Token], place: int) -> int | None:
    words = [token.plain for token in tokens]
    for gap in (2, 3):
        there = place + gap
        if there >= len(tokens) or tokens[there].number is None:
            continue
        is_joined = gap == 2 or words[place + 2] in _BEFORE_NUMBERS
        if words[place + 1] in ("and", "to", "through", "until") and is_joined:
            lead = " ".join(word for word in words[max(0, place - 4) : place] if word not in _SIGNS)
            if re.search(r"between(?: the)?(?: years?)?$|from(?: the)?(?: years?)?$|range(?: of)?$", lead):
                if words[place + 1] == "and" and "between" not in lead:
                    continue
                return there
    return None
