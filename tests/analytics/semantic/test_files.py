"""A file of terms: what it may say, how it is refused, and that nothing is lost on the way."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gridlens.analytics.ask.plan import Aggregate, ColumnRef, Last, QueryPlan, TimeScope
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.files import lines_of, read, write
from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Join,
    Metric,
    Segment,
    SemanticModel,
    TableMeaning,
    ValueMeaning,
    VerifiedQuestion,
    Wording,
)
from gridlens.shared.results import ColumnRole

FILE = """\
# how the utility speaks
zone: Europe/Berlin
tables:
  readings:
    description: "Quarter-hourly: import and export"
    synonyms: [meter data, Lastgang]
    time: ts
    intervals: end
    columns:
      kwh: {unit: kWh, adds_up: additive, synonyms: [consumption]}
      customer_email:
        sensitive: true
        hidden: true
  public."odd.name":
    columns:
      country:
        role: dimension
        values:
          NO: [Norway]
          2024: [the last full year]
joins:
  - readings.meter_id = meters.id
metrics:
  load factor:
    formula: mean(readings.kw) / max(readings.kw)
    filters: [meters.is_active]
    unit: "%"
    certified_by: Ada
    certified_on: 2026-01-02
segments:
  big sites:
    filters: ["sites.area > 1000"]
words:
  HT: weekdays from 8 to 20
questions:
  - question: How much gas did we buy last month?
    plan:
      measures:
        - {type: aggregate, function: sum, column: {table: readings, column: kwh}, name: energy}
      time: {column: {table: readings, column: ts}, span: {type: last, unit: month, count: 1}}
    verified_by: Ada
    verified_on: 2026-03-04
  - question: meters
    sql: select 1
"""
MODEL = SemanticModel(
    zone="Europe/Berlin",
    tables=(
        TableMeaning(
            table="readings",
            description="Quarter-hourly: import and export",
            synonyms=("meter data", "Lastgang"),
            time_column="ts",
            interval_labels="end",
            columns=(
                ColumnMeaning(column="kwh", unit="kWh", adds_up="additive", synonyms=("consumption",)),
                ColumnMeaning(column="customer_email", is_hidden=True, is_sensitive=True),
            ),
        ),
        TableMeaning(
            table="odd.name",
            schema="public",
            columns=(
                ColumnMeaning(
                    column="country",
                    role=ColumnRole.DIMENSION,
                    values=(
                        ValueMeaning(value="NO", synonyms=("Norway",)),
                        ValueMeaning(value="2024", synonyms=("the last full year",)),
                    ),
                ),
            ),
        ),
    ),
    joins=(Join(on="readings.meter_id = meters.id"),),
    metrics=(
        Metric(
            name="load factor",
            formula="mean(readings.kw) / max(readings.kw)",
            filters=("meters.is_active",),
            unit="%",
            certified_by="Ada",
            certified_on=date(2026, 1, 2),
        ),
    ),
    segments=(Segment(name="big sites", filters=("sites.area > 1000",)),),
    wordings=(Wording(words="HT", means="weekdays from 8 to 20"),),
    questions=(
        VerifiedQuestion(
            question="How much gas did we buy last month?",
            plan=QueryPlan(
                measures=(
                    Aggregate(
                        function="sum", column=ColumnRef(table="readings", column="kwh"), name="energy"
                    ),
                ),
                time=TimeScope(
                    column=ColumnRef(table="readings", column="ts"), span=Last(unit="month", count=1)
                ),
            ),
            verified_by="Ada",
            verified_on=date(2026, 3, 4),
        ),
        VerifiedQuestion(question="meters", sql="select 1"),
    ),
)


def test_a_file_says_all_that_a_model_holds() -> None:
    assert read(FILE) == MODEL


def test_a_model_survives_a_round_trip_and_so_does_its_order() -> None:
    written = write(MODEL)
    assert read(written) == MODEL
    assert write(read(written)) == written
    names = [line.strip().rstrip(":") for line in written.splitlines() if not line.startswith(" ")]
    assert names[1:] == ["tables", "joins", "- readings.meter_id = meters.id", *names[4:]]


def test_an_empty_file_is_an_empty_model() -> None:
    assert read("") == read("# only a comment\n") == read(write(SemanticModel())) == SemanticModel()


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    synonyms = (
        "no",
        "yes",
        "on",
        "12:30",
        "0x1f",
        "1e3",
        "true",
        "null",
        "~",
        "2026-01-01",
        "- a",
        "a: b",
        "#x",
    )
    model = SemanticModel(tables=(TableMeaning(table="t", synonyms=synonyms),))
    assert read(write(model)) == model


printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
words = printable.map(str.strip).filter(bool)


@example(table="0", schema=None, column="0E0", value="0", synonyms=(), literal="\x85")
@given(
    table=printable,
    schema=st.none() | printable,
    column=printable,
    value=printable,
    synonyms=st.lists(words, max_size=3).map(tuple),
    literal=st.text(max_size=10) | st.integers(-(2**63), 2**63 - 1) | st.booleans(),
)
def test_any_names_and_values_survive_the_file(
    table: str, schema: str | None, column: str, value: str, synonyms: tuple[str, ...], literal: str | int
) -> None:
    from gridlens.analytics.ask.plan import Compare

    model = SemanticModel(
        tables=(
            TableMeaning(
                table=table,
                schema=schema,
                synonyms=synonyms,
                columns=(
                    ColumnMeaning(column=column, values=(ValueMeaning(value=value, synonyms=synonyms),)),
                ),
            ),
        ),
        questions=(
            VerifiedQuestion(
                question="x",
                plan=QueryPlan(
                    filters=(
                        Compare(column=ColumnRef(table=table, column=column), operator="eq", value=literal),
                    )
                ),
            ),
        ),
    )
    assert read(write(model)) == model


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("zone: UTC\ntable: {}", 2, "there is no “table” here"),
        ("tables:\n  a:\n    colour: red", 3, "there is no “colour” here"),
        ("tables:\n  a:\n    timeColumn: ts", 3, "there is no “timeColumn” here"),
        ("tables:\n  a:\n    columns:\n      b:\n        role: x", 5, "time, measure, dimension and key"),
        ("tables:\n  a:\n    columns:\n      b:\n        hidden: x", 5, "expected true or false, got text"),
        ("tables:\n  a: {}\n  a: {}", 3, "“a” is written twice"),
        ("tables:\n  - a", 2, "written as a name and a colon"),
        ("tables:\n  a: 3", 2, "needs members of its own"),
        ("tables:\n  a.b.c: {}", 2, "“a.b.c” is no table"),
        ("metrics:\n  cost:\n    unit: €", 2, "“formula” is missing"),
        ("metrics:\n  cost:\n    formula: [x]", 3, "expected text, got a list"),
        ("metrics:\n  cost:\n    formula: sum(a.b)\n    certified_on: soon", 4, "date"),
        ("questions:\n  - question: x\n    plan:\n      limit: many", 4, "expected a whole number, got text"),
        ("questions:\n  - question: x\n    plan:\n      drop: 1", 4, "there is no “drop” here"),
        ("zone: UTC\nwords:\n\t- x", 3, "this is no YAML"),
        ("a: b: c", 1, "this is no YAML"),
        ("a: &x 1\nb: *x", 2, "Aliases"),
        ("zone: UTC\nwords: !!python/object/apply:os.system [x]", 2, "Tags"),
        ("zone: UTC\n---\nzone: UTC", 2, "another document"),
        ("- a\n- b", 1, "begins with names"),
        ("[" * 5_000, 1, "no YAML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(InvalidModel) as caught:
        read(text)
    assert (caught.value.line, reason in caught.value.detail) == (line, True), caught.value.detail
    assert caught.value.detail.startswith(f"Line {line}: ")


def test_a_file_of_many_megabytes_is_refused() -> None:
    with pytest.raises(InvalidModel, match="larger than 2 MiB"):
        read("zone: UTC # " + "x" * (2 * 2**20))


def test_every_place_of_a_file_has_its_line() -> None:
    lines = lines_of(FILE)
    assert FILE.splitlines()[lines["$.metrics[0].formula"] - 1].strip().startswith("formula:")
    assert FILE.splitlines()[lines["$.tables[1].columns[0]"] - 1].strip() == "country:"
