"""A question as a row of the things, properties, values and superlatives it names, left to right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.mentions import MEASURED_BY, STOPWORDS
from gridlens.analytics.ask.parsing.schema import Schema

Kind = Literal["thing", "relation", "property", "value", "superlative", "most", "count", "aggregate", "not"]

NAMED = 0.6
WHOLE = 0.75
SUPERLATIVE = re.compile(r"^(?:most|least|fewest|\w{2,}est|maximum|minimum)$")
NOT_SUPERLATIVE = frozenset(
    "interest request forest west guest test rest contest invest harvest honest modest".split()
)
_LOW = frozenset(
    "smallest lowest shortest youngest least fewest minimum earliest cheapest lightest slowest nearest"
    " closest coldest worst shallowest narrowest".split()
)
_AGGREGATES = {
    "average": "avg", "mean": "avg", "avg": "avg", "total": "sum", "combined": "sum", "overall": "sum",
    "sum": "sum", "maximum": "max", "minimum": "min",
}  # fmt: skip
_NEGATIONS = frozenset("not no never without".split())
# Words that hold a question together without naming anything of a schema.
_LIGHT = STOPWORDS | frozenset(
    "run runs running flow flows go goes through pass passes traverse found located exist exists lie lies"
    " contain contains containing live lives called named name names into over across around within about"
    " one ones only just also both long big large high tall small old together".split()
)
_TELLING = frozenset(MEASURED_BY) | frozenset("most least fewest number".split())


@dataclass(frozen=True)
class Element:
    """``tables`` or ``columns`` by number, the likeliest first; ``values`` pairs a column with what it holds.

    ``word`` is what a superlative or aggregate says, ``about`` the word that tells what it compares.
    """

    kind: Kind
    first: int
    last: int
    tables: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    values: tuple[tuple[int, object], ...] = ()
    word: str = ""
    about: str = ""

    @property
    def is_low(self) -> bool:
        return self.word in _LOW


@dataclass(frozen=True)
class Row:
    elements: tuple[Element, ...]
    unexplained: int
    """Words that should name something and do not."""
    lead: str = ""
    """What a question for a figure begins with: “large” of “how large”, “where”."""


def pairs_of(schema: Schema) -> dict[int, tuple[int, int, int]]:
    """Tables that relate the rows of another to each other: the two columns, and the column both refer to."""
    found = {}
    for table in schema.tables:
        by_parent: dict[int, list[int]] = {}
        for link in schema.around(table.index):
            if link.child == table.index and link.parent != table.index and len(link.columns) == 1:
                child, parent = link.columns[0]
                by_parent.setdefault(parent, []).append(child)
        for parent, children in by_parent.items():
            if len(children) == 2:
                found[table.index] = (children[0], children[1], parent)
    return found


@dataclass
class _Spans:
    taken: list[bool]
    found: list[Element] = field(default_factory=list)

    def add(self, element: Element) -> None:
        if not any(self.taken[element.first : element.last]):
            self.found.append(element)
            for place in range(element.first, element.last):
                self.taken[place] = True


def rows_of(evidence: Evidence) -> Iterator[Row]:
    """Ways to cut the question up: with values whole, and with names that stand in values on their own."""
    seen = set()
    for names_first in (True, False):
        row = _row(evidence, names_first=names_first)
        if row.elements not in seen:
            seen.add(row.elements)
            yield row


def _row(evidence: Evidence, *, names_first: bool) -> Row:
    tokens = evidence.tokens
    spans = _Spans([False] * len(tokens))
    names = list(_names(evidence))
    values = list(_values(evidence))
    if names_first:
        certain = {(n.first, n.last) for n in names if n.kind in ("thing", "relation")}
        values = [v for v in values if not any(v.first <= a and b <= v.last for a, b in certain)]
    for element in [e for e in values if e.last - e.first > 1 or _is_proper(evidence, e)]:
        spans.add(element)
    for element in names:
        spans.add(element)
    for element in values:
        spans.add(element)
    for element in _words(evidence):
        spans.add(element)
    lead = _lead(evidence, spans)
    left = sum(
        not is_taken and token.plain not in _LIGHT and token.plain != lead
        for is_taken, token in zip(spans.taken, tokens, strict=True)
    )
    return Row(tuple(sorted(spans.found, key=lambda each: each.first)), left, lead)


def _lead(evidence: Evidence, spans: _Spans) -> str:
    words = [token.plain for token in evidence.tokens[:3]]
    if words[:1] == ["where"]:
        return "where"
    if words[:1] == ["how"] and len(words) > 1 and words[1] in MEASURED_BY and not spans.taken[1]:
        return words[1]
    if words[:2] == ["how", "many"] and len(words) > 2 and words[2] in MEASURED_BY:
        named = any(e.first <= 2 < e.last and e.kind == "thing" for e in spans.found)
        return "" if named else words[2]
    return ""


def _is_proper(evidence: Evidence, element: Element) -> bool:
    return any(
        token.is_quoted or (token.is_capital and place)
        for place, token in enumerate(evidence.tokens[element.first : element.last], start=element.first)
    )


def _values(evidence: Evidence) -> list[Element]:
    """Values by span, the longest first, where no name is as likely."""
    by_span: dict[tuple[int, int], list[tuple[int, object]]] = {}
    for value in evidence.values:
        by_span.setdefault((value.first, value.last), []).append((value.column, value.value))
    found = []
    for (first, last), options in by_span.items():
        is_quoted = evidence.tokens[first].is_quoted
        if last - first == 1 and not is_quoted and max(evidence.name_at[first:last]) >= 0.9:
            continue
        if all(evidence.tokens[place].number is not None for place in range(first, last)) and not is_quoted:
            continue
        found.append(Element("value", first, last, values=tuple(options)))
    return sorted(found, key=lambda each: (each.first - each.last, each.first))


def _names(evidence: Evidence) -> Iterator[Element]:
    """Things and properties by span: the longest and strongest first."""
    schema, tokens = evidence.schema, evidence.tokens
    pairs = pairs_of(schema)
    tables: dict[tuple[int, int], dict[int, float]] = {}
    columns: dict[tuple[int, int], dict[int, float]] = {}
    tabled = [
        (table.words.plain, evidence.tables[table.index], tables, table.index) for table in schema.tables
    ]
    named = [
        (column.words.plain, evidence.columns[column.index], columns, column.index)
        for column in schema.columns
    ]
    for words, mentions, spans, number in tabled + named:
        for mention in mentions:
            first, last = mention.first, mention.last
            # “Largest” and “named” may point at a column, but say something of their own.
            if tokens[first].plain in _TELLING and tokens[first].plain not in words:
                continue
            while (
                last - first > 1
                and tokens[last - 1].plain in _TELLING
                and tokens[last - 1].plain not in words
            ):
                last -= 1
            if mention.strength >= NAMED and tokens[first].plain not in STOPWORDS:
                spans.setdefault((first, last), {})[number] = (
                    mention.strength * (last - first) / (mention.last - first)
                )
    found = []
    for span in {*tables, *columns}:
        things, properties = tables.get(span, {}), columns.get(span, {})
        thing, prop = max(things.values(), default=0.0), max(properties.values(), default=0.0)
        related = [
            t
            for t, (one, other, _) in pairs.items()
            if t in things or one in properties or other in properties
        ]
        if related and max(thing, prop) >= NAMED:
            element = Element("relation", *span, tables=tuple(related), columns=_best(properties))
        elif thing >= WHOLE and thing >= prop:
            element = Element("thing", *span, tables=_best(things), columns=_best(properties))
        elif prop:
            element = Element("property", *span, columns=_best(properties), tables=_best(things))
        else:
            continue
        found.append(((span[1] - span[0]) * max(thing, prop), element))
    for _, element in sorted(found, key=lambda each: (-each[0], each[1].first)):
        yield element


def _best(strengths: dict[int, float]) -> tuple[int, ...]:
    top = max(strengths.values(), default=0.0)
    return tuple(n for n, strength in sorted(strengths.items()) if strength >= top - 0.1)


def _words(evidence: Evidence) -> Iterator[Element]:
    tokens = evidence.tokens
    for place, token in enumerate(tokens):
        before = tokens[place - 1].plain if place else ""
        after = tokens[place + 1].plain if place + 1 < len(tokens) else ""
        if token.plain == "many" and before == "how":
            yield Element("count", place - 1, place + 1)
        elif token.plain == "number" and after == "of":
            first = place
            if before and SUPERLATIVE.match(before):
                yield Element("most", place - 1, place + 2, word=before)
                continue
            yield Element("count", first, place + 2)
        elif token.plain in ("most", "least", "fewest") and before != "at":
            if token.plain != "fewest" and after in MEASURED_BY:
                yield Element("superlative", place, place + 2, word=token.plain, about=after)
            else:
                yield Element("most", place, place + 1, word=token.plain)
        elif token.plain in _AGGREGATES:
            yield Element("aggregate", place, place + 1, word=_AGGREGATES[token.plain])
        elif SUPERLATIVE.match(token.plain) and token.plain not in NOT_SUPERLATIVE and before != "at":
            yield Element("superlative", place, place + 1, word=token.plain, about=token.plain)
        elif token.plain in _NEGATIONS or token.plain in ("don", "doesn", "didn", "isn", "aren"):
            yield Element("not", place, place + 1)
