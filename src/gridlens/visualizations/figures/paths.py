"""From rows to strokes: what pixels can show, with every gap left open."""

from dataclasses import dataclass, replace

import polars as pl

from gridlens.shared.visualizations import PointsShown
from gridlens.visualizations.figures.axes import Axis, TimeAxis
from gridlens.visualizations.figures.clock import cadence_of, interval_ends

FEWEST_POINTS = 200
LINES_IN_FULL = 3
"""Of each line, however many there are; so many lines have a point for each pixel."""
MOST_GAPS = 300
MOST_GAP_BANDS = 40


@dataclass(frozen=True, slots=True)
class Thinned:
    """``rows`` are the rows worth drawing of ``of`` rows; nothing when all are."""

    rows: pl.Series | None
    of: int

    @property
    def points(self) -> PointsShown | None:
        return None if self.rows is None else PointsShown(shown=len(self.rows), of=self.of)


@dataclass(frozen=True, slots=True)
class Strokes:
    """Rows to be joined by strokes: each with its ``row``, ``start``, ``end`` and the number of its ``run``.

    ``missing`` counts the intervals without a value between the first and the last one.
    """

    rows: pl.DataFrame
    is_broken: bool
    missing: int = 0


def runs(frame: pl.DataFrame, keys: tuple[str, ...], axis: Axis, most_gaps: int = MOST_GAPS) -> Strokes:
    """The rows where any of the keys has a value, in runs that end where an interval is missing.

    Of very many gaps only the longest break a run: shorter ones are narrower than a pixel then.
    """
    rows = frame.with_row_index("row")
    if all(frame[key].has_nulls() for key in keys):
        rows = rows.filter(pl.any_horizontal(pl.col(keys).is_not_null()))
    if not isinstance(axis, TimeAxis):
        is_broken = pl.col("row").diff().fill_null(1) > 1
        return Strokes(rows.with_columns(start="x", end="x", run=is_broken.cum_sum()), is_broken=True)
    at = rows["x"]
    own = axis.cadence if rows.height == frame.height else cadence_of(at)
    rows = rows.with_columns(start=at.cast(pl.Int64), end=interval_ends(at, own, axis.zone).cast(pl.Int64))
    rows = rows.with_columns(gap=pl.col("start") - pl.col("end").shift(1), run=pl.lit(0, pl.UInt32))
    empty = rows["gap"]
    if own.every is None:
        # Of points without a step, a pause of ten usual ones is a gap.
        usual = empty.median()
        threshold = 10.0 * usual if isinstance(usual, int | float) else 0.0
    else:
        threshold = 0.5 * own.milliseconds
    longest = empty.max()
    if not isinstance(longest, int | float) or longest <= threshold:
        return Strokes(rows, is_broken=False)
    pauses = empty.filter(empty > threshold)
    missing = round((pauses / own.milliseconds).round().sum()) if own.every is not None else 0
    if len(pauses) > most_gaps:
        threshold = float(pauses.sort(descending=True)[most_gaps])
    broken = rows.with_columns(run=(pl.col("gap").fill_null(0) > threshold).cum_sum())
    return Strokes(broken, is_broken=True, missing=missing)


def gaps(strokes: Strokes) -> list[tuple[int, int]]:
    """From when to when, in milliseconds, nothing is drawn; the longest first."""
    if not strokes.is_broken:
        return []
    edges = strokes.rows.filter(pl.col("run") != pl.col("run").shift(1))
    found = [(start - gap, start) for start, gap in edges.select("start", "gap").iter_rows()]
    return sorted(found, key=lambda gap: (gap[0] - gap[1], gap))


def thin(frame: pl.DataFrame, keys: tuple[str, ...], strokes: list[Strokes], width: int) -> Thinned:
    """The rows worth drawing on so many pixels: those that give each line its shape, every key's highest
    and lowest value, and the edges of every gap."""
    height = frame.height
    if height <= width:
        return Thinned(None, height)
    rows = frame.with_row_index("row")
    # A line is drawn true with a point for each pixel; what many lines need together has to be sent.
    most = min(width, max(LINES_IN_FULL * width // len(keys), FEWEST_POINTS))
    run = pl.col("run")
    edges = [
        stroke.rows.filter((run != run.shift(1)) | (run != run.shift(-1)))["row"]
        for stroke in strokes
        if stroke.is_broken
    ]
    ends = pl.Series("row", [0, height - 1], dtype=pl.UInt32)
    kept = pl.concat([*(_shape(rows, key, most) for key in keys), *edges, ends])
    return Thinned(kept.unique().sort(), height)


def _shape(rows: pl.DataFrame, key: str, most: int) -> pl.Series:
    """The rows that one line cannot do without."""
    from tsdownsample import MinMaxLTTBDownsampler

    known = rows.select("row", "x", key).drop_nulls(key)
    if known.height <= most:
        return known["row"]
    values = known[key].rechunk()
    across = known["x"].cast(pl.Float64).rechunk().to_numpy()
    picked = MinMaxLTTBDownsampler().downsample(across, values.to_numpy(), n_out=most)  # type: ignore[no-untyped-call]
    # The triangles usually keep the extremes, but do not promise it.
    extremes = pl.Series([values.arg_min(), values.arg_max()], dtype=pl.UInt32)
    return known["row"].gather(pl.concat([pl.Series(picked, dtype=pl.UInt32), extremes]))


def only(strokes: Strokes, thinned: Thinned) -> Strokes:
    if thinned.rows is None:
        return strokes
    kept = strokes.rows.join(thinned.rows.to_frame("row"), on="row", how="semi", maintain_order="left")
    return replace(strokes, rows=kept)


def drawn(
    strokes: Strokes, keys: tuple[str, ...], *, has_width: bool, is_stack: bool = False
) -> pl.DataFrame:
    """The rows with their place ``at``, closed at the edges of every run and broken between runs.

    A row with a width stands in the middle of its interval and its run reaches to both ends, so
    that the pointer meets the interval it is over. A stack is taken down to nothing on both
    sides of a gap, since Plotly reads a missing value in a stack as zero.
    """
    middle = (pl.col("start") + pl.col("end")) / 2 if has_width else pl.col("start").cast(pl.Float64)
    left, right = pl.col("start").cast(pl.Float64), pl.col("end").cast(pl.Float64)
    values = [pl.col(key) for key in keys]
    nothing = [pl.lit(None, dtype=pl.Float64).alias(key) for key in keys]

    def piece(rows: pl.DataFrame, at: pl.Expr, order: int, shown: list[pl.Expr]) -> pl.DataFrame:
        return rows.select("run", "row", at.alias("at"), pl.lit(order, pl.Int8).alias("order"), *shown)

    rows = strokes.rows
    body = piece(rows, middle, 0, values)
    if not strokes.is_broken:
        if not has_width:
            return body
        return pl.concat([piece(rows.head(1), left, -1, values), body, piece(rows.tail(1), right, 1, values)])
    firsts = rows.filter(pl.col("run").ne_missing(pl.col("run").shift(1)))
    lasts = rows.filter(pl.col("run").ne_missing(pl.col("run").shift(-1)))
    pieces = [body]
    if has_width:
        pieces += [piece(firsts, left, -1, values), piece(lasts, right, 1, values)]
    pieces.append(piece(lasts.head(-1), right if has_width else left + 1, 2, nothing))
    if is_stack:
        pieces.append(piece(firsts.tail(-1), left if has_width else left - 1, -2, nothing))
    return pl.concat(pieces).sort("run", "order", "at")


def lone(path: pl.DataFrame, key: str) -> pl.Series | None:
    """Which points have no neighbour to draw a stroke to; nothing when none is alone."""
    if path.height > 1 and path["run"][0] == path["run"][-1] and not path[key].has_nulls():
        return None
    value = pl.col(key)
    alone = path.select(value.is_not_null() & (value.count().over("run") == 1)).to_series()
    return alone if alone.any() else None
