"""What a unit means: how it scales, whether it adds up, and how its numbers are written."""

import math
import re
from typing import Literal

import msgspec

THIN_SPACE = "\u2009"
MINUS = "\u2212"
MISSING = "–"

_SCALING = re.compile(r"^(?P<prefix>[kMGT]?)(?P<stem>Wh|W|VAh|VA|varh|var)$")
_PREFIXES = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_MASSES = {"g": 1.0, "kg": 1e3, "t": 1e6, "kt": 1e9, "Mt": 1e12}
_SYMBOLS = "€$£¥"
_MONEY = re.compile(r"^(?P<prefix>[kM]?)(?P<stem>[€$£¥]|EUR|USD|GBP|CHF|NOK|SEK|DKK|PLN|CZK)$")

Sort = Literal["energy", "power", "money", "price", "share", "mass", "temperature", "other"]


class Quantity(msgspec.Struct, frozen=True):
    """A unit understood. ``factor`` turns a value in ``unit`` into one in ``stem``."""

    unit: str | None
    sort: Sort
    stem: str
    factor: float = 1.0
    tail: str = ""
    adds_up: bool = True
    """False of means, extremes and quantiles: what they are of may add up, they do not."""

    @property
    def sums_over_time(self) -> bool:
        """Energy of two hours adds up; their power does not."""
        return self.adds_up and self.sort in {"energy", "money", "mass"}

    @property
    def sums_across(self) -> bool:
        """Whether the values of two sites at one moment add up."""
        return self.sums_over_time or self.sort == "power"


def quantity_of(unit: str | None) -> Quantity:
    text = (unit or "").strip()
    if match := _SCALING.match(text):
        stem = match["stem"]
        sort: Sort = "energy" if stem.endswith("h") else "power"
        return Quantity(unit=text, sort=sort, stem=stem, factor=_PREFIXES[match["prefix"]])
    if match := _MONEY.match(text):
        return Quantity(unit=text, sort="money", stem=match["stem"], factor=_PREFIXES[match["prefix"]])
    head, _, tail = text.partition(" ")
    if "/" in text:
        is_price = (
            text[0] in _SYMBOLS or text.startswith("ct/") or _MONEY.match(text.split("/")[0]) is not None
        )
        return Quantity(unit=text, sort="price" if is_price else "other", stem=text)
    if head in _MASSES:
        return Quantity(
            unit=text, sort="mass", stem="g", factor=_MASSES[head], tail=f" {tail}" if tail else ""
        )
    if text == "%":
        return Quantity(unit=text, sort="share", stem=text)
    if text in {"°C", "°F", "K"}:
        return Quantity(unit=text, sort="temperature", stem=text)
    return Quantity(unit=text or None, sort="other", stem=text)


class Scale(msgspec.Struct, frozen=True):
    """One unit for a whole axis or column: values times ``factor`` are in ``unit``."""

    unit: str | None
    factor: float
    quantity: Quantity
    decimals: int

    def titled(self, name: str) -> str:
        return f"{name}, {self.unit}" if self.unit else name

    def text(self, value: object, *, is_scaled: bool = False) -> str:
        """A value with its unit, as written in a sentence."""
        if not isinstance(value, int | float) or not math.isfinite(value):
            return MISSING
        shown = value if is_scaled else value * self.factor
        return with_unit(number(shown, self.decimals), self.unit)


def common_scale(quantity: Quantity, largest: float) -> Scale:
    """The unit in which the largest magnitude reads best; what has no prefixes keeps its own."""
    base = abs(largest) * quantity.factor
    unit, factor = quantity.unit, 1.0
    steps = _steps(quantity)
    if steps and base > 0 and math.isfinite(base):
        fitting = [step for step in steps if base >= step[2]] or steps[:1]
        unit, size, _ = fitting[-1]
        factor = quantity.factor / size
    return Scale(
        unit=unit, factor=factor, quantity=quantity, decimals=decimals(quantity, unit, abs(largest) * factor)
    )


def _steps(quantity: Quantity) -> list[tuple[str, float, float]]:
    """Units of the family, smallest first: name, size, and the magnitude from which it is used."""
    stem = quantity.stem
    if quantity.sort in {"energy", "power"}:
        return [(prefix + stem, size, size) for prefix, size in _PREFIXES.items()]
    if quantity.sort == "mass":
        return [(name + quantity.tail, size, size) for name, size in _MASSES.items()]
    if quantity.sort == "money":
        return [(stem, 1.0, 1.0), (f"k{stem}", 1e3, 1e5), (f"M{stem}", 1e6, 1e7)]
    return []


def decimals(quantity: Quantity, unit: str | None, largest: float) -> int:
    """How many decimals a column has: the trade's custom, and never fewer than show three digits."""
    if quantity.sort == "price":
        return 2
    custom = {
        "power": 0 if unit in {"W", "kW", "VA", "kVA"} else 2,
        "energy": 1,
        "share": 1,
        "temperature": 1,
    }
    places = custom.get(quantity.sort, 0)
    if largest <= 0 or not math.isfinite(largest):
        return places
    return max(places, min(4, 2 - math.floor(math.log10(largest))))


def number(value: float, places: int) -> str:
    """Digits in groups with a true minus; what rounds to zero has no sign."""
    text = f"{value:,.{places}f}"
    if text.startswith("-"):
        text = MINUS + text[1:] if any(digit in "123456789" for digit in text) else text[1:]
    return text


def with_unit(digits: str, unit: str | None) -> str:
    """A currency stands first, every other unit after a thin space."""
    if not unit:
        return digits
    if unit in _SYMBOLS:
        sign = MINUS if digits.startswith(MINUS) else ""
        return f"{sign}{unit}{digits.removeprefix(MINUS)}"
    return f"{digits}{THIN_SPACE}{unit}"


def change(now: float, before: float, quantity: Quantity) -> str | None:
    """How far ``now`` lies from ``before``: in percent, in points of percentages, in degrees."""
    if quantity.sort == "share":
        return f"{_signed(now - before, 1)}{THIN_SPACE}pp"
    if quantity.sort == "temperature":
        return f"{_signed(now - before, 1)}{THIN_SPACE}{quantity.unit}"
    if before == 0:
        return None
    relative = (now - before) / abs(before) * 100
    return f"{_signed(relative, 1 if abs(relative) < 10 else 0)}{THIN_SPACE}%"


def _signed(value: float, places: int) -> str:
    text = number(value, places)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"
