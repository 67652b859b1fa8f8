"""A whole column in a few hundred points, so that gaps and jumps can be seen."""

from datetime import UTC, datetime

import msgspec
import polars as pl

from gridlens.data_sources.uploads.conversion import Converter
from gridlens.shared.results import Kind

_POINTS = 200
_COLUMNS = 12


class Span(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Lowest and highest value of a column in each stretch; none where it has no value."""

    column: str
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


class Overview(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Stretches of equal length along ``time_column``, or of equally many rows where there is none.

    ``starts`` are ISO instants, or row numbers; ``counts`` how many rows fall into each.
    """

    time_column: str | None
    starts: tuple[str | int, ...]
    counts: tuple[int, ...]
    spans: tuple[Span, ...]


def overview_of(converter: Converter, values: pl.DataFrame) -> Overview | None:
    """None when there is nothing to draw."""
    columns = [
        (column.options.name, column.kind, cells)
        for (_, column), cells in zip(converter.kept(), values.get_columns(), strict=False)
    ]
    numeric = [
        (name, cells.cast(pl.Float64))
        for name, kind, cells in columns
        if kind in {Kind.NUMBER, Kind.INTEGER}
        and cells.dtype.is_numeric()
        and cells.null_count() < cells.len()
    ][:_COLUMNS]
    if not numeric or values.height < 2:
        return None
    for name, kind, cells in columns:
        if kind in {Kind.TIMESTAMP, Kind.DATE}:
            micros = cells.cast(pl.Datetime("us")).cast(pl.Int64)
            first, last = micros.min(), micros.max()
            if isinstance(first, int) and isinstance(last, int) and last > first:
                return _along(name, micros, first, last, numeric)
    rows = pl.int_range(values.height, eager=True)
    return _along(None, rows, 0, values.height - 1, numeric)


def _along(
    time_column: str | None, places: pl.Series, first: int, last: int, numeric: list[tuple[str, pl.Series]]
) -> Overview:
    # Integers all the way, as microseconds of a century do not fit into a float; whole seconds for the eye.
    whole = 1_000_000 if time_column else 1
    width = max(1, -(-(last - first + 1) // (_POINTS * whole))) * whole
    points = -(-(last - first + 1) // width)
    frame = pl.DataFrame(
        [((places - first) // width).alias("stretch")]
        + [cells.alias(str(number)) for number, (_, cells) in enumerate(numeric)]
    )
    grouped = (
        frame.drop_nulls("stretch")
        .group_by("stretch")
        .agg(
            pl.len().alias("rows"),
            *(pl.col(str(number)).min().alias(f"low{number}") for number in range(len(numeric))),
            *(pl.col(str(number)).max().alias(f"high{number}") for number in range(len(numeric))),
        )
    )
    full = pl.DataFrame({"stretch": pl.int_range(points, eager=True)}).join(grouped, on="stretch", how="left")
    full = full.sort("stretch")
    starts = [first + stretch * width for stretch in range(points)]
    return Overview(
        time_column=time_column,
        starts=tuple(_instant(start) for start in starts) if time_column else tuple(starts),
        counts=tuple(full["rows"].fill_null(0).to_list()),
        spans=tuple(
            Span(
                column=name,
                low=tuple(full[f"low{number}"].to_list()),
                high=tuple(full[f"high{number}"].to_list()),
            )
            for number, (name, _) in enumerate(numeric)
        ),
    )


def _instant(microseconds: int) -> str:
    seconds, rest = divmod(microseconds, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest).isoformat().replace("+00:00", "Z")
