"""What a report says about what it shows: its subject, headline figures, origins and gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from gridlens.core.principal import Principal
from gridlens.notifications.mail.dates import day, moment
from gridlens.notifications.mail.numbers import change, percent, quantity
from gridlens.notifications.mail.page import Value
from gridlens.notifications.printable import printable
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import DrawnChart, Headline, Provenance

PLACEHOLDER = re.compile(r"\{(\w*)\}")
PLACEHOLDERS = frozenset({"date", "week", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing in the report: a chart, a text, or the reason why there is neither."""

    title: str
    chart: DrawnChart | None = None
    chart_id: UUID | None = None
    markdown: str | None = None
    error: str | None = None


def filled(subject: str, *, name: str, zone: str, due_at: datetime, covered: TimeRange | None) -> str:
    """The subject with its placeholders filled: the day it is due, the week it covers, its target's name."""
    due_on = due_at.astimezone(ZoneInfo(zone)).date()
    week_of = covered.start.astimezone(ZoneInfo(covered.zone)).date() if covered else due_on
    said = {"date": day(due_on), "week": str(week_of.isocalendar().week), "name": name}
    text = PLACEHOLDER.sub(lambda found: said.get(found[1], found[0]), subject)
    return printable(text, 400)


def unknown_placeholders(subject: str) -> list[str]:
    return [each[0] for each in PLACEHOLDER.finditer(subject) if each[1] not in PLACEHOLDERS]


def is_value(shown: Shown) -> bool:
    return shown.chart is not None and isinstance(shown.chart.content, Headline)


def values(shown: Sequence[Shown]) -> tuple[Value, ...]:
    headlines = ((each.title, each.chart.content) for each in shown if each.chart is not None)
    return tuple(_value(title, content) for title, content in headlines if isinstance(content, Headline))


def preheader(values: Sequence[Value], shown: Sequence[Shown]) -> str:
    """What mail lists show beside the subject: the headline figures, else the first finding."""
    figures = " · ".join(f"{each.label} {each.value}" for each in values)
    return figures or next((each.chart.summary for each in shown if each.chart), "")


def _value(title: str, headline: Headline) -> Value:
    changed = change(headline.value, headline.compared_with, headline.unit)
    compared = f"{changed} {headline.comparison_label or ''}".strip() if changed else None
    return Value(
        label=title or headline.label, value=quantity(headline.value, headline.unit), compared=compared
    )


def provenance(origin: Provenance, zone: str) -> str:
    parts = [f"Source: {origin.source_name}"]
    if origin.completeness and origin.completeness.expected:
        share = origin.completeness.present / origin.completeness.expected
        parts.append(f"{percent(share)} complete")
    if origin.is_cut:
        parts.append(f"only the first {origin.row_limit} rows")
    parts.append(f"read {moment(origin.read_at, zone)}")
    return " · ".join(parts)


def too_little(charts: Sequence[Shown], least: int | None) -> str | None:
    """The chart that lacks most, when it lacks too much; nothing when every one is complete enough."""
    if least is None:
        return None
    shares = []
    for each in charts:
        found = each.chart.provenance.completeness if each.chart else None
        if found and found.expected:
            shares.append((found.present / found.expected, each.title, found))
    if not shares:
        return None
    share, title, found = min(shares, key=lambda each: each[0])
    if share * 100 >= least:
        return None
    return (
        f"“{title}” has {percent(share)} of its values ({found.present} of {found.expected}), less than the "
        f"{percent(least / 100)} that this report waits for."
    )


def why(principal: Principal, schedule: str | None) -> str:
    when = f", {schedule[0].lower()}{schedule[1:]}" if schedule else ""
    return f"You get this because {principal.name} sends this report to you{when}."
