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


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def show(title: str, figures: Sequence[Figure]) -> None:
    click.echo(f"\n{title}")
    for each in figures:
        target = "" if each.target is None else f"≤ {each.target:g}"
        verdict = "" if each.target is None else ("met" if each.value <= each.target else "missed")
        value = f"{each.value:.2f}" if each.unit == "s" else f"{each.value:.1f}"
        row = f"  {each.name:<52}{value:>9} {each.unit:<3}{target:>8} {verdict:<7}{each.note}"
        click.echo(row.rstrip())
