"""What a series is about, read from its name: a carrier, a load, a price, a forecast."""

import re

import msgspec

from gridlens.visualizations.figures.quantities import Quantity

STACK_ORDER = ("nuclear", "coal", "gas", "biomass", "hydro", "wind", "solar", "battery", "grid")
"""Carriers from the bottom of a stack to its top: what runs steadily below what varies."""

_WORDS = {
    "nuclear": "nuclear",
    "coal": "coal",
    "lignite": "coal",
    "gas": "gas",
    "ccgt": "gas",
    "ocgt": "gas",
    "chp": "gas",
    "biomass": "biomass",
    "biogas": "biomass",
    "hydro": "hydro",
    "hydropower": "hydro",
    "wind": "wind",
    "onshore": "wind",
    "offshore": "wind",
    "solar": "solar",
    "pv": "solar",
    "photovoltaic": "solar",
    "photovoltaics": "solar",
    "battery": "battery",
    "bess": "battery",
    "storage": "battery",
    "charging": "battery",
    "discharging": "battery",
    "grid": "grid",
    "import": "grid",
    "export": "grid",
    "load": "load",
    "demand": "load",
    "consumption": "load",
    "price": "price",
    "tariff": "price",
}
_FORECAST = {"forecast", "forecasted", "predicted", "prediction", "expected"}
_BELOW = {"battery": "Charging", "grid": "Grid export"}
# "SolarMW" and "netLoad" are two words each, "kWh" is one.
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Meaning(msgspec.Struct, frozen=True):
    """``subject`` is a carrier, ``load`` or ``price``; nothing when the name says none of these."""

    subject: str | None
    is_forecast: bool = False

    @property
    def stack_place(self) -> int:
        return STACK_ORDER.index(self.subject) if self.subject in STACK_ORDER else len(STACK_ORDER)

    def name_below_zero(self, name: str) -> str:
        """What the negative part of a stacked series is: a battery that is charged, a grid fed into."""
        return _BELOW.get(self.subject or "", f"{name}, below zero")


def meaning_of(name: str, quantity: Quantity) -> Meaning:
    """Read a name; a carrier in the name of a wind speed or a solar irradiance does not count."""
    words = [word.lower() for word in _WORD.findall(name)]
    is_forecast = any(word in _FORECAST for word in words)
    if quantity.sort == "price":
        return Meaning("price", is_forecast)
    if quantity.sort not in {"energy", "power", "share"} and quantity.unit is not None:
        return Meaning(None, is_forecast)
    found = [_WORDS[word] for word in words if word in _WORDS]
    # "Grid load" is a load and "solar export" is solar: the more telling word decides.
    for telling in ("price", "load"):
        if telling in found:
            return Meaning(telling, is_forecast)
    carriers = [subject for subject in found if subject != "grid"] or found
    return Meaning(carriers[0] if carriers else None, is_forecast)
