"""The four queries, each with a blank that makes every run of it a query that was never asked before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """``blank`` is filled with another number each time; the answer keeps its shape."""

    name: str
    sql: str
    is_raw: bool = False

    def filled(self, number: int) -> str:
        """What an analyst would type."""
        return self.sql.replace(":least", f"{least(number)}").replace(":meter", f"'{meter(number)}'")

    def values(self, number: int) -> dict[str, object]:
        return {"meter": meter(number)} if self.is_raw else {"least": least(number)}

    @property
    def parameters(self) -> list[dict[str, object]]:
        if self.is_raw:
            return [{"name": "meter", "type": "text", "default": meter(0)}]
        return [{"name": "least", "type": "number", "default": least(0)}]


def least(number: int) -> float:
    """Below every reading, so that all of them stay."""
    return -1.0 - number / 1000


def meter(number: int) -> str:
    return f"M{number % 100:04}"


STATEMENTS = (
    Statement(
        "daily total over a year",
        "SELECT date_trunc('day', start_at) AS day, sum(energy_kwh) AS energy_kwh FROM readings "
        "WHERE start_at >= TIMESTAMPTZ '2025-01-01 00:00:00+00' "
        "AND start_at < TIMESTAMPTZ '2026-01-01 00:00:00+00' "
        "AND energy_kwh >= :least GROUP BY 1 ORDER BY 1",
    ),
    Statement(
        "top ten meters",
        "SELECT meter, sum(energy_kwh) AS energy_kwh FROM readings WHERE energy_kwh >= :least "
        "GROUP BY meter ORDER BY energy_kwh DESC, meter LIMIT 10",
    ),
    Statement(
        "mean by hour and region",
        "SELECT region, extract(hour FROM start_at) AS hour_of_day, avg(energy_kwh) AS energy_kwh "
        "FROM readings WHERE energy_kwh >= :least GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    Statement(
        "10,000 raw rows of one meter",
        "SELECT meter, start_at, energy_kwh FROM readings WHERE meter = :meter ORDER BY start_at LIMIT 10000",
        is_raw=True,
    ),
)

ROWS = "FROM readings WHERE energy_kwh >= :least"
SUM = f"sum(energy_kwh) AS energy_kwh {ROWS}"
BOARD = (
    ("line", STATEMENTS[0].sql),
    ("bar", STATEMENTS[1].sql),
    ("heat_map", STATEMENTS[2].sql),
    ("line", f"SELECT date_trunc('week', start_at) AS week, region, {SUM} GROUP BY 1, 2 ORDER BY 1, 2"),
    ("bar", f"SELECT region, {SUM} GROUP BY 1 ORDER BY 1"),
    ("value", f"SELECT {SUM}"),
    ("line", f"SELECT start_at, energy_kwh {ROWS} AND meter = 'M0500' ORDER BY start_at LIMIT 10000"),
    ("bar", f"SELECT date_trunc('month', start_at) AS month, {SUM} GROUP BY 1 ORDER BY 1"),
)
"""The eight charts of a dashboard: kind and statement."""

EVERYTHING = "SELECT meter, region, start_at, energy_kwh FROM readings LIMIT 1000000"
