"""A chart's measure along time in few points: all series together, gaps left empty."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from gridlens.shared.time import TimeRange
from gridlens.visualizations.figures.course import POINTS, course
from gridlens.visualizations.spec import ChartKind, ChartSpec

START = datetime(2026, 6, 1, tzinfo=UTC)
MONTH = TimeRange(start=START, end=START + timedelta(days=30), zone="UTC")


def test_a_month_of_hours_becomes_means_of_three_hours(answer, every):
    at = every("1h", "2026-06-01T00:00", 720)
    frame = pl.DataFrame({"at": at, "load": [float(hour % 3) for hour in range(720)]})

    found = course(ChartSpec(kind=ChartKind.HEAT_MAP), answer(frame, load="MW"), MONTH)

    assert found is not None
    assert len(found.values) == POINTS
    assert set(found.values) == {1.0}
    assert (found.label, found.unit) == ("Load", "MW")


def test_several_meters_add_up_and_a_gap_stays_empty(answer, every):
    at = every("1h", "2026-06-01T00:00", 3)
    frame = pl.concat(
        [pl.DataFrame({"at": at, "site": [site] * 3, "load": [2.0, 2.0, 2.0]}) for site in "AB"]
    )
    spec = ChartSpec(kind=ChartKind.LINE, x="at", y=("load",), series="site")

    found = course(spec, answer(frame, load="MW"), MONTH)

    assert found is not None
    assert found.values[:2] == (4.0, None)


@pytest.mark.parametrize(
    "frame", [pl.DataFrame({"site": ["A"], "load": [1.0]}), pl.DataFrame({"at": [START]})]
)
def test_what_has_no_time_or_no_measure_has_no_course(answer, frame):
    assert course(ChartSpec(kind=ChartKind.BAR), answer(frame), MONTH) is None


def test_days_are_one_stretch_each(answer, every):
    at = every("1d", "2026-06-01T00:00", 30)
    frame = pl.DataFrame({"at": at, "energy": [1.0] * 30})

    found = course(ChartSpec(kind=ChartKind.BAR), answer(frame, energy="MWh"), MONTH)

    assert found is not None
    assert found.values == (1.0,) * 30
