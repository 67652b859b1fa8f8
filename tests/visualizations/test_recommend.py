"""The chart that is offered first, and why."""

import polars as pl

from gridlens.visualizations.recommend import recommend


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
