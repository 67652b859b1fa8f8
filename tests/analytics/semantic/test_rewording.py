"""Words that people defined are put into words that the source knows."""

import pytest

from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Metric,
    SemanticModel,
    TableMeaning,
    ValueMeaning,
    Wording,
)
from gridlens.analytics.semantic.rewording import reworded

MODEL = SemanticModel(
    tables=(
        TableMeaning(
            table="meter_reading",
            label="kWh",
            synonyms=("Zählwerte",),
            columns=(
                ColumnMeaning(column="importKwh", synonyms=("Bezug", "Groß-Bezug")),
                ColumnMeaning(column="site", values=(ValueMeaning(value="Harbour Hall", synonyms=("HH",)),)),
                ColumnMeaning(column="secret", is_hidden=True, synonyms=("pay",)),
            ),
        ),
    ),
    wordings=(
        Wording(words="HT", means="weekdays from 8 to 20"),
        Wording(words="HT Bezug", means="import in the day"),
        Wording(words="C++", means="plus plus"),
        Wording(words="site", means="SITE"),
    ),
    metrics=(Metric(name="load factor", formula="mean(a.b) / max(a.b)"),),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bezug of HH by day", "import Kwh of Harbour Hall by day"),
        ("bezug in HT?", "import Kwh in weekdays from 8 to 20?"),
        ("HT Bezug", "import in the day"),
        ("groß-bezug", "import Kwh"),
        ("zählwerte", "meter reading"),
        ("Zählwerte", "meter reading"),
        ("rate of C++", "rate of plus plus"),
        ("Bezugsart, HHs and pay", "Bezugsart, HHs and pay"),
        ("Load factor by site in kWh", "average b by site in kWh"),
        ("", ""),
    ],
)
def test_defined_words_are_replaced_whole_and_the_longest_first(question: str, expected: str) -> None:
    assert reworded(question, MODEL).question == expected


def test_what_was_replaced_is_told() -> None:
    assert reworded("Bezug of hh", MODEL).replaced == (("Bezug", "import Kwh"), ("hh", "Harbour Hall"))
    assert reworded("Bezug", SemanticModel()).replaced == ()
