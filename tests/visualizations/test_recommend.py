"""The chart that is offered first, and why."""

from dataclasses import replace

import polars as pl
import pytest

from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.recommend import recommend
from gridlens.visualizations.spec import ChartKind, ChartSpec


def kinds(result):
    return [suggestion.spec.kind.value for suggestion in recommend(result)]


def first(result):
    return recommend(result)[0]


def test_a_price_by_hour_is_stepped(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 24), "price": [1.0] * 24})

    best = first(answer(frame, price="€/MWh"))

    assert best.spec.kind == "step"
    assert best.reason == "Hourly values hold for their whole interval: steps show that, a line would slope."


def test_a_temperature_is_a_line(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 24), "t": [1.0] * 24})

    assert first(answer(frame, t="°C")).spec.kind == "line"


def test_carriers_over_time_are_stacked(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 24), "solar": [1.0] * 24, "wind": [2.0] * 24})

    best = first(answer(frame, solar="MW", wind="MW"))

    assert best.spec.kind == "stacked_area"
    assert "2 kinds of energy" in best.reason


def test_carriers_in_rows_are_stacked_by_their_column(answer, every):
    at = every("1h", "2026-06-15T00:00", 24)
    frame = pl.DataFrame({"at": [*at, *at], "source": ["Solar"] * 24 + ["Wind"] * 24, "power": [1.0] * 48})

    best = first(answer(frame, power="MW"))

    assert (best.spec.kind, best.spec.series) == ("stacked_area", "source")


def test_prices_of_zones_are_never_stacked(answer, every):
    at = every("1h", "2026-06-15T00:00", 24)
    frame = pl.DataFrame({"at": [*at, *at], "zone": ["Solar"] * 24 + ["Wind"] * 24, "price": [1.0] * 48})

    assert "stacked_area" not in kinds(answer(frame, price="€/MWh"))


def test_a_month_of_daily_energy_is_bars(answer, every):
    frame = pl.DataFrame({"at": every("1d", "2026-06-01T00:00", 30), "energy": [1.0] * 30})

    assert first(answer(frame, energy="kWh")).spec.kind == "bar"


def test_a_category_and_a_measure_are_ranked(answer):
    frame = pl.DataFrame({"site": ["A", "B", "C"], "energy": [1.0, 2.0, 3.0]})

    best = first(answer(frame, energy="kWh"))

    assert (best.spec.kind, best.spec.arrangement) == ("bar", "ranked")
    assert best.reason == "Energy by Site: ranked bars show who leads and by how much."


def test_an_earlier_figure_becomes_a_mark(answer):
    frame = pl.DataFrame({"site": ["A", "B"], "energy": [1.0, 2.0], "week_before": [2.0, 1.0]})

    best = first(answer(frame, energy="kWh", week_before="kWh"))

    assert best.spec.compare_with == "week_before"


def test_two_measures_without_anything_else_are_points(answer):
    frame = pl.DataFrame({"temperature": [1.0, 2.0, 3.0], "load": [3.0, 2.0, 1.0]})

    assert first(answer(frame, temperature="°C", load="MW")).spec.kind == "scatter"


def test_one_number_is_a_value_and_one_measure_a_histogram(answer):
    assert first(answer(pl.DataFrame({"total": [1.0]}))).spec.kind == "value"
    assert first(answer(pl.DataFrame({"load": [1.0, 2.0, 3.0]}))).spec.kind == "histogram"


def test_one_row_with_many_figures_is_a_table(answer):
    assert kinds(answer(pl.DataFrame({"a": [1.0], "b": [1.0], "c": [1.0]}))) == ["table"]


def test_one_row_with_two_figures_shows_both(answer):
    frame = pl.DataFrame({"import": [1.0], "temperature": [2.0]})

    assert kinds(answer(frame)) == ["table"]
    assert kinds(answer(frame, temperature="°C")) == ["table"]
    compared = first(answer(pl.DataFrame({"load": [1.0], "week_before": [2.0]})))
    assert (compared.spec.kind, compared.spec.compare_with) == ("value", "week_before")


def test_a_week_of_hours_offers_the_heat_map_and_the_duration_curve(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 168), "load": [float(n) for n in range(168)]})

    offered = kinds(answer(frame, load="MW"))

    assert offered[0] == "step"
    assert {"heat_map", "load_duration", "table"} <= set(offered)
    assert len(offered) == 6


def test_two_categories_offer_bars_heat_map_and_pivot(answer):
    frame = pl.DataFrame({"site": list("AABBCC"), "use": ["X", "Y"] * 3, "e": [1.0] * 6})

    assert kinds(answer(frame, e="kWh"))[:3] == ["bar", "heat_map", "pivot"]


def test_a_measure_of_another_unit_is_named_as_left_out(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 24), "load": [1.0] * 24, "price": [1.0] * 24})

    best = first(answer(frame, load="MW", price="€/MWh"))

    assert best.spec.y == ("load",)
    assert best.reason.endswith("Price has another unit and belongs in another chart.")


def test_words_alone_and_no_rows_at_all_are_a_table(answer, every):
    assert kinds(answer(pl.DataFrame({"name": ["A", "B"]}))) == ["table"]
    empty = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 2), "load": [1.0, 2.0]}).head(0)
    assert kinds(answer(empty)) == ["table"]


def test_a_numeric_key_is_not_taken_for_a_measure(answer):
    from msgspec.structs import replace

    from gridlens.shared.results import ColumnRole

    result = answer(pl.DataFrame({"meter_id": [7, 8, 9], "energy": [1.0, 2.0, 3.0]}), energy="kWh")
    key, measure = result.columns
    keyed = type(result)(
        **{name: getattr(result, name) for name in result.__slots__}
        | {"columns": (replace(key, role=ColumnRole.KEY), measure)}
    )

    best = first(keyed)

    assert (best.spec.x, best.spec.y) == ("meter_id", ("energy",))


def test_the_same_answer_has_the_same_suggestions(answer, every):
    frame = pl.DataFrame({"at": every("1h", "2026-06-15T00:00", 99), "load": [1.0] * 99, "solar": [1.0] * 99})
    result = answer(frame, load="MW", solar="MW")

    assert recommend(result) == recommend(result)


@pytest.fixture
def compared(answer, every):
    """``compared("1d", 7)``: consumption and what it was before, as a comparison in plain words answers."""

    def build(step: str, count: int, unit: str = "kWh"):
        frame = pl.DataFrame(
            {
                "day": every(step, "2026-06-14T22:00", count),
                "consumption": [10.0 + n for n in range(count)],
                "consumption_before": [20.0] * count,
            }
        )
        return answer(frame, consumption=unit, consumption_before=unit)

    return build


def test_what_was_is_a_mark_on_the_bar_of_what_is(compared, opened):
    rows = compared("1d", 7)
    best = first(rows)

    assert (best.spec.kind, best.spec.arrangement) == ("bar", "grouped")
    assert (best.spec.y, best.spec.compare_with) == (("consumption",), "consumption_before")
    drawn = draw("Consumption", best.spec, rows)
    bars, marks = (trace for trace in opened(drawn)["data"] if trace.get("name"))
    assert (bars["type"], marks["mode"]) == ("bar", "markers")
    assert bars["y"] == [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]
    assert marks["y"] == [20.0] * 7
    # The axis reaches the marks and no sum of both.
    assert 20.0 < opened(drawn)["layout"]["yaxis"]["range"][1] < 22.0
    assert "mark: Consumption before" in (drawn.subtitle or "")


def test_what_was_is_a_dashed_line_in_the_colour_of_what_is(compared, opened):
    rows = compared("1h", 24, "kW")
    best = first(rows)

    assert (best.spec.kind, best.spec.compare_with) == ("step", "consumption_before")
    now, before = (trace for trace in opened(draw("Load", best.spec, rows))["data"] if trace["name"])
    assert (now["name"], before["name"]) == ("Consumption", "Consumption before")
    assert (now["line"]["dash"], before["line"]["dash"]) == ("solid", "dash")
    assert before["line"]["color"] == now["line"]["color"]


@pytest.mark.parametrize("kind", [ChartKind.BAR, ChartKind.STACKED_AREA])
def test_what_was_is_never_stacked_on_what_is(kind, compared, opened):
    names = ("consumption", "consumption_before")
    spec = ChartSpec(kind=kind, x="day", y=names, arrangement="stacked")

    drawn = opened(draw("Consumption", spec, compared("1d", 7)))

    assert [trace["name"] for trace in drawn["data"] if trace.get("name")] == ["Consumption"]
    assert drawn["layout"]["yaxis"]["range"][1] < 20.0


@pytest.mark.parametrize("kind", [ChartKind.BAR, ChartKind.STACKED_AREA])
def test_loads_alone_are_stacked_on_one_another(kind, answer, every, opened):
    frame = pl.DataFrame(
        {"at": every("1d", "2026-06-14T22:00", 3), "load_north": [1.0] * 3, "load_south": [2.0] * 3}
    )
    spec = ChartSpec(kind=kind, arrangement="stacked")

    drawn = opened(draw("Load", spec, answer(frame, load_north="MWh", load_south="MWh")))

    assert drawn["layout"]["yaxis"]["range"][1] == pytest.approx(3.18)


TOP = """\
SELECT CAST(at AS DATE) AS day, SUM(load) AS load FROM readings
GROUP BY CAST(at AS DATE) ORDER BY SUM(load) DESC NULLS LAST LIMIT 3
"""


@pytest.mark.parametrize("days", [(26, 10, 11), (10, 11, 26), (1, 2, 3)])
def test_the_first_few_days_of_a_ranking_are_no_trend(days, answer):
    frame = pl.DataFrame({"day": [f"2020-11-{day:02}" for day in days], "load": [9.0, 8.0, 7.0]})
    rows = replace(answer(frame.with_columns(pl.col("day").str.to_date()), load="MW"), sql=TOP)

    best = first(rows)

    assert (best.spec.kind, best.spec.arrangement) == ("bar", "ranked")
    assert not {"line", "step", "area"} & set(kinds(rows))


def test_the_first_rows_in_the_order_of_time_are_a_course(answer, every):
    frame = pl.DataFrame({"at": every("1d", "2026-06-01T00:00", 9), "load": [1.0] * 9})

    rows = replace(answer(frame, load="MW"), sql="SELECT at, load FROM readings ORDER BY at LIMIT 9")

    assert first(rows).spec.kind == "step"


def test_days_that_are_far_apart_are_bars(answer):
    days = ["2020-11-10", "2020-11-11", "2020-11-26"]
    frame = pl.DataFrame({"day": days, "load": [9.0, 8.0, 7.0]}).with_columns(pl.col("day").str.to_date())

    assert first(answer(frame, load="MW")).spec.kind == "bar"


def test_months_of_a_ranking_have_their_names(answer, opened):
    frame = pl.DataFrame({"month": ["2020-12-01", "2020-07-01", "2020-11-01"], "load": [9.0, 8.0, 7.0]})
    rows = replace(
        answer(frame.with_columns(pl.col("month").str.to_date()), load="MWh"),
        sql="SELECT month, load FROM readings ORDER BY load DESC LIMIT 3",
    )

    drawn = opened(draw("Load", first(rows).spec, rows))

    assert drawn["layout"]["yaxis"]["ticktext"] == ["December 2020", "July 2020", "November 2020"]
