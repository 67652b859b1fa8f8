"""Small changes to a model: a word defined, a question verified, and both taken back."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import msgspec

from gridlens.analytics.ask.plan import ColumnRef, QueryPlan
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Metric,
    SemanticModel,
    TableMeaning,
    ValueMeaning,
    VerifiedQuestion,
    Wording,
    normalised,
)
from gridlens.analytics.semantic.schemas import (
    MeansColumn,
    MeansMetric,
    MeansTable,
    MeansValue,
    MeansWords,
    NewTerm,
)
from gridlens.analytics.semantic.terms import terms_of

NamedT = TypeVar("NamedT", TableMeaning, ColumnMeaning, ValueMeaning, Metric)


def define(model: SemanticModel, term: NewTerm) -> SemanticModel:
    """The model in which the words mean what was said.

    Raises:
        InvalidModel: they mean something else already.
    """
    wanted = normalised(term.words)
    if any(normalised(known.words) == wanted and not known.is_label for known in terms_of(model)):
        raise InvalidModel(
            f"“{term.words}” has a meaning here already. Change it among the terms of the source."
        )
    match term.means:
        case MeansTable(table=table, schema=schema):
            return _in_table(model, table, schema, lambda t: _named(t, term.words))
        case MeansColumn(column=column):
            return _in_column(model, column, lambda c: _named(c, term.words))
        case MeansValue(column=column, value=value):
            return _in_column(model, column, lambda c: _value(c, value, term.words))
        case MeansMetric(name=name):
            return _metric(model, name, term.words)
        case MeansWords(words=words):
            if normalised(words) == wanted:
                raise InvalidModel("The words would stand for themselves. Say it in other words.")
            wording = Wording(words=term.words, means=words.strip())
            return msgspec.structs.replace(model, wordings=(*model.wordings, wording))


def verify(
    model: SemanticModel, question: str, plan: QueryPlan | None, sql: str | None, by: str, on: date
) -> SemanticModel:
    """The model that answers these words so, in place of what it answered before."""
    entry = VerifiedQuestion(
        question=question.strip(), plan=plan, sql=sql, verified_by=by[:200] or None, verified_on=on
    )
    rest = tuple(each for each in model.questions if normalised(each.question) != normalised(question))
    return msgspec.structs.replace(model, questions=(*rest, entry))


def unverify(model: SemanticModel, question: str) -> SemanticModel:
    rest = tuple(each for each in model.questions if normalised(each.question) != normalised(question))
    return msgspec.structs.replace(model, questions=rest)


def _in_table(
    model: SemanticModel, name: str, schema: str | None, change: Callable[[TableMeaning], TableMeaning]
) -> SemanticModel:
    known = model.table(name, schema)
    if known is None:
        fresh = change(TableMeaning(table=name, schema=schema))
        return msgspec.structs.replace(model, tables=(*model.tables, fresh))
    tables = tuple(change(table) if table is known else table for table in model.tables)
    return msgspec.structs.replace(model, tables=tables)


def _in_column(
    model: SemanticModel, reference: ColumnRef, change: Callable[[ColumnMeaning], ColumnMeaning]
) -> SemanticModel:
    def in_table(table: TableMeaning) -> TableMeaning:
        known = next((column for column in table.columns if column.column == reference.column), None)
        if known is None:
            columns = (*table.columns, change(ColumnMeaning(column=reference.column)))
        else:
            columns = tuple(change(column) if column is known else column for column in table.columns)
        return msgspec.structs.replace(table, columns=columns)

    return _in_table(model, reference.table, reference.schema, in_table)


def _named(part: NamedT, words: str) -> NamedT:
    return msgspec.structs.replace(part, synonyms=(*part.synonyms, words))


def _value(column: ColumnMeaning, value: str, words: str) -> ColumnMeaning:
    known = next((each for each in column.values if each.value == value), None)
    if known is None:
        values = (*column.values, ValueMeaning(value=value, synonyms=(words,)))
    else:
        values = tuple(_named(each, words) if each is known else each for each in column.values)
    return msgspec.structs.replace(column, values=values)


def _metric(model: SemanticModel, name: str, words: str) -> SemanticModel:
    if model.metric(name) is None:
        raise InvalidModel(f"There is no metric named “{name}”. Make it among the terms of the source first.")
    metrics = tuple(_named(metric, words) if metric.name == name else metric for metric in model.metrics)
    return msgspec.structs.replace(model, metrics=metrics)
