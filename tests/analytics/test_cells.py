"""Values on their way to a browser: none is rounded, and none is taken for another."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import polars as pl
import pytest

from gridlens.analytics.cells import json_rows, rows_of


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (Decimal("0.10"), 0.1),
        (Decimal("123456789012.345"), 123456789012.345),
        (Decimal("12345678901234567.123"), "12345678901234567.123"),
        (Decimal("-0.12345678901234567891"), "-0.12345678901234567891"),
        (2**53, 2**53),
        (2**53 + 1, str(2**53 + 1)),
        (-(2**53) - 1, str(-(2**53) - 1)),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (date(2025, 3, 30), "2025-03-30"),
        (datetime(2025, 3, 30, 1, 30, tzinfo=UTC), "2025-03-30T01:30:00Z"),
        (datetime.fromisoformat("2025-03-30T01:30:00"), "2025-03-30T01:30:00Z"),
    ],
)
def test_a_value_arrives_as_it_was(value: object, sent: object) -> None:
    frame = pl.DataFrame({"value": [value, None]})
    assert rows_of(frame) == ((sent,), (None,))
    assert msgspec.json.decode(json_rows(frame)) == [[sent], [None]]
