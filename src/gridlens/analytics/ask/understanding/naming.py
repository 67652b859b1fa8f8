"""Names for the columns of an answer."""

import re

from gridlens.analytics.ask.plan import Function, Grain
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, TableEntry
from gridlens.analytics.ask.understanding.words import split_name
from gridlens.analytics.ask.units import Quantity, quantity_of, spelled

_BY_QUANTITY = {
    Quantity.ENERGY: "energy",
    Quantity.POWER: "power",
    Quantity.PRICE: "price",
    Quantity.MONEY: "amount",
    Quantity.TEMPERATURE: "temperature",
    Quantity.AREA: "area",
    Quantity.SHARE: "share",
}
_PREFIXES: dict[Function, str] = {
    "mean": "average",
    "median": "median",
    "min": "lowest",
    "max": "highest",
    "quantile": "quantile",
    "count_distinct": "distinct",
}


def spoken(column: ColumnEntry) -> str:
    """What a column is called in a sentence: ``load_mw`` is “load”, ``kwh`` is “energy”."""
    words = list(split_name(column.column.name))
    while len(words) > 1 and (spelled(words[-1]) or words[-1] in ("per", "c")):
        words.pop()
    if len(words) == 1 and spelled(words[0]) and column.quantity in _BY_QUANTITY:
        return _BY_QUANTITY[column.quantity]
    if column.column.name.casefold() in ("value", "val", "wert", "amount", "quantity") and column.quantity:
        return _BY_QUANTITY.get(column.quantity, words[0])
    return " ".join(words)


def thing(table: TableEntry) -> str:
    """One row of a table: ``sites`` is “site”."""
    words = list(split_name(table.table.name))
    if table.table.interval_seconds is not None and not {"reading", "readings", "messwerte"} & set(words):
        words.append("reading")
    last = words[-1]
    if last.endswith("ies") and len(last) > 4:
        last = f"{last[:-3]}y"
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        last = last[:-1]
    return " ".join([*words[:-1], last])


def things(table: TableEntry) -> str:
    """Many rows of a table: ``site`` is “sites”."""
    one = thing(table)
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        return f"{one[:-1]}ies"
    return one if one.endswith("s") else f"{one}s"


def figure_name(function: Function, column: ColumnEntry, unit: str | None = None) -> str:
    """The name of a figure; energy from a column of power is called energy, and the other way round."""
    name = spoken(column)
    measured = quantity_of(unit)
    if measured is Quantity.ENERGY and column.quantity is Quantity.POWER:
        name = " ".join([*(word for word in name.split() if word not in ("power", "load")), "energy"])
    elif measured is Quantity.POWER and column.quantity is Quantity.ENERGY:
        name = " ".join([*(word for word in name.split() if word != "energy"), "load"])
    prefix = _PREFIXES.get(function)
    if prefix and prefix not in name:
        name = f"{prefix} {name}"
    return output_name(name)


def output_name(text: str) -> str:
    """A name that reads well in SQL too."""
    return re.sub(r"\W+", "_", text.strip()).strip("_").lower()[:50] or "value"


def unique(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken; what is returned is taken from then on."""
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    taken.add(candidate)
    return candidate


def running_name(name: str, last: int | None, grain: Grain | None) -> str:
    """The name of a figure that runs on: its total so far, or its mean over the last so many groups."""
    words = "running" if last is None else f"{last} {grain} mean of"
    return output_name(f"{words}_{name}")
