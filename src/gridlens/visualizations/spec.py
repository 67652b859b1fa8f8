"""What a chart is: which kind, and which columns play which part."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class ChartKind(StrEnum):
    LINE = "line"
    STEP = "step"
    AREA = "area"
    STACKED_AREA = "stacked_area"
    BAR = "bar"
    SCATTER = "scatter"
    HEAT_MAP = "heat_map"
    BOX = "box"
    HISTOGRAM = "histogram"
    LOAD_DURATION = "load_duration"
    VALUE = "value"
    TABLE = "table"
    PIVOT = "pivot"


ColumnName = Annotated[str, Meta(min_length=1, max_length=255)]
Aggregate = Literal["auto", "sum", "mean", "min", "max", "count", "last"]
Arrangement = Literal["grouped", "stacked", "ranked"]


class ChartSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A chart over the columns of an answer; parts left out are chosen from the columns there are.

    ``x`` is the time, number or category along the chart: of a box, what it is split by; of a
    pivot, its rows. ``y`` are the measures. ``series`` splits one measure: into lines, bars, the
    rows of a heat map, the columns of a pivot. ``compare_with`` is a second measure, drawn as a
    mark on ranked bars and told beside a single value. ``aggregate`` joins rows that fall on one
    place; ``auto`` sums energy and money and averages power, prices and the like.
    """

    kind: ChartKind
    x: ColumnName | None = None
    y: Annotated[tuple[ColumnName, ...], Meta(max_length=20)] = ()
    series: ColumnName | None = None
    compare_with: ColumnName | None = None
    arrangement: Arrangement = "grouped"
    aggregate: Aggregate = "auto"
    columns: Annotated[tuple[ColumnName, ...], Meta(max_length=200)] = ()
    limit: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    bins: Annotated[int, Meta(ge=2, le=200)] | None = None
