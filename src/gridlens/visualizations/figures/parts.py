"""Charts of a part of the rows: what is made of the first few must not pass for what all of them say."""

import polars as pl

from gridlens.shared.results import ResultSet, extent
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.spec import ChartKind, ChartSpec

_OF_ALL_ROWS = {
    ChartKind.VALUE,
    ChartKind.HEAT_MAP,
    ChartKind.BOX,
    ChartKind.HISTOGRAM,
    ChartKind.LOAD_DURATION,
    ChartKind.PIVOT,
}


def check_whole(spec: ChartSpec, result: ResultSet) -> None:
    """Refuse a chart that joins the rows of a cut answer; one that only shows them says how many.

    Raises:
        CannotDraw: with how the rows can be joined before they are cut.
    """
    if not result.is_cut or spec.kind in {ChartKind.TABLE, ChartKind.SCATTER}:
        return
    if spec.kind in _OF_ALL_ROWS or _rows_meet(spec, result.frame):
        shown = extent(result.frame.height, result.total_rows)
        raise CannotDraw(
            f"This chart joins rows, and not all of them are here: {shown}. Let the SQL join them, "
            "as in SELECT date_trunc('hour', …), sum(…) … GROUP BY 1, or ask for a shorter time range."
        )


def _rows_meet(spec: ChartSpec, frame: pl.DataFrame) -> bool:
    names = [name for name in (spec.x, spec.series) if name is not None]
    return not names or bool(frame.select(pl.struct(names).n_unique()).item() < frame.height)
