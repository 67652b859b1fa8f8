"""Answers without data, because the days or the number that they ask for have none."""

from datetime import date

from gridlens.analytics.ask.calendar import days_of
from gridlens.analytics.ask.plan import OneOf, QueryPlan
from gridlens.analytics.ask.relations import relations_of
from gridlens.analytics.ask.rendering.timeline import anchor_day, newest_day, oldest_day
from gridlens.analytics.ask.sentences.wording import day_text
from gridlens.analytics.ask.strangers import nobody_has
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.results import ResultSet


def newest_instead(plan: QueryPlan, result: ResultSet, source: SourceDescription, today: date) -> date | None:
    """The day of the newest data, where the answer is empty and that day lies outside what it asks for."""
    if plan.time is None or not _is_empty(plan, result):
        return None
    relations = relations_of(source.catalog)
    newest = newest_day(plan.time.column, relations, source.dialect, source.zone)
    if newest is None:
        return None
    if plan.time.span is None:
        # Months that none of the data lies in leave nothing, however many years are asked about.
        return newest if plan.time.months and newest.month not in plan.time.months else None
    days = days_of(plan.time.span, anchor_day(plan, relations, source.dialect, source.zone, today))
    is_inside = (days.start is None or days.start <= newest) and (days.end is None or newest < days.end)
    return None if is_inside else newest


def days_without_data(plan: QueryPlan, source: SourceDescription) -> str:
    """What an answer without data says, given that the days asked for have none: which days have."""
    relations = relations_of(source.catalog)
    if plan.time is not None:
        ends = [
            find(plan.time.column, relations, source.dialect, source.zone)
            for find in (oldest_day, newest_day)
        ]
        oldest, newest = ends
        if oldest is not None and newest is not None:
            return f"There is no data for this time: it runs from {day_text(oldest)} to {day_text(newest)}."
    return "There is no data for this time."


def number_nobody_has(plan: QueryPlan, result: ResultSet, source: SourceDescription) -> str | None:
    """“There is no home id 99: they run from 1 to 17.”, where the answer is empty and asks for such a number.

    What a column ranges over is what its profile last saw.
    """
    if not _is_empty(plan, result):
        return None
    relations = relations_of(source.catalog)
    for condition in plan.filters:
        if not isinstance(condition, OneOf) or condition.negated:
            continue
        profile = relations.column(condition.column).profile
        low, high = (profile.minimum, profile.maximum) if profile else (None, None)
        if not isinstance(low, int | float) or not isinstance(high, int | float):
            continue
        strange = [
            each for each in condition.values if isinstance(each, int | float) and not low <= each <= high
        ]
        if len(strange) == len(condition.values):
            return nobody_has(condition.column.table, relations.column(condition.column), condition.values)
    return None


def _is_empty(plan: QueryPlan, result: ResultSet) -> bool:
    """Without groups a figure of no rows is one row, of nothing or of a count of 0."""
    frame = result.frame
    if frame.height == 0:
        return True
    if plan.dimensions or not plan.measures or frame.height > 1:
        return False
    names = [measure.name for measure in plan.measures if measure.name in frame.columns]
    return all(frame.item(0, name) in (None, 0) for name in names)
