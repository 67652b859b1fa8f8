"""Days, weeks and months as they are covered, in the zone of the report."""

from datetime import UTC, datetime

import pytest

from gridlens.notifications.mail.dates import Covers, covered_by, moment, span
from gridlens.shared.time import TimeRange

MONDAY_SEVEN = datetime(2026, 6, 15, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ("previous_day", "14 Jun 2026"),
        ("previous_week", "8 – 14 Jun 2026"),
        ("previous_month", "1 – 31 May 2026"),
    ],
)
def test_what_a_report_covers(covers: Covers, said: str) -> None:
    covered = covered_by(covers, "Europe/Berlin", MONDAY_SEVEN)

    assert covered is not None
    assert span(covered) == said


def test_the_week_of_the_autumn_change_has_169_hours() -> None:
    covered = covered_by("previous_week", "Europe/Berlin", datetime(2026, 10, 26, 6, tzinfo=UTC))

    assert covered is not None
    assert (covered.end - covered.start).total_seconds() / 3600 == 169


def test_a_report_due_just_after_local_midnight_covers_the_local_day_before() -> None:
    covered = covered_by("previous_day", "Europe/Berlin", datetime(2026, 6, 14, 22, 5, tzinfo=UTC))

    assert covered is not None
    assert covered.start == datetime(2026, 6, 13, 22, tzinfo=UTC)
    assert covered.end == datetime(2026, 6, 14, 22, tzinfo=UTC)


def test_its_own_range_is_left_to_the_dashboard() -> None:
    assert covered_by("own", "Europe/Berlin", MONDAY_SEVEN) is None


def test_moments_name_their_zone_of_that_day() -> None:
    assert moment(MONDAY_SEVEN, "Europe/Berlin") == "Mon 15 Jun 2026, 07:00 CEST"
    assert moment(datetime(2026, 1, 5, 6, tzinfo=UTC), "Europe/Berlin") == "Mon 5 Jan 2026, 07:00 CET"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (datetime(2026, 5, 29, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC), "29 May – 1 Jun 2026"),
        (datetime(2025, 12, 31, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC), "31 Dec 2025 – 1 Jan 2026"),
        (
            datetime(2026, 6, 1, 6, tzinfo=UTC),
            datetime(2026, 6, 1, 12, tzinfo=UTC),
            "Mon 1 Jun 2026, 06:00 UTC – Mon 1 Jun 2026, 12:00 UTC",
        ),
    ],
)
def test_spans(start: datetime, end: datetime, said: str) -> None:
    assert span(TimeRange(start=start, end=end, zone="UTC")) == said
