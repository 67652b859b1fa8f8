"""What people said is held against what the source holds."""

from datetime import date
from typing import Any

import msgspec
import pytest
from tests.analytics.ask.company import TODAY, description_for
from tests.analytics.ask.plans import figure

from gridlens.analytics.ask import QueryPlan
from gridlens.analytics.semantic.checking import findings
from gridlens.analytics.semantic.model import (
    ColumnMeaning,
    Join,
    Metric,
    Segment,
    SemanticModel,
    TableMeaning,
    VerifiedQuestion,
    Wording,
)

SOURCE = description_for("duckdb")
KWH = QueryPlan(measures=(figure("sum", "reading.kwh", "energy"),))

ASKED = VerifiedQuestion(question="x", plan=KWH)


def found(**said: Any) -> list[tuple[str, str]]:
    return [(each.path, each.reason) for each in findings(SemanticModel(**said), SOURCE, TODAY)]


def in_reading(**said: Any) -> dict[str, Any]:
    return {"tables": (TableMeaning(table="reading", columns=(ColumnMeaning(**said),)),)}


def test_a_model_that_fits_has_no_findings() -> None:
    model: dict[str, Any] = {
        "zone": "Europe/Berlin",
        "tables": (
            TableMeaning(
                table="reading",
                time_column="start_at",
                interval_labels="end",
                columns=(ColumnMeaning(column="kwh", adds_up="additive", synonyms=("consumption",)),),
            ),
        ),
        "joins": (Join(on="reading.meter_id = meter.meter_id"),),
        "metrics": (Metric(name="use", formula="sum(reading.kwh)", filters=("meter.medium = 'gas'",)),),
        "segments": (Segment(name="big", filters=("site.floor_area_m2 > 500",)),),
        "wordings": (Wording(words="HT", means="weekdays"),),
        "questions": (VerifiedQuestion(question="How much?", plan=KWH, verified_on=date(2026, 1, 1)),),
    }
    assert found(**model) == []


@pytest.mark.parametrize(
    ("said", "path", "reason"),
    [
        ({"zone": "Mars/Base"}, "$.zone", "no such time zone"),
        ({"tables": (TableMeaning(table="gone"),)}, "$.tables[0]", "no such table"),
        (in_reading(column="gone"), "$.tables[0].columns[0]", "no such column"),
        (in_reading(column="quality", adds_up="additive"), "$.tables[0].columns[0].addsUp", "text"),
        (
            in_reading(column="kwh", adds_up="weighted_mean", weighted_by="quality"),
            "$.tables[0].columns[0].weightedBy",
            "no column of numbers",
        ),
        (
            in_reading(column="kwh", weighted_by="meter_id"),
            "$.tables[0].columns[0].weightedBy",
            "only a weighted_mean",
        ),
        (
            {"tables": (TableMeaning(table="reading", time_column="kwh"),)},
            "$.tables[0].timeColumn",
            "no column of times",
        ),
        (
            {"tables": (TableMeaning(table="site", interval_labels="end"),)},
            "$.tables[0].intervalLabels",
            "no regular step",
        ),
        ({"joins": (Join(on="reading.x = meter.meter_id"),)}, "$.joins[0]", "no column “x”"),
        ({"joins": (Join(on="reading.meter_id > 3"),)}, "$.joins[0]", "no join"),
        ({"metrics": (Metric(name="m", formula="sum(reading.kw)"),)}, "$.metrics[0].formula", "no column"),
        (
            {"metrics": (Metric(name="m", formula="sum(day_ahead.price_eur_mwh)"),)},
            "$.metrics[0].formula",
            "prices do not add up",
        ),
        ({"metrics": (Metric(name="m", formula="kwh"),)}, "$.metrics[0].formula", "no figure"),
        ({"segments": (Segment(name="s", filters=("site.gone = 1",)),)}, "$.segments[0].filters", "gone"),
        ({"questions": (VerifiedQuestion(question="x"),)}, "$.questions[0]", "either a plan or SQL"),
        (
            {"questions": (ASKED, msgspec.structs.replace(ASKED, question="X?"))},
            "$.questions[1]",
            "twice",
        ),
        (
            {"tables": (TableMeaning(table="site"), TableMeaning(table="site"))},
            "$.tables[1]",
            "twice",
        ),
        (
            {
                "wordings": (Wording(words="HT", means="weekdays"),),
                "tables": (TableMeaning(table="site", synonyms=("ht",)),),
            },
            "$.tables[0].synonyms[0]",
            "something else already",
        ),
        (
            in_reading(column="kwh", is_hidden=True) | {"questions": (ASKED,)},
            "$.questions[0].plan",
            "no column named “kwh”",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found_at_its_place(said: dict[str, Any], path: str, reason: str) -> None:
    assert [each for each in found(**said) if each[0] == path and reason in each[1]], found(**said)


def test_one_broken_join_does_not_break_every_metric() -> None:
    said = found(joins=(Join(on="a.b = c.d"),), metrics=(Metric(name="m", formula="sum(reading.kwh)"),))
    assert {path for path, _ in said} == {"$.joins[0]"}
