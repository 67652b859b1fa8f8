"""An earlier period beside the one asked for: its change at a value, dashed lines, marks on ranked bars."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import polars as pl
import pytest

from gridlens.shared.results import Completeness
from gridlens.shared.time import Comparison, Scope, TimeRange
from gridlens.shared.visualizations import Headline
from gridlens.visualizations import connect
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.figures.earlier import Earlier
from gridlens.visualizations.schemas import DrawOptions, NewChart
from gridlens.visualizations.spec import ChartKind, ChartSpec

BERLIN = "Europe/Berlin"


def span(start: str, end: str) -> TimeRange:
    first, last = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (start, end))
    return TimeRange(start=first, end=last, zone=BERLIN)


# The day on which the clocks go forward in Berlin, and the day before.
NOW = span("2026-03-28T23:00", "2026-03-29T22:00")
THEN = span("2026-03-27T23:00", "2026-03-28T23:00")


def earlier(result) -> Earlier:
    return Earlier(result=result, span=THEN, now=NOW, label="previous day")


@pytest.fixture
def hours(answer, every):
    """``hours("2026-03-28T23:00", 23, 2.0)``: that many hours with the same load."""

    def build(start: str, count: int, load: float, unit: str = "MW"):
        at = every("1h", start, count)
        return answer(pl.DataFrame({"at": at, "load": [load] * count}), load=unit)

    return build


def test_a_value_is_compared_with_the_same_figure_before(hours):
    spec = ChartSpec(kind=ChartKind.VALUE, aggregate="max")
    then = hours("2026-03-27T23:00", 24, 1600.0, "kW")

    drawn = draw("Peak", spec, hours("2026-03-28T23:00", 23, 2.0), earlier=earlier(then))

    assert isinstance(drawn.content, Headline)
    assert (drawn.content.value, drawn.content.unit) == (2.0, "MW")
    assert drawn.content.compared_with == pytest.approx(1.6)
    assert drawn.content.comparison_label == "previous day"
    assert "+25\u2009% against previous day" in drawn.summary


def test_temperatures_differ_by_degrees_and_not_by_percent(hours):
    now, then = hours("2026-03-28T23:00", 23, -2.0, "°C"), hours("2026-03-27T23:00", 24, -4.0, "°C")

    drawn = draw("Coldest", ChartSpec(kind=ChartKind.VALUE), now, earlier=earlier(then))

    assert "+2.0\u2009°C against previous day" in drawn.summary


def test_earlier_lines_are_dashed_and_stand_at_the_same_time_of_the_clock(hours, opened):
    spec = ChartSpec(kind=ChartKind.LINE)
    then = hours("2026-03-27T23:00", 24, 3.0)

    drawn = draw("Load", spec, hours("2026-03-28T23:00", 23, 2.0), asked=NOW, earlier=earlier(then))

    now, before = [trace for trace in opened(drawn)["data"] if trace["name"]]
    assert (now["name"], before["name"]) == ("Load", "Load, previous day")
    assert before["line"]["dash"] == "dash"
    assert before["line"]["color"] == now["line"]["color"]
    # 02:00 does not exist on that Sunday, so the hour of the day before has no place.
    assert len([value for value in before["y"] if value is not None]) == 23
    assert [at for at, value in zip(before["x"], before["y"], strict=True) if value is not None] == now["x"]
    assert opened(drawn)["layout"]["yaxis"]["range"][1] > 3.0
    assert "dashed: previous day" in (drawn.subtitle or "")


def test_each_series_meets_its_own_past_and_a_new_one_has_none(answer, every, opened):
    spec = ChartSpec(kind=ChartKind.LINE, x="at", y=("load",), series="site")

    def rows(start: str, sites: list[str]):
        frames = [
            pl.DataFrame({"at": every("1h", start, 3), "site": [site] * 3, "load": [1.0, 2.0, 3.0]})
            for site in sites
        ]
        return answer(pl.concat(frames), load="MW")

    drawn = draw(
        "Load",
        spec,
        rows("2026-03-29T10:00", ["North", "New"]),
        earlier=earlier(rows("2026-03-28T10:00", ["North", "Closed"])),
    )

    names = {trace["name"] for trace in opened(drawn)["data"] if trace["name"]}
    assert names == {"North", "New", "North, previous day"}


def test_more_lines_than_can_be_told_apart_are_not_doubled(answer, every):
    at = every("1h", "2026-03-29T10:00", 3)
    frame = pl.concat(
        [pl.DataFrame({"at": at, "site": [f"Site {n}"] * 3, "load": [1.0, 2.0, 3.0]}) for n in range(5)]
    )

    drawn = draw(
        "Load", ChartSpec(kind=ChartKind.LINE), answer(frame, load="MW"), earlier=earlier(answer(frame))
    )

    assert "not compared: more than 4 lines" in (drawn.subtitle or "")


def test_ranked_bars_have_a_mark_where_they_stood_before(answer, opened):
    spec = ChartSpec(kind=ChartKind.BAR, arrangement="ranked")

    def rows(**energy: float):
        frame = pl.DataFrame({"site": list(energy), "energy": list(energy.values())})
        return answer(frame, energy="MWh")

    drawn = draw("Energy", spec, rows(North=10.0, South=5.0), earlier=earlier(rows(South=4.0, North=8.0)))

    marks = next(trace for trace in opened(drawn)["data"] if trace.get("name") == "previous day")
    assert marks["x"] == [8.0, 4.0]
    assert drawn.subtitle == "MWh · mark: previous day"


@pytest.mark.parametrize(
    ("now", "then", "notes"),
    [
        (20, 24, ()),
        (23, 20, ("What it is compared with, previous day, is only 83.3\u2009% complete.",)),
    ],
)
def test_completeness_is_that_of_what_is_drawn(hours, now, then, notes):
    after = Completeness(expected=23, present=now)
    result = replace(hours("2026-03-28T23:00", 23, 2.0), completeness=after)
    before = Completeness(expected=24, present=then)
    earlier_result = replace(hours("2026-03-27T23:00", 24, 1.0), completeness=before)

    drawn = draw("Peak", ChartSpec(kind=ChartKind.VALUE), result, earlier=earlier(earlier_result))

    assert (drawn.provenance.completeness, drawn.provenance.notes) == (after, notes)


SCOPE = Scope(time_range=NOW, compared=Comparison(time_range=THEN, label="previous day"))


@pytest.mark.anyio
async def test_a_chart_asks_its_question_for_both_periods(core, analytics, analyst):
    analytics.answer_on(core)
    charts = connect(core)["charts"]
    made = await charts.create(
        analyst,
        NewChart(name="Peak", question_id=analytics.question_id, spec=ChartSpec(kind=ChartKind.VALUE)),
    )

    drawn = await charts.draw(analyst, made.chart_id, DrawOptions(scope=SCOPE))

    assert [asked.scope.time_range for asked in analytics.asked] == [NOW, THEN]
    assert drawn.content.comparison_label == "previous day"


@pytest.mark.anyio
async def test_what_shows_one_period_says_that_it_is_not_compared(core, analytics, analyst):
    analytics.answer_on(core)
    charts = connect(core)["charts"]
    made = await charts.create(
        analyst,
        NewChart(name="Load", question_id=analytics.question_id, spec=ChartSpec(kind=ChartKind.HEAT_MAP)),
    )

    drawn = await charts.draw(analyst, made.chart_id, DrawOptions(scope=SCOPE))

    assert len(analytics.asked) == 1
    assert drawn.provenance.notes == ("Not compared: heat map charts show one period.",)


@pytest.mark.anyio
async def test_rows_that_do_not_follow_the_range_are_not_compared_with_themselves(core, analytics, analyst):
    analytics.result = replace(analytics.result, notes=("The time range is not applied: …",))
    analytics.answer_on(core)
    charts = connect(core)["charts"]
    made = await charts.create(
        analyst,
        NewChart(name="Peak", question_id=analytics.question_id, spec=ChartSpec(kind=ChartKind.VALUE)),
    )

    drawn = await charts.draw(analyst, made.chart_id, DrawOptions(scope=SCOPE))

    assert drawn.content.compared_with is None
    assert drawn.provenance.notes[-1] == "Not compared with previous day: the time range is not applied."


def two_measures(answer, every):
    """Asked for in one question together with what they were the week before."""
    at = every("1h", "2026-06-15T00:00", 3)
    frame = pl.DataFrame(
        {
            "at": at,
            "solar": [1.0, 2.0, 3.0],
            "solar_before": [0.5, 1.5, 2.5],
            "load": [4.0, 5.0, 6.0],
            "load_before": [3.5, 4.5, 5.5],
        }
    )
    return answer(frame, solar="MW", solar_before="MW", load="MW", load_before="MW")


def test_several_measures_each_have_their_earlier_course_dashed_in_their_own_colour(answer, every, opened):
    spec = ChartSpec(kind=ChartKind.LINE, y=("solar", "solar_before", "load", "load_before"))

    drawn = draw("Two", spec, two_measures(answer, every))

    lines = {trace["name"]: trace for trace in opened(drawn)["data"] if trace["name"]}
    for now, then in (("Solar", "Solar before"), ("Load", "Load before")):
        assert lines[then]["line"]["dash"] == "dash"
        assert lines[now]["line"]["dash"] == "solid"
        assert lines[then]["line"]["color"] == lines[now]["line"]["color"]
        assert lines[then]["opacity"] < 1
    assert lines["Solar before"]["y"] == [0.5, 1.5, 2.5]
    assert lines["Solar"]["line"]["color"] != lines["Load"]["line"]["color"]
    assert "dashed: what was before" in drawn.subtitle


def test_earlier_bars_stand_paler_before_those_of_now(answer, every, opened):
    spec = ChartSpec(kind=ChartKind.BAR, y=("solar", "solar_before", "load", "load_before"))

    bars = [
        trace
        for trace in opened(draw("Two", spec, two_measures(answer, every)))["data"]
        if trace["type"] == "bar"
    ]

    assert [bar["name"] for bar in bars] == ["Solar before", "Solar", "Load before", "Load"]
    for then, now in (bars[:2], bars[2:]):
        assert then["marker"]["color"] != now["marker"]["color"]
        assert then["marker"]["line"]["color"] == now["marker"]["line"].get("color", now["marker"]["color"])


def test_a_value_says_what_it_is_compared_with_and_not_its_own_name_again(answer):
    frame = pl.DataFrame({"consumption": [5.0], "consumption_before": [4.0]})
    result = answer(frame, consumption="kWh", consumption_before="kWh")
    then = "consumption, the week before, 12 – 18 Jan 2026"
    labels = {"consumption": "consumption", "consumption_before": then}
    result = replace(
        result,
        columns=tuple(msgspec.structs.replace(each, label=labels[each.name]) for each in result.columns),
    )

    drawn = draw("C", ChartSpec(kind=ChartKind.VALUE, compare_with="consumption_before"), result)

    assert drawn.content.comparison_label == "the week before, 12 – 18 Jan 2026"
