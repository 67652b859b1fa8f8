"""Relative spans become the right local days, and local days the right instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.analytics.ask.plans import days

from gridlens.analytics.ask import PlanRefused
from gridlens.analytics.ask.calendar import compared_days, day_start, days_of, offsets
from gridlens.analytics.ask.plan import Comparison, Days, Earlier, Last, Span, This, ToDate, Versus

WEDNESDAY = date(2026, 6, 17)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Last(unit="day"), days("2026-06-16", "2026-06-17")),
        (Last(unit="day", count=7), days("2026-06-10", "2026-06-17")),
        (Last(unit="week"), days("2026-06-08", "2026-06-15")),
        (Last(unit="month", count=3), days("2026-03-01", "2026-06-01")),
        (Last(unit="quarter"), days("2026-01-01", "2026-04-01")),
        (Last(unit="year"), days("2025-01-01", "2026-01-01")),
        (This(unit="day"), days("2026-06-17", "2026-06-18")),
        (This(unit="week"), days("2026-06-15", "2026-06-22")),
        (This(unit="quarter"), days("2026-04-01", "2026-07-01")),
        (ToDate(unit="year"), days("2026-01-01", "2026-06-18")),
        (ToDate(unit="month"), days("2026-06-01", "2026-06-18")),
    ],
)
def test_spans_are_whole_calendar_days(span: Span, expected: Days) -> None:
    assert days_of(span, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("span", "comparison", "then"),
    [
        (Last(unit="week"), Earlier(), days("2026-06-01", "2026-06-08")),
        (Last(unit="month"), Earlier(), days("2026-04-01", "2026-05-01")),
        (Last(unit="day", count=7), Earlier(), days("2026-06-03", "2026-06-10")),
        (Last(unit="day", count=7), Earlier(by="week"), days("2026-06-03", "2026-06-10")),
        (ToDate(unit="year"), Earlier(by="year"), days("2025-01-01", "2025-06-18")),
        # 52 weeks earlier, so that Monday meets Monday.
        (Last(unit="week"), Earlier(by="year"), days("2025-06-09", "2025-06-16")),
        (days("2026-05-01", "2026-06-01"), Earlier(), days("2026-04-01", "2026-05-01")),
        (days("2026-05-04", "2026-05-10"), Earlier(), days("2026-04-28", "2026-05-04")),
        (days("2024-02-01", "2024-03-01"), Earlier(by="year"), days("2023-02-01", "2023-03-01")),
        (days("2024-02-29", "2024-03-01"), Earlier(by="year"), days("2023-02-28", "2023-03-01")),
        (
            Last(unit="month"),
            Versus(start=date(2024, 5, 1), end=date(2024, 6, 1)),
            days("2024-05-01", "2024-06-01"),
        ),
    ],
)
def test_earlier_periods_have_the_same_place_in_the_calendar(
    span: Span, comparison: Comparison, then: Days
) -> None:
    assert compared_days(span, comparison, WEDNESDAY).then == then


def test_an_open_period_is_compared_up_to_today() -> None:
    compared = compared_days(days("2026-06-01", None), Earlier(by="month"), WEDNESDAY)

    assert compared.now == days("2026-06-01", "2026-06-18")
    assert compared.then == days("2026-05-01", "2026-05-18")


@pytest.mark.parametrize(
    ("span", "comparison", "then"),
    [
        (This(unit="year"), Earlier(by="year"), days("2025-01-01", "2025-06-18")),
        (This(unit="month"), Earlier(), days("2026-05-01", "2026-05-18")),
        (days("2026-01-01", "2027-01-01"), Earlier(by="year"), days("2025-01-01", "2025-06-18")),
        (
            This(unit="month"),
            Versus(start=date(2024, 2, 1), end=date(2024, 3, 1)),
            days("2024-02-01", "2024-02-18"),
        ),
    ],
)
def test_a_period_that_still_runs_is_compared_as_far_as_it_has_come(
    span: Span, comparison: Comparison, then: Days
) -> None:
    compared = compared_days(span, comparison, WEDNESDAY)

    assert compared.now.end == date(2026, 6, 18)
    assert compared.then == then


def test_a_period_without_a_beginning_has_no_earlier_one() -> None:
    with pytest.raises(PlanRefused, match="beginning"):
        compared_days(days(None, "2026-06-01"), Earlier(), WEDNESDAY)


def test_a_span_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(PlanRefused, match="calendar"):
        days_of(Last(unit="year", count=3660), WEDNESDAY)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 6, 1), 24),
        ("America/New_York", date(2026, 3, 8), 23),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Asia/Beirut", date(2026, 3, 29), 23),
    ],
)
def test_local_days_have_their_true_length(zone: str, day: date, hours: float) -> None:
    length = day_start(day + timedelta(days=1), ZoneInfo(zone)) - day_start(day, ZoneInfo(zone))

    assert length == timedelta(hours=hours)


def test_offsets_of_a_year_change_at_the_right_second() -> None:
    first, changes = offsets(
        ZoneInfo("Europe/Berlin"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    )

    assert first == timedelta(hours=1)
    assert changes == (
        (datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=2)),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), timedelta(hours=1)),
    )
