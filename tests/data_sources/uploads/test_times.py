# ruff: noqa: DTZ001 -- clocks without a zone are what files hold
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.data_sources.uploads.options import DateOrder
from gridlens.data_sources.uploads.times import parse_clock, parse_epochs, parse_moments

YMD, DMY, MDY = DateOrder.YMD, DateOrder.DMY, DateOrder.MDY


def read(text: str, order: DateOrder = YMD) -> tuple[str | None, int | None]:
    """The clock as ISO text, and hours east of Greenwich."""
    # Two shapes beside each other keep the shortcut for even columns out of the way.
    moments = parse_moments(pl.Series([text, "something else"]), order)
    local, offset = moments.local[0], moments.offset[0]
    if local is None:
        return None, None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=local)
    return at.replace(tzinfo=None).isoformat(" "), None if offset is None else offset // 3_600


@pytest.mark.parametrize(
    ("text", "order", "at", "hours"),
    [
        ("2024-01-31 10:15", YMD, "2024-01-31 10:15:00", None),
        ("2024-01-31T10:15:30.5", YMD, "2024-01-31 10:15:30.500000", None),
        ("2024-01-31T10:15:30.123456789+02:00", YMD, "2024-01-31 10:15:30.123456", 2),
        ("2024-01-31 10:15:00Z", YMD, "2024-01-31 10:15:00", 0),
        ("2024-01-31 10:15 -0500", YMD, "2024-01-31 10:15:00", -5),
        ("2024-10-27 02:00 CEST", YMD, "2024-10-27 02:00:00", 2),
        ("2024-10-27 02:00 CET", YMD, "2024-10-27 02:00:00", 1),
        ("2024/1/5", YMD, "2024-01-05 00:00:00", None),
        ("31.01.2024 10:15", DMY, "2024-01-31 10:15:00", None),
        ("1.2.24 0:00", DMY, "2024-02-01 00:00:00", None),
        ("01/02/2024 1:30 PM", DMY, "2024-02-01 13:30:00", None),
        ("01/02/2024 1:30 PM", MDY, "2024-01-02 13:30:00", None),
        ("12/31/2024 12:05 am", MDY, "2024-12-31 00:05:00", None),
        ("24-01-31", YMD, "2024-01-31 00:00:00", None),
        ("31.01.2024", YMD, "2024-01-31 00:00:00", None),
        ("01.01.69", DMY, "1969-01-01 00:00:00", None),
        ("20240131:1015", YMD, "2024-01-31 10:15:00", None),
        ("01.01.2024 00:15 - 01.01.2024 00:30", DMY, "2024-01-01 00:15:00", None),
        ("01/01/2024 23:45 – 00:00", DMY, "2024-01-01 23:45:00", None),
        ("2024-01-01T00:00Z to 2024-01-01T01:00Z", YMD, "2024-01-01 00:00:00", 0),
        ("20240131", YMD, "2024-01-31 00:00:00", None),
        ("20240131T101500Z", YMD, "2024-01-31 10:15:00", 0),
        ("202401311015", YMD, "2024-01-31 10:15:00", None),
        ("31-Jan-2024 10:00", DMY, "2024-01-31 10:00:00", None),
        ("31. März 2024", DMY, "2024-03-31 00:00:00", None),
        ("15 juillet 2024", DMY, "2024-07-15 00:00:00", None),
        ("Jan 31, 2024 9:05 am", MDY, "2024-01-31 09:05:00", None),
        ("2024-02-29", YMD, "2024-02-29 00:00:00", None),
        ("31.12.2024 24:00", DMY, "2025-01-01 00:00:00", None),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, order: DateOrder, at: str, hours: int | None) -> None:
    assert read(text, order) == (at, hours)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-13-01", "2024-01-31 25:00", "2024-01-31 24:15", "2024-01-31 10:61", "31.31.2024",
     "2024-00-10", "13:45", "01.01.2024 00:15 - later",
     "later - 01.01.2024 00:15", "20241331", "31 Foo 2024", "2024-01-31 13:00 PM", "12", "", "x"],
)  # fmt: skip
def test_what_is_no_moment_is_not_read_as_one(text: str) -> None:
    assert read(text, DMY) == (None, None)


shapes = st.sampled_from(
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y", "%Y-%m-%d",
     "%Y-%m-%d %H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+05:30", "%Y-%m-%d %H:%M-0800"]
)  # fmt: skip


@given(st.lists(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)), min_size=1, max_size=20), shapes)
def test_an_even_column_takes_the_shortcut_to_the_same_moments(at: list[datetime], shape: str) -> None:
    texts = [each.strftime(shape) for each in at]
    quick = parse_moments(pl.Series(texts), DMY)
    careful = parse_moments(pl.Series([*texts, "odd one out"]), DMY)

    assert quick.local.to_list() == careful.local.to_list()[:-1]
    assert quick.offset.to_list() == careful.offset.to_list()[:-1]
    assert quick.has_clock.to_list() == careful.has_clock.to_list()[:-1]
    assert quick.local.null_count() == 0


def test_seconds_milliseconds_and_microseconds_since_1970_are_told_apart() -> None:
    at = parse_epochs(pl.Series(["1700000000", "1700000000123", "1700000000123456", "17", None]))

    assert at.to_list() == [1_700_000_000_000_000, 1_700_000_000_123_000, 1_700_000_000_123_456, None, None]


def test_a_time_of_day_may_be_written_with_twelve_hours() -> None:
    clock = parse_clock(pl.Series(["12:10 AM", "1:05:30 pm", "23:59", "24:00", "later"]))

    assert [str(each) for each in clock] == ["00:10:00", "13:05:30", "23:59:00", "None", "None"]
