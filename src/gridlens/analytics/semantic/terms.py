"""Every name that people gave, flat, for whoever looks words of a question up."""

from collections.abc import Iterator
from dataclasses import dataclass

from gridlens.analytics.ask.plan import ColumnRef
from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Metric,
    Segment,
    SemanticModel,
    TableMeaning,
    Wording,
)


@dataclass(frozen=True, slots=True)
class NamesTable:
    table: str
    schema: str | None


@dataclass(frozen=True, slots=True)
class NamesColumn:
    column: ColumnRef


@dataclass(frozen=True, slots=True)
class NamesValue:
    """A value as it is stored in a column."""

    column: ColumnRef
    value: str


Meaning = NamesTable | NamesColumn | NamesValue | Metric | Segment | Wording


@dataclass(frozen=True, slots=True)
class Term:
    """Words as people wrote them, and what they stand for; ``path`` is their place in the model."""

    words: str
    meaning: Meaning
    path: str
    is_label: bool = False


def terms_of(model: SemanticModel) -> Iterator[Term]:
    """Metrics, segments and wordings by all their names; labels and synonyms of tables, columns, values."""
    named: list[tuple[str, tuple[Metric | Segment, ...]]] = [
        ("metrics", model.metrics),
        ("segments", model.segments),
    ]
    for member, entries in named:
        for place, each in enumerate(entries):
            yield Term(each.name, each, f"$.{member}[{place}]")
            for number, words in enumerate(each.synonyms):
                yield Term(words, each, f"$.{member}[{place}].synonyms[{number}]")
    for place, wording in enumerate(model.wordings):
        yield Term(wording.words, wording, f"$.wordings[{place}]")
    for place, table in enumerate(model.tables):
        path = f"$.tables[{place}]"
        yield from _named(table, NamesTable(table.table, table.schema), path)
        for number, column in enumerate(table.columns):
            if not column.is_hidden:
                reference = ColumnRef(table=table.table, column=column.column, schema=table.schema)
                inside = f"{path}.columns[{number}]"
                yield from _named(column, NamesColumn(reference), inside)
                for index, value in enumerate(column.values):
                    meaning = NamesValue(reference, value.value)
                    for rank, words in enumerate(value.synonyms):
                        yield Term(words, meaning, f"{inside}.values[{index}].synonyms[{rank}]")


def _named(said: TableMeaning | ColumnMeaning, meaning: Meaning, path: str) -> Iterator[Term]:
    if said.label:
        yield Term(said.label, meaning, f"{path}.label", is_label=True)
    for number, words in enumerate(said.synonyms):
        yield Term(words, meaning, f"{path}.synonyms[{number}]")
