"""How sure the likeliest plan is, once it and the next ones have been tried: a line over few figures.

Plans that differ and yet answer alike speak for one another; repeated rows and many different answers speak
against the first. Learned from answers on databases that the other models had never seen.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridlens.analytics.ask.parsing.reader import Reading

MOST_ROWS = 200
"""Of an answer these are looked at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan gave. ``repeated`` is the share of rows that came before, ``missing`` the nulls per row."""

    rows: int
    width: int
    repeated: float
    missing: float
    digest: bytes

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]]) -> "Outcome":
        """Of the first rows, in whatever order they came."""
        seen = rows[:MOST_ROWS]
        texts = sorted(repr([str(value) for value in row]) for row in seen)
        count = max(len(seen), 1)
        return cls(
            rows=len(seen),
            width=len(seen[0]) if seen else 0,
            repeated=(len(texts) - len(set(texts))) / count,
            missing=sum(value is None for row in seen for value in row) / count,
            digest=hashlib.blake2b("\n".join(texts).encode(), digest_size=16).digest(),
        )


TOO_LONG = Outcome(rows=1, width=1, repeated=0.0, missing=0.0, digest=b"")
"""Of a plan that was not waited for."""


def figures(readings: Sequence[Reading], outcomes: Sequence[Outcome | None]) -> list[float]:
    """Of the first reading beside the others, each with what it gave; None for one that cannot be run."""
    best, own = readings[0], outcomes[0]
    chances = [each.chance for each in readings]
    alike = [
        chance
        for chance, outcome in zip(chances, outcomes, strict=True)
        if (outcome and outcome.digest) == (own and own.digest)
    ]
    return [
        *best.figures,
        best.chance,
        chances[1] if len(chances) > 1 else 0.0,
        sum(alike) / max(sum(chances), 1e-9),
        float(own.rows) if own else 0.0,
        float(own.width) if own else 0.0,
        own.repeated if own else 0.0,
        own.missing if own else 0.0,
        float(len({outcome and outcome.digest for outcome in outcomes})),
    ]
