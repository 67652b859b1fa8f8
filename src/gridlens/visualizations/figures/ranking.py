"""A ranked list of bars: the largest first, each with its number."""

import polars as pl

from gridlens.shared.results import Column, ResultSet
from gridlens.visualizations.figures.axes import Layout, value_axis
from gridlens.visualizations.figures.drawing import Plot, Style
from gridlens.visualizations.figures.meaning import meaning_of
from gridlens.visualizations.figures.quantities import (
    THIN_SPACE,
    Quantity,
    Scale,
    change,
    common_scale,
    number,
    quantity_of,
    with_unit,
)
from gridlens.visualizations.figures.theme import Look, looks
from gridlens.visualizations.figures.wide import (
    extremes,
    finite,
    join,
    label_of,
    meaning_of_column,
    position,
    quantity_in,
    resolve,
    time_axis,
)
from gridlens.visualizations.figures.wire import floats, in_template, label, trace
from gridlens.visualizations.spec import ChartSpec

MOST_RANKED = 20
_PIXELS_A_LETTER = 6.6


def draw_ranking(spec: ChartSpec, result: ResultSet, style: Style) -> Plot:
    """Bars from the top down; a second measure is a mark on each bar, with the change from it."""
    from gridlens.visualizations.figures.statement import is_cut

    columns = {column.name: column for column in result.columns}
    measure = columns[spec.y[0]]
    other = columns[spec.compare_with] if spec.compare_with else None
    against = label_of(other) if other is not None else None
    unlisted: str | None = None
    quantity = quantity_in(result, measure)
    ranked = _ranked(spec, result, measure, other)
    if other is None and style.earlier is not None:
        then = _ranked(spec, style.earlier.result, measure, None).select("x", before="now")
        ranked, against = ranked.join(then, on="x", how="left", maintain_order="left"), style.earlier.label
        # Who is not among the earlier first few may have stood just below them.
        unlisted = "not in the earlier list" if is_cut(style.earlier.result) else None
    most = spec.limit or MOST_RANKED
    keys = ("now",) if against is None else ("now", "before")
    low, high = extremes(ranked, keys)
    scale = common_scale(quantity, max(abs(low or 0.0), abs(high or 0.0)))
    shown = ranked.head(most).with_columns(pl.col(key) * scale.factor for key in keys)
    texts = [number(value, scale.decimals) for value in shown["now"]]
    notes = [scale.unit or ""]
    if against is not None:
        texts = [
            _with_change(text, now, before, quantity, unlisted)
            for text, (now, before) in zip(texts, shown.select("now", "before").iter_rows(), strict=True)
        ]
        notes.append(f"mark: {against}")
    if ranked.height > most:
        notes.append(f"the first {most} of {ranked.height:,}")
    names = [label(name, 28) for name in shown["x"]]
    # Plotly counts from the bottom up.
    places = list(range(len(names) - 1, -1, -1))
    words = [label(name) for name in shown["x"]]
    fills = [look.colour.fill for look in _looks(shown["x"].to_list(), measure, style)]
    traces = [
        trace(
            "bar",
            orientation="h",
            name=label(label_of(measure)),
            x=floats(shown["now"]),
            y=places,
            width=0.6,
            customdata=words,
            marker={"color": fills, "line": {"width": 0}},
            hovertemplate=_hover(label_of(measure), scale),
        )
    ]
    if against is not None:
        traces.append(
            trace(
                "scatter",
                mode="markers",
                name=label(against),
                x=floats(shown["before"]),
                y=places,
                customdata=words,
                marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": style.palette.ink}},
                cliponaxis=False,
                hovertemplate=_hover(against, scale),
            )
        )
    # Beside whichever reaches farther, bar or mark, so that neither covers the number.
    farthest = shown.select(pl.max_horizontal(*keys, 0.0)).to_series()
    traces.append(
        trace(
            "scatter",
            mode="text",
            x=floats(farthest),
            y=places,
            text=[f"  {text}" for text in texts],
            textposition="middle right",
            textfont={"color": style.palette.ink, "size": 12},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    shown_low, shown_high = extremes(shown, keys)
    letters = max((len(text.replace("<b>", "").replace("</b>", "")) for text in texts), default=0)
    layout = _layout(names, places, scale, (min(shown_low or 0.0, 0.0), max(shown_high or 0.0, 0.0)), style)
    layout["margin"] = {"l": 8, "r": 12 + round(letters * _PIXELS_A_LETTER), "t": 4, "b": 28}
    return Plot(
        traces=traces,
        layout=layout,
        findings=_findings(ranked, scale, label_of(measure), is_cut=is_cut(result)),
        subtitle=[note for note in notes if note],
    )


def _ranked(spec: ChartSpec, result: ResultSet, measure: Column, other: Column | None) -> pl.DataFrame:
    """``x`` in words, ``now`` and perhaps ``before`` in the measure's own unit, the largest first."""
    columns = {column.name: column for column in result.columns}
    quantity = quantity_in(result, measure)
    values = {"now": finite(pl.col(measure.name))}
    if other is not None:
        values["before"] = finite(pl.col(other.name)) * (quantity_of(other.unit).factor / quantity.factor)
    frame = result.frame.select(position(result.frame, columns[spec.x or ""]), **values)
    kind = frame.schema["x"]
    if isinstance(kind, pl.Datetime):
        frame = frame.filter(pl.col("x").is_not_null())
        axis = time_axis(frame["x"].unique().sort(), columns[spec.x or ""], result)
        frame = frame.with_columns(x=pl.Series(axis.words(frame["x"]), dtype=pl.String))
    elif kind.is_numeric():
        frame = frame.with_columns(
            x=pl.Series([None if value is None else f"{value:g}" for value in frame["x"]], dtype=pl.String)
        )
    how = resolve(spec.aggregate, quantity, is_sum=quantity.sums_over_time)
    joined = frame.group_by("x", maintain_order=True).agg(join(key, how) for key in values)
    return joined.filter(pl.col("now").is_not_null()).sort("now", descending=True, maintain_order=True)


def _looks(names: list[str], measure: Column, style: Style) -> list[Look]:
    """A carrier's colour for each bar named after one; else all bars have the measure's."""
    quantity = quantity_of(measure.unit)
    meanings = [meaning_of(name, quantity) if quantity.sort != "price" else None for name in names]
    told = [meaning for meaning in meanings if meaning is not None and meaning.subject is not None]
    if not told:
        look = looks([meaning_of_column(measure)], style.palette, is_filled=True)[0]
        return [look] * len(names)
    return looks([meaning_of(name, quantity) for name in names], style.palette, is_filled=True)


def _with_change(
    text: str, now: float, before: float | None, quantity: Quantity, unlisted: str | None
) -> str:
    told = unlisted if before is None else change(now, before, quantity)
    return f"<b>{text}</b>" if told is None else f"<b>{text}</b>  {told}"


def _hover(name: str, scale: Scale) -> str:
    unit = f"{THIN_SPACE}{in_template(scale.unit)}" if scale.unit else ""
    return f"%{{customdata}}<br>{in_template(name)} <b>%{{x}}{unit}</b><extra></extra>"


def _layout(
    names: list[str], places: list[int], scale: Scale, reach: tuple[float, float], style: Style
) -> Layout:
    return {
        "hovermode": "closest",
        "showlegend": False,
        "xaxis": {
            **value_axis(scale, *reach),
            "showgrid": True,
            "gridcolor": style.palette.line,
            "zeroline": True,
            "zerolinecolor": style.palette.control,
            "showspikes": False,
            "nticks": 7,
            "ticksuffix": f"{THIN_SPACE}{label(scale.unit)}" if scale.unit else "",
            "showticksuffix": "last",
            "fixedrange": True,
        },
        "yaxis": {
            "tickmode": "array",
            "tickvals": places,
            "ticktext": names,
            "range": [-0.6, max(len(names), 1) - 0.4],
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 12, "color": style.palette.ink},
            "ticklabelstandoff": 6,
        },
    }


def _findings(ranked: pl.DataFrame, scale: Scale, measure: str, *, is_cut: bool) -> list[str]:
    """Who leads and who is last; of the first few of more, neither a share nor a last one is known."""
    if ranked.is_empty():
        return ["Every value is missing."]
    rows = ranked.select("x", "now").rows()
    (first, most), (last, least) = rows[0], rows[-1]
    total = sum(value for _, value in rows)
    part = ""
    quantity = scale.quantity
    adds_up = quantity.sums_across and quantity.adds_up and not is_cut
    if adds_up and least >= 0 and total > 0 and len(rows) > 1:
        part = f", {with_unit(number(most / total * 100, 0), '%')} of {scale.text(total)}"
    said = [f"{measure} by rank: {first} leads with {scale.text(most)}{part}."]
    if is_cut and len(rows) > 1:
        said.append(f"These are the first {len(rows):,}; there may be more.")
    elif len(rows) > 1:
        said.append(f"The last of {len(rows):,} is {last} with {scale.text(least)}.")
    return said
