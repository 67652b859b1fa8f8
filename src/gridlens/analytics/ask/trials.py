"""Plans that are tried before one is believed: what fails is dropped, what answers alike is surer."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.rendering.statement import render
from gridlens.core.errors import GridlensError
from gridlens.shared.data_sources import SourceDescription

if TYPE_CHECKING:
    from gridlens.analytics.ask.parsing.models import Models
    from gridlens.analytics.ask.parsing.reader import Reading as Parsed
    from gridlens.analytics.ask.parsing.surety import Outcome

MOST_TRIED = 5
Tries = Callable[[QueryPlan], "Outcome | None"]
"""What a plan gives; None where it cannot be run."""
RowsOf = Callable[[QueryPlan], pl.DataFrame]
"""
Raises:
    GridlensError: the plan cannot be run.
    TimeoutError: that takes too long.
"""
LOOKED_AT_SECONDS = 0.4
"""So long the plans behind the first are tried, to see whether they answer alike."""


@dataclass(frozen=True)
class Tried:
    """A reading with what its plan gave; nothing where it was not run."""

    reading: "Parsed"
    outcome: "Outcome | None" = None

    @property
    def is_empty(self) -> bool:
        return self.outcome is not None and self.outcome.rows == 0


def trying(rows_of: RowsOf) -> Tries:
    """Looks at what a plan gives, by a way to run it."""

    def trial(plan: QueryPlan) -> "Outcome | None":
        from gridlens.analytics.ask.parsing.surety import MOST_ROWS, TOO_LONG, Outcome

        try:
            return Outcome.of(rows_of(plan).head(MOST_ROWS).rows())
        except TimeoutError:
            return TOO_LONG  # a long query is no wrong one
        except GridlensError:
            return None

    return trial


def tried_in_turn(
    readings: "Iterable[Parsed]",
    description: SourceDescription,
    zone: str,
    today: date,
    tries: Tries | None,
) -> list[Tried]:
    """Those that make a statement; what fails is dropped, and what finds nothing comes after what does."""
    found: list[Tried] = []
    for reading in readings:
        try:
            render(reading.plan, description.catalog, description.dialect, zone, today)
        except PlanRefused:
            continue
        outcome = None
        # Once one finds something, the others wait until it is asked how sure that one is.
        if tries is not None and all(each.is_empty for each in found):
            outcome = tries(reading.plan)
            if outcome is None:
                continue
        found.append(Tried(reading, outcome))
        if len(found) == MOST_TRIED:
            break
    best = found[0].reading.chance if found else 0.0
    # An empty answer may be the true one, so a much less likely reading does not take its place.
    return sorted(found, key=lambda each: each.is_empty and each.reading.chance < 3 * best)


def surety_of(models: "Models", found: Sequence[Tried], tries: Tries | None) -> float:
    """The chance that the first plan is right, seen what it and the next ones give."""
    best = found[0]
    if models.surety is None or tries is None:
        return best.reading.chance
    from gridlens.analytics.ask.parsing.surety import figures

    outcomes = looked_at(found, tries)
    return models.surety.chance(figures([each.reading for each in found[: len(outcomes)]], outcomes))


def looked_at(
    found: Sequence[Tried], tries: Tries, seconds: float = LOOKED_AT_SECONDS
) -> list["Outcome | None"]:
    """What each plan gives, as far as that can be seen in a moment."""
    ends = time.monotonic() + seconds
    outcomes: list[Outcome | None] = []
    for each in found:
        if outcomes and time.monotonic() > ends:
            break
        outcomes.append(each.outcome or tries(each.reading.plan))
    return outcomes
