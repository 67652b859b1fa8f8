"""What a question may want of each column: to show it, to group by it, to rank by it."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.mentions import Mention
from gridlens.analytics.ask.parsing.schema import Column

ROLES = ("select", "group", "order")
NAMES = frozenset("name title label description".split())
_SHORT = 10.0


def context(evidence: Evidence, mention: Mention) -> list[str]:
    """The words around a mention, as signs that a linear model weighs."""
    tags = evidence.flat_tags
    left = [tags[place] if place >= 0 else "^" for place in range(mention.first - 4, mention.first)]
    right = [tags[place] if place < len(tags) else "$" for place in range(mention.last, mention.last + 3)]
    l4, l3, l2, l1 = left
    r1, r2, r3 = right
    start = " ".join(tags[:2])
    return [
        f"l1={l1}", f"l2={l2}", f"l3={l3}", f"l21={l2} {l1}", f"l321={l3} {l2} {l1}",
        f"l4321={l4} {l3} {l2} {l1}", f"r1={r1}", f"r2={r2}", f"r12={r1} {r2}", f"r123={r1} {r2} {r3}",
        f"lr={l1} _ {r1}", f"l2r={l2} {l1} _ {r1}", f"s={start}", f"s1={tags[0]}",
        *[f"before={tag}" for tag in set(tags[max(0, mention.first - 8) : mention.first])],
        *[f"after={tag}" for tag in set(tags[mention.last : mention.last + 6])],
    ]  # fmt: skip


def features(
    evidence: Evidence,
    chances: Sequence[float],
    association: Sequence[float],
    shape: Sequence[float],
    said: Mapping[str, Sequence[float]],
) -> list[list[float]]:
    """A row for each column.

    ``chances`` is how likely a condition on the column is, ``association`` how its words go with those of the
    question, ``shape`` what the whole question looks like, ``said`` what the words around its mention say.
    """
    schema = evidence.schema
    strengths = [evidence.column_strength(column) for column in schema.columns]
    tables = [evidence.table_strength(table) for table in schema.tables]
    best = max(strengths, default=0.0)
    best_association = max(association, default=0.0)
    by_table = [max((strengths[c.index] for c in table.columns), default=0.0) for table in schema.tables]
    chance_by_table = [max((chances[c.index] for c in table.columns), default=0.0) for table in schema.tables]
    first_value = min((v.first for v in evidence.values), default=len(evidence.tokens))
    by_name: dict[str, int] = {}
    for column in schema.columns:
        by_name[column.name.casefold()] = by_name.get(column.name.casefold(), 0) + 1
    claims = _claims(evidence, strengths)
    first_table = min(
        ((m[0].first, place) for place, m in enumerate(evidence.tables) if m and m[0].strength > 0.6),
        default=(99, -1),
    )[1]
    rows = []
    for column in schema.columns:
        mentions = evidence.columns[column.index]
        mention = mentions[0] if mentions else None
        free = _free_mention(evidence, mentions)
        strength = strengths[column.index]
        table = tables[column.table.index]
        rank = sum(other > strength for other in strengths)
        ties = sum(other == strength for other in strengths) if strength else 0
        same_table_better = by_table[column.table.index] - strength
        gap = _table_gap(evidence, column, mention)
        profile = column.column.profile
        words = column.words.plain
        rows.append(
            [
                strength,
                mention.cover if mention else 0.0,
                mention.sure if mention else 0.0,
                free.strength if free else 0.0,
                float(len(mentions)),
                best - strength,
                float(rank),
                float(ties),
                same_table_better,
                table,
                gap,
                float(column.table.index == first_table),
                max(tables, default=0.0) - table,
                mention.first / max(len(evidence.tokens), 1) if mention else -1.0,
                float(mention.first) if mention else -1.0,
                float(mention.first < first_value) if mention else -1.0,
                claims[column.index],
                chances[column.index],
                chance_by_table[column.table.index],
                max(chances, default=0.0),
                association[column.index],
                best_association - association[column.index],
                float(column.is_number),
                float(column.is_text),
                float(column.is_time),
                float(column.is_key),
                float(column.is_reference),
                float(words[-1] in NAMES),
                float(words[-1] in ("id", "code")),
                float(len(words)),
                float(by_name[column.name.casefold()]),
                float(column.index - column.table.columns[0].index),
                float(len(column.table.columns)),
                float(len(schema.tables)),
                float(len(schema.columns)),
                math.log1p(column.table.table.row_count or 0),
                math.log1p(profile.distinct_count) if profile else -1.0,
                float(len(schema.around(column.table.index))),
                *[said[role][column.index] for role in ROLES],
                *shape,
            ]
        )
    return rows


def question_words(evidence: Evidence) -> set[str]:
    stems = [token.stem for token in evidence.tokens]
    words = {token.stem for token in evidence.tokens if token.number is None}
    return words | {f"{a} {b}" for a, b in pairwise(stems) if a == "how"}


def association(evidence: Evidence, lifts: Mapping[tuple[str, str], float]) -> list[float]:
    """How much more often than by chance the question's words ask for a column of these: who, where, old."""
    words = question_words(evidence)
    return [
        max((lifts.get((word, stem), 0.0) for stem in set(column.words.stems) for word in words), default=0.0)
        for column in evidence.schema.columns
    ]


def _free_mention(evidence: Evidence, mentions: list[Mention]) -> Mention | None:
    """The best mention that no value covers."""
    for mention in mentions:
        if not any(v.first <= mention.first and mention.last <= v.last for v in evidence.values):
            return mention
    return None


def _claims(evidence: Evidence, strengths: list[float]) -> list[float]:
    """How much of its mention a column has to share with better ones."""
    found = []
    for column in evidence.schema.columns:
        mentions = evidence.columns[column.index]
        if not mentions:
            found.append(0.0)
            continue
        own = mentions[0]
        rival = 0.0
        for other in evidence.schema.columns:
            if other is column or not evidence.columns[other.index]:
                continue
            theirs = evidence.columns[other.index][0]
            if theirs.first < own.last and own.first < theirs.last:
                width = (theirs.last - theirs.first) - (own.last - own.first)
                rival = max(rival, strengths[other.index] - own.strength + 0.2 * width)
        found.append(rival)
    return found


def _table_gap(evidence: Evidence, column: Column, mention: Mention | None) -> float:
    """Tokens between a column's mention and its table's: “names of students”."""
    if mention is None:
        return _SHORT
    gaps = []
    for table in evidence.tables[column.table.index]:
        if table.strength < 0.4:
            continue
        gap = table.first - mention.last if table.first >= mention.last else mention.first - table.last
        gaps.append(max(0, gap) + (0 if table.first >= mention.last else 0.5))
    return float(min(gaps, default=_SHORT))
