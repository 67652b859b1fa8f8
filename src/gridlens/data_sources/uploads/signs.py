"""What the signs at numbers were taken for: money, shares, and brackets that mean a loss."""

from collections.abc import Iterator

import polars as pl

from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.numbers import in_brackets, signs_of
from gridlens.data_sources.uploads.options import ReadOptions
from gridlens.shared.results import Kind

_NUMERIC = {Kind.NUMBER, Kind.INTEGER}


def about_signs(options: ReadOptions, sample: pl.DataFrame) -> Iterator[Caution]:
    for column, cells in zip(options.columns, sample.get_columns(), strict=True):
        if not column.is_kept or cells.dtype != pl.String or column.kind not in _NUMERIC | {Kind.TEXT}:
            continue
        present = cells.drop_nulls().str.strip_chars()
        signs = signs_of(present)
        listed = " and ".join(signs)
        if len(signs) > 1:
            what = (
                f"{column.name} holds numbers with {listed}, which do not add up, and is kept as text. "
                "Choose number to have the bare numbers without their signs."
                if column.kind == Kind.TEXT
                else f"{column.name} holds numbers with {listed}. They are read as bare numbers and should "
                "not be added up."
            )
            yield Caution(code="mixed-signs", column=column.name, message=what)
        elif column.kind in _NUMERIC and signs:
            is_bare = present.str.contains(r"^[-+\u2212]?\d") & ~present.str.contains(listed, literal=True)
            # A bare zero is none of anything.
            others = present.filter(is_bare & ~present.str.contains(r"^[-+]?[0.,]*$"))
            if others.len():
                yield Caution(
                    code="signs-in-part",
                    column=column.name,
                    message=f"Some numbers in {column.name} carry {listed}, others, as “{others[0]}”, do "
                    f"not. All are read alike{_in_unit(column.unit)}; check that they mean the same.",
                )
        if column.kind in _NUMERIC:
            losses = present.filter(in_brackets(present))
            if losses.len():
                yield Caution(
                    code="brackets",
                    column=column.name,
                    message=f"{losses.len():,} numbers in {column.name} stand in brackets, such as "
                    f"“{losses[0]}”, and are read as negative.",
                )


def _in_unit(unit: str | None) -> str:
    return f", in {unit}" if unit else ""
