"""The command itself: opens the source, asks, writes, and says how it went."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gridlens.core.config import Settings
from gridlens.core.errors import GridlensError, Invalid
from gridlens.querying.answers import ask
from gridlens.querying.batches import answer_file
from gridlens.querying.formats import BINARY, as_json, written
from gridlens.querying.opening import opened
from gridlens.shared.results import extent


class QueryFailed(GridlensError):
    """The one query of a run has no rows to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for on the command line."""

    source: str
    sql: str | None
    queries: Path | None
    out: Path | None
    form: str
    row_limit: int | None
    zone: str
    email: str | None
    stops_after_guard: bool


async def run(settings: Settings, order: Order) -> str:
    """Do it; what is returned is for the eyes of who waits.

    Raises:
        GridlensError: the source cannot be read, or the one query was refused or failed.
    """
    if (order.sql is None) == (order.queries is None):
        raise Invalid("Give either one statement in quotes or --queries FILE.jsonl.")
    if order.queries is not None and order.out is None:
        raise Invalid("Say with --out FILE.jsonl where the answers go.")
    if order.queries is not None and order.out is not None and order.out.resolve() == order.queries.resolve():
        raise Invalid("The answers would overwrite the queries. Give --out a file of its own.")
    row_limit = order.row_limit or settings.query_rows
    async with opened(settings, order.source, order.zone, order.email) as source:
        if order.queries is not None and order.out is not None:
            with order.out.open("wb") as out:
                tally = await answer_file(
                    source,
                    order.queries,
                    out,
                    row_limit,
                    settings.engine_workers,
                    stops_after_guard=order.stops_after_guard,
                )
            return f"{tally}. The answers are in {order.out}."
        outcome = await ask(source, order.sql or "", row_limit, stops_after_guard=order.stops_after_guard)
    if outcome.result is None:
        if order.form == "json":
            _write(order, as_json(outcome))
        if outcome.reason is not None:
            raise QueryFailed(outcome.reason)
        return "This query may run."
    _write(order, await written(outcome.result, order.form))
    count = outcome.result.frame.height
    if outcome.result.is_cut:
        return f"{extent(count, outcome.result.total_rows)}; choose a higher --limit for more."
    return "1 row" if count == 1 else f"{count:,} rows"


def _write(order: Order, content: bytes) -> None:
    with ExitStack() as closing:
        if order.out is not None:
            closing.enter_context(order.out.open("wb")).write(content)
        elif order.form in BINARY and sys.stdout.isatty():
            raise Invalid(f"A terminal cannot show {order.form}. Say with --out FILE where it goes.")
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
