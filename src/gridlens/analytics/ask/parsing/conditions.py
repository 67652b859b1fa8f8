"""Candidates for conditions: a value or number of the question, and a column that it may narrow."""

import math
import re
from dataclasses import dataclass

from gridlens.analytics.ask.parsing.comparisons import operator_at
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.mentions import STOPWORDS, Mention
from gridlens.analytics.ask.parsing.schema import Column

COUNTED = -1
"""Stands for the number of rows of a group."""
LIMIT = -2
FAR = 12.0
_LEADS = (
    frozenset("is are was were be being equals equal = as".split()),
    frozenset("of".split()),
    frozenset("in at on from by for during".split()),
    frozenset("with has have had having".split()),
    frozenset("named called titled".split()),
    frozenset("the a an".split()),
    frozenset("and or".split()),
    frozenset("top first last best".split()),
    frozenset("not except".split()),
)


@dataclass(frozen=True)
class Candidate:
    first: int
    last: int
    column: int
    operator: str
    value: object
    other: object = None


def candidates(evidence: Evidence) -> list[Candidate]:
    found: dict[tuple[int, int, int, str], Candidate] = {}
    columns = evidence.schema.columns
    tokens = evidence.tokens
    for value in evidence.values:
        column = columns[value.column]
        sign = operator_at(tokens, value.first, value.last)
        if column.is_text or column.is_time:
            sign = "!=" if sign == "!=" else sign if column.is_time or _is_year(value.value) else "="
        each = Candidate(value.first, value.last, value.column, sign, value.value)
        found[value.first, value.last, value.column, sign] = each
    for amount in evidence.amounts:
        wanted = [column.index for column in columns if column.is_number]
        for index in [*wanted, COUNTED, LIMIT]:
            key = (amount.place, amount.last, index, amount.operator)
            found.setdefault(
                key, Candidate(amount.place, amount.last, index, amount.operator, amount.number, amount.other)
            )
    for first, last, pattern in patterns(evidence):
        text = evidence.question[tokens[first].start : tokens[last - 1].end]
        for column in columns:
            if column.is_text:
                operator = f"like {pattern}"
                found[first, last, column.index, operator] = Candidate(
                    first, last, column.index, operator, text
                )
    for first, last, place in partial(evidence):
        text = evidence.question[tokens[first].start : tokens[last - 1].end]
        found.setdefault((first, last, place, "like %x%"), Candidate(first, last, place, "like %x%", text))
    return list(found.values())


def partial(evidence: Evidence) -> list[tuple[int, int, int]]:
    """Names that are only part of longer values: Kentucky in “Louisville, Kentucky”."""
    tokens = evidence.tokens
    is_typed = not any(token.is_capital for token in tokens)
    whole = {place for value in evidence.values for place in range(value.first, value.last)}
    proper = [
        place
        for place, token in enumerate(tokens)
        if place
        and (token.is_capital or (is_typed and token.plain not in STOPWORDS))
        and place not in whole
        and len(token.plain) > 2
        and token.number is None
        and evidence.name_at[place] < 0.9
    ]
    if not proper:
        return []
    holding = evidence.known.values.holding([tokens[place].plain for place in proper])
    found = []
    start = 0
    while start < len(proper):
        end = start + 1
        while end < len(proper) and proper[end] == proper[end - 1] + 1:
            end += 1
        run = proper[start:end]
        columns = set(holding.get(tokens[run[0]].plain, ()))
        for place in run[1:]:
            columns &= set(holding.get(tokens[place].plain, ()))
        found += [(run[0], run[-1] + 1, column) for column in sorted(columns)]
        start = end
    return found


_BEGINS = re.compile(
    r"(?:start|starts|starting|begin|begins|beginning)(?: with)?(?: the)?(?: letters?| word| prefix)? $"
)
_ENDS = re.compile(r"(?:end|ends|ending)(?: with| in)(?: the)?(?: letters?| word)? $")
_HOLDS = re.compile(
    r"(?:contain|contains|containing|include|includes|including|have|has|having|with)(?: the)?"
    r"(?: word| words| letter| letters| substring| phrase| string| text)? (?:in )?$"
    r"|like $|substring $|letters? $|word $"
)


def patterns(evidence: Evidence) -> list[tuple[int, int, str]]:
    """Spans that text begins with, ends with or holds."""
    tokens = evidence.tokens
    spans = quoted_spans(evidence)
    spans += [(place, place + 1) for place, token in enumerate(tokens) if token.is_capital and place]
    found = []
    for first, last in dict.fromkeys(spans):
        before = " ".join(token.plain for token in tokens[max(0, first - 6) : first]) + " "
        known = any(each.first <= first and last <= each.last for each in evidence.values)
        if _BEGINS.search(before):
            found.append((first, last, "x%"))
        elif _ENDS.search(before):
            found.append((first, last, "%x"))
        elif (tokens[first].is_quoted and (not known or _HOLDS.search(before))) or re.search(
            r"(?:word|letters?|substring|string|phrase|contain\w*) $", before
        ):
            found.append((first, last, "%x%"))
    return found


def quoted_spans(evidence: Evidence) -> list[tuple[int, int]]:
    spans = []
    start = None
    for place, token in enumerate([*evidence.tokens, None]):
        is_quoted = token is not None and token.is_quoted
        if is_quoted and start is None:
            start = place
        if not is_quoted and start is not None:
            spans.append((start, place))
            start = None
    return spans


def _is_year(value: object) -> bool:
    try:
        return 1000 <= float(str(value)) <= 2100
    except ValueError:
        return False


def features(evidence: Evidence, all_candidates: list[Candidate]) -> list[list[float]]:
    """A row of figures for each candidate."""
    by_span: dict[tuple[int, int], list[Candidate]] = {}
    for each in all_candidates:
        by_span.setdefault((each.first, each.last), []).append(each)
    spans = list(by_span)
    return [_row(evidence, each, by_span[each.first, each.last], spans) for each in all_candidates]


def nearest(mentions: list[Mention], first: int, last: int) -> tuple[float, float, float]:
    """Strength and signed distance of the mention that speaks most for a span, and its cover."""
    best = (0.0, FAR, 0.0)
    score = 0.0
    for mention in mentions:
        if mention.first < last and first < mention.last:
            continue
        gap = first - mention.last if mention.last <= first else -(mention.first - last) - 1
        worth = mention.strength / (1.0 + 0.15 * (gap if gap >= 0 else 0.7 - 1.3 * gap))
        if worth > score:
            score, best = worth, (mention.strength, float(max(-FAR, min(FAR, gap))), mention.cover)
    return best


def _row(
    evidence: Evidence, each: Candidate, rivals: list[Candidate], spans: list[tuple[int, int]]
) -> list[float]:
    tokens, schema = evidence.tokens, evidence.schema
    inside = tokens[each.first : each.last]
    column: Column | None = schema.columns[each.column] if each.column >= 0 else None
    strength = gap = cover = 0.0
    rank = ties = 0.0
    table_strength, table_gap = 0.0, FAR
    if column is not None:
        strength, gap, cover = nearest(evidence.columns[column.index], each.first, each.last)
        own = _near(strength, gap)
        others = [
            _near(*nearest(evidence.columns[rival.column], each.first, each.last)[:2])
            for rival in rivals
            if rival.column >= 0 and rival.column != each.column
        ]
        rank = float(sum(other > own for other in others))
        ties = float(sum(other == own for other in others))
        best_other = max(others, default=0.0)
        margin = own - best_other
        table_strength, table_gap, _ = nearest(evidence.tables[column.table.index], each.first, each.last)
    else:
        own = margin = 0.0
    lead = tokens[each.first - 1].plain if each.first else "^"
    after = tokens[each.last].plain if each.last < len(tokens) else "$"
    covered = any(
        (first, last) != (each.first, each.last) and first <= each.first and each.last <= last
        for first, last in spans
    )
    named = max(evidence.name_at[each.first : each.last])
    profile = column.column.profile if column is not None else None
    rows = (column.table.table.row_count or 0) if column is not None else 0
    next_table = 0.0
    if each.last < len(tokens):
        for mentions in evidence.tables:
            for mention in mentions:
                if each.last <= mention.first <= each.last + 1:
                    next_table = max(next_table, mention.strength)
    next_column = 0.0
    if column is not None and each.last < len(tokens):
        for mention in evidence.columns[column.index]:
            if mention.first == each.last:
                next_column = max(next_column, mention.strength)
    number = each.value if isinstance(each.value, int | float) and not isinstance(each.value, bool) else None
    in_range = -1.0
    if number is not None and column is not None and profile is not None and profile.minimum is not None:
        try:
            in_range = float(float(profile.minimum) <= number <= float(profile.maximum))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            in_range = -1.0
    is_known = -1.0
    if column is not None:
        is_known = float(
            any(
                v.column == column.index and v.first == each.first and v.last == each.last
                for v in evidence.values
            )
        )
    return [
        float(each.last - each.first),
        float(sum(len(token.plain) for token in inside)),
        float(inside[0].is_quoted),
        sum(token.is_capital for token in inside) / len(inside),
        sum(token.plain in STOPWORDS for token in inside) / len(inside),
        float(len([rival for rival in rivals if rival.column >= 0])),
        strength,
        gap,
        cover,
        own,
        margin,
        rank,
        ties,
        table_strength,
        table_gap,
        float(covered),
        named,
        float(column is None),
        float(each.column == LIMIT),
        float(column.is_number) if column else 0.0,
        float(column.is_text) if column else 0.0,
        float(column.is_time) if column else 0.0,
        float(column.is_key) if column else 0.0,
        float(column.is_reference) if column else 0.0,
        float("=!=<=>=between like".find(each.operator.split()[0])),
        float(each.operator.count("%")),
        float(number is not None),
        float(number is not None and 1000 <= number <= 2100 and float(number).is_integer()),
        in_range,
        is_known,
        *[float(lead in words) for words in _LEADS],
        float(after in ("$", "?")),
        next_table,
        next_column,
        each.first / max(len(tokens), 1),
        float(len(schema.columns)),
        float(len(schema.tables)),
        math.log1p(rows),
        (profile.distinct_count / rows) if profile is not None and rows else -1.0,
        math.log1p(profile.distinct_count) if profile is not None else -1.0,
        _tie_breaker(evidence, column),
    ]


def _near(strength: float, gap: float, cover: float = 0.0) -> float:
    return strength / (1.0 + 0.15 * (gap if gap >= 0 else 0.7 - 1.3 * gap))


def _tie_breaker(evidence: Evidence, column: Column | None) -> float:
    if column is None:
        return 0.0
    last = column.words.plain[-1]
    return 2.0 if last in ("name", "title") else 1.0 if last in ("id", "code") else 0.0
