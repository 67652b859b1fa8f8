"""A chart's measure along time in few points, to choose a range on."""

import msgspec
import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import TimeCourse
from gridlens.visualizations.figures.axes import TimeAxis
from gridlens.visualizations.figures.clock import milliseconds
from gridlens.visualizations.figures.encoding import Columns
from gridlens.visualizations.figures.wide import label_of, wide
from gridlens.visualizations.spec import ChartKind, ChartSpec

POINTS = 240
"""As many as a ribbon over the width of a page can tell apart."""
_WITHOUT_TIME = frozenset(
    {ChartKind.VALUE, ChartKind.TABLE, ChartKind.PIVOT, ChartKind.SCATTER, ChartKind.HISTOGRAM}
)


def may_have_course(kind: str) -> bool:
    return kind not in _WITHOUT_TIME


def course(spec: ChartSpec, result: ResultSet, span: TimeRange) -> TimeCourse | None:
    """Over all series together, in the unit that reads best."""
    columns = Columns(result)
    times = [column.name for column in columns.times]
    measures = spec.y or tuple(column.name for column in columns.measures)
    x = spec.x if spec.x in times else next(iter(times), None)
    if x is None or not measures or result.frame.is_empty():
        return None
    along = msgspec.structs.replace(spec, kind=ChartKind.LINE, x=x, y=measures[:1], series=None)
    table = wide(along, result)
    [series] = table.series
    start, end = milliseconds(span.start), milliseconds(span.end)
    assert isinstance(table.axis, TimeAxis)  # noqa: S101 - x is a time
    # No finer than the rows stand: a place between two of them is not a gap.
    stretch = max(1, -(-(end - start) // POINTS), table.axis.cadence.milliseconds)
    means = (
        table.frame.select(place=(pl.col("x").cast(pl.Int64) - start) // stretch, value=pl.col(series.key))
        .filter(pl.col("place").is_between(0, POINTS - 1))
        .group_by("place")
        .agg(pl.col("value").mean())
    )
    found: dict[int, float | None] = dict(means.iter_rows())
    if not any(value is not None for value in found.values()):
        return None
    measure = next(column for column in result.columns if column.name == measures[0])
    return TimeCourse(
        start=span.start,
        end=span.end,
        values=tuple(found.get(place) for place in range(-(-(end - start) // stretch))),
        label=label_of(measure),
        unit=table.scale.unit,
    )
