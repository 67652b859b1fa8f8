"""An answer in one sentence."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from gridlens.analytics.ask.calendar import compared_days
from gridlens.analytics.ask.flows import tells_directions
from gridlens.analytics.ask.outputs import before
from gridlens.analytics.ask.plan import Aggregate, Dimension, Measure, QueryPlan, Ratio, Share
from gridlens.analytics.ask.sentences.wording import GRAINS, MONTHS, WEEKDAYS, comparison_text, span_text
from gridlens.analytics.ask.units import readable
from gridlens.shared.results import ResultSet

THIN = "\u202f"
"""Narrow, and no place to begin a new line: a unit stays with its number."""
_CURRENCY_SIGNS = ("€", "$", "£")
_ADDITIVE = ("sum", "count")
_ALIKE = 0.005
_LONG_AFTER = date(2200, 1, 1)
"""A day on which no period that a question names still runs."""


def headline(plan: QueryPlan, result: ResultSet, not_compared: str | None = None) -> str:
    """What the rows say first: the figure with its unit, how it compares, and the largest group.

    ``not_compared`` says why the earlier period allows no conclusion, and stands in the place of one.
    """
    if not_compared is not None:
        return f"{headline(msgspec.structs.replace(plan, comparison=None), result)} {not_compared}"
    if result.frame.height == 0:
        return "There is no data for this question."
    plan = msgspec.structs.replace(
        plan,
        dimensions=tuple(dimension for dimension in plan.dimensions if dimension.is_shown),
        measures=tuple(measure for measure in plan.measures if measure.is_shown),
    )
    if plan.columns or not plan.measures:
        return _listed(plan, result)
    measure = plan.measures[0]
    if not plan.dimensions:
        return _single(plan, measure, result)
    told = _grouped(plan, measure, result)
    return f"{told} {_shown(result)}" if result.is_cut else told


def number_text(value: float, unit: str | None = None) -> str:
    """Three significant digits in the unit that keeps the number short."""
    if unit in _CURRENCY_SIGNS:
        return _money(value, unit)
    scaled, shown = readable(value, unit)
    return f"{_three_digits(scaled)}{THIN}{shown}" if shown else _three_digits(scaled)


def count_text(value: float) -> str:
    return f"{round(value):,}".replace(",", THIN).replace("-", "−")


def _shown(result: ResultSet) -> str:
    """Of how many rows what was said holds, where they are cut."""
    first = count_text(result.frame.height)
    if result.total_rows is None:
        return f"These are the first {first} rows of more, not counted in time."
    return f"Showing {first} of {count_text(result.total_rows)} rows."


def _rows_text(result: ResultSet) -> str:
    """How many rows there are, with those that were cut."""
    if result.is_cut and result.total_rows is None:
        return f"more than {count_text(result.frame.height)}"
    return count_text(result.total_rows or result.frame.height)


def _flows_apart(plan: QueryPlan, result: ResultSet) -> bool:
    """Whether groups are directions of flow, of which no total is told."""
    names = [dimension.name for dimension in plan.dimensions if dimension.grain is None]
    columns = [result.frame.get_column(name) for name in names if name in result.frame.columns]
    return any(
        column.dtype == pl.String and tells_directions(column.drop_nulls().unique().to_list())
        for column in columns
    )


def _single(plan: QueryPlan, measure: Measure, result: ResultSet) -> str:
    row = result.frame.row(0, named=True)
    value, earlier = _float(row.get(measure.name)), _float(row.get(before(measure.name)))
    unit = _unit(result, measure.name)
    if value is None:
        shown = row.get(measure.name)
        return (
            f"{_label(measure)} is {shown}." if shown is not None else "There is no data for this question."
        )
    text = _counted_sentence(plan, measure, value) or (
        f"{_label(measure)} {_was(plan)} {_value_text(measure, value, unit)}{_period(plan)}"
    )
    return f"{text}{_change(plan, value, earlier)}."


def _counted_sentence(plan: QueryPlan, measure: Measure, value: float) -> str | None:
    """“There were 3 sites last week”, for a count of rows."""
    things = _counted(measure, value)
    if things is None:
        return None
    verbs = ("was", "were") if _was(plan) == "was" else ("is", "are")
    amount = count_text(value) if value else "no"
    return f"There {verbs[value != 1]} {amount} {things}{_period(plan)}"


def _counted(measure: Measure, value: float) -> str | None:
    """What a count of rows counts: “sites”."""
    if not isinstance(measure, Aggregate) or measure.function not in ("count", "count_distinct"):
        return None
    if measure.unit == "h":
        return "hour" if value == 1 else "hours"
    thing = measure.name.removesuffix("_count").removeprefix("number_of_").replace("_", " ")
    return _one(thing) if value == 1 else _many(thing)


def _one(thing: str) -> str:
    if thing.endswith("ies") and len(thing) > 4 and thing != "series":
        return f"{thing[:-3]}y"
    return thing if thing.endswith(("ss", "us", "is", "series")) else thing.removesuffix("s")


def _many(thing: str) -> str:
    if thing.endswith("s"):
        return thing
    return f"{thing[:-1]}ies" if thing.endswith("y") and thing[-2:-1] not in "aeiou" else f"{thing}s"


def _grouped(plan: QueryPlan, measure: Measure, result: ResultSet) -> str:
    values = [_float(value) for value in result.frame.get_column(measure.name).to_list()]
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if not known:
        return "There is no data for this question."
    unit = _unit(result, measure.name)
    top = max(known, key=lambda pair: pair[1])
    low = min(known, key=lambda pair: pair[1])
    if plan.limit_per is not None and plan.order and plan.order[0].by == measure.name:
        # The first of each group come in the order of the groups; only the first of all is so of all rows.
        is_most = plan.order[0].descending
        index, value = top if is_most else low
        text = f"{_label(measure)}{_period(plan)} was {'highest' if is_most else 'lowest'}"
        return f"{text} {_placed(plan, result, index)}, {_value_text(measure, value, unit)}."
    if plan.limit == 1 or len(values) == 1:
        only = known[0]
        name = _group_name(plan, result, only[0])
        earlier = _float(result.frame.row(only[0], named=True).get(before(measure.name)))
        change = _change(plan, only[1], earlier)
        shown = _value_text(measure, only[1], unit)
        return f"{name}: {_lower(measure)} {_was(plan)} {shown}{_period(plan)}{change}."
    if plan.limit is not None and len(known) > 1:
        first, second = (_group_name(plan, result, index) for index, _ in known[:2])
        one, other = (_value_text(measure, value, unit) for _, value in known[:2])
        return f"{first} comes first with {one}{_period(plan)}, then {second} with {other}."
    function = measure.function if isinstance(measure, Aggregate) else None
    if function in ("max", "min"):
        index, value = top if function == "max" else low
        text = f"{_label(measure)}{_period(plan)} {_was(plan)} {_value_text(measure, value, unit)}"
        return f"{text}, {_placed(plan, result, index)}."
    if _compares_neighbours(plan) and (newest := _against_before(plan, measure, result)):
        return newest
    is_part = result.is_cut or plan.limit is not None or bool(plan.having)
    if function not in _ADDITIVE or is_part or _flows_apart(plan, result):
        if top[1] == low[1] and not is_part:
            shown = _value_text(measure, top[1], unit)
            return f"{_label(measure)}{_period(plan)} {_was(plan)} the same throughout, {shown}."
        best, worst = _placed(plan, result, top[0]), _placed(plan, result, low[0])
        return (
            f"{_kept(plan, result)}{_label(measure)}{_period(plan)} was highest {best}, "
            f"{_value_text(measure, top[1], unit)}, and lowest {worst}, {_value_text(measure, low[1], unit)}."
        )
    total = sum(value for _, value in known)
    earlier_total = None
    if plan.comparison is not None:
        column = result.frame.get_column(before(measure.name)).to_list()
        past = [value for value in map(_float, column) if value is not None]
        earlier_total = sum(past) if past else None
    text = _counted_sentence(plan, measure, total) or (
        f"{_label(measure)} {_was(plan)} {_value_text(measure, total, unit)}{_period(plan)}"
    )
    text = f"{text}{_change(plan, total, earlier_total)}."
    if total <= 0 or low[1] < 0:
        return text
    share = (
        f"{_three_digits(100 * top[1] / total)}{THIN}%"
        if top[1] / total < 0.1
        else f"{100 * top[1] / total:.0f}{THIN}%"
    )
    name = _group_name(plan, result, top[0])
    if plan.dimensions[0].grain and len(plan.dimensions) == 1 and _counted(measure, total) is not None:
        return f"{text} Most were {_placed(plan, result, top[0])}, {count_text(top[1])}."
    if plan.dimensions[0].grain and len(plan.dimensions) == 1:
        return f"{text} It was highest {_placed(plan, result, top[0])}, {_value_text(measure, top[1], unit)}."
    return f"{text} {name[:1].upper()}{name[1:]} made up {share}."


def _kept(plan: QueryPlan, result: ResultSet) -> str:
    """“There are 7 homes. ”, where a condition on the figure has left only some."""
    if not plan.having or len(plan.dimensions) > 1 or plan.dimensions[0].grain is not None:
        return ""
    return f"There are {_rows_text(result)} {_many(_one(plan.dimensions[0].name.replace('_', ' ')))}. "


def _compares_neighbours(plan: QueryPlan) -> bool:
    """Whether each group of time is compared with an earlier one of the same answer: month by month."""
    if plan.comparison is None or plan.time is None or plan.time.span is None:
        return False
    return compared_days(plan.time.span, plan.comparison, _LONG_AFTER).overlaps


def _against_before(plan: QueryPlan, measure: Measure, result: ResultSet) -> str | None:
    """How the newest group with both figures compares with the one before it."""
    if len(plan.dimensions) > 1 or plan.dimensions[0].grain is None:
        return None
    pairs = result.frame.select(measure.name, before(measure.name)).rows()
    both = [index for index, (now, then) in enumerate(pairs) if None not in (_float(now), _float(then))]
    if not both:
        return None
    index = both[-1]
    value, earlier = _float(pairs[index][0]), _float(pairs[index][1])
    if value is None:
        return None
    shown = _value_text(measure, value, _unit(result, measure.name))
    return (
        f"{_group_name(plan, result, index)}: {_lower(measure)} was {shown}{_change(plan, value, earlier)}."
    )


def _listed(plan: QueryPlan, result: ResultSet) -> str:
    frame = result.frame
    if frame.height == 1 and frame.width <= 3:
        row = frame.row(0)
        cells = [
            _cell(value, column.unit, result.zone) for value, column in zip(row, result.columns, strict=True)
        ]
        return f"{', '.join(cells)}."
    names = frame.get_column(frame.columns[0]).head(3).to_list()
    is_short = frame.height <= 3 and frame.get_column(frame.columns[0]).dtype == pl.String
    if is_short:
        return f"{_and([str(name) for name in names])}."
    named = plan.dimensions[0].name if plan.dimensions else plan.columns[0].column.table
    what = named.replace("_", " ").removesuffix("s")
    return f"There is 1 {what}." if frame.height == 1 else f"There are {_rows_text(result)} {_many(what)}."


def _change(plan: QueryPlan, value: float, earlier: float | None) -> str:
    """“, 6 % less than the week before”."""
    if plan.comparison is None or earlier is None:
        return ""
    against = comparison_text(plan.comparison)
    if earlier == 0:
        return f", after none in {against}" if value else f", as in {against}"
    change = (value - earlier) / abs(earlier)
    if abs(change) < _ALIKE:
        return f", as much as in {against}"
    percent = f"{abs(100 * change):.0f}" if abs(change) >= 0.01 else f"{abs(100 * change):.1f}"
    return f", {percent}{THIN}% {'more' if change > 0 else 'less'} than {against}"


def _period(plan: QueryPlan) -> str:
    if plan.time is None or plan.time.span is None:
        return ""
    text = span_text(plan.time.span)
    if text in ("today", "yesterday") or text.startswith(("last ", "this ", "before ", "since ")):
        return f" {text}"
    if "–" in text:
        return f" over {text}"
    return f" {'on' if text[0].isdigit() and ' ' in text else 'in'} {text}"


def _was(plan: QueryPlan) -> str:
    return "was" if plan.time is not None and plan.time.span is not None else "is"


def _label(measure: Measure) -> str:
    name = _lower(measure)
    return name[:1].upper() + name[1:]


def _lower(measure: Measure) -> str:
    if isinstance(measure, Aggregate) and measure.function == "sum":
        return f"total {measure.name.replace('_', ' ')}"
    if isinstance(measure, Aggregate) and measure.function == "count":
        return f"the {measure.name.replace('_', ' ')}"
    if isinstance(measure, Share):
        return f"the share of {measure.of.name.replace('_', ' ')}"
    return f"the {measure.name.replace('_', ' ')}"


def _value_text(measure: Measure, value: float, unit: str | None) -> str:
    is_count = isinstance(measure, Aggregate) and measure.function in ("count", "count_distinct")
    if is_count and unit is None:
        return count_text(value)
    if isinstance(measure, Ratio | Share) and unit == "%":
        return f"{_three_digits(value)}{THIN}%"
    return number_text(value, unit)


def _unit(result: ResultSet, name: str) -> str | None:
    return next((column.unit for column in result.columns if column.name == name), None)


def _group_name(plan: QueryPlan, result: ResultSet, index: int) -> str:
    row = result.frame.row(index, named=True)
    return ", ".join(
        _bucket(dimension, row.get(dimension.name), result.zone) for dimension in plan.dimensions
    )


def _placed(plan: QueryPlan, result: ResultSet, index: int) -> str:
    """A group with the small word before it: on a day, at an hour, in a month, for anything else."""
    words = {"day": "on", "weekday": "on", "hour": "at", "minute15": "at", "hour_of_day": "at", None: "for"}
    return f"{words.get(plan.dimensions[0].grain, 'in')} {_group_name(plan, result, index)}"


def _bucket(dimension: Dimension, value: object, zone: str) -> str:
    """A group's name: a day as 14 Jun 2026, an hour as its start on the local clock."""
    if value is None:
        return "no value"
    match dimension.grain:
        case "weekday":
            return WEEKDAYS[int(str(value)) - 1]
        case "month_of_year":
            return MONTHS[int(str(value)) - 1]
        case "hour_of_day":
            return f"{int(str(value)):02}:00"
        case "month" if isinstance(value, date):
            return f"{MONTHS[value.month - 1]} {value.year}"
        case "quarter" if isinstance(value, date):
            return f"Q{(value.month + 2) // 3} {value.year}"
        case "year" if isinstance(value, date):
            return str(value.year)
        case "week" if isinstance(value, date):
            return f"the {GRAINS['week']} of {_cell(value, None, zone)}"
        case _:
            return _cell(value, None, zone)


def _cell(value: object, unit: str | None, zone: str) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(zone)) if value.tzinfo is not None else value
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal) and unit is not None:
        return number_text(float(value), unit)
    if isinstance(value, float | Decimal):
        return _three_digits(float(value))
    return "no value" if value is None else str(value)


def _money(value: float, sign: str) -> str:
    steps = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
    size, prefix = next(((size, prefix) for size, prefix in steps if abs(value) >= size), (1.0, ""))
    digits = _three_digits(abs(value) / size)
    minus = "−" if value < 0 else ""
    return f"{minus}{digits}{THIN}{prefix}{sign}" if prefix else f"{minus}{sign}{digits}"


def _three_digits(value: float) -> str:
    if value == 0:
        return "0"
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 1000:
        return f"{rounded:,.0f}".replace(",", THIN).replace("-", "−")
    text = f"{rounded:.3g}" if abs(rounded) >= 0.001 else f"{rounded:.2e}"
    return text.replace("-", "−")


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    found = float(value)
    return None if found != found else found  # noqa: PLR0124 -- only NaN differs from itself


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
