"""What a report says about what it shows: its subject, headline figures, origins and gaps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from gridlens.core.principal import Principal
from gridlens.notifications.mail.dates import day, moment, span
from gridlens.notifications.mail.numbers import change, percent, quantity
from gridlens.notifications.mail.page import Value
from gridlens.notifications.printable import printable
from gridlens.shared.results import extent
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import DrawnChart, Headline, Provenance

PLACEHOLDER = re.compile(r"\{(\w*)\}")
_FILLED = re.compile(r"(?P<word>\b[Ww]eek\s+)?\{(?P<name>\w*)\}")
AS_CHARTED = "as charted"
PLACEHOLDERS = frozenset({"date", "week", "period", "name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing in the report: a chart, a text, or the reason why there is neither."""

    title: str
    chart: DrawnChart | None = None
    chart_id: UUID | None = None
    markdown: str | None = None
    error: str | None = None


def filled(
    subject: str,
    *,
    name: str,
    zone: str,
    due_at: datetime,
    covered: TimeRange | None,
    is_as_charted: bool = False,
) -> str:
    """The subject with its placeholders filled: the day it is due, the period it covers, its target's name.

    “week {week}” is a number only where what is covered lies within one week; else it is the days covered.
    ``is_as_charted``: each chart has a period of its own or none, so neither all time nor the day of sending
    is that of the report.
    """
    due_on = due_at.astimezone(ZoneInfo(zone)).date()
    period = AS_CHARTED if is_as_charted else span(covered) if covered else day(due_on)
    week = None if is_as_charted else _week(covered, due_on)
    said = {"date": day(due_on), "week": week or period, "period": period, "name": name}

    def fill(found: re.Match[str]) -> str:
        word = found["word"] or ""
        if found["name"] not in said:
            return found[0]
        # “week 1 – 31 May” would be no week.
        return said[found["name"]] if found["name"] == "week" and week is None else word + said[found["name"]]

    return printable(_FILLED.sub(fill, subject), 400)


def _week(covered: TimeRange | None, due_on: date) -> str | None:
    """The number of the week that holds all that is covered."""
    if covered is None:
        return str(due_on.isocalendar().week)
    zone = ZoneInfo(covered.zone)
    first = covered.start.astimezone(zone).date()
    last = (covered.end - timedelta(microseconds=1)).astimezone(zone).date()
    is_one = first.isocalendar()[:2] == last.isocalendar()[:2]
    return str(first.isocalendar().week) if is_one else None


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
    compared = " vs ".join(filter(None, (changed, headline.comparison_label))) if changed else None
    return Value(
        label=title or headline.label, value=quantity(headline.value, headline.unit), compared=compared
    )


def provenance(origin: Provenance, zone: str) -> str:
    parts = [f"Source: {origin.source_name}"]
    if origin.completeness and origin.completeness.expected:
        share = origin.completeness.present / origin.completeness.expected
        parts.append(f"{percent(share)} complete")
    elif origin.completeness:
        parts.append("completeness unknown")
    if origin.is_cut:
        parts.append(extent(origin.row_count, origin.total_rows))
    parts.append(f"times in {origin.zone}")
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
