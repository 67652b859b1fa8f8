"""What every reader yields: some rows as columns, and what did not become a row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import polars as pl


class Fault(NamedTuple):
    """A record that could not be taken apart into fields."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows with columns named ``0``, ``1``, …: text still to be read, or values of a typed format.

    ``locate`` gives the line and the text of rows of this batch, for those that turn out bad.
    ``done`` of the reader's ``total`` has been read when this batch is through.
    """

    frame: pl.DataFrame
    done: int
    locate: Callable[[Sequence[int]], list[tuple[int, str]]]
    faults: list[Fault] = field(default_factory=list)
    blank_lines: int = 0


class Reader(Protocol):
    total: int

    def batches(self) -> Iterator[Batch]:
        """All rows in file order."""
        ...


def text_frame(columns: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        {str(index): pl.Series(values, dtype=pl.String) for index, values in enumerate(columns)}
    )
