"""Numbers as people and programs write them."""

from dataclasses import dataclass

import polars as pl

# A blank between thousands comes in several widths, and the apostrophe in two shapes.
_DIGITS = r"[\d.,'’ \u00a0\u2007\u2009\u202f]*\d[.,]?"
# Prices and shares come with their sign, losses in brackets.
_DRESSED = rf"^(?:[-+]?[€$£] ?[-+]?{_DIGITS}|[-+]?{_DIGITS} ?[€$£%]|\([€$£]? ?{_DIGITS}\))$"
DRESS = " €$£%()"
_SEPARATORS = {"": "", ",": ",", ".": ".", " ": "[ \u00a0\u2007\u2009\u202f]", "'": "['’]"}


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Which sign stands before decimals and which, if any, between thousands."""

    decimal_comma: bool = False
    thousands: str = ""

    @property
    def decimal(self) -> str:
        return "," if self.decimal_comma else "."

    def grouped_pattern(self) -> str | None:
        """Numbers with thousands separators, each group of three digits complete."""
        if not self.thousands:
            return None
        separator = _class(self.thousands)
        decimal = _class(self.decimal)
        return rf"^[+-]?\d{{1,3}}(?:{separator}\d{{3}})+(?:{decimal}\d*)?$"


def _class(separator: str) -> str:
    known = _SEPARATORS[separator]
    return rf"\{known}" if known in {",", "."} else known


def finite_number(cell: pl.Expr, style: NumberStyle) -> pl.Expr:
    """Numbers without thousands separators; null for everything else."""
    if style.decimal_comma:
        # A point is never silently a decimal sign here: 1.5 may well mean 15.
        without_point = pl.when(~cell.str.contains(".", literal=True)).then(cell)
        cell = without_point.str.replace(",", ".", literal=True)
    number = cell.cast(pl.Float64, strict=False)
    # The words inf and nan are no measurements.
    return pl.when(number.is_finite()).then(number)


def parse_numbers(text: pl.Series, style: NumberStyle) -> pl.Series:
    """Finite numbers; null where the text is no number in exactly this style."""
    text = text.str.replace("\u2212", "-", literal=True)
    cells = text.alias("cell").to_frame()
    values = cells.select(finite_number(pl.col("cell"), style)).to_series()
    if (pattern := style.grouped_pattern()) and values.null_count() > text.null_count():
        rows = (values.is_null() & text.str.contains(pattern)).fill_null(value=False).arg_true()
        bare = text.gather(rows).str.replace_all(_class(style.thousands), "")
        values = values.scatter(
            rows, bare.str.replace(style.decimal, ".", literal=True).cast(pl.Float64, strict=False)
        )
    if values.null_count() > text.null_count():
        rows = (values.is_null() & text.str.contains(_DRESSED)).fill_null(value=False).arg_true()
        if rows.len():
            dressed = text.gather(rows)
            bare = parse_numbers(dressed.str.replace_all(f"[{DRESS.strip()}]", "").str.strip_chars(), style)
            values = values.scatter(rows, (-bare).zip_with(dressed.str.starts_with("("), bare))
    return values


def signs_of(cells: pl.Series) -> list[str]:
    """The different signs of money and share that stand at the numbers of a column."""
    dressed = cells.filter(cells.str.contains(_DRESSED))
    return sorted(dressed.str.extract("([€$£%])").drop_nulls().unique())


def in_brackets(cells: pl.Series) -> pl.Series:
    """Which cells are numbers in brackets, as bookkeepers write a loss."""
    return cells.str.contains(_DRESSED) & cells.str.starts_with("(")


def parse_integers(text: pl.Series, style: NumberStyle) -> pl.Series:
    """Whole numbers; null where the text is none, or has decimals other than zeros."""
    text = text.str.replace("\u2212", "-", literal=True)
    values = text.cast(pl.Int64, strict=False)
    if values.null_count() > text.null_count():
        rows = (values.is_null() & text.is_not_null()).arg_true()
        bare = text.gather(rows)
        if pattern := style.grouped_pattern():
            grouped = bare.str.contains(pattern)
            bare = bare.str.replace_all(_class(style.thousands), "").zip_with(grouped, bare)
        whole = bare.str.replace(rf"{_class(style.decimal)}0*$", "")
        values = values.scatter(rows, whole.cast(pl.Int64, strict=False))
    return values
