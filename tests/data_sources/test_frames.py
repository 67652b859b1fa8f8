"""Rows in one shape, times above all."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from gridlens.data_sources.frames import decimals, normalise, stack, unique_names, untyped


def in_madrid(*local: str) -> list[datetime]:
    frame = normalise(
        pl.DataFrame({"at": local}).with_columns(pl.col("at").str.to_datetime()), "Europe/Madrid"
    )
    assert frame.schema["at"] == pl.Datetime("us", "UTC")
    return frame["at"].to_list()


def test_times_without_a_zone_are_read_in_the_zone_of_the_source():
    winter, summer = in_madrid("2024-01-01 12:00", "2024-07-01 12:00")
    assert winter == datetime(2024, 1, 1, 11, tzinfo=UTC)
    assert summer == datetime(2024, 7, 1, 10, tzinfo=UTC)


def test_the_repeated_hour_of_autumn_means_its_first_occurrence():
    # Clocks go back on 27 October 2024 at 01:00 UTC: 02:30 happens at 00:30 and at 01:30 UTC.
    assert in_madrid("2024-10-27 02:30") == [datetime(2024, 10, 27, 0, 30, tzinfo=UTC)]


def test_the_skipped_hour_of_spring_is_what_a_clock_that_was_not_changed_shows():
    # Clocks go forward on 31 March 2024 at 01:00 UTC, so 02:30 by the old clock is 01:30 UTC.
    assert in_madrid("2024-03-31 02:30", "2024-03-31 03:30") == [
        datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
        datetime(2024, 3, 31, 1, 30, tzinfo=UTC),
    ]


def test_times_with_a_zone_keep_their_instant_whatever_the_zone_of_the_source():
    frame = pl.DataFrame({"at": ["2024-07-01 12:00"]}).with_columns(
        pl.col("at").str.to_datetime(time_zone="Asia/Tokyo")
    )
    assert normalise(frame, "Europe/Madrid")["at"].to_list() == [datetime(2024, 7, 1, 3, tzinfo=UTC)]


def test_every_other_type_becomes_one_that_modules_exchange():
    frame = normalise(
        pl.DataFrame(
            {
                "small": pl.Series([1, None], dtype=pl.Int8),
                "huge": pl.Series([Decimal(7), None], dtype=pl.Decimal(38, 0)),
                "beyond": pl.Series([Decimal(10) ** 30, None], dtype=pl.Decimal(38, 0)),
                "unsigned": pl.Series([2**63, None], dtype=pl.UInt64),
                "money": pl.Series([Decimal("1.25"), None], dtype=pl.Decimal(10, 2)),
                "single": pl.Series([1.5, None], dtype=pl.Float32),
                "span": pl.Series([timedelta(minutes=15), None]),
                "choice": pl.Series(["a", None], dtype=pl.Categorical),
                "nothing": pl.Series([None, None], dtype=pl.Null),
                "day": pl.Series([date(2024, 1, 1), None]),
            }
        ),
        "UTC",
    )
    assert dict(frame.schema) == {
        "small": pl.Int64,
        "huge": pl.Int64,
        "beyond": pl.Decimal(38, 0),
        "unsigned": pl.Decimal(38, 0),
        "money": pl.Decimal(10, 2),
        "single": pl.Float64,
        "span": pl.Float64,
        "choice": pl.String,
        "nothing": pl.String,
        "day": pl.Date,
    }
    assert frame["span"].to_list() == [900.0, None]
    assert frame["unsigned"].to_list() == [Decimal(2**63), None]


def test_repeated_and_empty_names_are_numbered():
    assert unique_names(["a", "a", "A", "a_2", "", " "]) == [
        "a",
        "a_2",
        "A_3",
        "a_2_2",
        "column_5",
        "column_6",
    ]


def test_decimals_stay_exact_where_they_fit_and_become_floats_where_they_do_not():
    exact = decimals("v", [Decimal("1.10"), None, Decimal("-20.125")])
    assert exact.dtype == pl.Decimal(38, 3)
    assert exact.to_list() == [Decimal("1.100"), None, Decimal("-20.125")]
    assert decimals("v", [Decimal("1e20"), Decimal("1e-20")]).dtype == pl.Float64
    assert decimals("v", [Decimal("NaN"), Decimal(1)]).dtype == pl.Float64


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, None, 2], pl.Int64),
        ([1, 2.5], pl.Float64),
        (["a", None], pl.String),
        ([b"a"], pl.Binary),
        ([1, "a"], pl.String),
        ([None], pl.String),
        (["2024-01-01", "2024-02-30"], pl.String),
        (["2024-01-01", None], pl.Date),
        (["2024-01-01 00:15", "2024-01-01T00:30:00.5"], pl.Datetime("us")),
        (["2024-01-01 00:15:00+01:00", "2024-01-01T00:15:00Z"], pl.Datetime("us", "UTC")),
        (["2024-01-01 00:15", "soon"], pl.String),
    ],
)
def test_columns_of_a_database_without_types_get_the_type_their_values_share(values, dtype):
    series = untyped("v", values)
    assert series.dtype == dtype
    assert series.null_count() == values.count(None)


def test_text_times_with_an_offset_are_that_instant():
    series = untyped("at", ["2024-07-01 12:00+02:00", "2024-07-01T12:00:00Z", "2024-07-01 12:00:00 -0130"])
    assert series.to_list() == [
        datetime(2024, 7, 1, 10, tzinfo=UTC),
        datetime(2024, 7, 1, 12, tzinfo=UTC),
        datetime(2024, 7, 1, 13, 30, tzinfo=UTC),
    ]


def test_batches_whose_types_followed_their_values_are_joined_without_loss():
    joined = stack(
        [
            pl.DataFrame({"v": decimals("v", [Decimal("1.5")]), "flag": [True], "t": ["a"]}),
            pl.DataFrame({"v": decimals("v", [Decimal("2.125")]), "flag": [7], "t": ["b"]}),
        ]
    )
    assert joined["v"].to_list() == [Decimal("1.500"), Decimal("2.125")]
    assert joined["flag"].to_list() == [1, 7]
    assert joined.height == 2
