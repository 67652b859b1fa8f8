"""Units of energy data: what they measure and how they convert."""

import re
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from gridlens.shared.catalog import CatalogColumn

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


# Factor to the base unit of each quantity: kWh, kW, one major unit of the currency, kg, m².
_SCALES: dict[str, tuple[Quantity, Fraction]] = {
    "Wh": (Quantity.ENERGY, Fraction(1, 1000)),
    "kWh": (Quantity.ENERGY, Fraction(1)),
    "MWh": (Quantity.ENERGY, Fraction(1000)),
    "GWh": (Quantity.ENERGY, Fraction(10**6)),
    "TWh": (Quantity.ENERGY, Fraction(10**9)),
    "MJ": (Quantity.ENERGY, Fraction(1000, 3600)),
    "GJ": (Quantity.ENERGY, Fraction(10**6, 3600)),
    "W": (Quantity.POWER, Fraction(1, 1000)),
    "kW": (Quantity.POWER, Fraction(1)),
    "MW": (Quantity.POWER, Fraction(1000)),
    "GW": (Quantity.POWER, Fraction(10**6)),
    "kg": (Quantity.MASS, Fraction(1)),
    "g": (Quantity.MASS, Fraction(1, 1000)),
    "t": (Quantity.MASS, Fraction(1000)),
    "m²": (Quantity.AREA, Fraction(1)),
    "°C": (Quantity.TEMPERATURE, Fraction(1)),
    "%": (Quantity.SHARE, Fraction(1)),
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
    "€": ("€", Fraction(1)),
    "eur": ("€", Fraction(1)),
    "euro": ("€", Fraction(1)),
    "ct": ("€", Fraction(1, 100)),
    "cent": ("€", Fraction(1, 100)),
    "$": ("$", Fraction(1)),
    "usd": ("$", Fraction(1)),
    "£": ("£", Fraction(1)),
    "gbp": ("£", Fraction(1)),
    "p": ("£", Fraction(1, 100)),
    "chf": ("CHF", Fraction(1)),
}
_SPELLINGS = {name.casefold(): name for name in _SCALES} | {
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
        return _CURRENCIES[plain][0]
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
    if unit in _SCALES:
        return _SCALES[unit][0]
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
    if source in _SCALES and target in _SCALES:
        (from_quantity, from_scale), (to_quantity, to_scale) = _SCALES[source], _SCALES[target]
        ratio = from_scale / to_scale
        if from_quantity is to_quantity:
            return ratio
        if interval_seconds is None:
            return None
        hours = Fraction(interval_seconds, _SECONDS_PER_HOUR)
        if (from_quantity, to_quantity) == (Quantity.POWER, Quantity.ENERGY):
            return ratio * hours
        if (from_quantity, to_quantity) == (Quantity.ENERGY, Quantity.POWER):
            return ratio / hours
        return None
    return _money_factor(source, target)


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


def _money_factor(source: str, target: str) -> Fraction | None:
    from_top, _, from_bottom = source.partition("/")
    to_top, _, to_bottom = target.partition("/")
    a, b = _CURRENCIES.get(from_top.casefold()), _CURRENCIES.get(to_top.casefold())
    if a is None or b is None or a[0] != b[0] or bool(from_bottom) != bool(to_bottom):
        return None
    top = a[1] / b[1]
    if not from_bottom:
        return top
    bottom = factor(from_bottom, to_bottom)
    return top / bottom if bottom else None
