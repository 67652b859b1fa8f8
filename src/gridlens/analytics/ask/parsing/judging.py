"""What speaks for and against a draft, seen as a whole."""

import math
import re
from collections.abc import Sequence
from statistics import fmean

from gridlens.analytics.ask.parsing.assembly import Scored
from gridlens.analytics.ask.parsing.choices import Chances
from gridlens.analytics.ask.parsing.conditions import COUNTED, Candidate
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.mentions import STOPWORDS

_ASKED = [
    re.compile(words)
    for words in (
        r"\beach\b|\bper\b|\bevery\b|\bfor all\b",
        r"\bhow many\b|\bnumber of\b|\bcount\b",
        r"\bmost\b|\bleast\b|\bfewest\b|est\b",
        r"\bdistinct\b|\bdifferent\b|\bunique\b",
        r"\bnot\b|\bno\b|\bnever\b|n't|\bwithout\b",
        r"\bor\b",
        r"\bboth\b",
        r"\border|\bsort|alphabet|ascending|descending",
        r"\baverage\b|\bmean\b|\bmax|\bmin|\btotal\b|\bsum\b",
        r"\bmore than\b|\bat least\b|\bover\b|\babove\b|\bless\b",
        r"\btop\b|\bfirst\b",
    )
]
_COMBINED = {"union": 1.0, "intersect": 2.0, "except": 3.0}
_AGGREGATES = {"": 0.0, "count": 1.0, "max": 2.0, "min": 3.0, "avg": 4.0, "sum": 5.0}
_SAID = 0.4


def columns_of(draft: Draft) -> list[int]:
    found = [item.column for item in draft.select] + [each.column for each in draft.where] + list(draft.group)
    found += [item.column for item, _ in draft.order] + [each.column for each in draft.having]
    for each in draft.where:
        if isinstance(each.value, Draft):
            found += columns_of(each.value)
    if draft.combined is not None:
        found += columns_of(draft.combined[1])
    return [column for column in found if column >= 0]


def tables_of(draft: Draft, evidence: Evidence) -> set[int]:
    columns = evidence.schema.columns
    found = set(draft.tables) | {columns[column].table.index for column in columns_of(draft)}
    for each in draft.where:
        if isinstance(each.value, Draft):
            found |= tables_of(each.value, evidence)
    return found


def _values_of(draft: Draft) -> set[tuple[int, str]]:
    found = {
        (each.column, str(each.value))
        for each in (*draft.where, *draft.having)
        if not isinstance(each.value, Draft)
    }
    for each in draft.where:
        if isinstance(each.value, Draft):
            found |= _values_of(each.value)
    if draft.combined is not None:
        found |= _values_of(draft.combined[1])
    return found


def covered(evidence: Evidence, draft: Draft, candidates: Sequence[Candidate]) -> list[float]:
    """How well the draft explains each token."""
    cover = [0.0] * len(evidence.tokens)
    mentions = [evidence.columns[column][:2] for column in set(columns_of(draft))]
    mentions += [evidence.tables[table][:2] for table in tables_of(draft, evidence)]
    for mention in (each for few in mentions for each in few if each.strength > _SAID):
        for place in range(mention.first, mention.last):
            cover[place] = max(cover[place], mention.strength)
    values = _values_of(draft)
    for each in candidates:
        key = (-1 if each.column == COUNTED else each.column, str(each.value))
        if key in values:
            for place in range(each.first, each.last):
                cover[place] = 1.0
    return cover


def features(
    evidence: Evidence, candidates: Sequence[Candidate], chances: Chances, drafts: Sequence[Scored]
) -> list[list[float]]:
    """A row of figures for each draft."""
    asked = [float(pattern.search(evidence.question.lower()) is not None) for pattern in _ASKED]
    best = drafts[0].score if drafts else 0.0
    chained = min((scored.chained for scored in drafts), default=(0.0, 0.0))
    asked += chained
    return [
        _row(evidence, candidates, chances, scored, scored.score - best, place, asked)
        for place, scored in enumerate(drafts)
    ]


def _row(
    evidence: Evidence,
    candidates: Sequence[Candidate],
    chances: Chances,
    scored: Scored,
    behind: float,
    place: int,
    asked: list[float],
) -> list[float]:
    draft, schema = scored.draft, evidence.schema
    columns, tables = columns_of(draft), tables_of(draft, evidence)
    cover = covered(evidence, draft, candidates)
    content = [at for at, token in enumerate(evidence.tokens) if token.plain not in STOPWORDS]
    left = [at for at in content if cover[at] < _SAID]
    named = evidence.name_at
    unused_values = sum(
        max(cover[value.first : value.last]) < 1
        and named[value.first] < 0.8
        and (evidence.tokens[value.first].is_capital or evidence.tokens[value.first].is_quoted)
        for value in evidence.values
    )
    unused_numbers = sum(cover[amount.place] < 1 and not amount.is_spelled for amount in evidence.amounts)
    shown = [item.column for item in draft.select if item.column >= 0]
    selected = [chances.select[column] for column in shown] or [0.0]
    others = [chance for column, chance in enumerate(chances.select) if column not in columns] or [0.0]
    strengths = [evidence.column_strength(schema.columns[column]) for column in columns] or [0.0]
    nested = [each for each in draft.where if isinstance(each.value, Draft)]
    ordered = [chances.order[item.column] for item, _ in draft.order if item.column >= 0] or [-1.0]
    grouped = [chances.group[column] for column in draft.group] or [-1.0]
    joined = schema.joined(sorted(tables))
    values = _values_of(draft)
    weakest = 0.0
    if draft.where:
        weakest = min(
            next(
                (
                    chance
                    for each, chance in zip(candidates, chances.conditions, strict=True)
                    if each.column == narrowing.column and str(each.value) == str(narrowing.value)
                ),
                0.5,
            )
            for narrowing in draft.where
        )
    missed = [
        chance
        for each, chance in zip(candidates, chances.conditions, strict=True)
        if each.column >= 0 and (each.column, str(each.value)) not in values
    ] or [0.0]
    by_table = [evidence.table_strength(table) for table in schema.tables]
    return [
        scored.score,
        behind,
        float(place),
        *scored.signs,
        *scored.chained,
        float(len(draft.select)),
        float(sum(bool(item.aggregate) for item in draft.select)),
        float(len(draft.where)),
        float(len(tables)),
        -1.0 if joined is None else float(len(joined)),
        float(bool(draft.group)),
        float(bool(draft.having)),
        float(bool(draft.order)),
        float(draft.limit or 0),
        float(draft.is_distinct),
        float(draft.is_any),
        _COMBINED.get(draft.combined[0], 0.0) if draft.combined else 0.0,
        float(len(nested)),
        float(nested[0].operator == "not in") if nested else -1.0,
        float(len(left)),
        sum(named[at] for at in left if named[at] > 0.6),
        float(unused_values),
        float(unused_numbers),
        min(selected),
        max(selected),
        fmean(selected),
        max(others),
        min(strengths),
        fmean(strengths),
        max(ordered),
        max(grouped),
        max((by_table[table] for table in tables), default=0.0),
        float(sum(by_table[table] < _SAID for table in tables)),
        max((strength for table, strength in enumerate(by_table) if table not in tables), default=0.0),
        weakest,
        max(missed),
        _AGGREGATES[draft.select[0].aggregate],
        float(len(schema.tables)),
        float(len(evidence.tokens)),
        math.log1p(len(columns)),
        *asked,
    ]
