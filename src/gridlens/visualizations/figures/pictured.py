"""A drawn chart as a picture that leaves its page: with the title and the origin the page had around it."""

import math
from typing import Any

import msgspec

from gridlens.shared.results import extent
from gridlens.shared.visualizations import DrawnChart, Figure, Headline, Provenance, Theme
from gridlens.visualizations.errors import CannotDraw
from gridlens.visualizations.figures.axes import Layout
from gridlens.visualizations.figures.quantities import MISSING, THIN_SPACE, change, common_scale, quantity_of
from gridlens.visualizations.figures.theme import MARGIN, PALETTES, TEMPLATES, Palette
from gridlens.visualizations.figures.wire import label

TITLE_ROOM = 60
"""Pixels above the plot for two lines of text."""
_TITLE_LENGTH = 90
_ORIGIN_LENGTH = 150


def pictured(chart: DrawnChart, theme: Theme) -> Figure:
    """The chart with its title, and below it what it shows, its source, completeness and time zone.

    Raises:
        CannotDraw: a table, which is no picture.
    """
    palette = PALETTES[theme]
    match chart.content:
        case Figure(plotly=plotly):
            figure: dict[str, Any] = msgspec.json.decode(plotly)
        case Headline() as headline:
            figure = _card(headline, theme, palette)
        case _:
            raise CannotDraw("A table has no picture. Export its rows instead: as CSV, XLSX or Parquet.")
    layout = figure["layout"]
    margin = layout.get("margin", MARGIN)
    origin = chart.provenance
    # What is cut comes first: a long line loses its end.
    cut = extent(origin.row_count, origin.total_rows) if origin.is_cut else None
    told = " · ".join(filter(None, (cut, chart.subtitle, *_origin(origin))))
    layout["margin"] = {**margin, "t": margin.get("t", MARGIN["t"]) + TITLE_ROOM}
    layout["title"] = {
        "text": label(chart.title, _TITLE_LENGTH),
        "font": {"size": 15, "color": palette.ink},
        "subtitle": {
            "text": label(told, _ORIGIN_LENGTH),
            "font": {"size": 11, "color": palette.ink_2},
        },
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": 12, "t": 12},
    }
    return Figure(plotly=msgspec.Raw(msgspec.json.encode(figure)))


def _origin(provenance: Provenance) -> list[str]:
    told = [provenance.source_name]
    known = provenance.completeness
    if known is not None:
        # Rounded down: 99.96 % is not complete.
        share = math.floor(known.present / known.expected * 1000) / 10 if known.expected else None
        told.append("completeness unknown" if share is None else f"{share:g}{THIN_SPACE}% complete")
    return [*told, f"times in {provenance.zone}"]


def _card(headline: Headline, theme: Theme, palette: Palette) -> Layout:
    """The number large, what it is compared with below it, and its series along the foot."""
    quantity = quantity_of(headline.unit)
    scale = common_scale(quantity, abs(headline.value or 0.0))
    number = MISSING if headline.value is None else scale.text(headline.value)
    lines = [(number, 0.0, 44, palette.ink), (headline.label, 54.0, 12, palette.ink_2)]
    if headline.value is not None and headline.compared_with is not None and headline.comparison_label:
        told = change(headline.value, headline.compared_with, quantity)
        against = f"against {scale.text(headline.compared_with)}, {headline.comparison_label}"
        lines.append((f"{told} {against}" if told else against, 74.0, 12, palette.ink_2))
    notes = [
        {
            "text": label(text, _TITLE_LENGTH),
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "top",
            "xshift": -25,
            "yshift": -down,
            "align": "left",
            "showarrow": False,
            "font": {"size": size, "color": colour},
        }
        for text, down, size, colour in lines
    ]
    spark = {
        "type": "scatter",
        "mode": "lines",
        "y": list(headline.spark),
        "line": {"color": palette.series[0], "width": 2},
        "hoverinfo": "skip",
    }
    return {
        "data": [spark] if headline.spark else [],
        "layout": {
            "annotations": notes,
            "xaxis": {"visible": False},
            "yaxis": {"visible": False, "domain": [0, 0.4]},
            "showlegend": False,
            "template": TEMPLATES[theme],
            "meta": {"surface": palette.surface, "theme": theme},
        },
    }
