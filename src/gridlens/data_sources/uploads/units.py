"""The unit in a heading: ``Load [MW]``, ``active_energy_kwh``, ``Verbrauch in kWh``, ``price_eur_mwh``."""

import re
from typing import NamedTuple

_SPELLINGS = {
    "Wh": "wh",
    "kWh": "kwh",
    "MWh": "mwh",
    "GWh": "gwh",
    "TWh": "twh",
    "W": "w watt watts",
    "kW": "kw",
    "MW": "mw",
    "GW": "gw",
    "kWp": "kwp",
    "MWp": "mwp",
    "VA": "va",
    "kVA": "kva",
    "MVA": "mva",
    "kVAh": "kvah",
    "var": "var",
    "kvar": "kvar",
    "Mvar": "mvar",
    "kvarh": "kvarh",
    "Mvarh": "mvarh",
    "V": "v volt volts",
    "kV": "kv",
    "mV": "",
    "A": "a amp amps ampere",
    "kA": "ka",
    "mA": "ma",
    "Ah": "ah",
    "Hz": "hz",
    "%": "% pct percent prozent",
    "°C": "°c ºc degc deg_c celsius c",
    "°F": "°f ºf degf deg_f fahrenheit f",
    "K": "k kelvin",
    "J": "j",
    "kJ": "kj",
    "MJ": "mj",
    "GJ": "gj",
    "TJ": "tj",
    "Btu": "btu",
    "MMBtu": "mmbtu",
    "therm": "therm therms",
    "m³": "m3 m³ m^3 cbm",
    "Nm³": "nm3 nm³",
    "L": "l litre liter litres",
    "m²": "m2 m² m^2 qm",
    "cm²": "cm2 cm²",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "km": "km",
    "Pa": "pa",
    "kPa": "kpa",
    "hPa": "hpa",
    "mbar": "mbar",
    "bar": "bar",
    "°": "° deg degrees",
    "g": "g",
    "kg": "kg",
    "t": "t",
    "g CO₂": "gco2 gco₂ g_co2 gco2e",
    "kg CO₂": "kgco2 kgco₂ kg_co2 kgco2e",
    "t CO₂": "tco2 tco₂ t_co2 tco2e",
    "ms": "ms",
    "s": "s sec",
    "min": "min",
    "h": "h hr",
    "d": "d",
    "€": "€ eur euro",
    "ct": "ct cent cents",
    "£": "£ gbp",
    "p": "p",
    "$": "$ usd",
    "CHF": "chf",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln",
    "CZK": "czk",
    "AUD": "aud",
    "CAD": "cad",
    "JPY": "jpy",
    "INR": "inr",
    "lx": "lx lux",
    "ppm": "ppm",
    "p.u.": "p.u. pu",
}
_UNIT_OF = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()}
_MONEY = frozenset(
    ("€", "ct", "£", "$", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "AUD", "CAD", "JPY", "INR")
)

# A word at the end of a heading may be a unit by chance; these only count beside a word that fits.
_NEEDS_A_HINT = {
    "°C": r"temp|dew|dry.?bulb",
    "°F": r"temp|dew|dry.?bulb",
    "K": r"temp",
    "W": r"power|load|demand|solar|pv|leistung|grid|import|export|generation|ac|dc",
    "V": r"volt|spannung|phase|l[123]",
    "A": r"current|strom|amp|phase|l[123]",
    "°": r"dir|angle|winkel|azimuth|tilt",
    "mm": r"precip|rain|snow|niederschlag",
    "cm": r"snow",
    "m": r"height|level|depth|altitude|elevation|visib",
    "km": r"visib|dist",
    "min": r"duration|dauer|delay|outage",
    "h": r"duration|dauer|hours",
    "s": r"duration|dauer|delay",
    "var": r"reactive|blind",
    "bar": r"pressure|druck",
    "t": r"mass|weight|steam",
    "kg": r"mass|weight|carbon|co2|emission",
    "g": r"carbon|co2|emission",
}
_NEVER_ALONE = frozenset(("p", "d", "J", "L", "p.u.", "mV", "ms", "VA"))

# Headings that are nothing but a unit; shorter ones, and those that are words too, mean other things.
_ALONE = frozenset(
    "Wh kWh MWh GWh TWh kW MW GW kWp MWp kVA MVA kVAh kvar Mvar kvarh Mvarh kV Hz % °C °F kJ MJ GJ TJ MMBtu "
    "m³ Nm³ hPa kPa mbar km/h m/s W/m² kWh/m² €/kWh €/MWh ct/kWh £/kWh £/MWh $/kWh $/MWh".split()
)

_BRACKETED = re.compile(r"^(?P<name>.*?)[\s_,/-]*[\[(]\s*(?P<unit>[^\[\]()]{1,20}?)\s*[\])]\s*$", re.DOTALL)
_BRACKETED_INSIDE = re.compile(r"[\[(]\s*(?P<unit>[^\[\]()]{1,20}?)\s*[\])]")
_AFTER_WORD = re.compile(r"^(?P<name>.+?)(?:\s+in\s+|\s*,\s*|\s+/\s+|;\s*)(?P<unit>\S{1,16})$", re.DOTALL)
_GLUED = re.compile(
    r"[a-z](?P<unit>kWh|MWh|kW|MW|[Kk]m/h|hPa|mbar|W/m2|W/m²|°C|(?<=ature)C|(?<=oint)C|(?<=ation)mm|(?<=ility)[Kk]m)$"
)


class NamedUnit(NamedTuple):
    """A heading without its unit where that stood in brackets, and the unit."""

    name: str
    unit: str | None


def unit_of_heading(heading: str) -> NamedUnit:
    heading = heading.strip()
    if (match := _BRACKETED.match(heading)) and (unit := read_unit(match["unit"])):
        return NamedUnit(match["name"] or heading, unit)
    if (match := _AFTER_WORD.match(heading)) and (unit := read_unit(match["unit"])):
        return NamedUnit(heading, unit if _fits(unit, match["name"], is_spelled_out=True) else None)
    if (match := _BRACKETED_INSIDE.search(heading)) and (unit := read_unit(match["unit"])):
        return NamedUnit(heading, unit)
    if match := _GLUED.search(heading):
        return NamedUnit(heading, read_unit(match["unit"]))
    if (unit := read_unit(heading)) in _ALONE and heading.lower() not in {"c", "f"}:
        return NamedUnit(heading, unit)
    words = [word for word in re.split(r"[\s_\-.]+", heading) if word]
    for count in range(min(5, len(words) - 1), 0, -1):
        tail = "_".join(words[-count:]).lower()
        unit = _compound(tail)
        if unit and _fits(unit, " ".join(words[:-count]), is_spelled_out=False):
            return NamedUnit(heading, unit)
    return NamedUnit(heading, None)


def read_unit(text: str) -> str | None:
    """A unit as written in brackets or in a row of its own, in our spelling; none when it is none."""
    text = text.strip().strip("[]()").strip()
    if text in _SPELLINGS:
        return text
    return _compound(text.lower().replace(" ", ""))


def _compound(text: str) -> str | None:
    """One unit, or one per another: ``kwh``, ``eur/mwh``, ``eur_mwh``, ``w_per_m2``, ``mwh_per_halfhour``."""
    if unit := _UNIT_OF.get(text):
        return unit
    over, per, under = text.replace("_per_", "/").partition("/")
    if per:
        upper, lower = _UNIT_OF.get(over.strip("_")), _UNIT_OF.get(under.strip("_"))
        if upper and lower:
            return f"{upper}/{lower}"
        # Energy per interval is energy: every row is one interval.
        return upper if upper and upper.endswith("Wh") and "hour" in under else None
    head, _, tail = text.rpartition("_")
    upper, lower = _UNIT_OF.get(head), _UNIT_OF.get(tail)
    if upper in _MONEY and lower and lower not in _MONEY:
        return f"{upper}/{lower}"
    if upper in {"W", "kWh", "Wh", "J"} and lower in {"m²", "cm²"}:
        return f"{upper}/{lower}"
    return "m/s" if (head, tail) == ("m", "s") else "km/h" if text in {"kmh", "kph", "km_h"} else None


def _fits(unit: str, rest: str, *, is_spelled_out: bool) -> bool:
    if unit in _NEVER_ALONE:
        return False
    hint = _NEEDS_A_HINT.get(unit)
    if hint is None or (is_spelled_out and unit not in {"A", "V", "t", "g", "s", "m"}):
        return True
    return bool(re.search(hint, rest, re.IGNORECASE))
