"""Whether the two periods of a comparison are covered alike by the data there is."""

from datetime import date, timedelta

from gridlens.analytics.ask.calendar import compared_days
from gridlens.analytics.ask.plan import Days, QueryPlan, aggregates
from gridlens.analytics.ask.relations import relations_of
from gridlens.analytics.ask.rendering.timeline import anchor_day, newest_day, oldest_day
from gridlens.analytics.ask.sentences.wording import days_text
from gridlens.shared.data_sources import SourceDescription

_SLIGHT, _SLIGHT_OF_MEANS = 0.02, 0.1
"""The part of a period that may be missing: a week of a year for what adds up, a few days of a month for a
mean, which a day less hardly moves."""


def covered_unlike(plan: QueryPlan, source: SourceDescription, today: date) -> str | None:
    """“The data covers only 1 Aug – 31 Dec 2016 of 2016, so the two are not compared.”, where that is so.

    Old data does not arrive any more, but new data does: what the catalog saw last is held against a period
    only where the source is an archive.
    """
    if plan.time is None or plan.time.span is None or plan.comparison is None:
        return None
    relations = relations_of(source.catalog)
    column = plan.time.column
    oldest = oldest_day(column, relations, source.dialect, source.zone)
    newest = newest_day(column, relations, source.dialect, source.zone)
    if oldest is None or newest is None:
        return None
    anchor = anchor_day(plan, relations, source.dialect, source.zone, today)
    compared = compared_days(plan.time.span, plan.comparison, anchor)
    if compared.overlaps:
        return None
    end = newest + timedelta(days=1) if source.anchors_to_newest else date.max
    functions = {each.function for measure in plan.measures for each in aggregates(measure)}
    slight = _SLIGHT if functions & {"sum", "count", "count_distinct"} else _SLIGHT_OF_MEANS
    told = []
    for start, until in ((compared.start, compared.end), (compared.earlier_start, compared.earlier_end)):
        first, last = max(start, oldest), min(until, end)
        covered = max((last - first).days, 0)
        if (until - start).days - covered <= slight * (until - start).days:
            continue
        whole = days_text(Days(start=start, end=until))
        if not covered:
            told.append(f"none of {whole}")
        else:
            told.append(f"only {days_text(Days(start=first, end=last))} of {whole}")
    if not told:
        return None
    return f"The data covers {' and '.join(told)}, so the two are not compared."
