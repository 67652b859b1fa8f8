"""Tables, columns, keys and comments of a DuckDB file, from its own catalog functions."""

from collections import defaultdict
from collections.abc import Awaitable, Callable

import msgspec
import polars as pl

from gridlens.shared.catalog import CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.results import Kind

MAIN = "main"
TABLES = """
SELECT schema_name, table_name AS name, comment, estimated_size::BIGINT AS row_count, false AS is_view
FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal AND NOT temporary
UNION ALL
SELECT schema_name, view_name, comment, NULL, true
FROM duckdb_views() WHERE database_name = current_database() AND NOT internal AND NOT temporary
ORDER BY ALL
"""
COLUMNS = """
SELECT schema_name, table_name, column_name, data_type, is_nullable, comment
FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
ORDER BY schema_name, table_name, column_index
"""
KEYS = """
SELECT schema_name, table_name, constraint_type, to_json(constraint_column_names)::VARCHAR AS columns,
    referenced_table, to_json(referenced_column_names)::VARCHAR AS referenced
FROM duckdb_constraints()
WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')
ORDER BY schema_name, table_name, constraint_index
"""

KINDS = {
    **dict.fromkeys(
        (
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
            "UBIGINT", "UHUGEINT",
        ),
        Kind.INTEGER,
    ),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL", "INTERVAL", "BIGNUM"), Kind.NUMBER),
    "BOOLEAN": Kind.BOOLEAN,
    "DATE": Kind.DATE,
    "TIME": Kind.TIME,
    "JSON": Kind.JSON,
    "STRUCT": Kind.JSON,
    "MAP": Kind.JSON,
    "UNION": Kind.JSON,
    "VARIANT": Kind.JSON,
    "BLOB": Kind.BINARY,
}  # fmt: skip

Ask = Callable[[str], Awaitable[pl.DataFrame]]


async def read_tables(ask: Ask) -> tuple[CatalogTable, ...]:
    columns: dict[tuple[str, str], list[CatalogColumn]] = defaultdict(list)
    for schema, table, name, data_type, is_nullable, comment in (await ask(COLUMNS)).iter_rows():
        columns[schema, table].append(
            CatalogColumn(
                name=name,
                kind=kind_of(data_type),
                native_type=data_type,
                is_nullable=is_nullable,
                description=comment,
            )
        )
    primary: dict[tuple[str, str], tuple[str, ...]] = {}
    foreign: dict[tuple[str, str], list[ForeignKey]] = defaultdict(list)
    for schema, table, kind, own, other, referenced in (await ask(KEYS)).iter_rows():
        if kind == "PRIMARY KEY":
            primary[schema, table] = _names(own)
        else:
            foreign[schema, table].append(
                ForeignKey(
                    columns=_names(own),
                    table=other,
                    schema=_shown(schema),
                    referenced_columns=_names(referenced),
                )
            )
    return tuple(
        CatalogTable(
            name=name,
            schema=_shown(schema),
            description=comment,
            columns=tuple(columns[schema, name]),
            primary_key=primary.get((schema, name), ()),
            foreign_keys=tuple(foreign[schema, name]),
            row_count=row_count,
            is_view=is_view,
        )
        for schema, name, comment, row_count, is_view in (await ask(TABLES)).iter_rows()
    )


def kind_of(data_type: str) -> Kind:
    if data_type.endswith("]"):  # lists and arrays arrive as JSON text
        return Kind.JSON
    if data_type.startswith("TIMESTAMP"):
        return Kind.TIMESTAMP
    return KINDS.get(data_type.partition("(")[0], Kind.TEXT)


def _names(encoded: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(encoded, type=list[str]))


def _shown(schema: str) -> str | None:
    """Tables of the one schema that every file has go by their name alone."""
    return None if schema == MAIN else schema
