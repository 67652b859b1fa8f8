"""Everything that the words of one question say about one schema, before anything is decided."""

from dataclasses import dataclass
from functools import cached_property

from gridlens.analytics.ask.parsing.comparisons import Amount, amounts
from gridlens.analytics.ask.parsing.mentions import (
    MEASURED_BY,
    Mention,
    NameFinder,
    ValueMention,
    value_mentions,
)
from gridlens.analytics.ask.parsing.schema import Column, Schema, Table
from gridlens.analytics.ask.parsing.tokens import Token, tokens_of
from gridlens.analytics.ask.parsing.values import ValueIndex

WEAK = 0.34


@dataclass(frozen=True)
class Known:
    """A schema with what it takes to read questions about it."""

    schema: Schema
    names: NameFinder
    values: ValueIndex

    @classmethod
    def of(cls, schema: Schema, values: ValueIndex) -> "Known":
        return cls(schema, NameFinder(schema), values)


class Evidence:
    """``columns`` and ``tables`` hold the mentions of each, best first."""

    def __init__(self, question: str, known: Known) -> None:
        self.question, self.known, self.schema = question, known, known.schema
        self.tokens: list[Token] = tokens_of(question)
        find = known.names.mentions
        self.columns: list[list[Mention]] = [
            find(self.tokens, column.words, column.table.words) for column in self.schema.columns
        ]
        self.tables: list[list[Mention]] = [
            find(self.tokens, table.words, None) for table in self.schema.tables
        ]
        self.values: list[ValueMention] = value_mentions(self.tokens, known.values)
        self.amounts: list[Amount] = amounts(self.tokens)

    def column_strength(self, column: Column) -> float:
        found = self.columns[column.index]
        return found[0].strength if found else 0.0

    def table_strength(self, table: Table) -> float:
        found = self.tables[table.index]
        return found[0].strength if found else 0.0

    @cached_property
    def name_at(self) -> list[float]:
        """How strongly each token belongs to a name."""
        strengths = [0.0] * len(self.tokens)
        for mentions in [*self.columns, *self.tables]:
            for mention in mentions:
                for place in range(mention.first, mention.last):
                    strengths[place] = max(strengths[place], mention.strength)
        return strengths

    @cached_property
    def flat_tags(self) -> list[str]:
        """Each token as what it most likely is: a value, a number, a column, a table, or itself."""
        tags = [token.plain for token in self.tokens]
        for place, token in enumerate(self.tokens):
            if token.number is not None and token.plain[0].isdigit():
                tags[place] = "#"
        strongest: list[tuple[float, str]] = [(0.0, "")] * len(self.tokens)
        for tag, groups in (("COL", self.columns), ("TAB", self.tables)):
            for mentions in groups:
                for mention in mentions:
                    if mention.strength < WEAK:
                        continue
                    for place in range(mention.first, mention.last):
                        strongest[place] = max(strongest[place], (mention.strength, tag))
        for place, (strength, tag) in enumerate(strongest):
            # “Largest” may point at a column, but says of the question's shape more than that.
            if strength >= 0.6 and tags[place] not in MEASURED_BY:
                tags[place] = tag
        for value in self.values:
            width = value.last - value.first
            named = max(strongest[place][0] for place in range(value.first, value.last))
            is_sure = width > 1 or named < 0.9 or self.tokens[value.first].is_quoted
            if is_sure:
                for place in range(value.first, value.last):
                    if tags[place] != "#" or width > 1:
                        tags[place] = "VAL"
        return tags

    @cached_property
    def tags(self) -> list[str]:
        """The same with neighbours of one kind as one."""
        merged: list[str] = []
        for tag in self.flat_tags:
            if not (merged and tag in ("COL", "TAB", "VAL") and merged[-1] == tag):
                merged.append(tag)
        return merged
