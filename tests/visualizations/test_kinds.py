"""Bars, lists, points, heat maps, spreads, values and tables, with numbers worked by hand."""

import math
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from gridlens.shared.visualizations import Grid, Headline, PointsShown
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.spec import ChartKind, ChartSpec

HOUR = 3_600_000
BERLIN = ZoneInfo("Europe/Berlin")


def spec(kind, **parts):
    return ChartSpec(kind=ChartKind(kind), **parts)


def named(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


SITES = pl.DataFrame(
    {
        "site": ["Linden Park", "Harbour Campus", "Kestrel Hall"],
        "grid_import": [3_170.0, 5_840.0, 4_920.0],
        "week_before": [2_740.0, 6_700.0, 4_880.0],
    }
)


def test_ranked_bars_stand_largest_first_with_their_share(answer, opened):
    result = answer(SITES, grid_import="kWh", week_before="kWh")

    chart = draw("Imports", spec("bar", x="site", y=("grid_import",), arrangement="ranked"), result)

    figure = opened(chart)
    bars = named(figure, "Grid import")
    assert bars["x"] == [5.84, 4.92, 3.17]
    assert bars["y"] == [2, 1, 0]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Harbour Campus", "Kestrel Hall", "Linden Park"]
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert bars["marker"]["color"] == ["#757A81"] * 3
    # 5.84 of 13.93 MWh are 42 %.
    assert chart.summary == (
        "Imports. Grid import by rank: Harbour Campus leads with 5.84\u2009MWh, 42\u2009% of 13.93\u2009MWh. "
        "The last of 3 is Linden Park with 3.17\u2009MWh."
    )


def test_a_ranked_bar_tells_its_change_from_the_mark(answer, opened):
    result = answer(SITES, grid_import="kWh", week_before="kWh")
    chosen = spec("bar", x="site", y=("grid_import",), compare_with="week_before", arrangement="ranked")

    figure = opened(draw("Imports", chosen, result))

    marks = named(figure, "Week before")
    assert marks["x"] == [6.7, 4.88, 2.74]
    told = next(trace for trace in figure["data"] if trace.get("mode") == "text")
    # 5.84 / 6.70 = 0.872; 4.92 / 4.88 = 1.008; 3.17 / 2.74 = 1.157
    assert told["text"] == [
        "  <b>5.84</b>  −13\u2009%",
        "  <b>4.92</b>  +0.8\u2009%",
        "  <b>3.17</b>  +16\u2009%",
    ]
    assert told["x"] == [6.7, 4.92, 3.17]


def test_bars_named_after_carriers_have_their_colours(answer, opened):
    frame = pl.DataFrame({"source": ["Wind", "Solar"], "energy": [105.6, 177.9]})

    bars = opened(draw("Supply", spec("bar", arrangement="ranked"), answer(frame, energy="MWh")))["data"][0]

    assert bars["marker"]["color"] == ["#E3AF1F", "#24A778"]


def test_a_long_ranking_ends_after_twenty_and_says_so(answer, opened):
    frame = pl.DataFrame({"meter": [f"M{n}" for n in range(500)], "e": [float(n) for n in range(500)]})

    chart = draw("Meters", spec("bar", arrangement="ranked"), answer(frame, e="MWh"))

    assert len(opened(chart)["data"][0]["x"]) == 20
    assert "the first 20 of 500" in (chart.subtitle or "")


def test_monthly_bars_fill_their_month_on_both_sides_of_clock_changes(answer, opened):
    months = pl.datetime_range(
        datetime(2025, 1, 1, tzinfo=BERLIN), datetime(2025, 12, 1, tzinfo=BERLIN), "1mo", eager=True
    )
    frame = pl.DataFrame({"at": months.dt.convert_time_zone("UTC"), "energy": [float(n) for n in range(12)]})

    figure = opened(draw("Months", spec("bar"), answer(frame, energy="MWh")))

    bars = named(figure, "Energy")
    # March 2025 has 743 hours in Berlin, October 745.
    assert bars["width"][2] == pytest.approx(743 * HOUR * 0.78)
    assert bars["width"][9] == pytest.approx(745 * HOUR * 0.78)
    assert figure["data"][0]["text"][2] == "March 2025"
    assert figure["layout"]["yaxis"]["range"][0] == 0


def test_hundreds_of_hourly_bars_are_joined_into_local_days(answer, every, opened):
    # 30 days of 2 MWh an hour from local midnight of 12 October: the 26th has 25 hours.
    hours = 30 * 24 + 1
    frame = pl.DataFrame({"at": every("1h", "2025-10-11T22:00", hours), "energy": [2.0] * hours})

    chart = draw("Energy", spec("bar"), answer(frame, energy="MWh"))

    bars = named(opened(chart), "Energy")
    assert bars["y"] == [48.0] * 14 + [50.0] + [48.0] * 15
    assert "721 intervals summed by day" in (chart.subtitle or "")


def test_power_joined_into_days_is_averaged(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2025-06-01T22:00", 480), "load": [1.0, 3.0] * 240})

    chart = draw("Load", spec("bar"), answer(frame, load="MW"))

    assert named(opened(chart), "Load")["y"] == [2.0] * 20


def test_stacked_bars_leave_the_load_as_a_mark(answer, every, opened):
    frame = pl.DataFrame(
        {
            "at": every("1d", "2026-06-11T22:00", 2),
            "solar": [3.0, 4.0],
            "wind": [2.0, 1.0],
            "load": [4.0, 6.0],
        }
    )

    figure = opened(
        draw("Days", spec("bar", arrangement="stacked"), answer(frame, solar="MWh", wind="MWh", load="MWh"))
    )

    assert [trace["name"] for trace in figure["data"] if trace["type"] == "bar"] == ["Wind", "Solar"]
    assert named(figure, "Load")["marker"]["symbol"] == "line-ew"
    assert figure["layout"]["barmode"] == "relative"
    assert figure["layout"]["yaxis"]["range"] == [0, pytest.approx(6.36)]


def test_grouped_bars_stand_side_by_side_within_their_category(answer, opened):
    result = answer(SITES, grid_import="kWh", week_before="kWh")

    figure = opened(draw("Two", spec("bar"), result))

    now, before = named(figure, "Grid import"), named(figure, "Week before")
    assert now["width"] == [0.39] * 3
    assert now["offset"] == [-0.39] * 3
    assert before["offset"] == [0.0] * 3
    assert figure["layout"]["xaxis"]["ticktext"] == ["Linden Park", "Harbour Campus", "Kestrel Hall"]


def test_a_stack_says_that_it_leaves_out_what_was_before(answer, opened):
    result = answer(SITES, grid_import="kWh", week_before="kWh")

    chart = draw("Stacked", spec("bar", arrangement="stacked"), result)

    assert [trace["name"] for trace in opened(chart)["data"] if trace["type"] == "bar"] == ["Grid import"]
    assert "without Week before" in (chart.subtitle or "")
    chosen = draw("One", spec("bar", arrangement="stacked", y=("grid_import",)), result)
    assert "without" not in (chosen.subtitle or "")


def test_bars_below_zero_keep_zero_on_the_axis(answer, opened):
    frame = pl.DataFrame({"site": ["A", "B"], "net": [-5.0, -3.0]})

    low, high = opened(draw("Net", spec("bar"), answer(frame, net="MW")))["layout"]["yaxis"]["range"]

    assert high == 0
    assert low == pytest.approx(-5.3)


def test_points_show_one_measure_against_another_with_their_correlation(answer, opened):
    frame = pl.DataFrame({"temperature": [0.0, 10.0, 20.0], "load": [3.0, 2.0, 1.0]})

    chart = draw("Heat", spec("scatter"), answer(frame, temperature="°C", load="MW"))

    points = opened(chart)["data"][0]
    assert (points["x"], points["y"]) == ([0.0, 10.0, 20.0], [3.0, 2.0, 1.0])
    assert "Correlation −1.00: a strong relation, falling." in chart.summary
    assert chart.subtitle == "Load against Temperature"


def test_of_crowded_points_one_for_each_place_is_drawn(answer, opened):
    frame = pl.DataFrame(
        {"a": [float(n % 100) for n in range(200_000)], "b": [float(n % 90) for n in range(200_000)]}
    )

    chart = draw("Cloud", spec("scatter"), answer(frame))

    assert len(opened(chart)["data"][0]["x"]) == 900
    assert chart.points == PointsShown(shown=900, of=200_000)
    assert "one point for each place" in (chart.subtitle or "")


def test_a_scatter_needs_two_measures(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "load": [1.0, 2.0]})

    with pytest.raises(CannotDraw, match="A scatter chart needs two measures"):
        draw("Load", spec("scatter"), answer(frame))


def test_a_heat_map_has_25_columns_when_autumn_is_in_it(answer, every, opened):
    hours = 73  # 25, 26 and 27 October 2025, of 24, 25 and 24 hours
    frame = pl.DataFrame(
        {"at": every("1h", "2025-10-24T22:00", hours), "load": [float(n) for n in range(hours)]}
    )

    chart = draw("Pattern", spec("heat_map"), answer(frame, load="MW"))

    figure = opened(chart)
    heat = figure["data"][0]
    assert heat["x"][1:5] == ["01:00", "2A", "2B", "03:00"]
    assert heat["y"] == ["Sat 25 Oct 2025", "Sun 26 Oct 2025", "Mon 27 Oct 2025"]
    # The 25th has hours 0 to 23, the 26th goes on with 24, 25, 26 (2A), 27 (2B).
    assert heat["z"][0][:5] == [0.0, 1.0, 2.0, None, 3.0]
    assert heat["z"][1][:5] == [24.0, 25.0, 26.0, 27.0, 28.0]
    assert heat["z"][2][-1] == 72.0
    assert figure["layout"]["yaxis"]["ticktext"] == ["Sat 25", "Sun 26", "Mon 27"]
    assert "highest 72.00\u2009MW at Mon 27 Oct 2025, 23:00" in chart.summary


def test_spring_leaves_the_skipped_hour_empty(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2025-03-29T23:00", 23), "load": [1.0] * 23})

    # The hour that the clock skips is not tinted as missing.
    [heat] = opened(draw("Pattern", spec("heat_map"), answer(frame, load="MW")))["data"]

    assert heat["x"][2] == "02:00"
    assert heat["z"] == [[1.0, 1.0, None, *[1.0] * 21]]


def test_quarter_hours_of_energy_sum_up_and_of_power_average_in_a_cell(answer, every, opened):
    frame = pl.DataFrame({"at": every("15m", "2026-06-14T22:00", 4), "e": [1.0, 2.0, 3.0, 4.0]})

    energy = opened(draw("E", spec("heat_map"), answer(frame, e="MWh")))["data"][0]["z"]
    power = opened(draw("P", spec("heat_map"), answer(frame, e="MW")))["data"][0]["z"]

    assert (energy[0][0], power[0][0]) == (10.0, 2.5)


def test_days_without_values_are_empty_rows(answer, every, opened):
    at = every("1h", "2026-06-14T22:00", 96).gather([*range(24), *range(72, 96)])

    heat, holes = opened(draw("P", spec("heat_map"), answer(pl.DataFrame({"at": at, "p": [1.0] * 48}))))[
        "data"
    ]

    assert len(heat["y"]) == 4
    assert heat["z"][1] == [None] * 24
    assert holes["z"] == [[None] * 24, [1.0] * 24, [1.0] * 24, [None] * 24]


def test_ten_years_of_hours_become_the_mean_day_of_each_month(answer, every, opened):
    count = 10 * 365 * 24
    frame = pl.DataFrame({"at": every("1h", "2015-01-01T00:00", count), "p": [1.0] * count})

    chart = draw("P", spec("heat_map"), answer(frame, p="MW"))

    heat = opened(chart)["data"][0]
    assert len(heat["y"]) == 120
    assert heat["y"][0] == "January 2015"
    assert "mean day of each of 120 months" in (chart.subtitle or "")
    assert heat["z"][3] == [1.0] * 24


def test_missing_hours_of_the_day_with_25_are_found_before_and_after_the_change(answer, every, opened):
    # 25 and 26 October 2025; 2A and 04:00 of the 26th are missing: hours 26 and 29 of 49.
    at = every("1h", "2025-10-24T22:00", 49).gather([n for n in range(49) if n not in {26, 29}])

    heat, holes = opened(draw("P", spec("heat_map"), answer(pl.DataFrame({"at": at, "p": [1.0] * 47}))))[
        "data"
    ]

    missing = [
        (heat["y"][row], heat["x"][column])
        for row, cells in enumerate(holes["z"])
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    assert missing == [("Sun 26 Oct 2025", "2A"), ("Sun 26 Oct 2025", "04:00")]


def test_daily_values_are_mapped_by_weekday_and_week(answer, opened):
    days = [date(2026, 6, 8) + timedelta(days=n) for n in range(14)]
    frame = pl.DataFrame({"day": days, "e": [float(n) for n in range(14)]})

    heat = opened(draw("E", spec("heat_map"), answer(frame, e="MWh")))["data"][0]

    assert heat["x"] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert heat["y"] == ["Week 24, from 8 Jun 2026", "Week 25, from 15 Jun 2026"]
    assert heat["z"] == [[float(n) for n in range(7)], [float(n) for n in range(7, 14)]]


def test_two_categories_make_a_heat_map_with_holes(answer, opened):
    frame = pl.DataFrame({"site": ["A", "A", "B"], "use": ["Heat", "Light", "Heat"], "e": [1.0, 2.0, 3.0]})

    heat = opened(draw("E", spec("heat_map", x="use", series="site", y=("e",)), answer(frame)))["data"][0]

    assert (heat["x"], heat["y"]) == (["Heat", "Light"], ["A", "B"])
    assert heat["z"] == [[1.0, 2.0], [3.0, None]]


def test_the_key_of_a_heat_map_leaves_room_for_the_words_under_its_ends(answer, opened):
    frame = pl.DataFrame(
        {"site": ["A", "A", "B"], "use": ["Heat", "Light", "Heat"], "e": [-1234.5, 2.0, 3.0]}
    )

    key = opened(draw("E", spec("heat_map", x="use", series="site", y=("e",)), answer(frame, e="MW")))[
        "data"
    ][0]["colorbar"]

    # In pixels at every size of the widget; half of the longest words hang over an end.
    widest = max(len(words) for words in key["ticktext"]) * 6.5
    assert (key["lenmode"], key["x"], key["xanchor"]) == ("pixels", 1, "right")
    assert key["xpad"] >= widest / 2
    assert key["len"] - 2 * key["xpad"] >= widest
    assert key["len"] <= 160


def test_a_heat_map_of_yearly_values_is_refused_with_the_way_out(answer, every):
    frame = pl.DataFrame({"at": every("1y", "2015-01-01T00:00", 10), "e": [1.0] * 10})

    with pytest.raises(CannotDraw, match=r"yearly.*choose bars"):
        draw("E", spec("heat_map"), answer(frame, zone="UTC"))


def test_quartiles_fences_and_outliers_of_a_box(answer, opened):
    # Of 1 … 9: quartiles 3, 5, 7, so that values beyond 3 − 6 and 7 + 6 lie outside: 40 does.
    frame = pl.DataFrame({"site": ["A"] * 10, "e": [*map(float, range(1, 10)), 40.0]}).filter(
        pl.col("e") != 5
    )
    values = frame["e"].sort().to_list()
    assert values == [1, 2, 3, 4, 6, 7, 8, 9, 40]

    chart = draw("E", spec("box", x="site"), answer(frame, e="MWh"))

    box, outliers = opened(chart)["data"]
    # Nine values: the quartiles are the 3rd, 5th and 7th of them; 8 + 1.5 · 5 = 15.5.
    assert (box["q1"], box["median"], box["q3"]) == ([3.0], [6.0], [8.0])
    assert (box["lowerfence"], box["upperfence"]) == ([1.0], [9.0])
    assert outliers["y"] == [40.0]


def test_boxes_of_hourly_values_are_by_local_hour(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2026-06-14T22:00", 48), "p": [float(n % 24) for n in range(48)]})

    figure = opened(draw("P", spec("box"), answer(frame, p="MW")))

    assert figure["layout"]["xaxis"]["ticktext"][:2] == ["00", "01"]
    assert figure["data"][0]["median"] == [float(n) for n in range(24)]


def test_a_histogram_counts_every_value_once_in_round_bins(answer, opened):
    values = [0.0, 0.1, 0.2, 0.3, 0.3, 0.4, 0.7, 0.9, 1.0, 1.0]

    chart = draw("H", spec("histogram"), answer(pl.DataFrame({"p": values}), p="MW"))

    bars = opened(chart)["data"][0]
    assert sum(bars["y"]) == 10
    assert all(math.isclose(width, bars["x"][1] - bars["x"][0]) for width in [bars["width"] / 0.94])


def test_asked_for_bins_are_given_and_the_largest_value_is_in_the_last(answer, opened):
    bars = opened(
        draw("H", spec("histogram", bins=4), answer(pl.DataFrame({"p": [0.0, 1.0, 2.0, 3.0, 4.0]})))
    )["data"][0]

    assert bars["y"] == [1, 1, 1, 2]


def test_equal_values_fill_one_bin(answer, opened):
    assert opened(draw("H", spec("histogram"), answer(pl.DataFrame({"p": [7.0] * 5}))))["data"][0]["y"] == [5]


def test_the_load_duration_curve_falls_from_the_peak_over_all_of_the_time(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2026-06-14T22:00", 4), "load": [1.0, 4.0, 2.0, 3.0]})

    chart = draw("Load", spec("load_duration"), answer(frame, load="MW"))

    line = opened(chart)["data"][0]
    assert line["x"] == [0.0, 25.0, 50.0, 75.0, 100.0]
    assert line["y"] == [4.0, 3.0, 2.0, 1.0, 1.0]
    assert line["line"]["shape"] == "hv"


def test_a_long_duration_curve_keeps_both_ends(answer, opened):
    frame = pl.DataFrame({"load": [float(n) for n in range(100_000)]})

    line = opened(draw("Load", spec("load_duration"), answer(frame, load="W")))["data"][0]

    assert len(line["y"]) == 1_201
    assert (line["y"][0], line["y"][-1]) == (pytest.approx(99.999), 0.0)


def test_a_single_value_has_its_change(answer):
    frame = pl.DataFrame({"consumption": [322_700.0], "previous_week": [316_062.0]})
    chosen = spec("value", y=("consumption",), compare_with="previous_week")

    chart = draw("Consumption", chosen, answer(frame, consumption="kWh", previous_week="kWh"))

    assert chart.content == Headline(
        value=322.7,
        unit="MWh",
        label="Consumption",
        compared_with=pytest.approx(316.062),
        comparison_label="Previous week",
    )
    # 322.7 / 316.062 = 1.021
    assert chart.summary == (
        "Consumption. Consumption: 322.7\u2009MWh, +2.1\u2009% against Previous week with 316.1\u2009MWh."
    )


def test_a_value_over_time_sums_energy_averages_power_and_carries_its_course(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-14T22:00", 4), "p": [1.0, 2.0, None, 3.0]})

    energy = draw("E", spec("value"), answer(frame, p="MWh")).content
    power = draw("P", spec("value"), answer(frame, p="MW")).content

    assert isinstance(energy, Headline)
    assert isinstance(power, Headline)
    assert (energy.value, energy.label) == (6.0, "P, summed")
    assert (power.value, power.label) == (2.0, "P, averaged")
    assert energy.spark == (1.0, 2.0, None, 3.0)


def test_the_last_value_is_the_newest_one_that_is_there(answer, every):
    frame = pl.DataFrame(
        {"at": every("1h", "2026-06-14T22:00", 4).reverse(), "soc": [None, 95.0, 90.0, 80.0]}
    )

    content = draw("Battery", spec("value", aggregate="last"), answer(frame, soc="%")).content

    assert isinstance(content, Headline)
    assert content.value == 95.0


def test_a_long_course_becomes_a_sparkline_of_means(answer, every):
    frame = pl.DataFrame(
        {"at": every("1h", "2026-01-01T00:00", 960), "p": [float(n // 20) for n in range(960)]}
    )

    content = draw("P", spec("value"), answer(frame, p="MW")).content

    assert isinstance(content, Headline)
    assert content.spark == tuple(float(n) for n in range(48))


def test_a_missing_value_is_said_to_be_missing(answer):
    chart = draw("P", spec("value", y=("p",)), answer(pl.DataFrame({"p": [None]}, schema={"p": pl.Float64})))

    assert isinstance(chart.content, Headline)
    assert chart.content.value is None
    assert "P has no value." in chart.summary


def test_cells_of_a_table_are_carried_without_loss(answer):
    frame = pl.DataFrame(
        {
            "at": [datetime(2026, 6, 15, 12, tzinfo=UTC)],
            "day": [date(2026, 6, 15)],
            "clock": [time(12, 30)],
            "count": [2**60],
            "money": [Decimal("12.50")],
            "ratio": [float("nan")],
            "raw": [b"abc"],
            "tags": [["a", "b"]],
            "ok": [True],
            "none": pl.Series([None], dtype=pl.String),
        }
    )

    content = draw("T", spec("table"), answer(frame)).content

    assert isinstance(content, Grid)
    assert content.rows == (
        (
            "2026-06-15T12:00:00Z",
            "2026-06-15",
            "12:30:00",
            str(2**60),
            12.5,
            None,
            "3 bytes",
            '["a","b"]',
            True,
            None,
        ),
    )


def test_a_table_shows_a_thousand_rows_and_counts_all(answer):
    chart = draw("T", spec("table"), answer(pl.DataFrame({"n": range(5_000)})))

    assert isinstance(chart.content, Grid)
    assert (len(chart.content.rows), chart.content.total_rows) == (1_000, 5_000)
    assert "5,000 rows, the first 1,000 shown" in chart.summary


def test_a_pivot_sums_energy_with_totals_on_both_sides(answer):
    frame = pl.DataFrame(
        {"site": ["A", "A", "B", "B"], "use": ["Heat", "Light", "Heat", "Heat"], "e": [1.0, 2.0, 3.0, 4.0]}
    )

    content = draw("P", spec("pivot", x="site", series="use", y=("e",)), answer(frame, e="kWh")).content

    assert isinstance(content, Grid)
    assert [column.label for column in content.columns] == ["Site", "Heat", "Light", "Total"]
    assert content.rows == (("A", 1.0, 2.0, 3.0), ("B", 7.0, None, 7.0), ("Total", 8.0, 2.0, 10.0))


def test_the_margin_of_a_pivot_of_means_is_the_mean_of_all_rows(answer):
    frame = pl.DataFrame({"site": ["A", "A", "B"], "use": ["X", "X", "Y"], "p": [1.0, 2.0, 6.0]})

    content = draw("P", spec("pivot", x="site", series="use", y=("p",)), answer(frame, p="MW")).content

    assert isinstance(content, Grid)
    assert content.columns[-1].label == "All"
    # (1 + 2 + 6) / 3 = 3, not the mean of 1.5 and 6.
    assert content.rows[-1] == ("All", 1.5, 6.0, 3.0)


def test_times_in_a_pivot_are_intervals_in_order(answer, every):
    at = every("1h", "2025-10-26T00:00", 2)
    frame = pl.DataFrame({"at": [at[1], at[0]], "site": ["A", "A"], "e": [2.0, 1.0]})

    content = draw("P", spec("pivot", x="at", series="site", y=("e",)), answer(frame, e="kWh")).content

    assert isinstance(content, Grid)
    assert [row[0] for row in content.rows[:2]] == [
        "Sun 26 Oct 2025, 2A:00 – 2B:00",
        "Sun 26 Oct 2025, 2B:00 – 03:00",
    ]


@pytest.mark.parametrize(
    "kind", [kind for kind in ChartKind if kind not in {ChartKind.TABLE, ChartKind.VALUE}]
)
def test_no_rows_are_drawn_as_the_statement_that_there_are_none(answer, every, kind):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "a": [1.0, 2.0], "b": [1.0, 2.0]}).head(0)

    chart = draw("Nothing", ChartSpec(kind=kind), answer(frame))

    assert chart.provenance.row_count == 0
    if not isinstance(chart.content, Grid):
        assert "There are no rows to draw." in chart.summary
        assert "No rows" in bytes(chart.content.plotly).decode()  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_column_of_nulls_is_drawn_as_missing(answer, every, kind):
    frame = pl.DataFrame(
        {"at": every("1h", "2026-06-15T00:00", 3), "a": pl.Series([None] * 3, dtype=pl.Float64)}
    ).with_columns(b="a")

    chart = draw("Nulls", ChartSpec(kind=kind), answer(frame))

    assert "Every value of A" in chart.summary or kind in {
        ChartKind.TABLE,
        ChartKind.PIVOT,
        ChartKind.VALUE,
        ChartKind.SCATTER,
    }
