"""Time expressions in English and German become spans, hours, grains and comparisons."""

from datetime import date, time

import pytest
from tests.analytics.ask.plans import days

from gridlens.analytics.ask.plan import Days, Earlier, Last, Span, This, TimeOfDay, ToDate, Versus
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.times import Times, read_times

WEDNESDAY = date(2026, 6, 17)


def times(text: str) -> Times:
    return read_times(Question.of(text), WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("load today", This(unit="day")),
        ("Last gestern", Last(unit="day")),
        ("load the day before yesterday", days("2026-06-15", "2026-06-16")),
        ("in the last 7 days", Last(unit="day", count=7)),
        ("over the past two weeks", Last(unit="week", count=2)),
        ("der letzten 30 Tage", Last(unit="day", count=30)),
        ("last month", Last(unit="month")),
        ("im vergangenen Jahr", Last(unit="year")),
        ("this quarter", This(unit="quarter")),
        ("dieses Jahr", This(unit="year")),
        ("year to date", ToDate(unit="year")),
        ("mtd", ToDate(unit="month")),
        ("last Monday", days("2026-06-15", "2026-06-16")),
        ("in June 2021", days("2021-06-01", "2021-07-01")),
        ("im März 2024", days("2024-03-01", "2024-04-01")),
        ("in May", days("2026-05-01", "2026-06-01")),
        ("in August", days("2025-08-01", "2025-09-01")),
        ("during 2024", days("2024-01-01", "2025-01-01")),
        ("Q3 2025", days("2025-07-01", "2025-10-01")),
        ("the third quarter of 2025", days("2025-07-01", "2025-10-01")),
        ("2. Quartal 2025", days("2025-04-01", "2025-07-01")),
        ("second half of 2025", days("2025-07-01", "2026-01-01")),
        ("week 24 of 2026", days("2026-06-08", "2026-06-15")),
        ("KW 1 2026", days("2025-12-29", "2026-01-05")),
        ("on 2026-06-14", days("2026-06-14", "2026-06-15")),
        ("am 14.06.2026", days("2026-06-14", "2026-06-15")),
        ("on 14 June 2026", days("2026-06-14", "2026-06-15")),
        ("on June 14th, 2026", days("2026-06-14", "2026-06-15")),
        ("from 1 May to 15 May 2026", days("2026-05-01", "2026-05-16")),
        ("vom 1.5.2026 bis 15.5.2026", days("2026-05-01", "2026-05-16")),
        ("between November 2025 and February 2026", days("2025-11-01", "2026-03-01")),
        ("2024-01-01 to 2024-03-31", days("2024-01-01", "2024-04-01")),
        ("since March 2026", days("2026-03-01", None)),
        ("seit 2024", days("2024-01-01", None)),
        ("before 2024", days(None, "2024-01-01")),
        ("until March 2026", days(None, "2026-04-01")),
        ("in 2026 up to yesterday", days("2026-01-01", "2026-06-17")),
        ("in winter 2025", days("2025-12-01", "2026-03-01")),
        ("last week of October 2025", days("2025-10-25", "2025-11-01")),
        ("in the last 3 days of October 2025", days("2025-10-29", "2025-11-01")),
        ("first week of June 2025", days("2025-06-01", "2025-06-08")),
        ("letzte Woche im Oktober 2025", days("2025-10-25", "2025-11-01")),
        ("last month of 2025", days("2025-12-01", "2026-01-01")),
        ("second half of June 2025", days("2025-06-16", "2025-07-01")),
        ("erste Hälfte Juni 2025", days("2025-06-01", "2025-06-16")),
        ("from 1 to 3 November 2025", days("2025-11-01", "2025-11-04")),
        ("1st to 3rd of November 2025", days("2025-11-01", "2025-11-04")),
        ("in October last year", days("2025-10-01", "2025-11-01")),
        ("last year in June", days("2025-06-01", "2025-07-01")),
        ("load by site", None),
        ("what may this be", None),
    ],
)
def test_spans_are_found(text: str, span: Span | None) -> None:
    assert times(text).span == span


def test_a_month_without_a_year_is_a_guess() -> None:
    assert times("in May").assumed == ["range"]
    assert times("in May 2026").assumed == []


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("last week compared with the week before", Earlier(by="week")),
        ("last week, against the week before", Earlier(by="week")),
        ("this month vs the previous month", Earlier(by="month")),
        ("last month versus the same period of the previous year", Earlier(by="year")),
        ("in May 2026 gegenüber dem Vorjahr", Earlier(by="year")),
        ("last week compared to the previous period", Earlier(by="period")),
        ("this week vs last week", Earlier(by="week")),
        ("May 2026 versus May 2025", Earlier(by="year")),
        ("compare May 2026 with March 2025", Versus(start=date(2025, 3, 1), end=date(2025, 4, 1))),
        ("load in May 2026 year over year", Earlier(by="year")),
        ("between May and June 2026", None),
    ],
)
def test_comparisons_are_found(text: str, comparison: object) -> None:
    assert times(text).comparison == comparison


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between 17 and 21 h", time(17), time(21)),
        ("zwischen 17 und 21 Uhr", time(17), time(21)),
        ("from 5 pm to 9 pm", time(17), time(21)),
        ("between 5 and 9 pm", time(17), time(21)),
        ("from 8 am to 1 pm", time(8), time(13)),
        ("17:30–21:15", time(17, 30), time(21, 15)),
        ("between 22 and 6 h", time(22), time(6)),
        ("after 18 h", time(18), time()),
        ("at night", time(22), time(6)),
    ],
)
def test_hours_are_found(text: str, start: time, end: time) -> None:
    assert times(text).time_of_day == TimeOfDay(start=start, end=end)


def test_the_evening_peak_is_a_guess_of_hours_and_days() -> None:
    found = times("import in the evening peak")

    assert found.time_of_day == TimeOfDay(start=time(17), end=time(21))
    assert found.weekdays == (1, 2, 3, 4, 5)
    assert found.assumed == ["hours", "weekdays"]


def test_days_that_are_said_replace_those_of_the_evening_peak() -> None:
    found = times("import in the evening peak on weekends")

    assert found.weekdays == (6, 7)
    assert found.assumed == ["hours"]


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("on weekends", (6, 7)),
        ("am Wochenende", (6, 7)),
        ("on weekdays", (1, 2, 3, 4, 5)),
        ("on Mondays and Fridays", (1, 5)),
    ],
)
def test_weekdays_are_found(text: str, weekdays: tuple[int, ...]) -> None:
    assert times(text).weekdays == weekdays


def test_a_season_means_its_months() -> None:
    assert times("load in summer").months == (6, 7, 8)


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("hourly load", "hour"),
        ("load per hour", "hour"),
        ("load by hour of the day", "hour_of_day"),
        ("tägliche Last", "day"),
        ("Last pro Tag", "day"),
        ("Tagesverbrauch", "day"),
        ("monthly totals", "month"),
        ("by site and month", "month"),
        ("nach Wochentag", "weekday"),
        ("every quarter", "quarter"),
        ("quarter-hourly load", "minute15"),
        ("15-minute values", "minute15"),
        ("per month of the year", "month_of_year"),
        ("load at the site", None),
        ("from May and the month before", None),
    ],
)
def test_grains_are_found(text: str, grain: str | None) -> None:
    assert times(text).grain == grain


def test_words_of_time_are_not_looked_at_again() -> None:
    question = Question.of("price in the last 7 days per hour")

    read_times(question, WEDNESDAY)

    assert [word.plain for index, word in enumerate(question.words) if question.free(index)] == ["price"]


def test_impossible_days_are_left_alone() -> None:
    assert times("on 31.02.2026").span is None
    assert times("week 60 of 2026").span in (None, Days(start=date(2026, 1, 1), end=date(2027, 1, 1)))


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("load not on weekends", (1, 2, 3, 4, 5)),
        ("load except weekends", (1, 2, 3, 4, 5)),
        ("Last ohne Wochenende", (1, 2, 3, 4, 5)),
        ("load not on working days", (6, 7)),
        ("load except on Mondays and Fridays", (2, 3, 4, 6, 7)),
    ],
)
def test_a_negation_takes_the_other_weekdays(text: str, weekdays: tuple[int, ...]) -> None:
    assert times(text).weekdays == weekdays


def test_a_negation_takes_the_other_hours_and_months() -> None:
    assert times("load outside the night").time_of_day == TimeOfDay(start=time(6), end=time(22))
    assert times("load not between 17 and 21 h").time_of_day == TimeOfDay(start=time(21), end=time(17))
    assert times("load not in summer").months == (1, 2, 3, 4, 5, 9, 10, 11, 12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("load outside peak hours", "more than one stretch"),
        ("load except in June 2025", "“in June 2025”"),
        ("load last week in October 2024 since May 2025", "“since May 2025”"),
    ],
)
def test_times_that_no_plan_can_say_are_refused(text: str, said: str) -> None:
    refusal = times(text).refusal

    assert refusal is not None
    assert said in refusal
