"""Words of a question that people defined, put into words that the source itself knows."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from gridlens.analytics.semantic.agreed import spaced, stand_in
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import Metric, Segment, SemanticModel, Wording
from gridlens.analytics.semantic.terms import Meaning, NamesColumn, NamesTable, NamesValue, terms_of


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question in other words, with what was replaced by what.

    ``agreed`` are the metrics and segments that words stand in for, in the order of the question;
    ``names_values`` tells whether a word was put into the value that a column holds.
    """

    question: str
    replaced: tuple[tuple[str, str], ...] = ()
    agreed: tuple[Metric | Segment, ...] = ()
    names_values: bool = False


def reworded(question: str, model: SemanticModel, *, with_values: bool = True) -> Reworded:
    """Each defined word or phrase once, the longest first; what a definition says is not read again."""
    known = {
        _folded(words): (said, meaning)
        for words, said, meaning in _sayings(model)
        if with_values or not isinstance(meaning, NamesValue)
    }
    if not known:
        return Reworded(question)
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(words) for words in longest_first)})(?!\w)", re.IGNORECASE
    )
    replaced: list[tuple[str, str]] = []
    agreed: list[Metric | Segment] = []
    names_values = False
    parts: list[str] = []
    end = 0
    text = unicodedata.normalize("NFC", question)
    for match in pattern.finditer(text):
        found = known.get(_folded(match[0]))
        if found is None or _folded(found[0]) == _folded(match[0]):
            continue
        said, meaning = found
        parts += [text[end : match.start()], said]
        end = match.end()
        if isinstance(meaning, Metric | Segment):
            agreed.append(meaning)
            replaced.append((match[0], _written(meaning)))
        else:
            replaced.append((match[0], said))
            names_values = names_values or isinstance(meaning, NamesValue)
    return Reworded("".join([*parts, text[end:]]), tuple(replaced), tuple(agreed), names_values)


def _sayings(model: SemanticModel) -> Iterator[tuple[str, str, Meaning]]:
    """Words with other words that say or stand in for the same; what is broken means nothing."""
    for term in terms_of(model):
        if not term.is_label:
            with suppress(InvalidModel):
                yield term.words, _said(term.meaning), term.meaning


def _written(meaning: Metric | Segment) -> str:
    return meaning.formula if isinstance(meaning, Metric) else " and ".join(meaning.filters)


def _said(meaning: Meaning) -> str:
    match meaning:
        case Wording(means=means):
            return means
        case NamesTable(table=table):
            return spaced(table)
        case NamesColumn(column=column):
            return spaced(column.column)
        case NamesValue(value=value):
            return value
        case Metric() | Segment():
            return stand_in(meaning)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()
