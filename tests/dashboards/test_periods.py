"""Time ranges against instants worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.dashboards.periods import (
    Between,
    Days,
    InvalidTimeRange,
    Relative,
    check,
    midnight,
    resolve,
)

BERLIN = "Europe/Berlin"
NOON_18_JUNE = datetime(2026, 6, 18, 12, 32, tzinfo=UTC)


def hours(choice: Relative | Days, zone: str, anchor: datetime = NOON_18_JUNE) -> float:
    found = resolve(choice, zone, anchor=anchor)
    return (found.end - found.start) / timedelta(hours=1)


def test_last_seven_days_end_with_the_running_day() -> None:
    found = resolve(Relative(span="last", unit="day", count=7), BERLIN, anchor=NOON_18_JUNE)

    assert found.start == datetime(2026, 6, 11, 22, tzinfo=UTC)  # 12 June 00:00 in Berlin
    assert found.end == datetime(2026, 6, 18, 22, tzinfo=UTC)
    assert found.zone == BERLIN


def test_previous_month_is_the_whole_calendar_month_before() -> None:
    found = resolve(Relative(span="previous", unit="month"), BERLIN, anchor=NOON_18_JUNE)

    assert found.start == datetime(2026, 4, 30, 22, tzinfo=UTC)
    assert found.end == datetime(2026, 5, 31, 22, tzinfo=UTC)


def test_previous_week_runs_from_monday_to_sunday() -> None:
    found = resolve(Relative(span="previous", unit="week"), "UTC", anchor=NOON_18_JUNE)

    assert found.start == datetime(2026, 6, 8, tzinfo=UTC)
    assert found.end == datetime(2026, 6, 15, tzinfo=UTC)


def test_previous_quarter_crosses_the_year() -> None:
    found = resolve(Relative(span="previous", unit="quarter"), "UTC", anchor=datetime(2026, 2, 3, tzinfo=UTC))

    assert found.start == datetime(2025, 10, 1, tzinfo=UTC)
    assert found.end == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_day_counts_in_the_zone_not_in_utc() -> None:
    just_after_midnight_in_berlin = datetime(2026, 6, 17, 22, 5, tzinfo=UTC)

    found = resolve(Relative(span="this", unit="day"), BERLIN, anchor=just_after_midnight_in_berlin)

    assert found.start == datetime(2026, 6, 17, 22, tzinfo=UTC)


def test_the_day_of_the_spring_change_has_23_hours_and_of_the_autumn_change_25() -> None:
    assert hours(Days(first_on=date(2026, 3, 29), last_on=date(2026, 3, 29)), BERLIN) == 23
    assert hours(Days(first_on=date(2026, 10, 25), last_on=date(2026, 10, 25)), BERLIN) == 25


def test_a_day_whose_midnight_is_skipped_starts_when_the_clocks_have_moved() -> None:
    # In São Paulo the clocks went from 00:00 to 01:00 (UTC−2) on 4 November 2018.
    assert midnight(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo")) == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_a_day_whose_midnight_comes_twice_starts_with_the_first() -> None:
    # In Havana the clocks went from 01:00 (UTC−4) back to 00:00 on 1 November 2026.
    assert midnight(date(2026, 11, 1), ZoneInfo("America/Havana")) == datetime(2026, 11, 1, 4, tzinfo=UTC)


def test_last_hours_end_with_the_running_local_hour() -> None:
    # Kathmandu is 5:45 ahead: 12:32 UTC is 18:17 there, so its hour ends at 13:15 UTC.
    found = resolve(Relative(span="last", unit="hour", count=3), "Asia/Kathmandu", anchor=NOON_18_JUNE)

    assert found.end == datetime(2026, 6, 18, 13, 15, tzinfo=UTC)
    assert found.start == datetime(2026, 6, 18, 10, 15, tzinfo=UTC)


def test_last_hours_count_elapsed_hours_across_the_autumn_change() -> None:
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    found = resolve(Relative(span="last", unit="hour", count=2), BERLIN, anchor=second_half_past_two)

    assert (found.start, found.end) == (
        datetime(2026, 10, 25, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 2, tzinfo=UTC),
    )


def test_last_month_of_a_day_that_the_month_before_lacks() -> None:
    found = resolve(Relative(span="last", unit="month"), "UTC", anchor=datetime(2026, 3, 30, 9, tzinfo=UTC))

    assert found.start == datetime(2026, 2, 28, tzinfo=UTC)
    assert found.end == datetime(2026, 3, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "choice",
    [
        Between(start=NOON_18_JUNE, end=NOON_18_JUNE),
        Days(first_on=date(2026, 6, 2), last_on=date(2026, 6, 1)),
        Days(first_on=date(2026, 6, 2), last_on=date(9999, 12, 31)),
        Between(start=datetime(1, 1, 1, tzinfo=UTC), end=NOON_18_JUNE),
        Relative(span="this", unit="day", count=2),
    ],
)
def test_ranges_that_mean_nothing_are_refused(choice: Between | Days | Relative) -> None:
    with pytest.raises(InvalidTimeRange):
        check(choice)


@given(
    anchor=st.datetimes(
        datetime(1950, 1, 1),  # noqa: DTZ001 # Hypothesis takes naive bounds and adds the zone
        datetime(2150, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    unit=st.sampled_from(["hour", "day", "week", "month", "quarter", "year"]),
    count=st.integers(1, 40),
    zone=st.sampled_from(["UTC", BERLIN, "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_previous_units_end_where_the_running_one_starts(
    anchor: datetime, unit: str, count: int, zone: str
) -> None:
    this = resolve(Relative(span="this", unit=unit), zone, anchor=anchor)  # type: ignore[arg-type]
    previous = resolve(
        Relative(span="previous", unit=unit, count=count),
        zone,
        anchor=anchor,  # type: ignore[arg-type]
    )

    assert this.start <= anchor < this.end
    assert previous.end == this.start
    assert previous.start < previous.end
