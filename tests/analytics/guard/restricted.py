"""Access rules on the engines' schema, and engines that hold what the rules leave and nothing else.

What a restricted query gives on the whole data has to be what the same query gives there.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from tests.analytics.engines import Engine, catalog, open_duckdb, open_mariadb, open_postgres, open_sqlite

from gridlens.analytics.guard import KnownTables
from gridlens.analytics.guard.allow_lists import HOME_SCHEMA
from gridlens.shared.access import Restriction, RowCondition
from gridlens.shared.catalog import Catalog

HIDDEN, MASKED = "is_smart", "details"
ATTRIBUTES = (("sites", (1, 2)), ("city", ("Hamburg",)))


def restrictions(dialect: str) -> tuple[Restriction, ...]:
    """Rows of three tables, a hidden column and a masked one; ``price`` is free."""
    whole = {table.name: table for table in catalog(dialect, HOME_SCHEMA[dialect]).tables}
    quote = "`" if dialect == "mysql" else '"'

    def rows(name: str, *texts: str, masked: tuple[str, ...] = ()) -> Restriction:
        return Restriction(
            table=whole[name],
            columns=tuple(each.name for each in whole[name].columns if each.name != HIDDEN),
            masked=masked,
            conditions=tuple(RowCondition(text=text, values=ATTRIBUTES) for text in texts),
        )

    return (
        rows("site", "city = {user.city} OR city IS NULL"),
        rows("meter", "site_id IN ({user.sites})", "label <> 'PV'", masked=(MASKED,)),
        rows("reading", "meter_id IN (10, 20) AND kwh > 0.5"),
        rows("Größe", f"{quote}Wert je Zähler{quote} > 2"),
    )


def visible(dialect: str) -> Catalog:
    """The catalog without what the rules hide."""
    whole = catalog(dialect, HOME_SCHEMA[dialect])
    tables = tuple(
        msgspec.structs.replace(table, columns=tuple(each for each in table.columns if each.name != HIDDEN))
        for table in whole.tables
    )
    return msgspec.structs.replace(whole, tables=tables)


KNOWN = {dialect: KnownTables.of(visible(dialect), dialect, restrictions(dialect)) for dialect in HOME_SCHEMA}
"""What somebody knows to whom the rules apply."""


def changes(dialect: str) -> list[str]:
    """Take away by hand what the rules take away."""
    q = "`" if dialect == "mysql" else '"'
    return [
        "DELETE FROM site WHERE NOT (city = 'Hamburg' OR city IS NULL)",
        "DELETE FROM meter WHERE site_id NOT IN (1, 2) OR label = 'PV'",
        "DELETE FROM reading WHERE meter_id NOT IN (10, 20) OR kwh IS NULL OR kwh <= 0.5",
        f"DELETE FROM {q}Größe{q} WHERE {q}Wert je Zähler{q} IS NULL OR {q}Wert je Zähler{q} <= 2",
        "UPDATE meter SET details = NULL",
        "ALTER TABLE meter DROP COLUMN is_smart",
    ]


@contextmanager
def filtered_engine(dialect: str, folder: Path, server: str) -> Iterator[Engine]:
    """An engine that never held more than the rules let somebody see."""
    with ExitStack() as closing:
        match dialect:
            case "duckdb":
                engine = open_duckdb(folder / "filtered.duckdb", closing, changes(dialect))
            case "sqlite":
                engine = open_sqlite(folder / "filtered.sqlite", closing, changes(dialect))
            case "postgres":
                engine = open_postgres(server, closing, changes(dialect))
            case _:
                engine = open_mariadb(server, closing, changes(dialect))
        yield replace(engine, known=KnownTables.of(visible(dialect), dialect))


def comparable(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in an order of their own, sums of floats without their last digits."""
    told = [tuple(float(f"{cell:.9g}") if isinstance(cell, float) else cell for cell in row) for row in rows]
    return sorted(told, key=repr)
