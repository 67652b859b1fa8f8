"""Drafts with a question inside: those without, those above the average, those of both kinds."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gridlens.analytics.ask.parsing.choices import Choices, log_of, narrowing_of
from gridlens.analytics.ask.parsing.conditions import Candidate
from gridlens.analytics.ask.parsing.draft import Draft, Item, Narrowing
from gridlens.analytics.ask.parsing.tables import tables_after

_NEGATIONS = frozenset(
    "not no never without neither nor except don't doesn't didn't haven't hasn't cannot excluding".split()
)


class Nesting:
    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.evidence, self.chances = choices.evidence, choices.chances
        self.schema, self.tokens = choices.schema, choices.tokens

    def _negation(self) -> int | None:
        for place, token in enumerate(self.tokens):
            if token.plain in _NEGATIONS or token.plain in (
                "don",
                "doesn",
                "didn",
                "haven",
                "hasn",
                "isn",
                "aren",
            ):
                return place
        return None

    def nested(self, draft: Draft, nest: str, chosen: list[Candidate]) -> Iterator[tuple[Draft, float]]:
        if not nest:
            yield draft, 0.0
        elif nest in ("not in", "except"):
            yield from self._without(draft, chosen)
        elif nest == "in":
            yield draft, -0.5
        elif nest == "intersect":
            if len(draft.where) >= 2:
                first, second = draft.where[0], draft.where[1]
                rest = draft.where[2:]
                left = replace(draft, where=(first, *rest), is_any=False)
                yield replace(left, combined=("intersect", replace(left, where=(second, *rest)))), 0.0
        elif nest == "union":
            if len(draft.where) >= 2:
                first, second = draft.where[0], draft.where[1]
                left = replace(draft, where=(first,), is_any=False)
                yield replace(left, combined=("union", replace(left, where=(second,)))), 0.0
            else:
                yield draft, -1.0
        elif nest in (">", "<", "=", ">=", "<=", "!="):
            yield from self._against(draft, nest)

    def _without(self, draft: Draft, chosen: list[Candidate]) -> Iterator[tuple[Draft, float]]:
        """“… that have no …”: rows whose key another table does not name."""
        place = self._negation()
        if place is None:
            yield draft, -3.0
            return
        owner = self._owner(draft)
        if owner is None:
            return
        inner = tuple(narrowing_of(c) for c in chosen if c.first > place)
        outer = tuple(narrowing_of(c) for c in chosen if c.first <= place)
        inner = tuple(replace(c, operator="=" if c.operator == "!=" else c.operator) for c in inner)
        targets = tables_after(self.evidence, place, owner) or tables_after(self.evidence, -1, owner)
        for column in inner:
            table = self.schema.columns[column.column].table.index
            if table != owner:
                targets.insert(0, (table, 1.0))
        seen = set()
        for table, strength in targets[:3]:
            if table in seen:
                continue
            seen.add(table)
            way = self.schema.way(owner, table)
            if not way:
                continue
            link = way[0]
            own = link.columns[0][1] if link.parent == owner else link.columns[0][0]
            their = link.columns[0][0] if link.parent == owner else link.columns[0][1]
            sub = Draft(select=(Item("", their),), where=inner, tables=(table,))
            yield (
                replace(draft, where=(*outer, Narrowing(own, "not in", sub)), is_any=False),
                log_of(min(1.0, 0.3 + strength)),
            )

    def _owner(self, draft: Draft) -> int | None:
        for item in draft.select:
            if item.column >= 0:
                return self.schema.columns[item.column].table.index
        ranked = tables_after(self.evidence, -1, None)
        return ranked[0][0] if ranked else None

    def _against(self, draft: Draft, operator: str) -> Iterator[tuple[Draft, float]]:
        """“… above the average …”: compared with a figure over all rows."""
        said = self.choices.said_aggregates()
        name = said[-1][0] if said else ("avg" if operator in "<>" else "max")
        chances = [max(pair) for pair in zip(self.chances.order, self._after_said(said), strict=True)]
        fitting = self.choices.numbers_of(chances) if name == "avg" else chances
        for best, more in self.choices.tops(fitting, 2):
            sub = Draft(select=(Item(name, best),))
            sign = operator
            text = self.evidence.question.lower()
            if sign in (">", "<") and name == "avg":
                sign = (
                    "<"
                    if re.search(r"below|under|less|lower|smaller|younger|shorter|fewer|lighter", text)
                    else ">"
                )
            yield replace(draft, where=(*draft.where, Narrowing(best, sign, sub))), more

    def _after_said(self, said: list[tuple[str, int]]) -> list[float]:
        values = [0.0] * len(self.schema.columns)
        for column in self.schema.columns:
            if column.is_number:
                for mention in self.evidence.columns[column.index]:
                    if any(abs(mention.first - place) <= 2 for _, place in said):
                        values[column.index] = max(values[column.index], 0.6 * mention.strength)
        return values
