"""Rows in a mail."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import polars as pl

from gridlens.notifications.mail.tables import of_grid, of_result
from gridlens.shared.results import Column, ColumnRole, Kind, ResultSet
from gridlens.shared.visualizations import Grid


def test_weekdays_are_named() -> None:
    weekday = Column(name="weekday", kind=Kind.INTEGER, role=ColumnRole.DIMENSION, calendar="weekday")
    load = Column(name="load", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit="kW")

    table = of_grid(Grid(columns=(weekday, load), rows=((1, 2.5), (7, None)), total_rows=2), "Europe/Berlin")

    assert [row[0] for row in table.rows] == ["Mon", "Sun"]
    assert table.is_number == (False, True)


def test_a_table_of_a_cut_answer_says_of_how_many_rows_it_is() -> None:
    result = ResultSet(
        columns=(Column(name="meter", kind=Kind.INTEGER, role=ColumnRole.KEY),),
        frame=pl.DataFrame({"meter": range(10_000)}),
        is_cut=True,
        total_rows=1_204_332,
        row_limit=10_000,
        sql="SELECT 1",
        source_id=UUID(int=1),
        source_name="metering",
        zone="UTC",
        read_at=datetime(2026, 6, 15, tzinfo=UTC),
        engine_ms=1.0,
    )

    assert of_result(result).note == "Showing 24 of 1,204,332 rows."
    assert of_result(replace(result, total_rows=None)).note == "Showing 24 of more than 10,000 rows."
