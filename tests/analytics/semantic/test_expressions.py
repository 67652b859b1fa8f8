"""Formulas, conditions and joins as people write them."""

import pytest

from gridlens.analytics.ask.plan import (
    Aggregate,
    AllOf,
    AnyOf,
    Between,
    ColumnRef,
    Compare,
    Contains,
    IsNull,
    OneOf,
    Ratio,
)
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.expressions import filters, key, measure

KWH = ColumnRef(table="readings", column="kwh")
KIND = ColumnRef(table="meters", column="kind")
ACTIVE = ColumnRef(table="meters", column="is_active")


@pytest.mark.parametrize(
    ("formula", "function", "column"),
    [
        ("sum(readings.kwh)", "sum", "kwh"),
        ("mean(readings.kwh)", "mean", "kwh"),
        ("AVG( readings.kwh )", "mean", "kwh"),
        ("min(readings.kwh)", "min", "kwh"),
        ("(max(readings.kwh))", "max", "kwh"),
        ("median(readings.kwh)", "median", "kwh"),
        ("count(readings.*)", "count", "*"),
        ("count(distinct readings.meter_id)", "count_distinct", "meter_id"),
        ("count_distinct(readings.meter_id)", "count_distinct", "meter_id"),
        ('sum(readings."net kWh")', "sum", "net kWh"),
    ],
)
def test_a_formula_is_a_figure_of_one_column(formula: str, function: str, column: str) -> None:
    found = measure(formula, "energy", "MWh")
    assert isinstance(found, Aggregate)
    assert (found.function, found.column.column, found.column.table) == (function, column, "readings")
    assert (found.name, found.unit) == ("energy", "MWh")


def test_a_figure_may_be_of_two_columns_multiplied_row_by_row() -> None:
    found = measure("sum(readings.kwh * tariffs.price)", "cost", "€")

    price = ColumnRef(table="tariffs", column="price")
    assert found == Aggregate(function="sum", column=KWH, times=price, name="cost", unit="€")


def test_a_quantile_has_its_level() -> None:
    found = measure("quantile(readings.kwh, 0.95)", "p95", None)
    assert isinstance(found, Aggregate)
    assert (found.function, found.level) == ("quantile", 0.95)


def test_one_figure_divides_another_and_each_may_be_narrowed() -> None:
    found = measure("sum(readings.kwh) filter (where meters.kind = 'pv') / sum(readings.kwh)", "share", "%")
    assert found == Ratio(
        numerator=Aggregate(
            function="sum",
            column=KWH,
            name="share",
            filters=(Compare(column=KIND, operator="eq", value="pv"),),
        ),
        denominator=Aggregate(function="sum", column=KWH, name="share"),
        name="share",
        unit="%",
    )


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("sum(readings.kwh * 2)", "no column of a table"),
        ("sum(readings.kwh * prices.eur * prices.tax)", "no column of a table"),
        ("sum(kwh)", "Write table.column"),
        ("sum(readings.kwh) + 1", "no figure"),
        ("readings.kwh", "no figure"),
        ("read_csv('/etc/passwd')", "no figure"),
        ("sum(readings.*)", "only be counted"),
        ("quantile(readings.kwh, 95)", "between 0 and 1"),
        ("sum(", "cannot be read"),
        ("sum(readings.kwh); drop table readings", "not one expression"),
        ("sum(readings.kwh) from readings", "more than an expression"),
        ("sum(readings.kwh), 1", "not one expression"),
        ("distinct sum(readings.kwh)", "more than an expression"),
        ("(select 1)", "no figure"),
        ("(" * 3_000 + "1", "cannot be read"),
        (f"sum(readings.{'k' * 300})", "does not fit"),
    ],
)
def test_what_a_plan_cannot_say_is_refused_with_the_reason(formula: str, reason: str) -> None:
    with pytest.raises(InvalidModel, match=reason):
        measure(formula, "x", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meters.kind = 'gas'", (Compare(column=KIND, operator="eq", value="gas"),)),
        ("5 < readings.kwh", (Compare(column=KWH, operator="gt", value=5),)),
        ("not readings.kwh < -1.5", (Compare(column=KWH, operator="ge", value=-1.5),)),
        ("meters.is_active", (Compare(column=ACTIVE, operator="eq", value=True),)),
        ("not meters.is_active", (Compare(column=ACTIVE, operator="eq", value=False),)),
        ("meters.kind in ('gas', 'heat')", (OneOf(column=KIND, values=("gas", "heat")),)),
        ("meters.kind not in ('gas')", (OneOf(column=KIND, values=("gas",), negated=True),)),
        ("readings.kwh between 1 and 2", (Between(column=KWH, low=1, high=2),)),
        ("meters.kind like '%pump%'", (Contains(column=KIND, text="pump"),)),
        ("meters.kind is not null", (IsNull(column=KIND, negated=True),)),
        (
            "meters.is_active and (meters.kind = 'gas' or meters.kind = 'pv' and readings.kwh > 1)",
            (
                Compare(column=ACTIVE, operator="eq", value=True),
                AnyOf(
                    filters=(
                        Compare(column=KIND, operator="eq", value="gas"),
                        AllOf(
                            filters=(
                                Compare(column=KIND, operator="eq", value="pv"),
                                Compare(column=KWH, operator="gt", value=1),
                            )
                        ),
                    )
                ),
            ),
        ),
    ],
)
def test_conditions_are_those_of_a_plan(text: str, expected: object) -> None:
    assert filters(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "meters.kind like 'x%'",
        "meters.kind = meters.other",
        "lower(meters.kind) = 'x'",
        "meters.kind in (select 1)",
        "exists (select 1)",
        "kind = 1",
        "meters.kind = 'a' limit 3",
        "readings.kwh > 99999999999999999999",
    ],
)
def test_other_conditions_are_refused(text: str) -> None:
    with pytest.raises(InvalidModel):
        filters(text)


def test_a_join_pairs_columns_of_two_tables() -> None:
    found = key("readings.meter_id = meters.id and readings.net = meters.net")
    assert [column.column for column in found.columns] == ["meter_id", "net"]
    assert {column.table for column in found.referenced} == {"meters"}


@pytest.mark.parametrize("text", ["a.x > b.y", "a.x = b.y and c.z = b.w", "a.x = 1", "a.x = a.x", "a.x"])
def test_other_joins_are_refused(text: str) -> None:
    with pytest.raises(InvalidModel):
        key(text)
