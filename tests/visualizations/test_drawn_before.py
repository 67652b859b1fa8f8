"""Figures that are found instead of drawn, and when they must not be."""

import msgspec
import polars as pl
import pytest

from gridlens.shared.time import Scope, TimeRange
from gridlens.shared.visualizations import Figure
from gridlens.visualizations.drawn_before import DrawnBefore, Look
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.schemas import DrawOptions, NewChart
from gridlens.visualizations.spec import ChartKind, ChartSpec

STEP = ChartSpec(kind=ChartKind.STEP)


def with_frame(result, frame):
    return type(result)(**{name: getattr(result, name) for name in result.__slots__} | {"frame": frame})


def test_rows_columns_title_spec_theme_and_range_each_make_another_key(analytics):
    before, result = DrawnBefore(), analytics.result
    span = TimeRange(start=result.frame["at"][0], end=result.frame["at"][-1], zone="UTC")
    renamed = with_frame(result, result.frame)
    object.__setattr__(
        renamed, "columns", (result.columns[0], msgspec.structs.replace(result.columns[1], unit="kW"))
    )

    keys = [
        before.key("A", STEP, result, Look()),
        before.key("B", STEP, result, Look()),
        before.key("A", ChartSpec(kind=ChartKind.LINE), result, Look()),
        before.key("A", STEP, result, Look(theme="dark")),
        before.key("A", STEP, result, Look(span=span)),
        before.key("A", STEP, renamed, Look()),
        before.key("A", STEP, with_frame(result, result.frame.with_columns(pl.col("load") + 1e-9)), Look()),
    ]

    assert len(set(keys)) == len(keys)
    assert before.key("A", STEP, with_frame(result, result.frame.clone()), Look()) == keys[0]


def test_the_figures_used_longest_ago_make_room(analytics):
    chart = draw("A", STEP, analytics.result)
    assert isinstance(chart.content, Figure)
    before = DrawnBefore(most_bytes=5 * (len(bytes(chart.content.plotly)) + 1_000))

    for number in range(6):
        before.keep(bytes([number]), chart)
        before.find(bytes([0]))

    assert [number for number in range(6) if before.find(bytes([number]))] == [0, 2, 3, 4, 5]


@pytest.mark.anyio
async def test_a_chart_found_again_tells_of_its_own_reading(core, analytics, analyst):
    from gridlens.visualizations import connect

    analytics.answer_on(core)
    charts = connect(core)["charts"]
    made = await charts.create(analyst, NewChart(name="Load", question_id=analytics.question_id, spec=STEP))

    first = await charts.draw(analyst, made.chart_id, DrawOptions())
    object.__setattr__(analytics.result, "is_cached", True)
    again = await charts.draw(analyst, made.chart_id, DrawOptions())
    elsewhere = await charts.draw(
        analyst,
        made.chart_id,
        DrawOptions(
            scope=Scope(
                time_range=TimeRange(
                    start=analytics.result.frame["at"][0],
                    end=analytics.result.frame["at"][-1].replace(year=2027),
                    zone="Europe/Berlin",
                )
            )
        ),
    )

    assert again.content is first.content
    assert (first.provenance.is_cached, again.provenance.is_cached) == (False, True)
    assert elsewhere.content is not first.content
