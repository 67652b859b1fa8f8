"""What a dashboard shows and where: a document that is valid as a whole or refused."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta

from gridlens.core.errors import Invalid
from gridlens.dashboards import periods
from gridlens.dashboards.comparisons import Compare
from gridlens.dashboards.periods import TimeChoice
from gridlens.shared.time import Filter

COLUMNS = 12
ROWS = 2000
ROW_PIXELS = 40

WITHOUT_NUL = r"^[^\x00]*$"
"""PostgreSQL takes no NUL in text."""

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=WITHOUT_NUL)]
Value = Annotated[str, Meta(max_length=1000, pattern=WITHOUT_NUL)] | int | float | bool | None


class InvalidLayout(Invalid):
    kind = "invalid-layout"
    title = "This layout cannot be used"


class Widget(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="kind"
):
    """A rectangle of cells, counted from the top left. Without a title it shows its chart's own."""

    widget_id: UUID
    title: Annotated[str, Meta(max_length=200, pattern=WITHOUT_NUL)] = ""
    x: Annotated[int, Meta(ge=0, lt=COLUMNS)]
    y: Annotated[int, Meta(ge=0, lt=ROWS)]
    width: Annotated[int, Meta(ge=1, le=COLUMNS)]
    height: Annotated[int, Meta(ge=1, le=100)]


class ChartWidget(Widget, frozen=True, kw_only=True, tag="chart"):
    chart_id: UUID


class ValueWidget(Widget, frozen=True, kw_only=True, tag="value"):
    chart_id: UUID


class TableWidget(Widget, frozen=True, kw_only=True, tag="table"):
    chart_id: UUID


class TextWidget(Widget, frozen=True, kw_only=True, tag="text"):
    markdown: Annotated[str, Meta(max_length=20_000, pattern=WITHOUT_NUL)]


AnyChartWidget = ChartWidget | ValueWidget | TableWidget
AnyWidget = AnyChartWidget | TextWidget


class FilterSlot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A filter in the bar. No ``allowed`` values: any may be chosen; none ``chosen``: all rows stay."""

    column: Name
    label: Annotated[str, Meta(max_length=200, pattern=WITHOUT_NUL)] = ""
    operator: Literal["in", "not_in"] = "in"
    allowed: Annotated[tuple[Value, ...], Meta(max_length=1000)] = ()
    chosen: Annotated[tuple[Value, ...], Meta(max_length=1000)] = ()


class Layout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Widgets on 12 columns and rows of 40 px, with what the whole dashboard is narrowed to.

    ``zone`` is where days begin and end; ``refresh_seconds`` is absent when nothing reloads by itself.
    """

    zone: Annotated[str, Meta(min_length=1, max_length=64)] = "UTC"
    widgets: Annotated[tuple[AnyWidget, ...], Meta(max_length=100)] = ()
    time_range: TimeChoice | None = None
    filters: Annotated[tuple[FilterSlot, ...], Meta(max_length=20)] = ()
    compare: Compare | None = None
    refresh_seconds: Annotated[int, Meta(ge=10, le=86_400)] | None = None

    def chosen_filters(self) -> tuple[Filter, ...]:
        return tuple(
            Filter(column=slot.column, values=slot.chosen, operator=slot.operator)
            for slot in self.filters
            if slot.chosen
        )


def check(layout: Layout) -> None:
    """Raise with the reason for every widget or filter at fault, not only the first."""
    wrong = _wrong_widgets(layout) | _wrong_filters(layout)
    if not is_zone(layout.zone):
        wrong["zone"] = "unknown time zone; choose one like Europe/Berlin"
    if wrong:
        reasons = "; ".join(f"{where}: {reason}" for where, reason in wrong.items())
        raise InvalidLayout(f"Nothing was saved. Correct this and save again. {reasons}.", fields=wrong)
    if layout.time_range is not None:
        periods.check(layout.time_range)


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def stored(layout: Layout) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(layout)
    return document


def read(document: Mapping[str, Any]) -> Layout:
    return msgspec.convert(document, Layout)


def chart_ids(layout: Layout) -> frozenset[UUID]:
    return frozenset(each.chart_id for each in layout.widgets if not isinstance(each, TextWidget))


def kind_of(widget: AnyWidget) -> Literal["chart", "value", "table", "text"]:
    match widget:
        case ChartWidget():
            return "chart"
        case ValueWidget():
            return "value"
        case TableWidget():
            return "table"
        case TextWidget():
            return "text"
        case _:
            assert_never(widget)


def reading_order(widget: Widget) -> tuple[int, int]:
    return widget.y, widget.x


def _wrong_widgets(layout: Layout) -> dict[str, str]:
    wrong: dict[str, str] = {}
    taken: dict[tuple[int, int], int] = {}
    names: set[UUID] = set()
    for index, widget in enumerate(layout.widgets):
        where = f"widgets[{index}]"
        if widget.widget_id in names:
            wrong[f"{where}.widgetId"] = "is used by another widget"
        names.add(widget.widget_id)
        if widget.x + widget.width > COLUMNS:
            wrong[f"{where}.width"] = f"reaches beyond column {COLUMNS}"
            continue
        cells = [
            (x, y)
            for x in range(widget.x, widget.x + widget.width)
            for y in range(widget.y, widget.y + widget.height)
        ]
        under = next((taken[cell] for cell in cells if cell in taken), None)
        if under is not None:
            wrong[where] = f"overlaps widgets[{under}]"
        taken.update(dict.fromkeys(cells, index))
    return wrong


def _wrong_filters(layout: Layout) -> dict[str, str]:
    wrong: dict[str, str] = {}
    columns: set[str] = set()
    for index, slot in enumerate(layout.filters):
        if slot.column in columns:
            wrong[f"filters[{index}].column"] = "has a filter already"
        columns.add(slot.column)
        if slot.allowed and not set(slot.chosen) <= set(slot.allowed):
            wrong[f"filters[{index}].chosen"] = "has values that are not allowed"
    return wrong
