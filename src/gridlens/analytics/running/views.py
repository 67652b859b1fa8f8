"""What was fetched as an answer, and an answer as each kind of reader knows it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
import polars as pl

from gridlens.analytics.running.cache import Answer, View
from gridlens.analytics.running.columns import describe_columns, kind_of
from gridlens.shared.data_sources import FetchedRows
from gridlens.shared.results import Column, Completeness

if TYPE_CHECKING:
    from gridlens.analytics.guard import Guarded

MOST_VIEWS = 4


def answer_of(
    fetched: FetchedRows,
    guarded: "Guarded",
    complete: Completeness | None,
    read_at: datetime,
    total_rows: int | None,
) -> Answer:
    return Answer(
        columns=describe_columns(fetched.frame, guarded.outputs),
        frame=fetched.frame,
        is_cut=fetched.is_cut,
        total_rows=total_rows,
        engine_ms=fetched.engine_ms,
        read_at=read_at,
        completeness=_of_nothing(complete) if complete and _is_blank(fetched.frame) else complete,
    )


def _is_blank(frame: pl.DataFrame) -> bool:
    """No rows, or one of missing values: what a figure over no rows is."""
    return frame.height == 0 or (frame.height == 1 and frame.null_count().row(0) == (1,) * frame.width)


def _of_nothing(complete: Completeness) -> Completeness:
    """An answer without a value is not complete by readings that do not fit its question."""
    if complete.present == 0:
        return complete
    return Completeness(
        expected=0, present=0, unknown="none of the readings that are there fits the question"
    )


def view_of(answer: Answer, planned: tuple[Column, ...] | None) -> View:
    """The answer for one kind of reader; made once, and then kept with the answer."""
    if planned is not None and len(planned) != answer.frame.width:
        planned = None
    view = answer.views.get(planned)
    if view is None:
        if planned is None:
            view = View(answer.columns, answer.own_frame())
        else:
            frame, columns = as_planned(answer.own_frame(), planned)
            view = View(columns, frame)
        if len(answer.views) < MOST_VIEWS:
            answer.views[planned] = view
    return view


def as_planned(frame: pl.DataFrame, planned: tuple[Column, ...]) -> tuple[pl.DataFrame, tuple[Column, ...]]:
    """What a plan knows of its columns goes before what the SQL tells, except how values are stored."""
    from gridlens.analytics.ask import typed

    frame = typed(frame, planned)
    columns = tuple(
        msgspec.structs.replace(column, kind=kind_of(series.dtype))
        for column, series in zip(planned, frame.get_columns(), strict=True)
    )
    return frame, columns


async def each_as_planned(
    parts: AsyncGenerator[pl.DataFrame, None], planned: tuple[Column, ...]
) -> AsyncGenerator[pl.DataFrame, None]:
    async with aclosing(parts):
        async for part in parts:
            yield as_planned(part, planned)[0]
