"""What holds for every figure: Plotly takes it, no rows break it, and it is quick."""

import math
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import perf_counter

import msgspec
import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridlens.shared.visualizations import DrawnChart, Figure
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.recommend import recommend
from gridlens.visualizations.spec import ChartKind, ChartSpec

FIGURES = [kind for kind in ChartKind if kind not in {ChartKind.TABLE, ChartKind.PIVOT, ChartKind.VALUE}]


def quarter_hours(every, count=672):
    hour = [n % 96 / 4 for n in range(count)]
    return pl.DataFrame(
        {
            "at": every("15m", "2026-06-11T22:00", count),
            "solar": [max(0.0, math.sin((h - 6) / 14 * math.pi)) if 6 < h < 20 else 0.0 for h in hour],
            "wind": [0.6 + 0.3 * math.sin(n / 60) for n in range(count)],
            "battery": [-0.5 if 9 < h < 13 else 0.6 if 17 < h < 20 else 0.0 for h in hour],
            "load": [1.2 + math.exp(-(((h - 12) / 4) ** 2)) for h in hour],
        }
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("arrangement", ["grouped", "stacked", "ranked"])
@pytest.mark.parametrize("kind", FIGURES)
def test_plotly_knows_every_part_of_every_figure(answer, every, kind, arrangement, theme):
    frame = quarter_hours(every).filter(pl.int_range(pl.len()) % 50 != 7)
    result = answer(frame, **dict.fromkeys(("solar", "wind", "battery", "load"), "MW"))

    chart = draw("Supply", ChartSpec(kind=kind, arrangement=arrangement), result, theme)

    assert isinstance(chart.content, Figure)
    # Plotly's own classes refuse a property or a value that does not exist.
    assert go.Figure(msgspec.json.decode(chart.content.plotly)).data
    assert chart.kind == kind.value
    assert chart.summary.startswith("Supply. ")


def test_a_figure_is_the_same_bytes_every_time(answer, every):
    result = answer(quarter_hours(every), solar="MW")

    first, second = (draw("S", ChartSpec(kind=ChartKind.STACKED_AREA), result) for _ in range(2))

    assert msgspec.json.encode(first) == msgspec.json.encode(second)


def test_a_drawn_chart_survives_the_wire(answer, every):
    chart = draw("S", ChartSpec(kind=ChartKind.LINE), answer(quarter_hours(every), solar="MW"))

    back = msgspec.json.decode(msgspec.json.encode(chart), type=DrawnChart)

    assert isinstance(back.content, Figure)
    assert msgspec.json.decode(back.content.plotly) == msgspec.json.decode(chart.content.plotly)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [ChartKind.STEP, ChartKind.STACKED_AREA])
def test_fifty_thousand_rows_are_drawn_in_a_blink(answer, every, kind):
    frame = quarter_hours(every, 50_000)
    result = answer(frame, **dict.fromkeys(("solar", "wind", "battery", "load"), "MW"))

    took = []
    for _ in range(3):
        begin = perf_counter()
        chart = draw("Supply", ChartSpec(kind=kind), result)
        took.append(perf_counter() - begin)

    # It takes some 30 ms on a quiet machine: this only catches a change of order.
    assert min(took) < 1.0
    assert isinstance(chart.content, Figure)
    assert len(bytes(chart.content.plotly)) < 600_000


numbers = st.one_of(
    st.none(),
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.sampled_from([0.0, -0.0, 1e300, -1e300, 5e-324, 1e-12]),
)
instants = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
rows = st.lists(
    st.tuples(st.one_of(st.none(), instants), st.one_of(st.none(), st.text(max_size=8)), numbers, numbers),
    max_size=30,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=rows, unit=st.sampled_from([None, "kWh", "MW", "€/MWh", "%", "€", "<b>", "%{x}"]))
def test_no_rows_make_any_kind_fail_in_another_way_than_by_saying_why(answer, content, unit):
    frame = pl.DataFrame(
        content,
        schema={"at": pl.Datetime("us", "UTC"), "name": pl.String, "a": pl.Float64, "b": pl.Float64},
        orient="row",
    )
    result = answer(frame, a=unit, b=unit)
    for suggestion in recommend(result):
        draw("Anything", suggestion.spec, result)
    for kind in ChartKind:
        for arrangement in ("grouped", "stacked", "ranked") if kind is ChartKind.BAR else ("grouped",):
            for x in ("at", "name"):
                spec = ChartSpec(kind=kind, arrangement=arrangement, x=x, y=("a",))
                with suppress(CannotDraw):
                    assert draw("Anything", spec, result).summary


def test_a_century_of_minutes_apart_is_still_marked(answer, opened):
    at = [datetime(1926, 1, 1, tzinfo=UTC) + timedelta(days=36_524 * n) for n in range(3)]

    figure = opened(
        draw("Ages", ChartSpec(kind=ChartKind.LINE), answer(pl.DataFrame({"at": at, "p": [1.0, 2.0, 3.0]})))
    )

    assert 2 <= len(figure["layout"]["xaxis"]["ticktext"]) <= 10
