"""Units that the writer of a query says with the name of a column: ``energy_mwh``, ``cost_eur``."""

UNITS = {
    "wh": "Wh",
    "kwh": "kWh",
    "mwh": "MWh",
    "gwh": "GWh",
    "w": "W",
    "kw": "kW",
    "mw": "MW",
    "gw": "GW",
    "kva": "kVA",
    "kvar": "kvar",
    "eur": "€",
    "usd": "$",
    "gbp": "£",
    "chf": "CHF",
    "pct": "%",
    "percent": "%",
    "kg": "kg",
    "degc": "°C",
    "celsius": "°C",
}
PRICES = {
    f"{money}_per_{energy}": f"{UNITS[money]}/{UNITS[energy]}"
    for money in ("eur", "usd", "gbp", "chf")
    for energy in ("kwh", "mwh")
}


def named_unit(name: str) -> str | None:
    """The unit at the end of a column's name, after an underscore; nothing is guessed from less."""
    lowered = name.lower()
    for ending, unit in (*PRICES.items(), *UNITS.items()):
        if lowered.endswith(f"_{ending}"):
            return unit
    return None
