"""Lines, steps, areas and stacks, with numbers worked by hand."""

import itertools
import math
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from gridlens.shared.time import TimeRange
from gridlens.visualizations.errors import CannotDraw, ColumnGone
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.spec import ChartKind, ChartSpec

HOUR = 3_600_000
STEP = ChartSpec(kind=ChartKind.STEP)
LINE = ChartSpec(kind=ChartKind.LINE)
AREA = ChartSpec(kind=ChartKind.AREA)
STACK = ChartSpec(kind=ChartKind.STACKED_AREA)


def named(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def words(figure):
    return next(trace for trace in figure["data"] if trace.get("name") == "")


def test_a_step_reaches_over_the_whole_of_each_interval(answer, every, opened):
    at = every("1h", "2026-06-15T08:00", 3)
    result = answer(pl.DataFrame({"at": at, "price": [40.0, -6.9, 119.0]}), price="€/MWh")

    chart = draw("Day-ahead price", STEP, result)

    line = named(figure := opened(chart), "Price")
    start = at.dt.timestamp("ms")[0]
    assert line["line"]["shape"] == "hvh"
    assert [(x - start) / HOUR for x in line["x"]] == [0, 0.5, 1.5, 2.5, 3]
    assert line["y"] == [40.0, 40.0, -6.9, 119.0, 119.0]
    assert line["hovertemplate"] == "%{y}\u2009€/MWh"
    assert words(figure)["text"][1] == "Mon 15 Jun 2026, 10:00 – 11:00"
    assert figure["layout"]["xaxis"]["unifiedhovertitle"] == {"text": "Europe/Berlin"}
    assert figure["layout"]["annotations"][0]["text"] == "€/MWh"
    assert "title" not in figure["layout"]
    # (40 − 6.9 + 119) / 3 = 50.7
    assert chart.summary == (
        "Day-ahead price. Highest 119.00\u2009€/MWh on Mon 15 Jun 2026, 12:00 – 13:00, "
        "lowest −6.90\u2009€/MWh on Mon 15 Jun 2026, 11:00 – 12:00; 50.70\u2009€/MWh on average. "
        "Times in Europe/Berlin."
    )


def test_a_missing_interval_is_a_gap_and_is_tinted_and_counted(answer, every, opened):
    at = every("15m", "2026-06-15T08:00", 40).gather([*range(8), *range(12, 40)])
    result = answer(pl.DataFrame({"at": at, "load": [2.0] * 36}), load="MW")

    chart = draw("Load", STEP, result)

    figure = opened(chart)
    line = named(figure, "Load")
    assert line["connectgaps"] is False
    assert line["y"].count(None) == 1
    assert line["x"][line["y"].index(None)] == at.dt.timestamp("ms")[0] + 2 * HOUR
    # 08:00 to 10:00 UTC is there, then four quarters are not.
    assert [(shape["x1"] - shape["x0"]) / HOUR for shape in figure["layout"]["shapes"]] == [1.0]
    assert "4 intervals missing" in (chart.subtitle or "")
    assert "4 intervals are missing." in chart.summary


def test_a_null_inside_one_of_two_series_breaks_only_that_one(answer, every, opened):
    frame = pl.DataFrame(
        {
            "at": every("1h", "2026-06-15T08:00", 5),
            "load": [1.0, 2.0, 3.0, 4.0, 5.0],
            "solar": [1.0, None, None, 4.0, 5.0],
        }
    )

    figure = opened(draw("Two", LINE, answer(frame, load="MW", solar="MW")))

    assert named(figure, "Load")["y"] == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert named(figure, "Solar")["y"] == [1.0, None, 4.0, 5.0]
    assert figure["layout"]["shapes"] == []


def test_a_value_alone_between_gaps_is_a_dot(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 24)
    present = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 18, 19, 20, 21, 22, 23]
    result = answer(pl.DataFrame({"at": at.gather(present), "t": [20.0] * len(present)}), t="°C")

    line = named(opened(draw("Temperature", LINE, result)), "T")

    assert line["mode"] == "lines+markers"
    shown = [size for size, y in zip(line["marker"]["size"], line["y"], strict=True) if y is not None]
    assert shown.count(5) == 1
    assert shown.index(5) == 11


def test_the_day_of_the_autumn_change_has_25_places_in_order(answer, every, opened):
    at = every("1h", "2025-10-25T22:00", 25)
    result = answer(pl.DataFrame({"at": at, "price": [float(n) for n in range(25)]}), price="€/MWh")

    figure = opened(draw("Price", STEP, result))

    line = named(figure, "Price")
    assert line["y"][1:-1] == [float(n) for n in range(25)]
    assert line["x"] == sorted(line["x"])
    assert line["x"][-1] - line["x"][0] == 25 * HOUR
    told = words(figure)["text"][1:-1]
    assert told[2].startswith("Sun 26 Oct 2025, 2A:00")
    assert told[3].startswith("Sun 26 Oct 2025, 2B:00")


def test_energy_is_scaled_to_one_unit_and_summed(answer, every, opened):
    frame = pl.DataFrame(
        {"at": every("1d", "2026-06-11T22:00", 3), "energy_kwh": [107_000.0, 108_700.0, 107_000.0]}
    )

    chart = draw("Consumption", STEP, answer(frame, energy_kwh="kWh"))

    assert named(opened(chart), "Energy")["y"][1:-1] == [107.0, 108.7, 107.0]
    assert chart.subtitle == "MWh · daily sum"
    assert "322.7\u2009MWh in total" in chart.summary


@pytest.mark.parametrize(
    ("taken", "unit", "said"),
    [
        ("load", "kW", "kW · daily mean"),
        ("max(load)", "kW", "kW · daily maximum"),
        ("min(load)", "kW", "kW · daily minimum"),
        ("avg(load)", "kWh", "kWh · daily mean"),
        ("sum(load)", "kWh", "kWh · daily sum"),
        ("max(load)", "€/MWh", "€/MWh · daily maximum"),
    ],
)
def test_intervals_say_what_they_are_of_their_readings(answer, every, taken, unit, said):
    frame = pl.DataFrame({"at": every("1d", "2026-06-11T22:00", 3), "load": [1.0, 2.0, 3.0]})
    result = replace(answer(frame, load=unit), sql=f"SELECT at, {taken} AS load FROM readings GROUP BY at")

    assert draw("Load", STEP, result).subtitle == said


def test_kilowatts_and_megawatts_share_an_axis_in_one_unit(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "a": [500.0, 600.0], "b": [1.5, 2.5]})

    figure = opened(draw("Two", LINE, answer(frame, a="kW", b="MW")))

    assert named(figure, "A")["y"] == [0.5, 0.6]
    assert named(figure, "B")["y"] == [1.5, 2.5]


def test_different_units_are_refused_on_one_axis(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "load": [1.0, 2.0], "price": [3.0, 4.0]})

    with pytest.raises(CannotDraw, match=r"load \(MW\), price \(€/MWh\)"):
        draw(
            "Both",
            ChartSpec(kind=ChartKind.LINE, y=("load", "price")),
            answer(frame, load="MW", price="€/MWh"),
        )


def test_left_alone_a_line_takes_the_measures_of_the_first_unit(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "load": [1.0, 2.0], "price": [3.0, 4.0]})

    figure = opened(draw("Load", LINE, answer(frame, load="MW", price="€/MWh")))

    assert [trace["name"] for trace in figure["data"]] == ["", "Load"]


def test_a_column_that_is_gone_is_named_with_those_there_are(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "load": [1.0, 2.0]})

    with pytest.raises(ColumnGone, match=r"“power”.*it has: at, load"):
        draw("Load", ChartSpec(kind=ChartKind.LINE, y=("power",)), answer(frame))


def test_a_stack_stands_in_the_order_of_carriers_with_the_load_over_it(answer, every, opened):
    frame = pl.DataFrame(
        {
            "at": every("15m", "2026-06-15T08:00", 4),
            "load": [3.2] * 4,
            "grid": [0.5, -0.5, 0.25, -0.25],
            "solar": [2.0] * 4,
            "battery": [0.0, -0.6, 0.6, 0.0],
            "wind": [0.7] * 4,
            "gas": [0.4] * 4,
        }
    )
    units = dict.fromkeys(("load", "grid", "solar", "battery", "wind", "gas"), "MW")

    figure = opened(draw("Supply", STACK, answer(frame, **units)))

    names = [trace["name"] for trace in figure["data"] if trace.get("showlegend") is not False]
    assert names == ["Grid export", "Charging", "Gas", "Wind", "Solar", "Battery", "Grid", "Load"]
    assert named(figure, "Charging")["y"][1:-1] == [0.0, -0.6, 0.0, 0.0]
    assert named(figure, "Grid")["y"][1:-1] == [0.5, 0.0, 0.25, 0.0]
    assert named(figure, "Charging")["fillpattern"]["shape"] == "/"
    assert {named(figure, name)["stackgroup"] for name in ("Gas", "Wind", "Solar")} == {"above"}
    assert "stackgroup" not in named(figure, "Load")
    # Highest: 0.4 + 0.7 + 2 + 0.6 + 0.25 = 3.95, and 6 % of room; lowest −0.6 − 0.5 = −1.1.
    low, high = figure["layout"]["yaxis"]["range"]
    assert high == pytest.approx(3.95 + 0.06 * (3.95 + 1.1))
    assert low == pytest.approx(-1.1 - 0.06 * (3.95 + 1.1))
    assert figure["layout"]["legend"]["traceorder"] == "reversed"


def test_a_gap_in_a_stack_falls_to_nothing_and_is_told_as_missing(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 12).gather([0, 1, 2, 3, 4, 5, 8, 9, 10, 11])
    frame = pl.DataFrame({"at": at, "solar": [1.0] * 10, "wind": [2.0] * 10})

    figure = opened(draw("Supply", STACK, answer(frame, solar="MW", wind="MW")))

    wind = named(figure, "Wind")
    missing = [place for place, value in enumerate(wind["y"]) if value is None]
    assert len(missing) == 2
    assert [wind["text"][place] for place in missing] == ["–", "–"]
    start = at.dt.timestamp("ms")[0]
    assert [(wind["x"][place] - start) / HOUR for place in missing] == [6, 8]
    assert wind["text"][0] == "2.00\u2009MW"


def test_an_area_is_closed_on_both_sides_of_a_gap(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 12).gather([0, 1, 2, 3, 4, 5, 8, 9, 10, 11])
    frame = pl.DataFrame({"at": at, "load": [2.0] * 10})

    figure = opened(draw("Load", AREA, answer(frame, load="MW")))

    fill = next(trace for trace in figure["data"] if trace.get("fill") == "toself")
    parts, part = [], []
    for x, y in zip(fill["x"], fill["y"], strict=True):
        if y is None:
            parts.append(part)
            part = []
        else:
            part.append((x, y))
    assert len(parts) == 2
    assert all(part[0][1] == part[-1][1] == 0.0 for part in parts)
    assert parts[0][-1][0] < parts[1][0][0]


def test_long_rows_become_a_series_for_each_value(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    frame = pl.DataFrame(
        {
            "at": [at[0], at[0], at[1], at[1]],
            "source": ["Solar", "Wind", "Solar", "Wind"],
            "power": [1.0, 2.0, 3.0, 4.0],
        }
    )

    figure = opened(draw("By source", LINE, answer(frame, power="MW")))

    assert named(figure, "Solar")["y"] == [1.0, 3.0]
    assert named(figure, "Wind")["y"] == [2.0, 4.0]
    # Two series are named at their right ends and not in a key.
    assert figure["layout"]["showlegend"] is False
    assert {note["text"] for note in figure["layout"]["annotations"]} == {"MW", "Solar", "Wind"}


def test_of_twelve_series_eight_are_drawn_and_four_are_other(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    rows = [(moment, f"Meter {n:02}", float(n)) for n in range(1, 13) for moment in at]
    frame = pl.DataFrame(rows, schema=["at", "meter", "power"], orient="row")

    figure = opened(draw("Meters", LINE, answer(frame, power="kW")))

    assert len(figure["data"]) == 10
    # 1 + 2 + 3 + 4 kW at each moment: power of several meters adds up.
    assert named(figure, "Other (4)")["y"] == [10.0, 10.0]
    assert figure["layout"]["showlegend"] is True


def test_prices_of_many_zones_are_averaged_into_other(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    rows = [(moment, f"Zone {n:02}", float(n)) for n in range(1, 12) for moment in at]
    frame = pl.DataFrame(rows, schema=["at", "zone", "price"], orient="row")

    figure = opened(draw("Prices", LINE, answer(frame, price="€/MWh")))

    assert named(figure, "Other (3, mean)")["y"] == [2.0, 2.0]


def test_rows_of_one_moment_are_joined_by_what_their_unit_allows_and_it_is_said(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    frame = pl.DataFrame({"at": [at[0], at[0], at[1]], "load": [1.0, 2.0, 5.0], "price": [10.0, 20.0, 30.0]})

    power = draw("Load", ChartSpec(kind=ChartKind.LINE, y=("load",)), answer(frame, load="MW", price="€/MWh"))
    price = draw(
        "Price", ChartSpec(kind=ChartKind.LINE, y=("price",)), answer(frame, load="MW", price="€/MWh")
    )

    assert named(opened(power), "Load")["y"] == [3.0, 5.0]
    assert named(opened(price), "Price")["y"] == [15.0, 30.0]
    assert "summed by At" in (power.subtitle or "")
    assert "averaged by At" in (price.subtitle or "")


def test_half_a_million_points_are_thinned_with_every_peak_kept(answer, every, opened):
    count = 500_000
    values = [math.sin(n / 500) for n in range(count)]
    values[123_456], values[400_001] = 99.0, -77.0
    frame = pl.DataFrame({"at": every("1m", "2025-01-01T00:00", count), "load": values})

    chart = draw("Load", STEP, answer(frame, load="MW"))

    line = named(opened(chart), "Load")
    assert len(line["y"]) < 1_300
    assert max(line["y"]) == 99.0
    assert min(line["y"]) == -77.0
    assert chart.points is not None
    assert chart.points.of == 500_000
    assert 1_000 < chart.points.shown <= 1_210


def test_thinning_keeps_gaps_open(answer, every, opened):
    at = every("1m", "2025-01-01T00:00", 50_000)
    kept = [*range(20_000), *range(20_005, 50_000)]
    frame = pl.DataFrame({"at": at.gather(kept), "load": [1.0 + n % 7 for n in kept]})

    line = named(opened(draw("Load", STEP, answer(frame, load="MW"))), "Load")

    assert line["y"].count(None) == 1
    assert line["x"][line["y"].index(None)] == at.dt.timestamp("ms")[20_000]


def test_ten_thousand_gaps_do_not_erase_the_line(answer, every, opened):
    at = every("1m", "2025-01-01T00:00", 60_000)
    kept = [n for n in range(60_000) if n % 6 != 5]
    frame = pl.DataFrame({"at": at.gather(kept), "load": [float(n % 50) for n in kept]})

    line = named(opened(draw("Load", STEP, answer(frame, load="MW"))), "Load")

    assert len(line["y"]) < 5_000
    assert line["y"].count(None) <= 300


def test_the_axis_shows_the_range_that_was_asked_for(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 24)
    asked = TimeRange(start=at[0], end=at[0].replace(day=17), zone="Europe/Berlin")

    figure = opened(draw("Load", STEP, answer(pl.DataFrame({"at": at, "load": [1.0] * 24})), asked=asked))

    low, high = figure["layout"]["xaxis"]["range"]
    assert high - low == 48 * HOUR


def test_a_range_that_does_not_hold_the_rows_is_not_forced_on_them(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 24)
    asked = TimeRange(start=at[0].replace(year=2030), end=at[0].replace(year=2031), zone="Europe/Berlin")

    figure = opened(draw("Load", STEP, answer(pl.DataFrame({"at": at, "load": [1.0] * 24})), asked=asked))

    assert figure["layout"]["xaxis"]["range"][0] == at.dt.timestamp("ms")[0]


def test_a_line_runs_along_numbers_and_along_words_too(answer, opened):
    profile = answer(pl.DataFrame({"hour": [2, 0, 1], "load": [3.0, 1.0, 2.0]}), load="MW")
    by_word = answer(pl.DataFrame({"season": ["Winter", "Spring"], "load": [3.0, 1.0]}), load="MW")

    along_numbers = opened(draw("Profile", ChartSpec(kind=ChartKind.LINE, x="hour", y=("load",)), profile))
    along_words = opened(draw("Seasons", LINE, by_word))

    assert named(along_numbers, "Load")["x"] == [0.0, 1.0, 2.0]
    assert named(along_numbers, "Load")["y"] == [1.0, 2.0, 3.0]
    assert along_words["layout"]["xaxis"]["ticktext"] == ["Winter", "Spring"]
    assert words(along_words)["text"] == ["Winter", "Spring"]


def test_calendar_dates_keep_their_day_in_every_zone(answer, opened):
    frame = pl.DataFrame(
        {"day": [date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 16)], "e": [1.0, 2.0, 3.0]}
    )

    chart = draw("Days", STEP, answer(frame, zone="America/Los_Angeles", e="MWh"))

    figure = opened(chart)
    assert words(figure)["text"][1] == "Sun 14 Jun 2026"
    assert figure["layout"]["xaxis"]["unifiedhovertitle"] == {"text": "Day"}
    assert "Times in" not in chart.summary


def test_dates_in_no_order_of_steps_keep_their_day_too(answer, opened):
    days = [date(2026, 6, day) for day in (1, 2, 5, 11, 12, 19, 30)]
    frame = pl.DataFrame({"day": days, "e": [1.0] * 7})

    figure = opened(draw("Days", LINE, answer(frame, zone="America/Los_Angeles")))

    assert words(figure)["text"][2] == "Fri 5 Jun 2026"


def test_names_from_the_data_cannot_become_markup_or_templates(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    evil = '<a href="https://evil.example">click</a>%{x}\n\u202e' + "x" * 200
    frame = pl.DataFrame(
        {"at": [at[0], at[1]] * 2, "site": [evil] * 2 + ["B"] * 2, "load": [1.0, 2.0, 3.0, 4.0]}
    )
    result = answer(frame, load="<b>%{customdata}</b>")

    figure = opened(draw("Sites", LINE, result))

    names = [trace["name"] for trace in figure["data"]]
    assert any(name.startswith("&lt;a href=") and len(name) < 120 for name in names)
    assert all("<" not in name and "\n" not in name and "\u202e" not in name for name in names)
    assert all("<" not in note["text"] for note in figure["layout"]["annotations"])
    template = next(trace["hovertemplate"] for trace in figure["data"] if trace["name"] == "B")
    assert template == "%{y}\u2009&lt;b&gt;%&#123;customdata}&lt;/b&gt;"


def test_labels_that_end_together_are_pushed_apart(answer, every, opened):
    at = every("1h", "2026-06-15T00:00", 2)
    frame = pl.DataFrame({"at": at, "a": [0.0, 10.0], "b": [0.0, 10.0], "c": [0.0, 9.9], "d": [5.0, 0.0]})

    notes = opened(draw("Four", LINE, answer(frame)))["layout"]["annotations"]

    heights = sorted(note["y"] for note in notes if note["text"] in "ABCD")
    assert all(upper - lower >= 10 * 14 / 240 - 1e-9 for lower, upper in itertools.pairwise(heights))


def test_dark_figures_differ_only_in_colour(answer, every, opened):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 3), "solar": [1.0, 2.0, 3.0]})

    light, dark = (
        opened(draw("Solar", STEP, answer(frame, solar="MW"), theme)) for theme in ("light", "dark")
    )

    assert named(light, "Solar")["line"]["color"] == "#B07F00"
    assert named(dark, "Solar")["line"]["color"] == "#F3B932"
    assert light["layout"]["template"]["layout"]["hoverlabel"]["bgcolor"] == "#FFFFFF"
    assert dark["layout"]["template"]["layout"]["hoverlabel"]["bgcolor"] == "#15181B"
    assert named(light, "Solar")["y"] == named(dark, "Solar")["y"]


@pytest.mark.parametrize(
    ("cut", "said", "hours"),
    [
        ("CAST(start_at AT TIME ZONE 'Europe/Berlin' AS DATE)", "kWh · daily sum", 24),
        (
            "CAST(date_trunc('month', start_at AT TIME ZONE 'Europe/Berlin') AS DATE)",
            "kWh · monthly sum",
            31 * 24,
        ),
    ],
)
def test_the_only_interval_is_as_long_as_the_statement_says(answer, opened, cut, said, hours):
    frame = pl.DataFrame({"at": [date(2025, 10, 1)], "energy": [120.0]})
    sql = f"SELECT {cut} AS at, sum(kwh) AS energy FROM readings GROUP BY 1"

    chart = draw("Energy", STEP, replace(answer(frame, energy="kWh"), sql=sql))

    assert chart.subtitle == said
    line = named(opened(chart), "Energy")
    assert line["x"][-1] - line["x"][0] == hours * HOUR


def test_a_point_of_its_own_is_drawn_whole_at_the_edge(answer, opened):
    frame = pl.DataFrame({"at": [date(2025, 10, 1), date(2025, 10, 2)], "energy": [120.0, None]})
    sql = "SELECT CAST(start_at AS DATE) AS at, sum(kwh) AS energy FROM readings GROUP BY 1"

    for rows, is_cut in ((1, False), (2, True)):
        result = replace(answer(frame.head(rows), energy="kWh"), sql=sql)
        line = named(opened(draw("Energy", LINE, result)), "Energy")
        assert (line["mode"], line["cliponaxis"]) == ("lines+markers", is_cut)
