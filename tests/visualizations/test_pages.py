"""Pages of a table: sorted and filtered over all rows, stable, with nothing lost between two pages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.core.errors import Invalid
from gridlens.shared.visualizations import Grid
from gridlens.visualizations.errors import ColumnGone
from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.figures.pages import (
    CellBetween,
    CellContains,
    CellEquals,
    Page,
    RowOrder,
    turned_to,
)
from gridlens.visualizations.spec import ChartKind, ChartSpec

TABLE = ChartSpec(kind=ChartKind.TABLE)
METERS = pl.DataFrame(
    {
        "meter": ["b-2", "A-1", "a.3", None, "B-10", "a-1"],
        "energy": [2.0, None, float("nan"), 10.0, 2.0, -1.0],
        "on": [date(2026, 3, n) for n in range(1, 7)],
        "at": [datetime(2026, 3, 28, 22 + n // 2, 30 * (n % 2), tzinfo=UTC) for n in range(4)]
        + [datetime(2026, 3, 29, 0, tzinfo=UTC), None],
        "ok": [True, False, None, True, False, True],
        "money": [Decimal("1.10"), None, Decimal("3.30"), Decimal("2.20"), Decimal("0.00"), Decimal("9.99")],
    }
).with_row_index("n")


def rows(*filters, order=None, frame=METERS, zone="Europe/Berlin"):
    found, count = turned_to(frame, Page(filters=filters, order=order), zone)
    assert count == found.height
    return found["n"].to_list()


def test_a_page_is_cut_from_all_rows_and_counts_them(answer):
    result = answer(pl.DataFrame({"n": range(1_204_332)}))

    chart = draw(
        "T", TABLE, result, page=Page(offset=1_204_300, order=RowOrder(column="n", is_descending=True))
    )

    assert isinstance(chart.content, Grid)
    assert [row[0] for row in chart.content.rows] == list(range(31, -1, -1))
    assert (chart.content.offset, chart.content.total_rows, chart.content.all_rows) == (
        1_204_300, 1_204_332, 1_204_332,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (RowOrder(column="energy"), [5, 0, 4, 3, 1, 2]),
        (RowOrder(column="energy", is_descending=True), [3, 0, 4, 5, 1, 2]),
        # Capital and small letters are one; a full stop stands after a hyphen.
        (RowOrder(column="meter"), [1, 5, 2, 4, 0, 3]),
        (RowOrder(column="meter", is_descending=True), [0, 4, 2, 1, 5, 3]),
        (RowOrder(column="at", is_descending=True), [4, 3, 2, 1, 0, 5]),
        (RowOrder(column="money"), [4, 0, 3, 2, 5, 1]),
        (RowOrder(column="ok"), [1, 4, 0, 3, 5, 2]),
    ],
)
def test_missing_values_are_last_and_equal_ones_stay_as_they_came(order, expected):
    assert rows(order=order) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CellContains(column="meter", text="A-"), [1, 5]),
        (CellContains(column="meter", text="a."), [2]),
        (CellContains(column="meter", text=".*"), []),
        (CellEquals(column="meter", text="a-1"), [1, 5]),
        (CellEquals(column="ok", text="false"), [1, 4]),
        (CellBetween(column="energy", low=2), [0, 3, 4]),
        (CellBetween(column="energy", high=2), [0, 4, 5]),
        (CellBetween(column="energy"), [0, 3, 4, 5]),
        (CellBetween(column="money", low=1.1, high=2.2), [0, 3]),
        (CellBetween(column="on", low="2026-03-02", high="2026-03-03"), [1, 2]),
        # 23:00 and 23:30 in Berlin are the first two; the clock there is an hour ahead.
        (CellBetween(column="at", high="2026-03-28T23:30"), [0, 1]),
        (CellBetween(column="at", low="2026-03-28T23:30:00+00:00"), [3, 4]),
    ],
)
def test_rows_are_kept_by_what_their_cells_hold(wanted, expected):
    assert rows(wanted) == expected


def test_filters_are_joined_and_the_whole_is_still_counted(answer):
    page = Page(filters=(CellBetween(column="energy", low=0), CellEquals(column="ok", text="true")))

    chart = draw("T", TABLE, answer(METERS, energy="kWh"), page=page)

    assert isinstance(chart.content, Grid)
    assert [row[0] for row in chart.content.rows] == [0, 3]
    assert (chart.content.total_rows, chart.content.all_rows) == (2, 6)
    # By which a column keeps its unit on every page, whatever stands there.
    assert chart.content.largest == (5.0, None, 10.0, None, None, None, 9.99)


def test_a_table_of_the_first_few_has_no_pages_beyond_them(answer):
    spec = ChartSpec(kind=ChartKind.TABLE, limit=3)

    chart = draw("T", spec, answer(METERS), page=Page(order=RowOrder(column="n", is_descending=True)))

    assert isinstance(chart.content, Grid)
    assert [row[0] for row in chart.content.rows] == [2, 1, 0]
    assert chart.content.all_rows == 3


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (Page(order=RowOrder(column="gone")), ColumnGone),
        (Page(filters=(CellContains(column="gone", text="x"),)), ColumnGone),
        (Page(filters=(CellBetween(column="energy", low="much"),)), Invalid),
        (Page(filters=(CellBetween(column="on", low="yesterday"),)), Invalid),
        (Page(filters=(CellBetween(column="at", high="99999-01-01"),)), Invalid),
        (Page(filters=(CellBetween(column="meter", low="a"),)), Invalid),
    ],
)
def test_what_cannot_be_compared_is_refused(page, error):
    with pytest.raises(error):
        turned_to(METERS, page, "UTC")


@given(
    values=st.lists(st.one_of(st.none(), st.floats(-5, 5).map(round)), max_size=200),
    limit=st.integers(1, 60),
    is_descending=st.booleans(),
)
def test_pages_one_after_another_are_all_rows_once(values, limit, is_descending):
    frame = pl.DataFrame({"v": values}, schema={"v": pl.Float64}).with_row_index("n")
    order = RowOrder(column="v", is_descending=is_descending)

    read = [
        row
        for offset in range(0, len(values) + 1, limit)
        for row in turned_to(frame, Page(offset=offset, limit=limit, order=order), "UTC")[0].rows()
    ]

    known = sorted(
        ((n, v) for n, v in enumerate(values) if v is not None),
        key=lambda row: (-row[1] if is_descending else row[1], row[0]),
    )
    assert read == known + [(n, None) for n, v in enumerate(values) if v is None]
