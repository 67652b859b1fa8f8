"""How often values fall into each of equal bins."""

import math
from itertools import pairwise

import polars as pl

from gridlens.shared.results import ResultSet
from gridlens.visualizations.figures.axes import Layout, unit_note
from gridlens.visualizations.figures.drawing import Plot, Style
from gridlens.visualizations.figures.quantities import THIN_SPACE, Scale, number
from gridlens.visualizations.figures.theme import looks
from gridlens.visualizations.figures.wide import extremes, one_measure
from gridlens.visualizations.figures.wire import in_template, label, trace
from gridlens.visualizations.spec import ChartSpec

_FEWEST_BINS, _MOST_BINS = 5, 60


def draw_histogram(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    values, name, scale, meaning = one_measure(spec, result)
    look = looks([meaning], style.palette, is_filled=True)[0]
    known = values.drop_nulls()
    start, width, count = _bins(known, spec.bins)
    counts = (
        known.to_frame("value")
        # Values on an edge belong to the bin above it, in spite of how binary fractions round.
        .group_by(
            (((pl.col("value") - start) / width + 1e-9).floor().cast(pl.Int64).clip(0, count - 1)).alias(
                "bin"
            )
        )
        .agg(pl.len().alias("count"))
    )
    bins = pl.DataFrame({"bin": range(count)}, schema={"bin": pl.Int64}).join(
        counts, on="bin", how="left", maintain_order="left"
    )
    numbers = bins["count"].fill_null(0)
    edges = [start + width * place for place in range(count + 1)]
    places = max(scale.decimals, 0 if width >= 1 else math.ceil(-math.log10(width)))
    texts = [f"{number(low, places)} – {number(high, places)}" for low, high in pairwise(edges)]
    unit = f"{THIN_SPACE}{in_template(scale.unit)}" if scale.unit else ""
    bars = trace(
        "bar",
        name=label(name),
        x=[(low + high) / 2 for low, high in pairwise(edges)],
        y=numbers.to_list(),
        width=width * 0.94,
        customdata=texts,
        marker={"color": look.colour.fill, "line": {"width": 0}},
        hovertemplate=f"%{{customdata}}{unit}<br><b>%{{y}} values</b><extra></extra>",
    )
    layout: Layout = {
        "hovermode": "closest",
        "showlegend": False,
        "xaxis": {
            "type": "linear",
            "range": [edges[0] - width * 0.1, edges[-1] + width * 0.1],
            "tickformat": ",~f",
            "title": {"text": label(scale.titled(name))},
            "showspikes": False,
        },
        "yaxis": {
            "range": [0, max(counts["count"], default=1) * 1.06],
            "tickformat": ",d",
            "hoverformat": ",d",
        },
        "annotations": unit_note("values"),
        "margin": {"b": 40},
    }
    return Plot(
        traces=[bars],
        layout=layout,
        findings=_spread(known, name, scale, texts, numbers),
        subtitle=[f"{scale.titled(name)} · {len(known):,} values in {count} bins"],
    )


def _bins(values: pl.Series, wanted: int | None) -> tuple[float, float, int]:
    """Where the first bin begins, how wide each is, and how many: round numbers unless counted out."""
    low, high = extremes(values.to_frame("value"), ("value",))
    if low is None or high is None:
        return 0.0, 1.0, 1
    if low == high:
        return low - 0.5, 1.0, 1
    if wanted is not None:
        return low, (high - low) / wanted, wanted
    middle = (values.quantile(0.75, "linear") or 0.0) - (values.quantile(0.25, "linear") or 0.0)
    # The rule of Freedman and Diaconis: bins as wide as the middle half of the data suggests.
    rough = 2 * middle / len(values) ** (1 / 3) or (high - low) / 30
    rough = min(max(rough, (high - low) / _MOST_BINS), (high - low) / _FEWEST_BINS)
    power = 10.0 ** math.floor(math.log10(rough))
    width = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
    start = math.floor(low / width + 1e-9) * width
    return start, width, max(math.floor((high - start) / width + 1e-9) + 1, 1)


def _spread(known: pl.Series, name: str, scale: Scale, texts: list[str], counts: pl.Series) -> list[str]:
    top = counts.arg_max()
    if known.is_empty() or top is None:
        return ["Every value is missing."]
    low, half, high = (
        scale.text(value, is_scaled=True) for value in (known.min(), known.median(), known.max())
    )
    unit = f"{THIN_SPACE}{scale.unit}" if scale.unit else ""
    return [
        f"{name} lies between {low} and {high}, half of the values below {half}.",
        f"Most values, {counts[top]:,} of {len(known):,}, are in {texts[top]}{unit}.",
    ]
