"""Numbers a question compares with, and the units it names."""

import re
from dataclasses import dataclass
from typing import Literal

from gridlens.analytics.ask.plan import Function, Operator
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.words import number_of
from gridlens.analytics.ask.units import spelled

_NUMBER = r"(?:minus |[-−])?\d[\d.,]*"
_UNIT_WORDS = (
    "kwh mwh gwh twh wh kw mw gw w watts? kilowatts? megawatts? kilowattstunden megawattstunden "
    "% percent prozent °c grad celsius kg m2 sqm quadratmeter"
)
_MONEY = r"(?:eur|euros?|€|cents?|ct|usd|\$|gbp|£)"
_UNIT = (
    rf"(?:{'|'.join(_UNIT_WORDS.split())}|° c|degrees?(?: celsius)?|square met(?:er|re)s?|"
    rf"{_MONEY}(?: (?:per |pro )?(?:kwh|mwh))?)"
)
_VALUE = rf"(?P<value>{_NUMBER})(?: (?P<unit>{_UNIT}))?(?!\w)"
_MORE = (
    r"(?:\b(?:(?:more|greater|higher|larger|bigger|longer|hotter|warmer) than|over|above|exceed(?:s|ed|ing)?|"
    r"ueber|mehr als|groesser als|hoeher als|oberhalb von)|(?<!\S)>)"
)
_LESS = (
    r"(?:\b(?:(?P<hint>cheaper|colder|cooler) than|(?:less|lower|smaller|fewer) than|below|under|unter|"
    r"weniger als|kleiner als|niedriger als|unterhalb von|guenstiger als)|(?<!\S)<)"
)
_AT_LEAST = r"(?:\b(?:at least|no less than|not less than|minimum of|mindestens|ab)|(?<!\S)>=)"
_AT_MOST = r"(?:\b(?:at most|no more than|not more than|up to|hoechstens|maximal)|(?<!\S)<=)"
_THRESHOLDS: tuple[tuple[re.Pattern[str], Operator], ...] = (
    (re.compile(rf"\b(?P<hint>more expensive|dearer|teurer) (?:than|als) {_VALUE}"), "gt"),
    (re.compile(rf"{_AT_LEAST} {_VALUE}"), "ge"),
    (re.compile(rf"{_AT_MOST} {_VALUE}"), "le"),
    (re.compile(rf"{_MORE} {_VALUE}"), "gt"),
    (re.compile(rf"{_LESS} {_VALUE}"), "lt"),
)
_THE_MEAN = r"(?: the| its| their)?(?: overall| general)? (?P<mean>average|mean|median|durchschnitt)\b"
_AGAINST: tuple[tuple[re.Pattern[str], Operator], ...] = (
    (re.compile(rf"{_MORE}{_THE_MEAN}"), "gt"),
    (re.compile(rf"{_LESS}{_THE_MEAN}"), "lt"),
)
_CONTAINING = re.compile(
    r"\b(?:contain(?:s|ing)?|(?P<start>(?:start|begin)(?:s|n?ing)? with)|"
    r"(?P<end>end(?:s|ing)? (?:with|in)))\b"
)
_IS = r"(?:is|are|was|were|equals?|ist|sind|war|waren|betraegt|=)"
_EXACTLY = (
    re.compile(rf"(?:\b|(?<!\S)){_IS} (?:(?:equal to|exactly|genau|gleich) )?(?:(?P<zero>zero)\b|{_VALUE})"),
    re.compile(r"\b(?:ist|sind|war|waren) (?:genau |gleich )?(?P<zero>null)\b"),
    re.compile(r"\b(?P<zero>null) (?:ist|sind|war|waren|betraegt)\b"),
)
_CLAUSES = frozenset(
    "when whenever while where if whose with wenn waehrend falls solange wo bei mit deren dessen".split()
)
"""Words after which a condition stands."""
_BETWEEN = re.compile(
    rf"\b(?:between|zwischen|from|von) (?P<low>{_NUMBER})(?: {_UNIT})? (?:and|und|to|bis) {_VALUE}"
)
_ZERO = re.compile(
    r"\b(?:(?P<below>negativ(?:e|en|er)?|below (?:zero|freezing)|under zero|unter null|minusgrade)|"
    r"(?P<above>positiv(?:e|en|er)?|above zero|ueber null))\b(?: degrees?(?: celsius)?| grad)?"
)
_DEGREES = re.compile(r"degree|freezing|grad")
_IN_UNIT = re.compile(rf"\b(?:in|how many|wie viele?) (?P<unit>{_UNIT})(?!\w)")
_PER_UNIT = re.compile(
    r"\b(?:per|pro|je|/) (?P<unit>kwh|mwh|kw|mw|kwp|m2|square met(?:er|re)s?|sqm|quadratmeter)\b"
)
_SPOKEN: dict[Operator, str] = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
_OF_COMPARATIVE = {
    **dict.fromkeys(("cheaper", "more expensive", "dearer", "teurer"), "price"),
    **dict.fromkeys(("colder", "cooler"), "temperature"),
}
_SPELLED = {
    **dict.fromkeys(("degree", "degrees", "degrees celsius", "° c"), "°C"),
    "euros": "€",
    "cents": "ct",
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that something is compared with; ``second`` closes a span."""

    first: int
    last: int
    operator: Operator
    value: float
    unit: str | None = None
    second: float | None = None
    hint: str | None = None
    is_sign: bool = False


@dataclass(frozen=True, slots=True)
class Containing:
    """Text that a value holds; the words before ``first`` say which column's."""

    first: int
    last: int
    text: str
    at: Literal["start", "end", "anywhere"]


@dataclass(slots=True)
class Units:
    """The unit asked for and the one after “per”; ``is_amount`` where “how many kWh” asks for a total."""

    unit: str | None = None
    per_unit: str | None = None
    is_amount: bool = False


def read_thresholds(question: Question) -> list[Threshold]:
    """Every number that something is compared with."""
    found = []
    for pattern, operator in _THRESHOLDS:
        for first, last, match in list(question.find(pattern)):
            value = _number(match["value"])
            hint = _OF_COMPARATIVE.get(match.groupdict().get("hint") or "")
            unit = _unit(match["unit"])
            if value is not None:
                found.append(Threshold(first, last, operator, value, unit, hint=hint))
                question.take(first, last, f"{_SPOKEN[operator]} {_told(value, unit)}", slot="filter")
    for pattern in _EXACTLY:
        for first, last, match in list(question.find(pattern)):
            value = 0.0 if match["zero"] else _number(match["value"])
            unit = _unit(match.groupdict().get("unit"))
            if value is not None and clause_before(question, first) is not None:
                found.append(Threshold(first, last, "eq", value, unit))
                question.take(first, last, f"exactly {_told(value, unit)}", slot="filter")
    for first, last, match in list(question.find(_BETWEEN)):
        low, high = _number(match["low"]), _number(match["value"])
        unit = _unit(match["unit"])
        if low is not None and high is not None:
            found.append(Threshold(first, last, "ge", low, unit, high))
            question.take(first, last, f"between {low:g} and {_told(high, unit)}", slot="filter")
    for first, last, match in list(question.find(_ZERO)):
        sign: Operator = "lt" if match["below"] else "gt"
        hint = "temperature" if _DEGREES.search(match[0]) else None
        found.append(Threshold(first, last, sign, 0.0, hint=hint, is_sign=True))
        question.take(first, last, "below 0" if sign == "lt" else "above 0", slot="filter")
    return found


def read_against(question: Question) -> tuple[Operator, Function] | None:
    """“Above the average”: what values are compared with where no number is given."""
    for pattern, operator in _AGAINST:
        for first, last, match in list(question.find(pattern)):
            function: Function = "median" if match["mean"] == "median" else "mean"
            question.take(first, last, f"{_SPOKEN[operator]} the {match['mean']} of all", slot="filter")
            return operator, function
    return None


def read_containing(question: Question) -> Containing | None:
    """“Whose name contains ‘Park’”, “that starts with EM”."""
    words = question.words
    for first, last, match in list(question.find(_CONTAINING)):
        end = last
        while question.free(end) and words[end].is_quoted:
            end += 1
        end = max(end, last + 1)
        if not all(question.free(place) for place in range(last, end)):
            continue
        # Signs belong to the text: EM-1.
        while question.free(end) and " " not in question.text[words[end - 1].end : words[end].start]:
            end += 1
        text = question.text[words[last].start : words[end - 1].end]
        at: Literal["start", "end", "anywhere"] = (
            "start" if match["start"] else "end" if match["end"] else "anywhere"
        )
        question.take(first, end, f"{match[0]} “{text}”", slot="filter")
        return Containing(first, end, text, at)
    return None


def clause_before(question: Question, first: int) -> int | None:
    """The place of the word, such as “when”, that the condition ending at ``first`` begins with."""
    before = range(first - 1, -1, -1)
    return next((place for place in before if question.words[place].plain in _CLAUSES), None)


def read_units(question: Question) -> Units:
    found = Units()
    for first, last, match in list(question.find(_PER_UNIT)):
        found.per_unit = _unit(match["unit"])
        question.take(first, last, f"divided by {found.per_unit}", slot="measure")
    for first, last, match in list(question.find(_IN_UNIT)):
        unit = _unit(match["unit"])
        if unit != "%":
            found.unit = unit
            found.is_amount = match[0].startswith(("how", "wie"))
            question.take(first, last, f"in {found.unit}", slot="unit")
    return found


def _number(text: str) -> float | None:
    digits = text.removeprefix("minus ").lstrip("-−").strip(".,")
    value = number_of(digits)
    return -value if value is not None and text[0] in "m-−" else value


def _told(value: float, unit: str | None) -> str:
    return f"{value:.12g}\u202f{unit}" if unit else f"{value:.12g}"


def _unit(text: str | None) -> str | None:
    if not text:
        return None
    plain = text.strip()
    if plain.startswith(("square met", "quadratmeter")):
        return "m²"
    # The sign between the parts of a unit is no word, so “€/MWh” arrives as “€ mwh”.
    return _SPELLED.get(plain) or spelled(re.sub(r" (?:(?:per|pro) )?", "/", plain))
