"""Text that a spreadsheet would take for a formula is marked as text."""

import polars as pl

# Also the full-width forms, which some spreadsheets take for the plain ones.
_FORMULA = "^[=+\\-@\t\r\x00＝＋－＠]"


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with a quote before every text that would start a formula; numbers stay numbers."""
    texts = [
        pl.when(pl.col(name).str.contains(_FORMULA))
        .then(pl.lit("'") + pl.col(name).str.replace_all("\x00", "", literal=True))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.String
    ]
    return frame.with_columns(texts)


def harmless_name(name: str) -> str:
    return harmless(pl.DataFrame({"name": [name]})).item()  # type: ignore[no-any-return]
