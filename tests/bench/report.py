"""Figures with what they should be, as a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""
    is_floor: bool = False
    """The target is the least, not the most."""

    @property
    def is_met(self) -> bool:
        return self.target is None or (
            self.value >= self.target if self.is_floor else self.value <= self.target
        )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def show(title: str, figures: Sequence[Figure]) -> None:
    click.echo(f"\n{title}")
    for each in figures:
        sign = "≥" if each.is_floor else "≤"
        target = "" if each.target is None else f"{sign} {each.target:g}"
        verdict = "" if each.target is None else ("met" if each.is_met else "missed")
        value = f"{each.value:.2f}" if each.unit in ("s", "×") else f"{each.value:.1f}"
        row = f"  {each.name:<52}{value:>9} {each.unit:<3}{target:>8} {verdict:<7}{each.note}"
        click.echo(row.rstrip())
