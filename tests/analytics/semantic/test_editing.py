"""Words defined, questions verified, and nothing else touched."""

from datetime import date

import pytest
from tests.analytics.ask.plans import column, figure

from gridlens.analytics.ask import QueryPlan
from gridlens.analytics.semantic.editing import define, unverify, verify
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Metric,
    SemanticModel,
    TableMeaning,
    ValueMeaning,
)
from gridlens.analytics.semantic.schemas import (
    MeansColumn,
    MeansMetric,
    MeansTable,
    MeansValue,
    MeansWords,
    NewTerm,
)
from gridlens.analytics.semantic.terms import NamesColumn, NamesTable, NamesValue, terms_of

EMPTY = SemanticModel()
PLAN = QueryPlan(measures=(figure("sum", "reading.kwh"),))
USE = Metric(name="use", formula="sum(reading.kwh)")


def meanings(model: SemanticModel) -> dict[str, object]:
    return {term.words: term.meaning for term in terms_of(model)}


def test_a_word_comes_to_mean_a_table_a_column_a_value_a_metric_or_other_words() -> None:
    model = SemanticModel(metrics=(USE,))
    for words, means in [
        ("plants", MeansTable(table="site")),
        ("Bezug", MeansColumn(column=column("reading.kwh"))),
        ("the harbour", MeansValue(column=column("site.name"), value="Harbour Hall")),
        ("Verbrauch", MeansMetric(name="use")),
        ("HT", MeansWords(words="weekdays from 8 to 20")),
    ]:
        model = define(model, NewTerm(words=words, means=means))  # type: ignore[arg-type]
    found = meanings(model)
    assert found["plants"] == NamesTable("site", None)
    assert found["Bezug"] == NamesColumn(column("reading.kwh"))
    assert found["the harbour"] == NamesValue(column("site.name"), "Harbour Hall")
    assert found["Verbrauch"] == found["use"] == model.metrics[0]
    assert found["HT"] == model.wordings[0]
    assert len(model.tables) == 2


def test_what_was_said_before_stays() -> None:
    said = ColumnMeaning(column="name", unit="x", values=(ValueMeaning(value="A", synonyms=("a1",)),))
    model = SemanticModel(tables=(TableMeaning(table="site", label="Sites", columns=(said,)),))
    model = define(model, NewTerm(words="a2", means=MeansValue(column=column("site.name"), value="A")))
    (table,) = model.tables
    assert (table.label, table.columns[0].unit) == ("Sites", "x")
    assert table.columns[0].values == (ValueMeaning(value="A", synonyms=("a1", "a2")),)


def test_words_that_mean_something_already_are_refused() -> None:
    model = define(EMPTY, NewTerm(words="HT", means=MeansWords(words="weekdays")))
    with pytest.raises(InvalidModel, match="has a meaning here already"):
        define(model, NewTerm(words="ht", means=MeansTable(table="site")))
    with pytest.raises(InvalidModel, match="stand for themselves"):
        define(EMPTY, NewTerm(words="HT", means=MeansWords(words=" ht ")))
    with pytest.raises(InvalidModel, match="no metric named"):
        define(EMPTY, NewTerm(words="HT", means=MeansMetric(name="gone")))


def test_a_verified_question_is_found_by_its_words_and_replaced_by_a_later_one() -> None:
    model = verify(EMPTY, "How  much\tgas?", PLAN, None, "Ada", date(2026, 1, 2))
    again = verify(model, "how much gas", None, "SELECT 1", "Bob", date(2026, 1, 3))

    found = model.verified("HOW MUCH GAS ?!")
    assert found is not None
    assert (found.verified_by, found.plan) == ("Ada", PLAN)
    assert [each.verified_by for each in again.questions] == ["Bob"]
    assert model.verified("how much gas yesterday") is None
    assert unverify(again, "How much gas?").questions == ()
