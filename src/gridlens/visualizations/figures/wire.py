"""Values as Plotly takes them: binary arrays, and text that cannot turn into markup."""

import math
import re
from array import array
from base64 import b64encode
from typing import Any

import polars as pl

LONGEST_LABEL = 60
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


def floats(values: pl.Series, shape: tuple[int, int] | None = None) -> dict[str, str]:
    """A typed array in base64, which Plotly reads without parsing numbers; missing is NaN.

    ``shape`` makes rows and columns of it.
    """
    numbers: list[float] = values.to_list()
    if values.null_count():
        numbers = [math.nan if value is None else value for value in numbers]
    coded = {"dtype": "f8", "bdata": b64encode(array("d", numbers)).decode()}
    return coded if shape is None else {**coded, "shape": f"{shape[0]}, {shape[1]}"}


def label(text: object, longest: int = LONGEST_LABEL) -> str:
    """A name from the data as Plotly may show it: one line of bounded length, and no markup."""
    plain = _UNSEEN.sub(" ", "–" if text is None else str(text)).strip() or "(empty)"
    if len(plain) > longest:
        plain = plain[: longest - 1].rstrip() + "…"
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def in_template(text: str) -> str:
    """A label inside a hover template, where ``%{`` would call for a value."""
    return label(text).replace("{", "&#123;")


def trace(kind: str, **parts: Any) -> dict[str, Any]:
    return {"type": kind, **parts}
