"""Weekdays and months by name, and periods that are only partly covered."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import polars as pl
import pytest

from gridlens.shared.results import Column, Completeness, Kind
from gridlens.shared.time import TimeRange
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.spec import ChartKind, ChartSpec


def by_calendar(result, column: str, calendar):
    def named(each: Column) -> Column:
        return (
            msgspec.structs.replace(each, calendar=calendar, role="dimension")
            if each.name == column
            else each
        )

    return replace(result, columns=tuple(named(each) for each in result.columns))


def covering(result, since: datetime | None, until: datetime | None):
    return replace(result, completeness=Completeness(expected=10, present=10, since=since, until=until))


def test_weekdays_stand_by_name_from_monday_on(answer, opened):
    frame = pl.DataFrame({"weekday": [7, 2, 1], "load": [7.0, 2.0, 1.0]})
    result = by_calendar(answer(frame, load="MW"), "weekday", "weekday")

    for kind in (ChartKind.BAR, ChartKind.LINE):
        figure = opened(draw("Load", ChartSpec(kind=kind, x="weekday", y=("load",)), result))

        assert figure["layout"]["xaxis"]["ticktext"] == ["Mon", "Tue", "Sun"]
        assert [trace["y"] for trace in figure["data"] if trace["name"] == "Load"] == [[1.0, 2.0, 7.0]]


def test_weekdays_by_hour_make_a_map_from_monday_down(answer, opened):
    frame = pl.DataFrame({"hour": [0, 0, 1, 1], "weekday": [2, 1, 1, 2], "load": [20.0, 10.0, 11.0, 21.0]})
    result = by_calendar(answer(frame, load="MW"), "weekday", "weekday")
    spec = ChartSpec(kind=ChartKind.HEAT_MAP, x="hour", y=("load",), series="weekday")

    heat = opened(draw("Load", spec, result))["data"][0]

    assert (heat["x"], heat["y"]) == (["0", "1"], ["Mon", "Tue"])
    assert heat["z"] == [[10.0, 11.0], [20.0, 21.0]]


def test_a_ranking_of_months_names_them_in_its_own_order(answer, opened):
    frame = pl.DataFrame({"month": [12, 1], "load": [5.0, 3.0]})
    result = by_calendar(answer(frame, load="MW"), "month", "month")

    figure = opened(
        draw("Load", ChartSpec(kind=ChartKind.BAR, x="month", y=("load",), arrangement="ranked"), result)
    )

    assert figure["layout"]["yaxis"]["ticktext"] == ["Dec", "Jan"]


def test_a_table_keeps_the_numbers_that_put_its_rows_in_order(answer):
    frame = pl.DataFrame({"weekday": [7, 1], "load": [7.0, 1.0]})
    result = by_calendar(answer(frame, load="MW"), "weekday", "weekday")

    grid = draw("Load", ChartSpec(kind=ChartKind.TABLE), result).content

    assert grid.rows == ((7, 7.0), (1, 1.0))
    assert (grid.columns[0].kind, grid.columns[0].calendar) == (Kind.INTEGER, "weekday")


MONTHS = pl.DataFrame({"month": [date(2026, n, 1) for n in (1, 2, 3)], "energy": [1.0, 2.0, 1.5]})


@pytest.mark.parametrize("kind", [ChartKind.BAR, ChartKind.STEP, ChartKind.LINE])
def test_months_of_which_only_a_part_was_read_are_marked(answer, opened, kind):
    # From the tenth of January, and until the end of the twentieth of March, in Berlin.
    result = covering(
        answer(MONTHS, energy="MWh"),
        datetime(2026, 1, 9, 23, tzinfo=UTC),
        datetime(2026, 3, 20, 23, tzinfo=UTC),
    )

    drawn = draw("Energy", ChartSpec(kind=kind, x="month", y=("energy",)), result)

    assert "only a part of January 2026 and March 2026" in drawn.subtitle
    assert "Only a part of March 2026 is covered." in drawn.summary
    figure = opened(drawn)
    days = [
        (
            datetime.fromtimestamp(shape["x0"] / 1000, UTC).date(),
            datetime.fromtimestamp(shape["x1"] / 1000, UTC).date(),
        )
        for shape in figure["layout"]["shapes"]
    ]
    assert days == [(date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 3, 1), date(2026, 4, 1))]
    words = next(trace["text"] for trace in figure["data"] if trace.get("text"))
    assert words[0] == "January 2026, partly covered"
    assert words[-1] == "March 2026, partly covered"
    assert "February 2026" in words


def test_months_that_were_read_whole_are_not_marked(answer):
    result = covering(
        answer(MONTHS, energy="MWh"),
        datetime(2025, 12, 31, 23, tzinfo=UTC),
        # Summer time has begun in Berlin.
        datetime(2026, 3, 31, 22, tzinfo=UTC),
    )

    drawn = draw("Energy", ChartSpec(kind=ChartKind.BAR, x="month", y=("energy",)), result)

    assert "part of" not in f"{drawn.subtitle} {drawn.summary}"


def test_days_that_a_range_cuts_are_marked_where_nothing_is_known_of_the_readings(answer, every, opened):
    frame = pl.DataFrame({"day": every("1d", "2026-06-09T22:00", 3), "energy": [1.0, 2.0, 1.5]})
    asked = TimeRange(
        start=datetime(2026, 6, 9, 22, tzinfo=UTC),
        end=datetime(2026, 6, 12, 10, tzinfo=UTC),
        zone="Europe/Berlin",
    )

    drawn = draw("Energy", ChartSpec(kind=ChartKind.BAR), answer(frame, energy="kWh"), asked=asked)

    assert "only a part of Fri 12 Jun 2026" in drawn.subtitle
