"""Units of measurement, found in what people write into names and comments of columns."""

import re

UNITS = {
    "wh": "Wh", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh",
    "w": "W", "kw": "kW", "mw": "MW", "gw": "GW", "kwp": "kWp", "mwp": "MWp",
    "va": "VA", "kva": "kVA", "mva": "MVA", "var": "var", "kvar": "kvar", "mvar": "Mvar",
    "kvarh": "kvarh", "kvah": "kVAh",
    "v": "V", "kv": "kV", "mv": "mV", "a": "A", "ka": "kA", "ma": "mA", "ah": "Ah", "hz": "Hz", "ohm": "Ω",
    "°c": "°C", "degc": "°C", "celsius": "°C", "c": "°C", "°f": "°F", "degf": "°F", "fahrenheit": "°F",
    "f": "°F", "k": "K", "kelvin": "K",
    "%": "%", "pct": "%", "percent": "%", "prozent": "%", "ppm": "ppm", "pu": "pu",
    "kg": "kg", "g": "g", "t": "t", "tonne": "t", "tonnes": "t",
    "m": "m", "km": "km", "cm": "cm", "mm": "mm", "m2": "m²", "m²": "m²", "km2": "km²",
    "m3": "m³", "m³": "m³", "nm3": "Nm³", "l": "l", "litre": "l", "liter": "l",
    "s": "s", "sec": "s", "seconds": "s", "min": "min", "minutes": "min", "h": "h", "hour": "h", "hours": "h",
    "day": "d", "days": "d", "ms": "ms",
    "pa": "Pa", "hpa": "hPa", "kpa": "kPa", "mbar": "mbar", "bar": "bar",
    "j": "J", "kj": "kJ", "mj": "MJ", "gj": "GJ", "mmbtu": "MMBtu", "btu": "Btu", "therm": "therm",
    "kmh": "km/h", "kph": "km/h", "mps": "m/s", "rpm": "rpm", "lux": "lx", "lx": "lx", "°": "°", "deg": "°",
    "eur": "€", "euro": "€", "€": "€", "ct": "ct", "cent": "ct", "usd": "USD", "$": "USD", "gbp": "£",
    "£": "£", "aud": "AUD", "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "pln": "PLN", "aed": "AED",
}  # fmt: skip
WORDS = {
    "kilowatt hours": "kWh",
    "kilowatt-hours": "kWh",
    "megawatt hours": "MWh",
    "degrees celsius": "°C",
    "degree celsius": "°C",
    "watts": "W",
    "kilowatts": "kW",
    "megawatts": "MW",
    "volts": "V",
    "amperes": "A",
    "metres per second": "m/s",
    "meters per second": "m/s",
    "watts per square metre": "W/m²",
    "watts per square meter": "W/m²",
}
MONEY = {"€", "ct", "USD", "£", "AUD", "CHF", "SEK", "NOK", "DKK", "PLN", "AED"}
ENERGY = {"Wh", "kWh", "MWh", "GWh", "MJ", "GJ", "MMBtu", "therm"}
RATIOS = {
    **{unit: ENERGY | {"kW", "MW", "kg", "t", "m³", "l", "d", "h"} for unit in MONEY},
    **{unit: ENERGY | {"m³", "km", "h"} for unit in ("kg", "g", "t")},
    **{unit: {"m²", "kW", "kWp", "MWp", "m³", "d", "km"} for unit in ("W", "kW", "Wh", "kWh")},
    "km": {"h"},
    "m": {"s"},
    "m³": {"h", "s", "d"},
    "l": {"h", "s", "min"},
    "mm": {"h"},
}
"""Numerators, each with the denominators that make a unit people use."""

NEEDS_HINT = {
    "w": {
        "power",
        "leistung",
        "load",
        "last",
        "demand",
        "p",
        "pv",
        "solar",
        "active",
        "potencia",
        "puissance",
    },
    "v": {"voltage", "volt", "spannung", "u", "tension"},
    "a": {"current", "strom", "amp", "ampere", "i", "corriente", "courant"},
    "c": {"temp", "temperature", "temperatur", "temperatura", "t"},
    "f": {"temp", "temperature", "t"},
    "k": {"temp", "temperature", "t"},
}
"""Letters that mean a unit only beside a word that says so."""

NEVER_ALONE = {
    "m", "s", "h", "g", "t", "l", "j", "min", "day", "days", "hour", "hours", "sec", "seconds", "minutes",
    "ms", "var", "pa", "ma", "mv", "pu", "ah", "bar", "cent", "therm", "euro",
}  # fmt: skip
"""Short words of many meanings, which a name must not be judged by."""

MILLI = {"mW", "mWh"}
CARBON = re.compile(r"\s*co2(-?eq?)?\b", re.IGNORECASE)
BRACKETED = re.compile(r"[\[(]([^\[\]()]{1,24})[\])]")
SAID = re.compile(
    r"\b(?:in|unit|units|einheit)\b\s*[:=]?\s*([^\s,;.]{1,16}(?:\s*/\s*[^\s,;.]{1,8})?)", re.IGNORECASE
)
STATED = re.compile(r"\[([^\[\]]{1,40})\]\s*(.*)", re.DOTALL)
DIVIDED = re.compile(r"\s*(?:/|\bper\b|\bpro\b)\s*", re.IGNORECASE)
SEPARATORS = re.compile(r"[^A-Za-z0-9%°€$£²³]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def unit_of(name: str, description: str | None) -> str | None:
    """The unit as it is written on screen, where comment or name give it away; never a guess."""
    return _in_description(description or "") or _in_name(name)


def stated_unit(description: str | None) -> tuple[str | None, str | None]:
    """The unit in brackets that a description of ours begins with, and the rest of it.

    It stands as somebody wrote it, where nothing better is known.
    """
    match = STATED.match(description or "")
    if match is None:
        return None, description
    return parse_unit(match[1]) or match[1], match[2].strip() or None


def parse_unit(text: str) -> str | None:
    """A text that is a unit and nothing else: ``EUR/MWh``, ``W per m2``, ``degC``."""
    text = CARBON.sub("", text.strip().strip("."))
    if text in MILLI:
        return text
    parts = DIVIDED.split(text)
    if len(parts) == 1:
        return WORDS.get(text.lower()) or UNITS.get(text.lower().replace(" ", ""))
    if len(parts) == 2:
        above, below = (UNITS.get(part.strip().lower()) for part in parts)
        if above and below:
            return f"{above}/{below}"
    return None


def _in_description(text: str) -> str | None:
    lowered = text.lower()
    for word in sorted(WORDS, key=len, reverse=True):
        if word in lowered:
            return WORDS[word]
    candidates = [*BRACKETED.findall(text), text, *SAID.findall(text), *re.split(r"[,;:–—]|\s-\s", text)[1:]]
    return next((unit for each in candidates if (unit := parse_unit(each))), None)


def _in_name(name: str) -> str | None:
    bracketed = next((unit for inside in BRACKETED.findall(name) if (unit := parse_unit(inside))), None)
    if bracketed:
        return bracketed
    tokens = _tokens(name)
    if not tokens:
        return None
    if len(tokens) >= 2:
        above, below = UNITS.get(tokens[-2]), UNITS.get(tokens[-1])
        if above and below and below in RATIOS.get(above, ()):
            return f"{above}/{below}"
    last, others = tokens[-1], set(tokens[:-1])
    if last in NEEDS_HINT:
        return UNITS[last] if others & NEEDS_HINT[last] else None
    for token in (last, tokens[0]):
        if token in UNITS and token not in NEVER_ALONE and token not in NEEDS_HINT:
            return UNITS[token]
    return None


def _tokens(name: str) -> list[str]:
    """Lower-case words of a name, ``loadMW`` and ``load_mw`` alike; ``per`` only divides."""
    tokens: list[str] = []
    for part in SEPARATORS.split(name):
        whole = part.lower() in UNITS
        tokens.extend(word.lower() for word in ([part] if whole else HUMP.split(part)))
    return [token for token in tokens if token and token not in {"per", "pro"}]
