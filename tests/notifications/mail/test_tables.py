"""Rows in a mail."""

from gridlens.notifications.mail.tables import of_grid
from gridlens.shared.results import Column, ColumnRole, Kind
from gridlens.shared.visualizations import Grid


def test_weekdays_are_named() -> None:
    weekday = Column(name="weekday", kind=Kind.INTEGER, role=ColumnRole.DIMENSION, calendar="weekday")
    load = Column(name="load", kind=Kind.NUMBER, role=ColumnRole.MEASURE, unit="kW")

    table = of_grid(Grid(columns=(weekday, load), rows=((1, 2.5), (7, None)), total_rows=2), "Europe/Berlin")

    assert [row[0] for row in table.rows] == ["Mon", "Sun"]
    assert table.is_number == (False, True)
