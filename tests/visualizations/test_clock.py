from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from gridlens.visualizations.figures.clock import (
    cadence_of,
    interval_ends,
    interval_words,
    reading_zone,
)
from gridlens.visualizations.figures.ticks import ticks, weekends

BERLIN = ZoneInfo("Europe/Berlin")


def milliseconds(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


def words(at: pl.Series, zone: str) -> list[str]:
    return interval_words(at, cadence_of(at), zone)


@pytest.mark.parametrize(
    ("step", "adjective"),
    [
        ("15m", "15-minute"),
        ("1h", "hourly"),
        ("3h", "3-hour"),
        ("10s", "10-second"),
        ("1d", "daily"),
        ("1w", "weekly"),
        ("1mo", "monthly"),
        ("3mo", "quarterly"),
        ("1y", "yearly"),
    ],
)
def test_the_step_of_a_regular_series_is_found(every, step, adjective):
    assert cadence_of(every(step, "2025-01-01T00:00", 30)).adjective == adjective


def test_local_days_stay_daily_across_both_clock_changes():
    days = pl.datetime_range(
        datetime(2025, 3, 20, tzinfo=BERLIN), datetime(2025, 11, 20, tzinfo=BERLIN), "1d", eager=True
    ).dt.convert_time_zone("UTC")

    assert cadence_of(days).every == "1d"


def test_a_fifth_of_missing_intervals_keeps_a_series_regular(every):
    hours = every("1h", "2025-01-01T00:00", 100)
    with_gaps = hours.gather([place for place in range(100) if place % 5 != 3])

    assert cadence_of(with_gaps).adjective == "hourly"


def test_every_second_interval_missing_now_and_then_does_not_hide_the_step(every):
    hours = every("15m", "2025-01-01T00:00", 100)
    mostly_double = hours.gather([place for place in range(100) if place % 5 not in {1, 3}])

    assert cadence_of(mostly_double).adjective == "15-minute"


def test_airport_observations_at_odd_minutes_are_irregular():
    minutes = [0, 20, 50, 78, 110, 131, 170, 200, 233, 260]
    at = pl.Series([datetime(2025, 1, 1, m // 60, m % 60, tzinfo=UTC) for m in minutes])

    assert cadence_of(at).every is None


def test_one_instant_has_no_step():
    assert cadence_of(pl.Series([datetime(2025, 1, 1, tzinfo=UTC)])).every is None


def test_the_day_of_the_autumn_change_has_25_hours_with_2a_and_2b(every):
    # 26 October 2025 in Berlin begins at 22:00 UTC of the 25th and ends 25 hours later.
    told = words(every("1h", "2025-10-25T22:00", 25), "Europe/Berlin")

    assert len(set(told)) == 25
    assert told[1:5] == [
        "Sun 26 Oct 2025, 01:00 – 2A:00",
        "Sun 26 Oct 2025, 2A:00 – 2B:00",
        "Sun 26 Oct 2025, 2B:00 – 03:00",
        "Sun 26 Oct 2025, 03:00 – 04:00",
    ]
    assert told[-1] == "Sun 26 Oct 2025, 23:00 – 00:00"


def test_the_day_of_the_spring_change_has_23_hours(every):
    told = words(every("1h", "2025-03-29T23:00", 23), "Europe/Berlin")

    assert told[1:3] == ["Sun 30 Mar 2025, 01:00 – 03:00", "Sun 30 Mar 2025, 03:00 – 04:00"]
    assert told[-1] == "Sun 30 Mar 2025, 23:00 – 00:00"


def test_the_half_hour_change_of_lord_howe_is_told_apart_too(every):
    # At 02:00 on 6 April 2025 (15:00 UTC of the 5th) the clocks there go back by half an hour.
    told = words(every("30m", "2025-04-05T14:00", 4), "Australia/Lord_Howe")

    assert [text.split(", ")[1] for text in told] == [
        "01:00 – 1A:30",
        "1A:30 – 1B:30",
        "1B:30 – 02:00",
        "02:00 – 02:30",
    ]


def test_days_cut_in_utc_are_read_in_utc():
    months = pl.Series([datetime(2025, m, 1, tzinfo=UTC) for m in range(1, 7)])
    cadence = cadence_of(months)

    zone = reading_zone(months, cadence, "America/New_York")

    assert zone == "UTC"
    assert interval_words(months, cadence, zone)[:2] == ["January 2025", "February 2025"]


def test_days_cut_in_the_zone_are_read_there():
    days = pl.Series([datetime(2025, 6, d, 22, tzinfo=UTC) for d in range(1, 9)])

    assert reading_zone(days, cadence_of(days), "Europe/Berlin") == "Europe/Berlin"


def test_a_month_ends_when_the_next_begins():
    months = pl.Series([datetime(2025, m, 1, tzinfo=UTC) for m in (1, 2, 3, 4)])

    ends = interval_ends(months, cadence_of(months), "UTC")

    assert ends.dt.date().to_list() == [
        date(2025, 2, 1),
        date(2025, 3, 1),
        date(2025, 4, 1),
        date(2025, 5, 1),
    ]


def test_weeks_and_quarters_have_their_names(every):
    assert words(every("1w", "2026-06-08T00:00", 5), "UTC")[0] == "Week 24, from Mon 8 Jun 2026"
    assert words(every("3mo", "2026-04-01T00:00", 5), "UTC")[0] == "Q2 2026"


def test_a_day_is_marked_every_three_hours_up_to_24(every):
    marks = ticks(
        milliseconds(2025, 6, 14, 22),
        milliseconds(2025, 6, 15, 22),
        "Europe/Berlin",
        cadence_of(every("1h", "2025-06-14T22:00", 24)),
    )

    assert marks.text == ("00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "24:00")


def test_the_repeated_hour_is_marked_twice(every):
    at = every("15m", "2025-10-26T00:00", 12)

    marks = ticks(
        milliseconds(2025, 10, 26, 0), milliseconds(2025, 10, 26, 3), "Europe/Berlin", cadence_of(at)
    )

    assert marks.text == ("2A", "2A:30", "2B", "2B:30", "03:00", "03:30", "04:00")
    assert list(marks.at) == sorted(marks.at)
    assert marks.at[2] - marks.at[0] == 3_600_000


def test_a_week_names_its_days_in_their_middle_between_marks_at_midnight(every):
    start, end = milliseconds(2026, 6, 11, 22), milliseconds(2026, 6, 18, 22)

    marks = ticks(start, end, "Europe/Berlin", cadence_of(every("15m", "2026-06-11T22:00", 672)))

    assert marks.text == ("Fri 12", "Sat 13", "Sun 14", "Mon 15", "Tue 16", "Wed 17", "Thu 18")
    assert marks.at[0] == start + 12 * 3_600_000
    assert marks.marks[0] == start
    assert len(marks.marks) == 8


@pytest.mark.parametrize(
    ("days", "some"), [(30, "15 Jun"), (200, "Jul"), (800, "Jan 2027"), (4_000, "2028"), (40_000, "2040")]
)
def test_long_spans_are_marked_by_weeks_months_or_years(every, days, some):
    start = milliseconds(2026, 6, 12)

    marks = ticks(
        start, start + days * 86_400_000, "Europe/Berlin", cadence_of(every("1h", "2026-06-12T00:00", 9))
    )

    assert some in marks.text
    assert len(marks.text) <= 10


def test_a_midnight_that_the_clocks_skip_begins_with_the_jump(every):
    # In Beirut clocks go from 00:00 to 01:00 on 30 March 2025, which is 22:00 UTC.
    marks = ticks(
        milliseconds(2025, 3, 26, 22),
        milliseconds(2025, 4, 1, 21),
        "Asia/Beirut",
        cadence_of(every("1h", "2025-03-26T22:00", 48)),
    )

    assert milliseconds(2025, 3, 29, 22) in marks.marks
    assert "Sun 30" in marks.text


def test_weekends_are_local_and_as_long_as_they_are():
    # Friday 24 October to Monday 3 November 2025, with the autumn change on Sunday the 26th.
    spans = weekends(milliseconds(2025, 10, 23, 22), milliseconds(2025, 11, 2, 23), "Europe/Berlin")

    assert [end - start for start, end in spans] == [49 * 3_600_000, 48 * 3_600_000]
    assert spans[0][0] == milliseconds(2025, 10, 24, 22)


def test_a_single_day_and_a_year_have_no_shaded_weekends():
    assert weekends(milliseconds(2025, 10, 25), milliseconds(2025, 10, 26), "UTC") == []
    assert weekends(milliseconds(2025, 1, 1), milliseconds(2026, 1, 1), "UTC") == []


def test_one_stray_reading_does_not_make_a_series_irregular(every):
    hours = every("1h", "2025-01-01T00:00", 100)
    stray = hours.append(pl.Series([hours[50] + timedelta(minutes=1)], dtype=hours.dtype)).sort()

    assert cadence_of(stray).adjective == "hourly"


def test_rare_events_at_full_hours_are_no_hourly_series_with_gaps(every):
    hours = every("1h", "2025-01-01T00:00", 1_000)

    assert cadence_of(hours.gather([3, 4, 90, 91, 300, 777, 778])).every is None


@pytest.mark.parametrize(
    ("step", "count", "words"),
    [
        ("1mo", 4, ("Oct", "Nov", "Dec", "Jan 2026")),
        ("1w", 3, ("29 Sep", "6 Oct", "13 Oct")),
        ("1y", 3, ("2025", "2026", "2027")),
    ],
)
def test_no_mark_is_finer_than_the_values(every, step, count, words):
    start = {"1mo": "2025-10-01T00:00", "1w": "2025-09-29T00:00", "1y": "2025-01-01T00:00"}[step]
    at = every(step, start, count)
    cadence = cadence_of(at)
    start_ms, end_ms = (
        int(moment.timestamp() * 1000) for moment in (at[0], interval_ends(at, cadence, "UTC")[-1])
    )

    marks = ticks(start_ms, end_ms, "UTC", cadence)

    assert marks.text == words
