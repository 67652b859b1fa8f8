"""Tables, columns, keys and comments of a MySQL or MariaDB database, from its information schema."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from gridlens.shared.catalog import CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.results import Kind

TABLES = """
SELECT table_name, table_type, table_rows, table_comment,
    table_type = 'VIEW' OR engine IN ('MRG_MYISAM', 'FEDERATED', 'CONNECT', 'SPIDER')
FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
ORDER BY table_name
"""
COLUMNS = """
SELECT table_name, column_name, data_type, column_type, is_nullable, column_comment
FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position
"""
KEYS = """
SELECT table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
    referenced_column_name, table_schema
FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND (constraint_name = 'PRIMARY' OR referenced_table_name IS NOT NULL)
ORDER BY table_name, constraint_name, ordinal_position
"""

KINDS = {
    "tinyint": Kind.INTEGER,
    "smallint": Kind.INTEGER,
    "mediumint": Kind.INTEGER,
    "int": Kind.INTEGER,
    "bigint": Kind.INTEGER,
    "year": Kind.INTEGER,
    "bit": Kind.INTEGER,
    "float": Kind.NUMBER,
    "double": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.TIMESTAMP,
    "timestamp": Kind.TIMESTAMP,
    "json": Kind.JSON,
    "binary": Kind.BINARY,
    "varbinary": Kind.BINARY,
    "tinyblob": Kind.BINARY,
    "blob": Kind.BINARY,
    "mediumblob": Kind.BINARY,
    "longblob": Kind.BINARY,
    "geometry": Kind.BINARY,
    "point": Kind.BINARY,
}

Ask = Callable[[str], Awaitable[Sequence[Sequence[Any]]]]


async def read_tables(ask: Ask) -> tuple[CatalogTable, ...]:
    columns: dict[str, list[CatalogColumn]] = defaultdict(list)
    for table, name, data_type, column_type, is_nullable, comment in await ask(COLUMNS):
        is_boolean = column_type.lower().startswith("tinyint(1)")
        columns[table].append(
            CatalogColumn(
                name=name,
                kind=Kind.BOOLEAN if is_boolean else KINDS.get(data_type.lower(), Kind.TEXT),
                native_type=column_type,
                is_nullable=is_nullable == "YES",
                description=comment or None,
            )
        )
    primary: dict[str, list[str]] = defaultdict(list)
    foreign: dict[tuple[str, str], list[Sequence[Any]]] = defaultdict(list)
    for row in await ask(KEYS):
        if row[4] is None:
            primary[row[0]].append(row[2])
        else:
            foreign[row[0], row[1]].append(row)
    return tuple(
        CatalogTable(
            name=name,
            # A view's comment is the word VIEW.
            description=(comment or None) if table_type != "VIEW" else None,
            columns=tuple(columns[name]),
            primary_key=tuple(primary[name]),
            foreign_keys=tuple(_foreign_key(rows) for (table, _), rows in foreign.items() if table == name),
            row_count=row_count,
            # These engines show rows of other tables, past the rules on those.
            is_view=bool(shows_others),
        )
        for name, table_type, row_count, comment, shows_others in await ask(TABLES)
        if columns[name]
    )


def _foreign_key(rows: list[Sequence[Any]]) -> ForeignKey:
    first = rows[0]
    return ForeignKey(
        columns=tuple(row[2] for row in rows),
        table=first[4],
        schema=None if first[3] == first[6] else first[3],
        referenced_columns=tuple(row[5] for row in rows),
    )
