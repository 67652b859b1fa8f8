"""What the demo shows: charts over its sources, three dashboards, and questions to begin with."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from gridlens.demo.sources import HOMES, HOUSEHOLD, SOLAR_PLANT, SUBSTATIONS, DemoSource


@dataclass(frozen=True, slots=True)
class DemoChart:
    """A saved question with its chart, written in SQL or as a plan.

    ``:from`` and ``:to`` of SQL are bound to the dashboard's time range. A plan is about ``measured``
    (a figure, as JSON has it) by time and perhaps by one column more; it follows the dashboard's grain.
    """

    name: str
    source: DemoSource
    spec: dict[str, object]
    sql: str = ""
    plan: "DemoPlan | None" = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """One figure of a table along its ``start_at``, split by a column of a joined table."""

    table: str
    function: str
    column: str
    grain: str
    split_by: tuple[str, str, str] | None = None
    where: tuple[str, str, str] | None = None
    unless: bool = False

    def document(self, first_on: date, last_on: date) -> dict[str, object]:
        """The plan over those days, as it is stored."""
        start_at = {"table": self.table, "column": "start_at"}
        dimensions: list[dict[str, object]] = [{"column": start_at, "name": self.grain, "grain": self.grain}]
        if self.split_by is not None:
            table, column, name = self.split_by
            dimensions.append({"column": {"table": table, "column": column}, "name": name})
        filters = []
        if self.where is not None:
            table, column, value = self.where
            where = {"table": table, "column": column}
            filters.append({"type": "in", "column": where, "values": [value], "negated": self.unless})
        span = {"type": "days", "start": first_on, "end": last_on + timedelta(days=1)}
        return {
            "measures": [
                {
                    "type": "aggregate",
                    "function": self.function,
                    "column": {"table": self.table, "column": self.column},
                    "name": self.column.removesuffix("_mw"),
                }
            ],
            "dimensions": dimensions,
            "filters": filters,
            "time": {"column": start_at, "span": span},
            "order": [{"by": self.grain}],
        }


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart, or Markdown, on the 12 columns of a dashboard."""

    content: DemoChart | str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DemoDashboard:
    name: str
    description: str
    zone: str
    first_on: date
    last_on: date
    widgets: tuple[Placed, ...]
    tags: tuple[str, ...] = field(default=("demo",))


IN_RANGE = "start_at >= :from AND start_at < :to"

PEAK_LOAD = DemoChart(
    name="Peak load",
    source=SUBSTATIONS,
    sql=f"""
SELECT start_at, sum(load_mw) AS peak_mw
FROM substation_load
WHERE {IN_RANGE}
GROUP BY start_at
ORDER BY start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["peak_mw"], "aggregate": "max"},
    description="Highest quarter-hourly sum of the four substations.",
)
ENERGY_DRAWN = DemoChart(
    name="Energy drawn",
    source=SUBSTATIONS,
    sql=f"""
SELECT date_trunc('hour', start_at) AS hour, sum(load_mw) * 0.25 AS energy_mwh
FROM substation_load
WHERE {IN_RANGE}
GROUP BY hour
ORDER BY hour""",
    spec={"kind": "value", "x": "hour", "y": ["energy_mwh"], "aggregate": "sum"},
    description="Quarter-hourly mean load times a quarter of an hour; what is fed in counts against it.",
)
MEAN_PRICE = DemoChart(
    name="Mean day-ahead price",
    source=SUBSTATIONS,
    sql=f"""
SELECT start_at, price AS mean_price
FROM day_ahead_price
WHERE {IN_RANGE}
ORDER BY start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["mean_price"], "aggregate": "mean"},
    description="Plain mean of the hours, not weighted by load.",
)
COLDEST = DemoChart(
    name="Coldest quarter-hour",
    source=SUBSTATIONS,
    sql=f"""
SELECT start_at, temperature AS lowest
FROM weather
WHERE {IN_RANGE}
ORDER BY start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["lowest"], "aggregate": "min"},
)
SUBSTATION_LOAD = DemoChart(
    name="Load of each substation",
    source=SUBSTATIONS,
    plan=DemoPlan(
        "substation_load", "mean", "load_mw", "hour", split_by=("substation", "name", "substation")
    ),
    spec={"kind": "line", "x": "hour", "y": ["load"], "series": "substation"},
    description="Hourly mean; below zero the area feeds in.",
)
DAY_AHEAD = DemoChart(
    name="Day-ahead price",
    source=SUBSTATIONS,
    plan=DemoPlan("day_ahead_price", "mean", "price", "hour"),
    spec={"kind": "step", "x": "hour", "y": ["price"]},
)
LOAD_PATTERN = DemoChart(
    name="Load pattern",
    source=SUBSTATIONS,
    sql=f"""
SELECT hour, avg(total_mw) AS load_mw
FROM (
  SELECT date_trunc('hour', start_at) AS hour, start_at, sum(load_mw) AS total_mw
  FROM substation_load
  WHERE {IN_RANGE}
  GROUP BY start_at
) AS per_quarter_hour
GROUP BY hour
ORDER BY hour""",
    spec={"kind": "heat_map", "x": "hour", "y": ["load_mw"]},
    description="Hour by day, four substations together.",
)
LOAD_DURATION = DemoChart(
    name="Load duration",
    source=SUBSTATIONS,
    sql=f"""
SELECT start_at, sum(load_mw) AS load_mw
FROM substation_load
WHERE {IN_RANGE}
GROUP BY start_at
ORDER BY start_at""",
    spec={"kind": "load_duration", "y": ["load_mw"]},
    description="For how long the load was at least so high.",
)
ENERGY_BY_SUBSTATION = DemoChart(
    name="Energy by substation",
    source=SUBSTATIONS,
    sql=f"""
SELECT s.name AS substation, sum(l.load_mw) * 0.25 AS energy_mwh
FROM substation_load AS l
JOIN substation AS s ON s.substation_id = l.substation_id
WHERE l.{IN_RANGE.replace("AND ", "AND l.")}
GROUP BY substation
ORDER BY energy_mwh DESC""",
    spec={"kind": "bar", "arrangement": "ranked", "x": "substation", "y": ["energy_mwh"]},
)
PEAKS = DemoChart(
    name="Peaks and gaps",
    source=SUBSTATIONS,
    sql=f"""
SELECT s.name AS substation,
       max(l.load_mw) AS highest,
       arg_max(l.start_at, l.load_mw) AS highest_at,
       min(l.load_mw) AS lowest,
       count(*) - count(l.load_mw) AS missing_readings
FROM substation_load AS l
JOIN substation AS s ON s.substation_id = l.substation_id
WHERE l.{IN_RANGE.replace("AND ", "AND l.")}
GROUP BY substation
ORDER BY highest DESC""",
    spec={"kind": "table"},
)

HOMES_ENERGY = DemoChart(
    name="Consumption of all homes",
    source=HOMES,
    sql=f"""
SELECT start_at, sum(consumption) AS consumption
FROM home_energy
WHERE {IN_RANGE}
GROUP BY start_at
ORDER BY start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["consumption"], "aggregate": "sum"},
)
HOMES_COST = DemoChart(
    name="Cost of all homes",
    source=HOMES,
    sql=f"""
SELECT e.start_at, sum(e.consumption * t.price) AS cost_usd
FROM home_energy AS e
JOIN tariff AS t ON t.start_at = e.start_at
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}
GROUP BY e.start_at
ORDER BY e.start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["cost_usd"], "aggregate": "sum"},
    description="Hourly consumption times the tariff of the hour.",
)
HOMES_CARBON = DemoChart(
    name="CO₂ of all homes",
    source=HOMES,
    sql=f"""
SELECT e.start_at, sum(e.consumption * t.carbon_intensity) AS carbon_kg
FROM home_energy AS e
JOIN tariff AS t ON t.start_at = e.start_at
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}
GROUP BY e.start_at
ORDER BY e.start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["carbon_kg"], "aggregate": "sum"},
)
PEAK_HOUR_SHARE = DemoChart(
    name="Share bought at the dear tariff",
    source=HOMES,
    sql=f"""
SELECT 100.0 * sum(CASE WHEN t.price >= 0.4 THEN e.consumption END) / sum(e.consumption) AS share_pct
FROM home_energy AS e
JOIN tariff AS t ON t.start_at = e.start_at
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}""",
    spec={"kind": "value"},
    description="Consumption in hours of 0.40 $/kWh or more.",
)
HOMES_DAILY = DemoChart(
    name="Consumption per day",
    source=HOMES,
    plan=DemoPlan("home_energy", "sum", "consumption", "day"),
    spec={"kind": "bar", "x": "day", "y": ["consumption"]},
)
HOMES_RANKED = DemoChart(
    name="Homes by consumption",
    source=HOMES,
    sql=f"""
SELECT h.name AS home, sum(e.consumption) AS consumption
FROM home_energy AS e
JOIN home AS h ON h.home_id = e.home_id
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}
GROUP BY home
ORDER BY consumption DESC""",
    spec={"kind": "bar", "arrangement": "ranked", "x": "home", "y": ["consumption"], "limit": 10},
)
HOMES_PROFILE = DemoChart(
    name="Mean consumption by hour of the day",
    source=HOMES,
    sql=f"""
SELECT extract(hour FROM start_at AT TIME ZONE 'Etc/GMT+8') AS hour_of_day, avg(consumption) AS consumption
FROM home_energy
WHERE {IN_RANGE}
GROUP BY hour_of_day
ORDER BY hour_of_day""",
    spec={"kind": "line", "x": "hour_of_day", "y": ["consumption"]},
    description="Per home and hour, in standard time.",
)
HEAT_AND_LOAD = DemoChart(
    name="Consumption against temperature",
    source=HOMES,
    sql=f"""
SELECT max(w.temperature) AS warmest, sum(e.consumption) AS consumption
FROM home_energy AS e
JOIN weather AS w ON w.start_at = e.start_at
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}
GROUP BY date_trunc('day', e.start_at AT TIME ZONE 'Etc/GMT+8')""",
    spec={"kind": "scatter", "x": "warmest", "y": ["consumption"]},
    description="One point a day: its warmest hour and what all homes used.",
)
TARIFF = DemoChart(
    name="Tariff",
    source=HOMES,
    sql=f"""
SELECT start_at, price
FROM tariff
WHERE {IN_RANGE}
ORDER BY start_at""",
    spec={"kind": "step", "x": "start_at", "y": ["price"]},
)

HOUSEHOLD_DAILY = DemoChart(
    name="Where the energy went",
    source=HOUSEHOLD,
    plan=DemoPlan(
        "circuit_energy",
        "sum",
        "energy",
        "day",
        split_by=("circuit", "name", "circuit"),
        where=("circuit", "direction", "consumption"),
    ),
    spec={"kind": "bar", "arrangement": "stacked", "x": "day", "y": ["energy"], "series": "circuit"},
    description="Metered circuits only; hours without a reading have an even share of their register's rise.",
)
HOUSEHOLD_GRID = DemoChart(
    name="Roof and grid",
    source=HOUSEHOLD,
    plan=DemoPlan(
        "circuit_energy",
        "sum",
        "energy",
        "day",
        split_by=("circuit", "name", "flow"),
        where=("circuit", "direction", "consumption"),
        unless=True,
    ),
    spec={"kind": "line", "x": "day", "y": ["energy"], "series": "flow"},
    description="Hours without a reading have an even share of their register's rise.",
)
SELF_USE = DemoChart(
    name="Own use of the roof",
    source=HOUSEHOLD,
    sql=f"""
SELECT 100.0 * (1 - sum(CASE WHEN circuit_id = 'grid_export' THEN energy END)
                    / sum(CASE WHEN circuit_id = 'pv' THEN energy END)) AS own_use_pct
FROM circuit_energy
WHERE {IN_RANGE}""",
    spec={"kind": "value"},
    description="Share of the solar yield that was not fed in; unread hours are estimated by their register.",
)
HOUSEHOLD_IMPORT = DemoChart(
    name="Bought from the grid",
    source=HOUSEHOLD,
    sql=f"""
SELECT start_at, energy
FROM circuit_energy
WHERE circuit_id = 'grid_import' AND {IN_RANGE}
ORDER BY start_at""",
    spec={"kind": "value", "x": "start_at", "y": ["energy"], "aggregate": "sum"},
    description="By the register; hours without a reading have an even share of its rise.",
)
HEAT_PUMP = DemoChart(
    name="Heat pump by hour",
    source=HOUSEHOLD,
    sql=f"""
SELECT start_at, energy
FROM circuit_energy
WHERE circuit_id = 'heat_pump' AND is_measured AND {IN_RANGE}
ORDER BY start_at""",
    spec={"kind": "heat_map", "x": "start_at", "y": ["energy"]},
    description="Measured hours only.",
)
METER_GAPS = DemoChart(
    name="Meter readings that are missing",
    source=HOUSEHOLD,
    sql=f"""
SELECT c.name AS circuit, count(*) AS hours, count(*) FILTER (NOT e.is_measured) AS missing,
       100.0 * count(*) FILTER (NOT e.is_measured) / count(*) AS missing_pct
FROM circuit_energy AS e
JOIN circuit AS c ON c.circuit_id = e.circuit_id
WHERE e.{IN_RANGE.replace("AND ", "AND e.")}
GROUP BY circuit
ORDER BY missing DESC, circuit""",
    spec={"kind": "table"},
)
SOLAR_OUTPUT = DemoChart(
    name="Solar plant: output against irradiance",
    source=SOLAR_PLANT,
    sql="""
SELECT irradiance, ac_power
FROM plant_output
WHERE irradiance > 0
ORDER BY start_at""",
    spec={"kind": "scatter", "x": "irradiance", "y": ["ac_power"]},
    description="Every quarter-hour of daylight, July to October 2016; points below the band are losses.",
)

CHARTS = (
    PEAK_LOAD,
    ENERGY_DRAWN,
    MEAN_PRICE,
    COLDEST,
    SUBSTATION_LOAD,
    DAY_AHEAD,
    LOAD_PATTERN,
    LOAD_DURATION,
    ENERGY_BY_SUBSTATION,
    PEAKS,
    HOMES_ENERGY,
    HOMES_COST,
    HOMES_CARBON,
    PEAK_HOUR_SHARE,
    HOMES_DAILY,
    HOMES_RANKED,
    HOMES_PROFILE,
    HEAT_AND_LOAD,
    TARIFF,
    HOUSEHOLD_DAILY,
    HOUSEHOLD_GRID,
    SELF_USE,
    HOUSEHOLD_IMPORT,
    HEAT_PUMP,
    METER_GAPS,
    SOLAR_OUTPUT,
)


def _credit(source: DemoSource) -> str:
    return f"**Data:** {source.credit}\n\n{source.description}"


DASHBOARDS = (
    DemoDashboard(
        name="Substations, load and price",
        description="Four Dutch substations in the winter of 2020, with day-ahead price and weather.",
        zone=SUBSTATIONS.zone,
        first_on=date(2020, 12, 7),
        last_on=date(2020, 12, 20),
        widgets=(
            Placed(PEAK_LOAD, 0, 0, 3, 2),
            Placed(ENERGY_DRAWN, 3, 0, 3, 2),
            Placed(MEAN_PRICE, 6, 0, 3, 2),
            Placed(COLDEST, 9, 0, 3, 2),
            Placed(SUBSTATION_LOAD, 0, 2, 8, 8),
            Placed(DAY_AHEAD, 8, 2, 4, 8),
            Placed(LOAD_PATTERN, 0, 10, 5, 9),
            Placed(LOAD_DURATION, 5, 10, 3, 9),
            Placed(ENERGY_BY_SUBSTATION, 8, 10, 4, 5),
            Placed(PEAKS, 8, 15, 4, 4),
            Placed(_credit(SUBSTATIONS), 0, 19, 12, 2),
        ),
    ),
    DemoDashboard(
        name="Homes, cost and carbon",
        description="Seventeen homes on a time-of-use tariff: what they use, when, and what it costs.",
        zone=HOMES.zone,
        first_on=date(2017, 6, 1),
        last_on=date(2017, 6, 30),
        widgets=(
            Placed(HOMES_ENERGY, 0, 0, 3, 2),
            Placed(HOMES_COST, 3, 0, 3, 2),
            Placed(HOMES_CARBON, 6, 0, 3, 2),
            Placed(PEAK_HOUR_SHARE, 9, 0, 3, 2),
            Placed(HOMES_DAILY, 0, 2, 7, 7),
            Placed(HOMES_RANKED, 7, 2, 5, 7),
            Placed(HOMES_PROFILE, 0, 9, 4, 7),
            Placed(HEAT_AND_LOAD, 4, 9, 4, 7),
            Placed(TARIFF, 8, 9, 4, 7),
            Placed(_credit(HOMES), 0, 16, 12, 2),
        ),
    ),
    DemoDashboard(
        name="Household and solar roof",
        description="Nine metered circuits of one household, with their gaps, and a solar plant beside it.",
        zone=HOUSEHOLD.zone,
        first_on=date(2016, 10, 17),
        last_on=date(2016, 11, 6),
        widgets=(
            Placed(HOUSEHOLD_IMPORT, 0, 0, 3, 2),
            Placed(SELF_USE, 3, 0, 3, 2),
            Placed(METER_GAPS, 6, 0, 6, 7),
            Placed(HOUSEHOLD_GRID, 0, 2, 6, 9),
            Placed(HOUSEHOLD_DAILY, 6, 7, 6, 8),
            Placed(HEAT_PUMP, 0, 11, 6, 12),
            Placed(SOLAR_OUTPUT, 6, 15, 6, 8),
            Placed(f"{_credit(HOUSEHOLD)}\n\n{_credit(SOLAR_PLANT)}", 0, 23, 12, 4),
        ),
    ),
)

QUESTIONS: tuple[tuple[DemoSource, str], ...] = (
    (SUBSTATIONS, "What is the average load by substation?"),
    (SUBSTATIONS, "Highest day-ahead price per month"),
    (SUBSTATIONS, "Average price by hour of day"),
    (SUBSTATIONS, "Average wind generation by substation in September 2021"),
    (HOMES, "Total consumption by home in June 2017"),
    (HOMES, "Consumption per month"),
    (HOMES, "Top 5 homes by consumption"),
    (HOUSEHOLD, "Energy by circuit per month"),
    (HOUSEHOLD, "How much energy did the heat pump use in January 2017?"),
    (SOLAR_PLANT, "Maximum ac power per day"),
)
"""Questions that the embedded engine answers on the demo's sources."""
