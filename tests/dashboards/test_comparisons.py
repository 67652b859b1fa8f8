"""What a time range is compared with: by months, days or hours, and never shifted by a clock change."""

from datetime import UTC, date, datetime

import pytest

from gridlens.dashboards.comparisons import Compare, compared
from gridlens.dashboards.periods import Days, resolve
from gridlens.shared.time import TimeRange

BERLIN = "Europe/Berlin"
LONG_AFTER = datetime(2027, 6, 1, tzinfo=UTC)


def days(first: str, last: str) -> TimeRange:
    choice = Days(first_on=date.fromisoformat(first), last_on=date.fromisoformat(last))
    return resolve(choice, BERLIN, anchor=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("span", "by", "earlier", "label"),
    [
        (("2026-06-12", "2026-06-18"), "previous", ("2026-06-05", "2026-06-11"), "previous week"),
        (("2026-06-12", "2026-06-12"), "previous", ("2026-06-11", "2026-06-11"), "previous day"),
        (("2026-06-07", "2026-06-20"), "previous", ("2026-05-24", "2026-06-06"), "previous 14 days"),
        (("2026-03-01", "2026-03-31"), "previous", ("2026-02-01", "2026-02-28"), "previous month"),
        (("2026-01-01", "2026-12-31"), "previous", ("2025-01-01", "2025-12-31"), "previous year"),
        # Friday stays Friday.
        (("2026-06-12", "2026-06-12"), "week", ("2026-06-05", "2026-06-05"), "a week earlier"),
        (("2026-06-12", "2026-06-12"), "year", ("2025-06-13", "2025-06-13"), "52 weeks earlier"),
        # The clocks go forward on 29 March: the week has 167 hours, the one before 168.
        (("2026-03-23", "2026-03-29"), "previous", ("2026-03-16", "2026-03-22"), "previous week"),
    ],
)
def test_whole_days_go_back_by_the_calendar(
    span: tuple[str, str], by: Compare, earlier: tuple[str, str], label: str
) -> None:
    found = compared(days(*span), by, LONG_AFTER)

    assert (found.time_range, found.label) == (days(*earlier), label)


@pytest.mark.parametrize(
    ("span", "by", "earlier", "label"),
    [
        (("2026-06-01", "2026-06-30"), "previous", ("2026-05-01", "2026-05-12"), "previous month"),
        (("2026-01-01", "2026-12-31"), "previous", ("2025-01-01", "2025-06-12"), "previous year"),
        (("2026-06-01", "2026-06-30"), "year", ("2025-06-02", "2025-06-13"), "52 weeks earlier"),
    ],
)
def test_days_that_still_run_are_compared_as_far_as_they_have_come(
    span: tuple[str, str], by: Compare, earlier: tuple[str, str], label: str
) -> None:
    # Already the 12th in Berlin.
    found = compared(days(*span), by, datetime(2026, 6, 11, 22, 30, tzinfo=UTC))

    assert (found.time_range, found.label) == (days(*earlier), f"{label}, until the same day")


def test_hours_go_back_by_their_own_length() -> None:
    span = TimeRange(
        start=datetime(2026, 6, 1, 8, tzinfo=UTC), end=datetime(2026, 6, 1, 14, tzinfo=UTC), zone=BERLIN
    )

    found = compared(span, "previous", LONG_AFTER)

    assert found.time_range.start == datetime(2026, 6, 1, 2, tzinfo=UTC)
    assert found.time_range.end == span.start


def test_hours_of_another_week_keep_the_time_on_the_clock() -> None:
    # 10:00 in Berlin is 08:00 UTC after the clocks went forward and 09:00 UTC before.
    span = TimeRange(
        start=datetime(2026, 3, 30, 8, tzinfo=UTC), end=datetime(2026, 3, 30, 10, tzinfo=UTC), zone=BERLIN
    )

    found = compared(span, "week", LONG_AFTER)

    assert found.time_range.start == datetime(2026, 3, 23, 9, tzinfo=UTC)
    assert found.time_range.end == datetime(2026, 3, 23, 11, tzinfo=UTC)
