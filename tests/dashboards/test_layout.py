"""A layout is valid as a whole or refused with every reason."""

from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlens.dashboards.layout import (
    COLUMNS,
    ChartWidget,
    FilterSlot,
    InvalidLayout,
    Layout,
    TextWidget,
    check,
    read,
    stored,
)
from gridlens.dashboards.periods import Relative


def widget(x: int, y: int, width: int, height: int, widget_id: UUID | None = None) -> ChartWidget:
    return ChartWidget(widget_id=widget_id or uuid4(), x=x, y=y, width=width, height=height, chart_id=uuid4())


def test_widgets_side_by_side_are_fine() -> None:
    check(Layout(widgets=(widget(0, 0, 6, 4), widget(6, 0, 6, 4), widget(0, 4, 12, 1))))


def test_every_fault_is_named_at_once() -> None:
    twin = uuid4()
    layout = Layout(
        zone="Europe/Atlantis",
        widgets=(widget(0, 0, 6, 4, twin), widget(5, 3, 2, 2), widget(8, 9, 6, 1), widget(0, 20, 1, 1, twin)),
        filters=(
            FilterSlot(column="site"),
            FilterSlot(column="site"),
            FilterSlot(column="phase", allowed=("L1", "L2"), chosen=("L3",)),
        ),
    )

    with pytest.raises(InvalidLayout) as refused:
        check(layout)

    assert refused.value.fields == {
        "widgets[1]": "overlaps widgets[0]",
        "widgets[2].width": "reaches beyond column 12",
        "widgets[3].widgetId": "is used by another widget",
        "filters[1].column": "has a filter already",
        "filters[2].chosen": "has values that are not allowed",
        "zone": "unknown time zone; choose one like Europe/Berlin",
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 12), st.integers(1, 12), st.integers(1, 4)), max_size=6
    )
)
def test_a_layout_is_accepted_exactly_when_no_two_rectangles_meet(
    places: list[tuple[int, int, int, int]],
) -> None:
    meets = any(
        a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
        for index, a in enumerate(places)
        for b in places[index + 1 :]
    )
    leaves = any(x + width > COLUMNS for x, _, width, _ in places)
    layout = Layout(widgets=tuple(widget(*place) for place in places))

    try:
        check(layout)
    except InvalidLayout:
        assert meets or leaves
    else:
        assert not meets
        assert not leaves


def test_a_layout_comes_back_from_storage_as_it_was() -> None:
    layout = Layout(
        zone="Europe/Madrid",
        widgets=(
            widget(0, 0, 6, 4),
            TextWidget(widget_id=uuid4(), x=6, y=0, width=6, height=2, markdown="# Notes"),
        ),
        time_range=Relative(span="last", unit="day", count=7, anchor="newest"),
        filters=(FilterSlot(column="site", chosen=("Harbour", 4, 2.5, True, None)),),
        refresh_seconds=30,
    )

    assert read(msgspec.json.decode(msgspec.json.encode(stored(layout)))) == layout


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b'{"widgets":[{"kind":"chart","widgetId":"x"}]}', "Invalid UUID"),
        (b'{"widgets":[{"kind":"iframe","url":"https://example.org"}]}', "Invalid value 'iframe'"),
        (b'{"owner":"me"}', "unknown field `owner`"),
        (b'{"refreshSeconds":1}', ">= 10"),
        (b'{"timeRange":{"type":"relative","span":"last","unit":"day","count":100000}}', "<= 1000"),
        (
            b'{"timeRange":{"type":"between","start":"2026-01-01T00:00:00","end":"2026-01-02T00:00:00"}}',
            "timezone",
        ),
    ],
)
def test_what_is_no_layout_is_refused_by_name(document: bytes, reason: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=reason):
        msgspec.json.decode(document, type=Layout)


def test_a_text_longer_than_twenty_thousand_characters_is_refused() -> None:
    text = TextWidget(widget_id=uuid4(), x=0, y=0, width=1, height=1, markdown="a" * 20_001)

    with pytest.raises(msgspec.ValidationError, match="length <= 20000"):
        msgspec.convert(msgspec.to_builtins(Layout(widgets=(text,))), Layout)
