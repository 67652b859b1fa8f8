"""What a draft must not pass over, however likely it looks: values that are named, and superlatives."""

import re
from collections.abc import Iterator, Sequence

from gridlens.analytics.ask.parsing.conditions import Candidate
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.judging import columns_of, covered
from gridlens.analytics.ask.parsing.mentions import STOPWORDS

UNUSED_VALUE = 0.3
UNUSED_SUPERLATIVE = 0.4
UNASKED_ORDER = 0.3
UNUSED_NAME = 0.4
"""For a word that looks like a name, or stands in quotes, and that nothing explains."""
LONG_WAY = 0.4
"""For a condition in a table of its own where a table in use holds the same value."""
NAMED = 0.6
"""From this strength on a word more likely belongs to a name than to a value."""
UNEXPLAINED = 0.4
SHORTEST_VALUE = 4
_SUPERLATIVE = re.compile(r"^(?:most|least|fewest|\w{2,}est|top|maximum|minimum)$")
_TIMES = frozenset("date time year month day season week hour years dates born founded started ended".split())
_ASKS_ORDER = re.compile(
    r"\b(?:order|sort|rank|alphabet|ascend|descend|most|least|few|top|first|last|recent|decreas|increas|max|min)"
    r"|est\b|\bbest\b|\bworst\b",
    re.IGNORECASE,
)
_NOT_SUPERLATIVE = frozenset(
    "interest request forest west guest test best latest rest contest invest harvest".split()
)


def diligence(evidence: Evidence, draft: Draft, candidates: Sequence[Candidate]) -> float:
    """1 for a draft that uses what the question names, less for each thing it passes over."""
    cover = covered(evidence, draft, candidates)
    worth = 1.0
    if any(max(cover[first:last]) < 1 for first, last in _values(evidence)):
        worth *= UNUSED_VALUE
    if any(cover[place] < NAMED for place in _superlatives(evidence)) and not _ranks(draft):
        worth *= UNUSED_SUPERLATIVE
    if draft.order and not _ASKS_ORDER.search(evidence.question):
        worth *= UNASKED_ORDER
    if any(cover[place] < UNEXPLAINED for place in _proper(evidence)):
        worth *= UNUSED_NAME
    if evidence.tokens and evidence.tokens[0].plain == "when" and not _tells_when(evidence, draft):
        worth *= UNUSED_VALUE
    return worth * LONG_WAY ** _detours(evidence, draft)


def _proper(evidence: Evidence) -> Iterator[int]:
    """Words of names, where the question writes only such words with a capital."""
    for place, token in enumerate(evidence.tokens):
        is_name = token.is_capital and place and not token.text.isupper() and len(token.text) > 1
        if token.number is None and (is_name or token.is_quoted) and token.plain not in STOPWORDS:
            yield place


def _tells_when(evidence: Evidence, draft: Draft) -> bool:
    shown = [evidence.schema.columns[item.column] for item in draft.select if item.column >= 0]
    return any(column.is_time or _TIMES & set(column.words.plain) for column in shown)


def _detours(evidence: Evidence, draft: Draft) -> int:
    columns = evidence.schema.columns
    used = [item.column for item in draft.select] + list(draft.group) + [i.column for i, _ in draft.order]
    tables = {columns[column].table.index for column in used if column >= 0} | set(draft.tables)
    holding: dict[object, set[int]] = {}
    for value in evidence.values:
        holding.setdefault(value.value, set()).add(columns[value.column].table.index)
    return sum(
        bool(tables)
        and each.column >= 0
        and columns[each.column].table.index not in tables
        and bool(holding.get(each.value, set()) & tables)
        for each in draft.where
        if not isinstance(each.value, Draft)
    )


def _values(evidence: Evidence) -> Iterator[tuple[int, int]]:
    for value in evidence.values:
        tokens = evidence.tokens[value.first : value.last]
        letters = sum(len(token.plain) for token in tokens if token.number is None)
        if letters >= SHORTEST_VALUE and max(evidence.name_at[value.first : value.last]) < NAMED:
            yield value.first, value.last


def _superlatives(evidence: Evidence) -> Iterator[int]:
    for place, token in enumerate(evidence.tokens):
        before = evidence.tokens[place - 1].plain if place else ""
        if _SUPERLATIVE.match(token.plain) and token.plain not in _NOT_SUPERLATIVE and before != "at":
            yield place


def _ranks(draft: Draft) -> bool:
    if draft.order or any(item.aggregate in ("max", "min") for item in draft.select):
        return True
    return any(isinstance(each.value, Draft) for each in draft.where) or not columns_of(draft)
