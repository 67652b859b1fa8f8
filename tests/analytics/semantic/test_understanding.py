"""A question in the words of its source, which may also be words that were agreed to mean something."""

from tests.analytics.ask.company import TODAY, description_for

from gridlens.analytics.semantic.model import ColumnMeaning, SemanticModel, TableMeaning, ValueMeaning
from gridlens.analytics.semantic.understanding import understood

SOURCE = description_for()


def meaning(value: str, *synonyms: str) -> SemanticModel:
    """What a value of the meters' medium is also called."""
    column = ColumnMeaning(column="medium", values=(ValueMeaning(value=value, synonyms=synonyms),))
    return SemanticModel(tables=(TableMeaning(table="meter", columns=(column,)),))


def test_a_word_agreed_for_a_value_says_that_value() -> None:
    found = understood("energy of methane in October 2021", SOURCE, TODAY, meaning("gas", "methane"))

    assert found.plan is not None
    assert [each.values for each in found.plan.filters if hasattr(each, "values")] == [("gas",)]


def test_a_word_that_names_something_here_too_is_not_lost_to_the_agreed_value() -> None:
    found = understood("energy in Berlin in October 2021", SOURCE, TODAY, meaning("DE-LU", "Berlin"))

    assert found.plan is not None
    assert [each.values for each in found.plan.filters if hasattr(each, "values")] == [("Berlin",)]
    assert not any("as defined here" in phrase.meaning for phrase in found.tokens)
