# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridlens.data_sources.uploads.zones import Localiser, turns_of_year

EPOCH = datetime(1970, 1, 1)


def micros(*texts: str) -> pl.Series:
    return pl.Series([int((datetime.fromisoformat(text) - EPOCH).total_seconds() * 1e6) for text in texts])


def in_utc(localiser: Localiser, *texts: str) -> list[str]:
    return [
        datetime.fromtimestamp(at / 1e6, UTC).strftime("%H:%M") for at in localiser.to_utc(micros(*texts))
    ]


def test_the_repeated_hour_of_an_hourly_series_is_told_apart_by_its_second_coming() -> None:
    berlin = Localiser("Europe/Berlin")

    assert in_utc(berlin, "2024-10-27 01:00", "2024-10-27 02:00", "2024-10-27 02:00", "2024-10-27 03:00") == [
        "23:00",
        "00:00",
        "01:00",
        "02:00",
    ]
    assert berlin.repeated == 2


def test_the_repeated_hour_of_a_quarter_hourly_series_is_told_apart_by_the_step_back() -> None:
    hours = [f"2024-10-27 02:{minute:02}" for minute in (0, 15, 30, 45)]

    assert in_utc(Localiser("Europe/Berlin"), "2024-10-27 01:45", *hours, *hours, "2024-10-27 03:00") == [
        "23:45", "00:00", "00:15", "00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:00",
    ]  # fmt: skip


def test_several_meters_pass_the_repeated_hour_side_by_side() -> None:
    times = [f"2024-10-27 {hour}:00" for hour in ("01", "02", "02", "03")]

    assert in_utc(Localiser("Europe/Berlin"), *(time for time in times for _ in range(3))) == [
        *["23:00"] * 3, *["00:00"] * 3, *["01:00"] * 3, *["02:00"] * 3,
    ]  # fmt: skip


def test_a_file_with_the_newest_first_passes_the_repeated_hour_backwards() -> None:
    assert in_utc(
        Localiser("Europe/Berlin"),
        "2024-10-27 03:00",
        "2024-10-27 02:00",
        "2024-10-27 02:00",
        "2024-10-27 01:00",
    ) == ["02:00", "01:00", "00:00", "23:00"]


@pytest.mark.parametrize("cut", range(1, 10))
def test_it_does_not_matter_where_batches_end_within_the_repeated_hour(cut: int) -> None:
    hours = [f"2024-10-27 02:{minute:02}" for minute in (0, 15, 30, 45)]
    series = ["2024-10-27 01:45", *hours, *hours, "2024-10-27 03:00"]
    whole, parts = Localiser("Europe/Berlin"), Localiser("Europe/Berlin")

    assert in_utc(parts, *series[:cut]) + in_utc(parts, *series[cut:]) == in_utc(whole, *series)
    assert parts.repeated == whole.repeated == 8


def test_a_skipped_time_is_read_an_hour_later_and_counted() -> None:
    berlin = Localiser("Europe/Berlin")

    assert in_utc(berlin, "2024-03-31 01:30", "2024-03-31 02:30", "2024-03-31 03:00") == [
        "00:30", "01:30", "01:00",
    ]  # fmt: skip
    assert berlin.skipped == 1


def test_a_day_has_23_hours_in_spring_and_25_in_autumn() -> None:
    berlin = Localiser("Europe/Berlin")
    days = berlin.to_utc(
        micros("2024-03-31 00:00", "2024-04-01 00:00", "2024-10-27 00:00", "2024-10-28 00:00")
    )

    assert [(days[1] - days[0]) / 3.6e9, (days[3] - days[2]) / 3.6e9] == [23, 25]


def test_empty_cells_stay_empty() -> None:
    assert Localiser("Europe/Berlin").to_utc(pl.Series([None, None], dtype=pl.Int64)).to_list() == [
        None,
        None,
    ]
    mixed = pl.concat([micros("2024-07-01 12:00"), pl.Series([None], dtype=pl.Int64)])
    assert Localiser("Europe/Berlin").to_utc(mixed)[1] is None


def test_ramadan_changes_the_clock_twice_more_in_morocco() -> None:
    assert len(turns_of_year("Africa/Casablanca", 2024)) == 2
    assert len(turns_of_year("Europe/Berlin", 2024)) == 2
    assert turns_of_year("Asia/Kolkata", 2024) == ()


zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "UTC"]
)


@settings(max_examples=40, deadline=None)
@given(zones, st.lists(st.datetimes(datetime(1950, 1, 1), datetime(2095, 1, 1)), min_size=1, max_size=30))
def test_times_that_are_clear_are_read_as_python_reads_them(zone: str, local: list[datetime]) -> None:
    place = ZoneInfo(zone)
    minutes = [at.replace(second=0, microsecond=0) for at in local]
    clear = [
        at
        for at in minutes
        if at.replace(tzinfo=place, fold=0).utcoffset() == at.replace(tzinfo=place, fold=1).utcoffset()
    ]
    series = pl.Series([(at - EPOCH) // timedelta(microseconds=1) for at in clear], dtype=pl.Int64)

    assert Localiser(zone).to_utc(series).to_list() == [
        (at.replace(tzinfo=place) - EPOCH.replace(tzinfo=UTC)) // timedelta(microseconds=1) for at in clear
    ]
