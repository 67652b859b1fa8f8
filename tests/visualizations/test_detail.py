"""As many points as there are pixels, and the rest of them for who looks closer."""

import math
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.core.errors import Invalid
from gridlens.shared.visualizations import View
from gridlens.visualizations.drawn_before import Look
from gridlens.visualizations.figures.axes import NumberAxis
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.figures.paths import runs, thin
from gridlens.visualizations.schemas import DrawOptions
from gridlens.visualizations.spec import ChartKind, ChartSpec

HOUR = 3_600_000
MINUTE = 60_000
LINE = ChartSpec(kind=ChartKind.LINE)
STEP = ChartSpec(kind=ChartKind.STEP)
START = datetime(2025, 1, 1, tzinfo=UTC)
START_MS = 1_735_689_600_000


def named(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def view(start: timedelta, end: timedelta) -> View:
    return View(start=START + start, end=START + end)


@pytest.fixture
def month(answer, every):
    """43,200 minutes; the highest one stands at 7:00 of the eleventh day."""
    values = [math.sin(n / 300) for n in range(43_200)]
    values[10 * 1_440 + 420] = 9.0
    frame = pl.DataFrame({"at": every("1m", "2025-01-01T00:00", 43_200), "load": values})
    return answer(frame, load="MW")


@pytest.mark.parametrize("width", [400, 800, 1_600])
def test_a_line_has_about_as_many_points_as_it_has_pixels(month, opened, width):
    chart = draw("Load", LINE, month, width=width)

    assert chart.points is not None
    assert chart.points.of == 43_200
    assert 0.9 * width < chart.points.shown <= width + 2
    assert len(named(opened(chart), "Load")["y"]) == chart.points.shown


def test_where_all_points_have_room_nothing_is_said_of_them(answer, every, opened):
    at = every("1m", "2025-01-01T00:00", 400)

    chart = draw(
        "Load", LINE, answer(pl.DataFrame({"at": at, "load": [float(n) for n in range(400)]})), width=400
    )

    assert chart.points is None
    assert named(opened(chart), "Load")["y"] == [float(n) for n in range(400)]


def test_a_part_of_the_time_is_drawn_in_full_on_an_axis_of_its_own(month, opened):
    chart = draw(
        "Load", LINE, month, width=400, view=view(timedelta(days=10, hours=6), timedelta(days=10, hours=8))
    )

    figure = opened(chart)
    line, axis = named(figure, "Load"), figure["layout"]["xaxis"]
    assert axis["range"] == [START_MS + 246 * HOUR, START_MS + 248 * HOUR]
    assert chart.points is None
    # Each minute of the two hours, and one on either side for the line to lead to.
    assert [round((x - axis["range"][0]) / MINUTE) for x in line["x"]] == list(range(-1, 121))
    assert line["y"][61] == 9.0
    assert any(text.endswith(":15") for text in axis["ticktext"])
    assert "Highest 9.00\u2009MW on Sat 11 Jan 2025, 08:00 – 08:01" in chart.summary


def test_a_part_with_too_many_points_is_thinned_as_the_whole_is(month, opened):
    chart = draw("Load", LINE, month, width=400, view=view(timedelta(days=10), timedelta(days=11)))

    assert chart.points is not None
    assert chart.points.of == 1_442
    assert max(named(opened(chart), "Load")["y"]) == 9.0


def test_a_gap_that_is_looked_at_stays_a_gap(answer, every, opened):
    at = every("1m", "2025-01-01T00:00", 3_000)
    kept = [*range(1_000), *range(1_090, 3_000)]
    result = answer(pl.DataFrame({"at": at.gather(kept), "load": [2.0] * len(kept)}), load="MW")

    whole = opened(draw("Load", STEP, result, width=400))
    inside = draw("Load", STEP, result, view=view(timedelta(minutes=1_010), timedelta(minutes=1_080)))

    assert named(whole, "Load")["y"].count(None) == 1
    figure = opened(inside)
    assert named(figure, "Load")["y"].count(None) == 1
    assert [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]] == [
        (START_MS + 1_000 * MINUTE, START_MS + 1_090 * MINUTE)
    ]
    assert "90 intervals missing" in (inside.subtitle or "")


def test_nulls_of_a_reading_stay_gaps_when_points_are_few(answer, every, opened):
    values: list[float | None] = [float(n % 60) for n in range(20_000)]
    values[7_000:7_400] = [None] * 400
    result = answer(pl.DataFrame({"at": every("1m", "2025-01-01T00:00", 20_000), "load": values}), load="MW")

    line = named(opened(draw("Load", LINE, result, width=400)), "Load")

    gap = line["y"].index(None)
    assert line["y"].count(None) == 1
    assert line["x"][gap - 1] == START_MS + 6_999 * MINUTE
    assert line["x"][gap + 1] == START_MS + 7_400 * MINUTE


def test_a_part_keeps_the_unit_and_the_series_of_the_whole(answer, every, opened):
    at = every("1h", "2025-01-01T00:00", 48)
    rows = [
        (moment, f"Meter {n:02}", float(n) * (1_000 if hour > 24 else 1))
        for n in range(1, 13)
        for hour, moment in enumerate(at)
    ]
    result = answer(pl.DataFrame(rows, schema=["at", "meter", "power"], orient="row"), power="kW")

    part = opened(draw("Meters", LINE, result, view=view(timedelta(hours=2), timedelta(hours=6))))

    # Over the whole, megawatts and eight of twelve meters; here each has a few kilowatts.
    assert named(part, "Meter 12")["y"] == [0.012] * 6
    assert named(part, "Other (4)")["y"] == [0.01] * 6


def test_bars_become_finer_in_a_part_and_are_whole_at_its_edges(answer, every, opened):
    at = every("1h", "2025-01-01T00:00", 24 * 90)
    result = answer(pl.DataFrame({"at": at, "energy": [1.0] * len(at)}), zone="UTC", energy="MWh")
    bars = ChartSpec(kind=ChartKind.BAR)

    whole = draw("Energy", bars, result)
    weeks = draw("Energy", bars, result, view=view(timedelta(days=10, hours=12), timedelta(days=40)))
    hours = draw("Energy", bars, result, view=view(timedelta(days=10, hours=12), timedelta(days=13)))

    assert "summed by day" in (whole.subtitle or "")
    assert "summed by day" in (weeks.subtitle or "")
    assert set(named(opened(weeks), "Energy")["y"]) == {24.0}
    assert "hourly" in (hours.subtitle or "")
    assert set(named(opened(hours), "Energy")["y"]) == {1.0}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
        (START - timedelta(days=900), START - timedelta(days=800)),
    ],
)
def test_a_view_beyond_the_rows_shows_what_there_is(month, opened, start, end):
    figure = opened(draw("Load", LINE, month, view=View(start=start, end=end)))

    assert figure["layout"]["xaxis"]["range"] == [START_MS, START_MS + 720 * HOUR]


@pytest.mark.parametrize(
    "wrong",
    [
        View(start=START, end=START),
        View(start=START + timedelta(hours=1), end=START),
        View(start=datetime(2025, 1, 1), end=datetime(2025, 1, 2)),  # noqa: DTZ001
    ],
)
def test_a_view_without_a_length_or_a_zone_is_refused(wrong):
    with pytest.raises(Invalid):
        Look.of(DrawOptions(view=wrong))


def test_only_charts_along_time_offer_their_parts(month, answer, opened):
    by_word = answer(pl.DataFrame({"season": ["Winter", "Spring"], "load": [3.0, 1.0]}), load="MW")

    assert opened(draw("Load", LINE, month))["layout"]["meta"]["hasViews"] is True
    assert opened(draw("Seasons", LINE, by_word))["layout"]["meta"]["hasViews"] is False


@given(
    values=st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False)), min_size=2, max_size=3_000),
    width=st.integers(200, 1_000),
)
def test_highest_lowest_first_and_last_and_the_edges_of_every_gap_are_kept(values, width):
    frame = pl.DataFrame(
        {"x": [float(n) for n in range(len(values))], "s0": values},
        schema={"x": pl.Float64, "s0": pl.Float64},
    )
    strokes = runs(frame, ("s0",), NumberAxis(label="x", unit=None))

    thinned = thin(frame, ("s0",), [strokes], width)

    rows = set(range(len(values))) if thinned.rows is None else set(thinned.rows)
    known = [n for n, value in enumerate(values) if value is not None]
    assert {0, len(values) - 1} <= rows
    if known:
        shown = [values[n] for n in rows if values[n] is not None]
        assert max(shown) == max(values[n] for n in known)
        assert min(shown) == min(values[n] for n in known)
    edges = {
        n
        for n in known
        for neighbour in (n - 1, n + 1)
        if 0 <= neighbour < len(values) and values[neighbour] is None
    }
    assert edges <= rows
