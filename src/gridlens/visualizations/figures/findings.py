"""What a chart shows, in sentences, for readers who cannot see it."""

import polars as pl

from gridlens.visualizations.figures.axes import CategoryAxis, TimeAxis
from gridlens.visualizations.figures.quantities import Scale, number, with_unit
from gridlens.visualizations.figures.wide import Wide


def series_findings(table: Wide, missing: int) -> list[str]:
    """The extremes and when they were, the total or mean, the largest series, and what is missing."""
    said = _of_one(table) if len(table.series) == 1 else _of_several(table)
    if isinstance(table.axis, TimeAxis):
        if missing:
            said.append(f"{missing:,} interval{'s are' if missing > 1 else ' is'} missing.")
        said += [f"Only a part of {told} is covered." for told in table.axis.told_partial()]
        said += table.axis.told_zone
    return said


def _of_one(table: Wide) -> list[str]:
    values = table.frame[table.series[0].key]
    top, bottom = values.arg_max(), values.arg_min()
    if top is None or bottom is None:
        return ["Every value is missing."]
    high, low = _places(table, [(top, values[top]), (bottom, values[bottom])])
    return [f"Highest {high}, lowest {low}; {overall(values.sum(), values.mean(), table.scale)}."]


def _of_several(table: Wide) -> list[str]:
    scale = table.scale
    figures = table.frame.select(
        *(pl.col(key).sum().alias(f"{key} sum") for key in table.keys),
        *(pl.col(key).mean().alias(f"{key} mean") for key in table.keys),
        *(pl.col(key).arg_max().alias(f"{key} top") for key in table.keys),
    ).row(0, named=True)
    present = [series for series in table.series if figures[f"{series.key} top"] is not None]
    if not present:
        return ["Every value is missing."]
    by = "sum" if scale.quantity.sums_across else "mean"
    largest = max(present, key=lambda series: abs(figures[f"{series.key} {by}"]))
    tops = {series.key: table.frame[series.key][figures[f"{series.key} top"]] for series in present}
    highest = max(present, key=lambda series: tops[series.key])
    share = ""
    sums = [figures[f"{series.key} sum"] for series in present]
    # Of a total only where parts add up, and none is negative or a total itself.
    adds_up = (
        scale.quantity.sums_across
        and scale.quantity.adds_up
        and not any(series.meaning.subject == "load" for series in present)
    )
    if adds_up and min(sums) >= 0 and sum(sums) > 0:
        part = figures[f"{largest.key} sum"] / sum(sums) * 100
        share = f", {with_unit(number(part, 0), '%')} of all"
    [place] = _places(table, [(figures[f"{highest.key} top"], tops[highest.key])])
    how_much = overall(figures[f"{largest.key} sum"], figures[f"{largest.key} mean"], scale)
    return [
        f"{len(table.series)} series. {largest.name} is the largest: {how_much}{share}.",
        f"The highest value is {highest.name}, {place}.",
    ]


def _places(table: Wide, spots: list[tuple[int, float]]) -> list[str]:
    """Values with the place each was found at."""
    at = table.frame["x"].gather([row for row, _ in spots])
    values = [table.scale.text(value, is_scaled=True) for _, value in spots]
    axis = table.axis
    if isinstance(axis, TimeAxis):
        return [f"{value} on {words}" for value, words in zip(values, axis.words(at), strict=True)]
    if isinstance(axis, CategoryAxis):
        return [f"{value} for {axis.labels[int(place)]}" for value, place in zip(values, at, strict=True)]
    unit = f" {axis.unit}" if axis.unit else ""
    return [f"{value} at {axis.label} {place:g}{unit}" for value, place in zip(values, at, strict=True)]


def overall(total: object, mean: object, scale: Scale) -> str:
    """The total of what adds up over time, the mean of what does not."""
    adds_up = scale.quantity.sums_over_time
    value = total if adds_up else mean
    if not isinstance(value, int | float):
        return "no values"
    return f"{scale.text(value, is_scaled=True)} {'in total' if adds_up else 'on average'}"
