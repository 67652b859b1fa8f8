"""Of the first few of many rows nothing is added up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from tests.visualizations.conftest import Answer

from gridlens.shared.results import ResultSet
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.recommend import recommend
from gridlens.visualizations.spec import ChartKind, ChartSpec

HOURS = [datetime(2025, 1, 1, hour, tzinfo=UTC) for hour in range(4)]


@pytest.fixture
def cut(answer: Answer) -> ResultSet:
    """Two meters with four hours each, of more that are not here."""
    frame = pl.DataFrame(
        {"at": HOURS * 2, "meter": ["a"] * 4 + ["b"] * 4, "kwh": [float(n) for n in range(8)]}
    )
    return replace(answer(frame, kwh="kWh"), is_cut=True, total_rows=2_000)


@pytest.mark.parametrize(
    "spec",
    [
        ChartSpec(kind=ChartKind.LINE, x="at", y=("kwh",)),
        ChartSpec(kind=ChartKind.BAR, x="meter", y=("kwh",)),
        ChartSpec(kind=ChartKind.VALUE, y=("kwh",)),
        ChartSpec(kind=ChartKind.HEAT_MAP, x="at", y=("kwh",)),
        ChartSpec(kind=ChartKind.HISTOGRAM, y=("kwh",)),
        ChartSpec(kind=ChartKind.BOX, x="meter", y=("kwh",)),
        ChartSpec(kind=ChartKind.LOAD_DURATION, y=("kwh",)),
        ChartSpec(kind=ChartKind.PIVOT, x="meter", y=("kwh",)),
    ],
    ids=lambda spec: spec.kind.value,
)
def test_a_chart_that_joins_rows_is_not_drawn_of_a_part_of_them(cut: ResultSet, spec: ChartSpec) -> None:
    with pytest.raises(CannotDraw, match="showing 8 of 2,000 rows"):
        draw("Energy", spec, cut)
    assert draw("Energy", spec, replace(cut, is_cut=False)).summary


def test_rows_that_stand_by_themselves_are_drawn_and_counted(cut: ResultSet) -> None:
    lines = draw("Energy", ChartSpec(kind=ChartKind.LINE, x="at", y=("kwh",), series="meter"), cut)

    assert lines.provenance.is_cut
    assert lines.provenance.total_rows == 2_000


def test_a_table_is_what_suits_a_part_of_the_rows_best(cut: ResultSet) -> None:
    moved = cut.frame.with_columns(pl.col("at") + timedelta(hours=1))
    doubled = replace(cut, frame=pl.concat([cut.frame, moved]))

    [best, *_] = recommend(doubled)

    assert best.spec.kind is ChartKind.TABLE
    assert "Group them in the SQL" in best.reason
    assert recommend(replace(doubled, is_cut=False))[0].spec.kind is not ChartKind.TABLE
