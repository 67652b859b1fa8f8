"""The SQL of profiles, where the engines differ."""

from dataclasses import dataclass
from typing import Literal

from gridlens.shared.catalog import CatalogTable

Engine = Literal["postgresql", "mysql", "sqlite", "duckdb"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """``exact_rows`` is up to where every row is looked at; larger tables are sampled."""

    engine: Engine
    quote_mark: str
    text_type: str
    exact_rows: int
    sample_rows: int

    def quoted(self, name: str) -> str:
        mark = self.quote_mark
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def table(self, table: CatalogTable) -> str:
        name = self.quoted(table.name)
        return f"{self.quoted(table.schema)}.{name}" if table.schema else name

    def as_text(self, expression: str) -> str:
        return f"CAST({expression} AS {self.text_type})"

    def distinct(self, expression: str, row_count: int | None) -> str:
        if self.engine == "duckdb" and (row_count or 0) > 100_000:
            return f"approx_count_distinct({expression})"
        return f"COUNT(DISTINCT {expression})"

    def sampled(self, table: CatalogTable, row_count: int | None) -> str:
        """What to put after FROM to see about ``sample_rows`` rows from all over the table."""
        name = self.table(table)
        # A view cannot be sampled without being computed, and an unknown size not by share.
        if table.is_view or not row_count:
            return f"(SELECT * FROM {name} LIMIT {self.sample_rows}) AS sampled"  # noqa: S608 -- quoted
        share = min(1.0, self.sample_rows / row_count)
        match self.engine:
            case "postgresql":
                return f"{name} TABLESAMPLE SYSTEM ({share * 100:.6f}) REPEATABLE (1)"
            case "duckdb":
                return f"{name} TABLESAMPLE SYSTEM({share * 100:.6f}%) REPEATABLE (1)"
            case "mysql":
                chosen = f"RAND(1) < {share:.8f}"
            case "sqlite":
                chosen = f"abs(random() % 1000000) < {max(1, int(share * 1_000_000))}"
        return f"(SELECT * FROM {name} WHERE {chosen} LIMIT {self.sample_rows}) AS sampled"  # noqa: S608 -- quoted


DIALECTS: dict[str, Dialect] = {
    "postgresql": Dialect("postgresql", '"', "text", 200_000, 50_000),
    "mysql": Dialect("mysql", "`", "char", 200_000, 50_000),
    "sqlite": Dialect("sqlite", '"', "text", 500_000, 50_000),
    "duckdb": Dialect("duckdb", '"', "varchar", 5_000_000, 1_000_000),
    "files": Dialect("duckdb", '"', "varchar", 5_000_000, 1_000_000),
}
