"""A picture says itself where its numbers come from, and of how many rows it shows the first."""

from dataclasses import replace

import msgspec
import polars as pl
import pytest

from gridlens.visualizations.figures.draw import draw
from gridlens.visualizations.figures.pictured import pictured
from gridlens.visualizations.spec import ChartKind, ChartSpec


@pytest.mark.parametrize(
    ("total_rows", "said"),
    [(1_204_332, "showing 3 of 1,204,332 rows"), (None, "the first 3 rows of more, not counted in time")],
)
def test_what_is_cut_is_said_first_however_long_the_rest_is(answer, total_rows, said):
    rows = answer(pl.DataFrame({"site": ["Mill", "Weir", "Quay"], "load": [3.0, 2.0, 1.0]}), load="kW")
    cut = replace(rows, is_cut=True, total_rows=total_rows, source_name="metering " * 30)

    chart = draw("Load", ChartSpec(kind=ChartKind.BAR, x="site", y=("load",)), cut)
    layout = msgspec.json.decode(pictured(chart, "light").plotly)["layout"]

    assert layout["title"]["subtitle"]["text"].startswith(said)
    assert chart.provenance.total_rows == total_rows
