"""Schedules in words, and when they come due across a clock change."""

from datetime import UTC, datetime

import pytest
from cronsim import CronSim, CronSimError
from hypothesis import assume, given
from hypothesis import strategies as st

from gridlens.core.jobs import InvalidCron
from gridlens.notifications.cron import check, describe, preview

JUNE = datetime(2026, 6, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("0 7 * * *", "Every day at 07:00"),
        ("0 7 * * 1", "Every Monday at 07:00"),
        ("30 6 * * MON-FRI", "Every weekday, Monday to Friday, at 06:30"),
        ("0 7 * * 0,6", "Every Saturday and Sunday at 07:00"),
        ("0 7 * * 7", "Every Sunday at 07:00"),
        ("0 7 * * 1,3,5", "Every Monday, Wednesday and Friday at 07:00"),
        ("15 6 1 * *", "On day 1 of every month at 06:15"),
        ("15 6 31 * *", "On day 31 of every month at 06:15, in months that have one"),
        ("0 7 L * *", "On the last day of every month at 07:00"),
        ("0 * * * *", "Every hour, on the hour"),
        ("20 * * * *", "Every hour, 20 minutes past"),
    ],
)
def test_common_schedules_read_as_people_say_them(cron: str, said: str) -> None:
    assert describe(cron, "Europe/Berlin") == f"{said} (Europe/Berlin time)"


@pytest.mark.parametrize("cron", ["0 7 * * 1#2", "0 6,18 1-7 */3 5", "0 7 LW * *", "5/20 3-5 */2 * 1,3"])
def test_rare_schedules_still_have_honest_words(cron: str) -> None:
    said = describe(cron, "UTC")

    assert said.endswith(" (UTC time)")
    assert len(said) > len(" (UTC time)") + 10


FIELDS = st.tuples(
    st.sampled_from(["0", "30", "*/20", "5,35"]),
    st.sampled_from(["*", "7", "6-9", "*/4", "0,12"]),
    st.sampled_from(["*", "1", "L", "LW", "1,15", "*/2", "31"]),
    st.sampled_from(["*", "2", "JAN", "1-6", "*/3"]),
    st.sampled_from(["*", "1", "SUN", "MON-FRI", "1#2", "5L", "0,6", "7"]),
)


@given(FIELDS)
def test_every_schedule_that_can_run_can_be_said(fields: tuple[str, ...]) -> None:
    cron = " ".join(fields)
    try:
        CronSim(cron, JUNE)
    except CronSimError:
        assume(False)

    assert describe(cron, "Europe/Madrid").endswith("(Europe/Madrid time)")


def test_the_next_five_times_keep_local_time_across_the_clock_change() -> None:
    shown = preview("0 7 * * 1", "Europe/Berlin", datetime(2026, 10, 12, 12, tzinfo=UTC))

    assert [each.local for each in shown.next_times] == [
        "Mon 19 Oct 2026, 07:00 CEST",
        "Mon 26 Oct 2026, 07:00 CET",
        "Mon 2 Nov 2026, 07:00 CET",
        "Mon 9 Nov 2026, 07:00 CET",
        "Mon 16 Nov 2026, 07:00 CET",
    ]
    assert shown.next_times[0].at == datetime(2026, 10, 19, 5, tzinfo=UTC)
    assert shown.next_times[1].at == datetime(2026, 10, 26, 6, tzinfo=UTC)


def test_a_time_in_the_skipped_hour_runs_when_that_hour_has_passed() -> None:
    # In Berlin 02:30 does not exist on 29 March 2026.
    shown = preview("30 2 * * *", "Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), count=2)

    assert [each.at for each in shown.next_times] == [
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    ]


def test_a_time_in_the_repeated_hour_runs_once() -> None:
    shown = preview("30 2 * * *", "Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), count=2)

    assert [each.at.day for each in shown.next_times] == [25, 26]


@pytest.mark.parametrize(
    ("cron", "zone", "reason"),
    [
        ("0 7 * *", "UTC", "five fields"),
        ("0 0 7 * * 1", "UTC", "five fields"),
        ("61 7 * * *", "UTC", "its minute has to be 0 to 59"),
        ("0 7 x * *", "UTC", "its day of month has to be 1 to 31"),
        ("0 7 1 FOO *", "UTC", "its month has to be 1 to 12, or JAN to DEC"),
        ("0 7 30 2 *", "UTC", "never comes due: none of its months has a day 30"),
        ("0 7 31 4,6 *", "UTC", "never comes due: none of its months has a day 31"),
        ("*/5 * * * *", "UTC", "15 minutes"),
        ("0 7 * * 1", "Europe/Atlantis", "time zone"),
        ("0 7 * * 1", "../../etc/passwd", "time zone"),
    ],
)
def test_what_cannot_run_or_would_flood_is_refused(cron: str, zone: str, reason: str) -> None:
    with pytest.raises(InvalidCron, match=reason):
        check(cron, zone, JUNE)
