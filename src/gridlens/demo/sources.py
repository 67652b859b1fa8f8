"""The demo's four sources: packaged measurements turned into related tables with units and keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class DemoTable:
    """``columns`` maps a name to its DuckDB type, constraint included, and its comment.

    A comment begins with the unit in brackets where the column has one.
    """

    name: str
    comment: str
    columns: Mapping[str, tuple[str, str]]
    select: str
    constraint: str = ""


@dataclass(frozen=True, slots=True)
class DemoSource:
    """``zone`` is where its days begin; ``credit`` names the origin and licence of its data."""

    name: str
    zone: str
    description: str
    credit: str
    tables: tuple[DemoTable, ...]

    def build(self, path: Path) -> None:
        """Write the DuckDB database file of this source."""
        # Only here: the server that starts after the installation has no need of the engine.
        import duckdb

        with duckdb.connect(str(path)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            for table in self.tables:
                columns = ", ".join(f"{name} {kind}" for name, (kind, _) in table.columns.items())
                constraint = f", {table.constraint}" if table.constraint else ""
                connection.execute(f"CREATE TABLE {table.name} ({columns}{constraint})")
                select = table.select.replace("$data", str(DATA).replace("'", "''"))
                connection.execute(f"INSERT INTO {table.name} {select}")  # our own text
                connection.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}")
                for name, (_, comment) in table.columns.items():
                    connection.execute(f"COMMENT ON COLUMN {table.name}.{name} IS {_quoted(comment)}")
            connection.execute("CHECKPOINT")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


SUBSTATIONS = DemoSource(
    name="Dutch substations",
    zone="Europe/Amsterdam",
    description="Quarter-hourly load of 14 substations with day-ahead price and weather, 2020 and 2021.",
    credit="OpenSTEF offline examples (openstef-offline-example, commit 841f045), MPL-2.0.",
    tables=(
        DemoTable(
            name="substation",
            comment="Substations of the Dutch medium-voltage grid",
            columns={
                "substation_id": ("VARCHAR PRIMARY KEY", "Code of the substation"),
                "name": ("VARCHAR NOT NULL", "Name of the substation"),
                "latitude": ("DOUBLE", "[°] Latitude"),
                "longitude": ("DOUBLE", "[°] Longitude"),
            },
            select="""
                SELECT substation, 'Substation ' || substation, any_value(lat), any_value(lon)
                FROM (
                    SELECT substation, lat, lon FROM '$data/nl_netload_components_15min.parquet'
                    UNION ALL
                    SELECT substation, NULL, NULL FROM '$data/nl_substations_15min.parquet'
                )
                GROUP BY substation ORDER BY substation""",
        ),
        DemoTable(
            name="substation_load",
            comment="Measured net load per quarter-hour; feed-in to the grid above is negative",
            columns={
                "substation_id": ("VARCHAR NOT NULL REFERENCES substation (substation_id)", "Substation"),
                "start_at": ("TIMESTAMPTZ NOT NULL", "Start of the quarter-hour"),
                "load_mw": ("DOUBLE", "[MW] Mean net load"),
            },
            constraint="PRIMARY KEY (substation_id, start_at)",
            # The last two days hold forecast inputs only: there the load is not missing, it is not due.
            select="""
                SELECT substation, ts_utc, load FROM '$data/nl_substations_15min.parquet'
                WHERE ts_utc <= (SELECT max(ts_utc) FROM '$data/nl_substations_15min.parquet'
                                 WHERE load IS NOT NULL)
                ORDER BY substation, ts_utc""",
        ),
        DemoTable(
            name="substation_supply",
            comment="Net load of ten substations and the wind and solar generation behind them",
            columns={
                "substation_id": ("VARCHAR NOT NULL REFERENCES substation (substation_id)", "Substation"),
                "start_at": ("TIMESTAMPTZ NOT NULL", "Start of the quarter-hour"),
                "net_load_mw": ("DOUBLE", "[MW] Mean net load; negative when the area feeds in"),
                "solar_mw": ("DOUBLE", "[MW] Mean solar generation"),
                "wind_mw": ("DOUBLE", "[MW] Mean wind generation"),
            },
            constraint="PRIMARY KEY (substation_id, start_at)",
            # The origin labels a quarter-hour by its end and counts generation as negative load.
            select="""
                SELECT substation, ts_utc::TIMESTAMPTZ - INTERVAL 15 MINUTE, total_substation,
                       -total_solar_part, -total_wind_part
                FROM '$data/nl_netload_components_15min.parquet'
                ORDER BY substation, ts_utc""",
        ),
        DemoTable(
            name="day_ahead_price",
            comment="APX day-ahead price of the Netherlands",
            columns={
                "start_at": ("TIMESTAMPTZ PRIMARY KEY", "Start of the delivery hour"),
                "price": ("DOUBLE", "[€/MWh] Day-ahead price"),
            },
            select="""
                SELECT date_trunc('hour', ts_utc::TIMESTAMPTZ) AS hour, any_value(apx)
                FROM '$data/nl_substations_15min.parquet'
                WHERE apx IS NOT NULL GROUP BY hour ORDER BY hour""",
        ),
        DemoTable(
            name="weather",
            comment="Weather at the substations of the load table",
            columns={
                "start_at": ("TIMESTAMPTZ PRIMARY KEY", "Start of the quarter-hour"),
                "temperature": ("DOUBLE", "[°C] Air temperature"),
                "wind_speed": ("DOUBLE", "[m/s] Wind speed at 100 m"),
                "humidity": ("DOUBLE", "[%] Relative humidity"),
            },
            # The origin has humidity as a share of one, in single precision.
            select="""
                SELECT ts_utc, any_value(temp), any_value(windspeed_100m),
                       round(100 * any_value(humidity)::DOUBLE, 2)
                FROM '$data/nl_substations_15min.parquet'
                WHERE temp IS NOT NULL GROUP BY ts_utc ORDER BY ts_utc""",
        ),
    ),
)

HOMES = DemoSource(
    name="Homes in California",
    # The origin's clock has 24 hours on every day of the year: standard time, no clock change.
    zone="Etc/GMT+8",
    description="Hourly consumption and solar yield of 17 homes, with tariff, carbon intensity and weather.",
    credit="CityLearn Challenge 2022 data (CityLearn, commit b8bad31), MIT.",
    tables=(
        DemoTable(
            name="home",
            comment="Homes in Fontana, California",
            columns={
                "home_id": ("INTEGER PRIMARY KEY", "Number of the home"),
                "name": ("VARCHAR NOT NULL", "Name of the home"),
            },
            select="""
                SELECT DISTINCT building, format('Home {:02d}', building)
                FROM '$data/homes_ca_hourly.parquet' ORDER BY building""",
        ),
        DemoTable(
            name="tariff",
            comment="Time-of-use tariff and carbon intensity of the grid, the same for every home",
            columns={
                "start_at": ("TIMESTAMPTZ PRIMARY KEY", "Start of the hour"),
                "price": ("DOUBLE", "[$/kWh] Tariff"),
                "carbon_intensity": ("DOUBLE", "[kg/kWh] CO₂ per unit of grid energy"),
            },
            # Hour-ending labels become starts; standard time is UTC−8.
            select="""
                SELECT (ts_local_hour_ending::TIMESTAMP + INTERVAL 7 HOUR) AT TIME ZONE 'UTC',
                       electricity_pricing, carbon_intensity
                FROM '$data/homes_ca_weather_tariff.parquet' ORDER BY 1""",
        ),
        DemoTable(
            name="home_energy",
            comment="Energy of each home per hour",
            columns={
                "home_id": ("INTEGER NOT NULL REFERENCES home (home_id)", "Home"),
                "start_at": ("TIMESTAMPTZ NOT NULL REFERENCES tariff (start_at)", "Start of the hour"),
                "consumption": ("DOUBLE", "[kWh] Consumption of the home"),
                "solar_yield": ("DOUBLE", "[Wh/kW] Solar yield per installed kilowatt"),
            },
            constraint="PRIMARY KEY (home_id, start_at)",
            select="""
                SELECT building, (ts_local_hour_ending::TIMESTAMP + INTERVAL 7 HOUR) AT TIME ZONE 'UTC',
                       load_kwh, solar_w_per_kw
                FROM '$data/homes_ca_hourly.parquet' ORDER BY 1, 2""",
        ),
        DemoTable(
            name="weather",
            comment="Weather at the homes",
            columns={
                "start_at": ("TIMESTAMPTZ PRIMARY KEY", "Start of the hour"),
                "temperature": ("DOUBLE", "[°C] Outdoor temperature"),
                "humidity": ("DOUBLE", "[%] Relative humidity"),
                "direct_radiation": ("DOUBLE", "[W/m²] Direct solar irradiance"),
                "diffuse_radiation": ("DOUBLE", "[W/m²] Diffuse solar irradiance"),
            },
            select="""
                SELECT (ts_local_hour_ending::TIMESTAMP + INTERVAL 7 HOUR) AT TIME ZONE 'UTC',
                       outdoor_dry_bulb_temperature, outdoor_relative_humidity,
                       direct_solar_irradiance, diffuse_solar_irradiance
                FROM '$data/homes_ca_weather_tariff.parquet' ORDER BY 1""",
        ),
    ),
)

HOUSEHOLD = DemoSource(
    name="Household in Konstanz",
    zone="Europe/Berlin",
    description="Hourly energy of nine metered circuits of one household; unread hours are marked.",
    credit="Open Power System Data, Household Data package (CoSSMic), residential4, CC BY 4.0.",
    tables=(
        DemoTable(
            name="circuit",
            comment="Metered circuits of the household",
            columns={
                "circuit_id": ("VARCHAR PRIMARY KEY", "Code of the circuit"),
                "name": ("VARCHAR NOT NULL", "Name of the circuit"),
                "direction": ("VARCHAR NOT NULL", "consumption, generation, import or export"),
            },
            select="""
                SELECT * FROM (VALUES
                    ('grid_import', 'Grid import', 'import'),
                    ('grid_export', 'Grid export', 'export'),
                    ('pv', 'Solar roof', 'generation'),
                    ('heat_pump', 'Heat pump', 'consumption'),
                    ('ev', 'Electric car', 'consumption'),
                    ('dishwasher', 'Dishwasher', 'consumption'),
                    ('freezer', 'Freezer', 'consumption'),
                    ('refrigerator', 'Refrigerator', 'consumption'),
                    ('washing_machine', 'Washing machine', 'consumption'))""",
        ),
        DemoTable(
            name="circuit_energy",
            comment="Energy per circuit and hour: the rise of its register, shared evenly over unread hours",
            columns={
                "circuit_id": ("VARCHAR NOT NULL REFERENCES circuit (circuit_id)", "Circuit"),
                "start_at": ("TIMESTAMPTZ NOT NULL", "Start of the hour"),
                "energy": ("DOUBLE", "[kWh] Energy in the hour"),
                "is_measured": (
                    "BOOLEAN NOT NULL",
                    "Read at both ends of the hour; else an even share of the rise until the next reading",
                ),
            },
            constraint="PRIMARY KEY (circuit_id, start_at)",
            # A register goes on while it is not read: its rise over a gap belongs to the total.
            select="""
                WITH register AS (
                    UNPIVOT (
                        SELECT ts_utc::TIMESTAMPTZ AS ts_utc, dishwasher, ev, freezer, grid_export,
                               grid_import, heat_pump, pv, refrigerator, washing_machine
                        FROM '$data/household_de_cumulative_kwh_hourly.parquet')
                    ON COLUMNS(* EXCLUDE ts_utc) INTO NAME circuit VALUE reading
                ), step AS (
                    SELECT circuit, ts_utc, reading,
                           lead(reading) OVER w AS following, lead(ts_utc) OVER w AS following_at
                    FROM register WINDOW w AS (PARTITION BY circuit ORDER BY ts_utc)
                ), span AS (
                    SELECT circuit, unnest(generate_series(min(ts_utc), max(ts_utc) - INTERVAL 1 HOUR,
                                                           INTERVAL 1 HOUR)) AS start_at
                    FROM register GROUP BY circuit
                )
                SELECT span.circuit, span.start_at,
                       round((following - reading) / date_diff('hour', ts_utc, following_at), 6),
                       following_at = ts_utc + INTERVAL 1 HOUR
                FROM span ASOF JOIN step ON step.circuit = span.circuit AND step.ts_utc <= span.start_at
                ORDER BY 1, 2""",
        ),
    ),
)

SOLAR_PLANT = DemoSource(
    name="Solar plant in Colorado",
    zone="Etc/GMT+7",
    description="Quarter-hourly output of a research PV array with measured and clear-sky irradiance, 2016.",
    credit="NREL SERF East with NSRDB weather, from pvanalytics (commit 06fd596), MIT.",
    tables=(
        DemoTable(
            name="plant_output",
            comment="AC output of the array and the irradiance that caused it",
            columns={
                "start_at": ("TIMESTAMPTZ PRIMARY KEY", "Start of the quarter-hour"),
                "ac_power": ("DOUBLE", "[W] AC power; slightly negative at night (inverter stand-by)"),
                "temperature": ("DOUBLE", "[°C] Air temperature"),
                "irradiance": ("DOUBLE", "[W/m²] Global horizontal irradiance"),
                "clear_sky_irradiance": ("DOUBLE", "[W/m²] Global horizontal irradiance under a clear sky"),
            },
            select="""
                SELECT ts_utc, ac_power, temp_air, ghi, ghi_clear
                FROM '$data/pv_serf_east_15min.parquet' ORDER BY ts_utc""",
        ),
    ),
)

SOURCES = (SUBSTATIONS, HOMES, HOUSEHOLD, SOLAR_PLANT)
