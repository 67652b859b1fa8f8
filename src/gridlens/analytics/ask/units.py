"""Units of energy data: what they measure and how they convert."""

import re
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from gridlens.shared.catalog import CatalogColumn

if TYPE_CHECKING:
    from pint import UnitRegistry

_SECONDS_PER_HOUR = 3600


class Quantity(StrEnum):
    ENERGY = "energy"
    POWER = "power"
    PRICE = "price"
    MONEY = "money"
    TEMPERATURE = "temperature"
    SHARE = "share"
    INTENSITY = "intensity"
    STATE = "state"
    AREA = "area"
    MASS = "mass"


_MEASURED: dict[str, Quantity] = {
    **dict.fromkeys(("Wh", "kWh", "MWh", "GWh", "TWh", "MJ", "GJ"), Quantity.ENERGY),
    **dict.fromkeys(("W", "kW", "MW", "GW"), Quantity.POWER),
    **dict.fromkeys(("kg", "g", "t"), Quantity.MASS),
    "m²": Quantity.AREA,
    "°C": Quantity.TEMPERATURE,
    "%": Quantity.SHARE,
}
_STATES = (
    "m/s",
    "km/h",
    "pa",
    "hpa",
    "kpa",
    "mbar",
    "bar",
    "v",
    "kv",
    "mv",
    "a",
    "ka",
    "hz",
    "°f",
    "k",
    "rpm",
    "lx",
)
# Milliwatts differ from megawatts by their case alone.
_MILLI = ("mW", "mWh")
_CURRENCIES = {
    "€": "€",
    "eur": "€",
    "euro": "€",
    "ct": "€",
    "cent": "€",
    "$": "$",
    "usd": "$",
    "£": "£",
    "gbp": "£",
    "p": "£",
    "chf": "CHF",
}
_CONVERTED = frozenset(Quantity) - {Quantity.TEMPERATURE, Quantity.STATE}
"""Degrees convert by more than a factor, and what else a sensor tells is shown as it was stored."""
_PLAIN = re.compile(r"[A-Za-z€$£²%/]+")
"""Units come from people and databases: nothing that could be a formula is handed on."""
_DEFINITIONS = (
    "euro = [euro]",
    "euro_cent = 0.01 euro",
    "us_dollar = [us_dollar]",
    "pound_sterling = [pound_sterling]",
    "penny = 0.01 pound_sterling",
    "swiss_franc = [swiss_franc]",
)
_DEFINED_AS = {
    "€": "euro",
    "ct": "euro_cent",
    "$": "us_dollar",
    "£": "pound_sterling",
    "p": "penny",
    "CHF": "swiss_franc",
    "m²": "meter ** 2",
    "%": "percent",
}
_SPELLINGS = {name.casefold(): name for name in _MEASURED} | {
    "m2": "m²",
    "sqm": "m²",
    "degc": "°C",
    "celsius": "°C",
    "degrees": "°C",
    "grad": "°C",
    "percent": "%",
    "prozent": "%",
    "pct": "%",
    "kilowatt": "kW",
    "kilowatts": "kW",
    "megawatt": "MW",
    "megawatts": "MW",
    "watt": "W",
    "watts": "W",
    "kilowattstunden": "kWh",
    "megawattstunden": "MWh",
}
_LADDERS = {
    Quantity.ENERGY: ("Wh", "kWh", "MWh", "GWh", "TWh"),
    Quantity.POWER: ("W", "kW", "MW", "GW"),
    Quantity.MASS: ("g", "kg", "t"),
}
# Column names write units in small letters, so MW and mW cannot be told apart; nobody meters in mW.
_SUFFIXES = (
    "wh",
    "kwh",
    "mwh",
    "gwh",
    "twh",
    "w",
    "kw",
    "mw",
    "gw",
    "eur",
    "usd",
    "gbp",
    "chf",
    "m2",
    "degc",
    "kg",
)


@lru_cache(maxsize=5_000)
def spelled(word: str) -> str | None:
    """The unit a word stands for as written on screen, or None: ``kwh`` → ``kWh``, ``eur`` → ``€``."""
    plain = word.strip().casefold()
    if word.strip() in _MILLI:
        return None
    if plain in _SPELLINGS:
        return _SPELLINGS[plain]
    if plain in ("ct", "cent", "cents"):
        return "ct"
    if plain in _CURRENCIES and plain != "p":
        return _CURRENCIES[plain]
    if "/" in plain:
        upper, _, lower = plain.partition("/")
        top, bottom = spelled(upper), spelled(lower)
        return f"{top}/{bottom}" if top and bottom else None
    return None


def quantity_of(unit: str | None) -> Quantity | None:
    """What a unit measures; None for units this module does not know."""
    if not unit:
        return None
    unit = _written(unit)
    if unit in _MEASURED:
        return _MEASURED[unit]
    if unit.casefold() in _CURRENCIES:
        return Quantity.MONEY
    if unit.casefold() in _STATES:
        return Quantity.STATE
    upper, slash, lower = unit.partition("/")
    if not slash:
        return None
    if quantity_of(upper) is Quantity.MONEY:
        return Quantity.PRICE
    # Power per installed power, carbon per energy, watts per square metre: averaged, never summed.
    return Quantity.INTENSITY if quantity_of(upper) or quantity_of(lower) else None


def column_unit(column: CatalogColumn) -> str | None:
    """The unit the catalog gives, or else the one at the end of the column's name."""
    if column.unit:
        return column.unit
    words = re.split(r"[^0-9a-z²]+", column.name.casefold())
    if len(words) < 1:
        return None
    last = words[-1]
    if last not in _SUFFIXES and not (last == "c" and len(words) > 1):
        return None
    if last == "c":
        return "°C"
    before = words[-2] if len(words) > 1 else ""
    if before == "per" and len(words) > 2:
        before = words[-3]
    if last in ("kwh", "mwh") and before in ("eur", "usd", "gbp", "chf", "ct"):
        return f"{spelled(before)}/{spelled(last)}"
    if last in ("kwh", "mwh", "kw") and before in ("kg", "g", "t", "w", "kw"):
        return f"{spelled(before)}/{spelled(last)}"
    return spelled(last)


@lru_cache(maxsize=5_000)
def factor(source: str | None, target: str | None, interval_seconds: int | None = None) -> Fraction | None:
    """What to multiply a value in ``source`` by to have it in ``target``; None when there is no way.

    Energy of an interval and mean power over it convert by the length of the interval.
    """
    if target is None or source == target:
        return Fraction(1)
    if source is None:
        return None
    source, target = _written(source), _written(target)
    if source == target:
        return Fraction(1)
    if not {quantity_of(source), quantity_of(target)} <= _CONVERTED or not _PLAIN.fullmatch(source + target):
        return None
    by = _converted(_defined(source), _defined(target))
    if by is None and interval_seconds is not None:
        by = _over_time(source, target, Fraction(interval_seconds, _SECONDS_PER_HOUR))
    return by


def product(one: str | None, other: str | None, interval_seconds: int | None) -> tuple[str, Fraction] | None:
    """The unit of values in ``one`` times values in ``other``, and what to multiply them by to have it.

    What stands below one of the two has to be what the other measures: ct/kWh times MWh gives ct. None where
    it is not.
    """
    for rate, amount in ((one, other), (other, one)):
        top, slash, bottom = (rate or "").partition("/")
        by = factor(amount, bottom, interval_seconds) if slash and amount else None
        if by is not None:
            return _written(top), by
    return None


def _over_time(source: str, target: str, hours: Fraction) -> Fraction | None:
    match quantity_of(source), quantity_of(target):
        case Quantity.POWER, Quantity.ENERGY:
            by = _converted(f"{_defined(source)} * hour", _defined(target))
            return by and by * hours
        case Quantity.ENERGY, Quantity.POWER:
            by = _converted(f"{_defined(source)} / hour", _defined(target))
            return by and by / hours
    return None


def _converted(source: str, target: str) -> Fraction | None:
    from pint.errors import PintError

    try:
        return Fraction(registry().convert(Fraction(1), source, target))
    except PintError:
        return None


def _defined(unit: str) -> str:
    return " / ".join(_DEFINED_AS.get(part, part) for part in unit.split("/"))


@cache
def registry() -> "UnitRegistry[Any]":
    """All units there are; loading them takes as long as many a question."""
    from pint import UnitRegistry

    units: UnitRegistry[Any] = UnitRegistry(non_int_type=Fraction)
    for definition in _DEFINITIONS:
        units.define(definition)
    return units


def ladder(unit: str | None) -> tuple[str, ...]:
    """The units of the same quantity a reader may prefer, small to large."""
    quantity = quantity_of(unit)
    return _LADDERS.get(quantity, ()) if quantity else ()


def readable(value: float, unit: str | None) -> tuple[float, str | None]:
    """The value in the unit of its ladder that keeps it between 1 and 1,000."""
    steps = ladder(unit)
    if not unit or not steps or value == 0:
        return value, unit
    for step in reversed(steps):
        scaled = value * float(factor(unit, step) or 1)
        if abs(scaled) >= 1:
            return scaled, step
    return value, unit


def _written(unit: str) -> str:
    return spelled(unit) or unit
