"""Tables, columns, keys and comments of a PostgreSQL database, from its system catalog."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gridlens.shared.catalog import CatalogColumn, CatalogTable, ForeignKey, ParentTable
from gridlens.shared.results import Kind

TABLES = """
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind IN ('v', 'm', 'f') AS is_view,
    CASE WHEN c.relkind = 'p' THEN (
        SELECT sum(greatest(part.reltuples, 0)) FROM pg_inherits
        JOIN pg_class AS part ON part.oid = inhrelid WHERE inhparent = c.oid
    ) ELSE c.reltuples END::bigint AS row_estimate,
    obj_description(c.oid, 'pg_class') AS description
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND ($1::text[] = '{}' OR n.nspname = ANY ($1::text[]))
    AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
ORDER BY n.nspname, c.relname
"""

COLUMNS = """
SELECT a.attrelid AS oid, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS native_type,
    coalesce(base.typname, t.typname) AS type_name,
    coalesce(base.typcategory, t.typcategory)::text AS category,
    NOT a.attnotnull AS is_nullable, col_description(a.attrelid, a.attnum) AS description
FROM pg_attribute AS a
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_type AS base ON base.oid = t.typbasetype
WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
    AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attrelid, a.attnum
"""

KEYS = """
SELECT k.conrelid AS oid, k.contype::text AS kind, n.nspname AS schema, other.relname AS table,
    ARRAY(
        SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS part(number, place)
        JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = part.number ORDER BY place
    ) AS columns,
    ARRAY(
        SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS part(number, place)
        JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = part.number ORDER BY place
    ) AS referenced
FROM pg_constraint AS k
LEFT JOIN pg_class AS other ON other.oid = k.confrelid
LEFT JOIN pg_namespace AS n ON n.oid = other.relnamespace
WHERE k.contype IN ('p', 'f') AND k.conrelid = ANY ($1::oid[])
ORDER BY k.conrelid, k.conname
"""

PARENTS = """
WITH RECURSIVE kin (child, parent) AS (
    SELECT inhrelid, inhparent FROM pg_inherits WHERE inhrelid = ANY ($1::oid[])
    UNION SELECT kin.child, upper.inhparent FROM kin JOIN pg_inherits AS upper ON upper.inhrelid = kin.parent
)
SELECT kin.child AS oid, n.nspname AS schema, c.relname AS name FROM kin
JOIN pg_class AS c ON c.oid = kin.parent JOIN pg_namespace AS n ON n.oid = c.relnamespace
ORDER BY kin.child, n.nspname, c.relname
"""

KINDS = {
    "int2": Kind.INTEGER,
    "int4": Kind.INTEGER,
    "int8": Kind.INTEGER,
    "oid": Kind.INTEGER,
    "float4": Kind.NUMBER,
    "float8": Kind.NUMBER,
    "numeric": Kind.NUMBER,
    "interval": Kind.NUMBER,
    "bool": Kind.BOOLEAN,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "timestamp": Kind.TIMESTAMP,
    "timestamptz": Kind.TIMESTAMP,
    "json": Kind.JSON,
    "jsonb": Kind.JSON,
    "bytea": Kind.BINARY,
}
AS_JSON = {"A", "C"}
"""Arrays and composites arrive as JSON text."""


async def read_tables(connection: Any, schemas: Sequence[str]) -> tuple[CatalogTable, ...]:
    tables = await connection.fetch(TABLES, list(schemas))
    oids = [row["oid"] for row in tables]
    columns: dict[int, list[CatalogColumn]] = defaultdict(list)
    for row in await connection.fetch(COLUMNS, oids):
        columns[row["oid"]].append(
            CatalogColumn(
                name=row["name"],
                kind=Kind.JSON if row["category"] in AS_JSON else KINDS.get(row["type_name"], Kind.TEXT),
                native_type=row["native_type"],
                is_nullable=row["is_nullable"],
                description=row["description"],
            )
        )
    primary: dict[int, tuple[str, ...]] = {}
    foreign: dict[int, list[ForeignKey]] = defaultdict(list)
    for row in await connection.fetch(KEYS, oids):
        if row["kind"] == "p":
            primary[row["oid"]] = tuple(row["columns"])
        else:
            foreign[row["oid"]].append(
                ForeignKey(
                    columns=tuple(row["columns"]),
                    table=row["table"],
                    schema=row["schema"],
                    referenced_columns=tuple(row["referenced"]),
                )
            )
    parents: dict[int, list[ParentTable]] = defaultdict(list)
    for row in await connection.fetch(PARENTS, oids):
        parents[row["oid"]].append(ParentTable(name=row["name"], schema=row["schema"]))
    return tuple(
        CatalogTable(
            name=row["name"],
            schema=row["schema"],
            description=row["description"],
            columns=tuple(columns[row["oid"]]),
            primary_key=primary.get(row["oid"], ()),
            foreign_keys=tuple(foreign[row["oid"]]),
            # -1 says that the table was never analysed.
            row_count=row["row_estimate"]
            if (row["row_estimate"] or -1) >= 0 and not row["is_view"]
            else None,
            is_view=row["is_view"],
            inherits_from=tuple(parents[row["oid"]]),
        )
        for row in tables
        if columns[row["oid"]]
    )
