"""Numbers in mails, grouped as in the figures: one unit a column, a true minus, thin spaces before units."""

from collections.abc import Iterable
from math import floor, isfinite, log10
from typing import NamedTuple

THIN = "\u202f"
MINUS = "\u2212"
MISSING = "–"
LADDERS = (("Wh", "kWh", "MWh", "GWh", "TWh"), ("W", "kW", "MW", "GW", "TW"))
MONEY = {"EUR": "€", "€": "€", "USD": "$", "$": "$", "GBP": "£", "£": "£"}


class Scale(NamedTuple):
    """How the numbers of one column are written: divided, with a unit and fixed decimals."""

    divisor: float
    unit: str | None
    decimals: int


def scale_of(values: Iterable[float | int | None], unit: str | None, *, is_whole: bool = False) -> Scale:
    """By the largest magnitude, so that one column has one unit."""
    largest = max((abs(each) for each in values if each is not None), default=0.0)
    divisor, shown = 1.0, unit
    for ladder in LADDERS:
        if unit in ladder:
            step = ladder.index(unit)
            while largest / divisor >= 1000 and step + 1 < len(ladder):
                step, divisor = step + 1, divisor * 1000
            shown = ladder[step]
    if is_whole and divisor == 1:
        return Scale(divisor, shown, 0)
    return Scale(divisor, shown, _decimals(shown, largest / divisor))


def number(value: float | int | None, scale: Scale) -> str:
    """Without its unit, as in a column; what is missing is an en dash."""
    if value is None or value != value:  # noqa: PLR0124 # not a number is unequal to itself
        return MISSING
    text = f"{abs(value) / scale.divisor:,.{scale.decimals}f}"
    is_negative = value < 0 and any(each in text for each in "123456789")
    return MINUS + text if is_negative else text


def quantity(value: float | None, unit: str | None) -> str:
    """One number that stands alone, as the page writes it: three significant digits, or money to the cent."""
    scale = scale_of([value], unit)
    size = abs(value or 0) / scale.divisor
    symbol = MONEY.get(scale.unit or "")
    before = 1 + floor(log10(size)) if size and isfinite(size) else 1
    decimals = (2 if size < 100 else 0) if symbol else min(max(3 - before, 0), 12)
    text = number(value, scale._replace(decimals=decimals))
    if not symbol and "." in text:
        text = text.rstrip("0").removesuffix(".")
    if symbol and text != MISSING:
        sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
        return f"{sign}{symbol}{digits}"
    return f"{text}{THIN}{scale.unit}" if scale.unit else text


def percent(share: float) -> str:
    """A share of one, with one decimal where it is not whole."""
    text = f"{share * 100:.1f}".removesuffix(".0")
    return f"{text}{THIN}%"


def change(value: float | None, before: float | None, unit: str | None) -> str | None:
    """How far a value lies from what it is compared with: in points, in degrees, else in percent."""
    if value is None or before is None:
        return None
    if unit == "%":
        return f"{_signed(value - before)}{THIN}pp"
    if unit in {"°C", "°F", "K"}:
        return f"{_signed(value - before)}{THIN}{unit}"
    return f"{_signed((value - before) / abs(before) * 100)}{THIN}%" if before else None


def _signed(value: float) -> str:
    text = number(value, Scale(1.0, None, 1))
    return f"+{text}" if value > 0 and not text.startswith(MINUS) else text


def _decimals(unit: str | None, largest: float) -> int:
    if unit in MONEY or (unit and "/" in unit):
        return 2
    if unit == "%" or (unit and unit.endswith("Wh")):
        return 1
    if unit == "kW":
        return 0 if largest >= 100 else 1
    return 0 if largest >= 10_000 else 1 if largest >= 100 else 2
