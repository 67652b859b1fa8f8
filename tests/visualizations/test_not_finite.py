"""What is no number, or has no end, is left out of a picture and said beside it."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.spec import ChartKind, ChartSpec

START = datetime(2026, 3, 1, tzinfo=UTC)
FRAME = pl.DataFrame(
    {
        "at": [START + timedelta(hours=hour) for hour in range(6)],
        "site": list("abcdef"),
        "load": [1.0, float("inf"), 3.0, float("nan"), float("-inf"), 2.0],
        "other": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    }
)


@pytest.mark.parametrize(
    ("kind", "x"),
    [
        ("line", "at"),
        ("step", "at"),
        ("bar", "at"),
        ("bar", "site"),
        ("heat_map", "at"),
        ("value", "at"),
        ("scatter", "other"),
        ("load_duration", None),
    ],
)
def test_a_picture_leaves_out_what_is_not_finite_and_says_so(answer, kind: str, x: str | None) -> None:
    parts = {"x": x} if x else {}
    chart = draw("Load", ChartSpec(kind=ChartKind(kind), y=("load",), **parts), answer(FRAME, load="kW"))

    assert any("3 values are not finite" in note for note in chart.provenance.notes)
