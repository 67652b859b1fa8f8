"""Figures made of figures: one divided by another or taken from it, what runs on, how even a load is."""

import re
from dataclasses import dataclass
from typing import Literal

from gridlens.analytics.ask.plan import Function, Grain
from gridlens.analytics.ask.understanding.question import Question

_BETWEEN: tuple[tuple[re.Pattern[str], Literal["ratio", "difference"], frozenset[str]], ...] = (
    (
        re.compile(
            r"\b(?:the )?(?:difference|gap|spread|differenz|unterschied) (?:between|of|zwischen|von)\b"
        ),
        "difference",
        frozenset("and und to zu".split()),
    ),
    (
        re.compile(r"\b(?:the )?(?:ratio|quotient|verhaeltnis) (?:of|between|von|zwischen)\b"),
        "ratio",
        frozenset("to and over zu und".split()),
    ),
)
_AFTER: tuple[tuple[re.Pattern[str], Literal["ratio", "difference"]], ...] = (
    (re.compile(r"\b(?:minus|less(?! than\b)|abzueglich)(?= [a-z#])"), "difference"),
    (re.compile(r"\b(?:divided by|geteilt durch)(?= [a-z#])"), "ratio"),
)
_TO = re.compile(r"\b[a-z]+ to [a-z]+ ratio\b")
_SIDES: tuple[tuple[re.Pattern[str], Function], ...] = (
    (
        re.compile(r"highest|largest|greatest|biggest|maximum|max|peak|hoechst\w*|groesst\w*|maximal\w*"),
        "max",
    ),
    (re.compile(r"lowest|smallest|minimum|min|niedrigst\w*|kleinst\w*|minimal\w*"), "min"),
    (re.compile(r"average|avg|mean|durchschnitt\w*|mittlere\w*"), "mean"),
    (re.compile(r"median"), "median"),
    (re.compile(r"total|summed|sum|gesamt\w*"), "sum"),
)
_STEP = r"(?P<count>\d{1,3}) (?P<unit>day|week|month|quarter|year|tage?|wochen?|monate?)s?"
_MEAN = r"(?:averages?|mean|mittel\w*|durchschnitt\w*)"
_MOVING = (
    re.compile(rf"\b{_STEP} (?:moving|rolling|running|gleitend\w*) {_MEAN}(?: of)?\b"),
    re.compile(rf"\b(?:moving|rolling|running|gleitend\w*) {_STEP} {_MEAN}(?: of)?\b"),
    re.compile(
        rf"\b(?:moving|rolling|running|gleitend\w*) {_MEAN} (?:over|of|across|ueber|von) (?:the )?"
        rf"(?:last |letzten )?{_STEP}\b"
    ),
)
_TOTAL = re.compile(
    r"\b(?:(?:running|cumulative|cumulated|rolling) (?:total|sum)(?: of)?|cumulative(?:ly)?|cumulated|"
    r"accumulated|kumuliert\w*|aufgelaufen\w*|laufende summe)\b"
)
_UNSIZED = re.compile(rf"\b(?:moving|rolling|gleitend\w*) {_MEAN}\b")
_STEPS: dict[str, Grain] = {
    **dict.fromkeys(("day", "tag", "tage"), "day"),
    **dict.fromkeys(("week", "woche", "wochen"), "week"),
    **dict.fromkeys(("month", "monat", "monate"), "month"),
    "quarter": "quarter",
    "year": "year",
}
_LOAD_FACTOR = re.compile(r"(?<=\bload )factors?\b|(?<=\blast )faktor(?:en)?\b")


@dataclass(slots=True)
class Pair:
    """Two figures; the words of the first are ``[first, split)``, those of the second follow ``split``."""

    kind: Literal["ratio", "difference"]
    first: int
    split: int
    functions: tuple[Function | None, Function | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Run:
    """A total so far, or with ``last`` the mean over the last so many groups of ``grain``."""

    last: int | None = None
    grain: Grain | None = None
    is_unsized: bool = False
    """Whether a mean is to move that does not say over how long."""


def read_pair(question: Question) -> Pair | None:
    """Two figures of which one is divided by the other or taken from it."""
    for pattern, kind, splits in _BETWEEN:
        for first, last, _ in list(question.find(pattern)):
            split = next(
                (at for at in range(last + 1, len(question.words)) if _splits(question, at, splits)), None
            )
            if split is not None:
                question.take(first, last, _SPOKEN[kind], slot="measure.0")
                question.take(split, split + 1, _SPOKEN[kind], slot="measure.0")
                return _with_functions(question, Pair(kind, last, split))
    for first, last, _ in list(question.find(_TO)):
        for place in (first + 1, last - 1):
            question.take(place, place + 1, _SPOKEN["ratio"], slot="measure.0")
        return _with_functions(question, Pair("ratio", 0, first + 1))
    for pattern, kind in _AFTER:
        for first, last, _ in list(question.find(pattern)):
            question.take(first, last, _SPOKEN[kind], slot="measure.0")
            return _with_functions(question, Pair(kind, 0, last - 1))
    return None


def _splits(question: Question, at: int, words: frozenset[str]) -> bool:
    return question.free(at) and question.words[at].plain in words


def _with_functions(question: Question, pair: Pair) -> Pair:
    sides = (range(pair.first, pair.split), range(pair.split + 1, len(question.words)))
    found: list[Function | None] = []
    for side in sides:
        said = next(
            (
                (at, function)
                for at in side
                for pattern, function in _SIDES
                if question.free(at) and pattern.fullmatch(question.words[at].plain)
            ),
            None,
        )
        if said is not None:
            question.take(said[0], said[0] + 1, question.words[said[0]].plain, slot="measure.0")
        found.append(said[1] if said is not None else None)
    pair.functions = (found[0], found[1])
    return pair


def read_run(question: Question) -> Run | None:
    """What runs on from one group of time to the next."""
    for pattern in _MOVING:
        for first, last, match in list(question.find(pattern)):
            run = Run(max(2, min(int(match["count"]), 400)), _STEPS[match["unit"].removesuffix("s")])
            question.take(first, last, f"moving mean over {run.last} {run.grain}s", slot="measure.0")
            return run
    for first, last, _ in list(question.find(_TOTAL)):
        question.take(first, last, "running total", slot="measure.0")
        return Run()
    for first, last, _ in list(question.find(_UNSIZED)):
        question.take(first, last, "moving mean", slot="measure.0")
        return Run(is_unsized=True)
    return None


def read_load_factor(question: Question) -> bool:
    """“Load factor”: how much of its peak a load is on average."""
    for first, last, _ in list(question.find(_LOAD_FACTOR)):
        question.take(first, last, "average divided by the peak", slot="measure.0")
        return True
    return False


_SPOKEN = {"ratio": "one divided by the other", "difference": "one less the other"}
