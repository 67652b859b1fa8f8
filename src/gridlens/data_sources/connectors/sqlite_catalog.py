"""Tables, columns and keys of an SQLite file, from its schema.

The tables in which a virtual table keeps its rows are left out: no access rule on the virtual table would
reach them. So are virtual tables and views that cannot be read. A virtual table that shows rows of another
counts as a view.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import polars as pl

from gridlens.data_sources.errors import FileRefused, QueryFailed, TableGone
from gridlens.data_sources.workers.sqlite_virtual import SHADOWS, VIRTUAL, VirtualTable, behind, virtual_table
from gridlens.shared.catalog import CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.results import Kind

SAMPLED_ROWS = 100
TABLES = """
SELECT name, type = 'view' AS is_view FROM sqlite_schema
WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
"""
COLUMNS = """
SELECT t.name AS tbl, c.name, c.type, c."notnull", c.pk FROM sqlite_schema AS t
JOIN pragma_table_xinfo(t.name) AS c
WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden <> 1
    AND lower(t.name) NOT IN ({left_out})
ORDER BY t.name, c.cid
"""
KEYS = """
SELECT t.name AS tbl, k.id, k."table" AS other, k."from" AS own, k."to" AS referenced FROM sqlite_schema AS t
JOIN pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table' ORDER BY t.name, k.id, k.seq
"""

KINDS = (
    ("BOOL", Kind.BOOLEAN),
    ("DATETIME", Kind.TIMESTAMP),
    ("TIMESTAMP", Kind.TIMESTAMP),
    ("DATE", Kind.DATE),
    ("JSON", Kind.JSON),
    ("INT", Kind.INTEGER),
    ("CHAR", Kind.TEXT),
    ("CLOB", Kind.TEXT),
    ("TEXT", Kind.TEXT),
    ("BLOB", Kind.BINARY),
    ("REAL", Kind.NUMBER),
    ("FLOA", Kind.NUMBER),
    ("DOUB", Kind.NUMBER),
    ("NUM", Kind.NUMBER),
    ("DEC", Kind.NUMBER),
)

Ask = Callable[[str], Awaitable[pl.DataFrame]]


async def read_tables(ask: Ask) -> tuple[CatalogTable, ...]:
    virtual = [virtual_table(name, sql) for name, sql in (await ask(VIRTUAL)).iter_rows()]
    left_out = await _left_out(ask, virtual)
    tables = [(name, bool(is_view)) for name, is_view in (await ask(TABLES)).iter_rows()]
    for name, is_view in tables:
        if is_view and not await _can_be_read(ask, name):
            left_out |= {name.lower()}
    as_views = {table.name for table in virtual if not table.has_own_rows}
    columns: dict[str, list[CatalogColumn]] = defaultdict(list)
    primary: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for table, name, declared, is_required, key_place in (
        await ask(COLUMNS.format(left_out=", ".join(_literal(name) for name in sorted(left_out))))
    ).iter_rows():
        columns[table].append(
            CatalogColumn(
                name=name, kind=_kind_of(declared), native_type=declared or "ANY", is_nullable=not is_required
            )
        )
        if key_place:
            primary[table].append((key_place, name))
    foreign: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in (await ask(KEYS)).iter_rows():
        foreign[row[0], row[1]].append(row)
    keys = {table: tuple(name for _, name in sorted(names)) for table, names in primary.items()}
    return tuple(
        [
            CatalogTable(
                name=name,
                columns=await _with_real_kinds(ask, name, columns[name]),
                primary_key=keys.get(name, ()),
                foreign_keys=tuple(
                    _foreign_key(rows, keys) for (table, _), rows in foreign.items() if table == name
                ),
                is_view=is_view or name in as_views,
            )
            for name, is_view in tables
            if name.lower() not in left_out
        ]
    )


async def _left_out(ask: Ask, virtual: Sequence[VirtualTable]) -> frozenset[str]:
    """In lower case: what lies behind virtual tables, and those that cannot be read."""
    if not virtual:
        return frozenset()
    unread = [
        table.name.lower() for table in virtual if not (table.is_read and await _can_be_read(ask, table.name))
    ]
    try:
        shadows = (await ask(SHADOWS)).get_column("name").to_list()
    except (QueryFailed, TableGone):
        shadows = []
    return behind(virtual, shadows).union(unread)


async def _can_be_read(ask: Ask, table: str) -> bool:
    try:
        await ask(f"SELECT * FROM {_quoted(table)} LIMIT 1")  # noqa: S608 -- quoted, from its schema
    except (QueryFailed, FileRefused, TableGone):
        return False
    return True


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _kind_of(declared: str | None) -> Kind:
    upper = (declared or "").upper()
    return next((kind for part, kind in KINDS if part in upper), Kind.TEXT)


async def _with_real_kinds(ask: Ask, table: str, columns: list[CatalogColumn]) -> tuple[CatalogColumn, ...]:
    """SQLite has no time type and holds what it is given: what is there decides over what was declared."""
    sample = await ask(
        f"SELECT * FROM {_quoted(table)} LIMIT {SAMPLED_ROWS}"  # noqa: S608 -- quoted, from its schema
    )
    found = dict(zip(sample.columns, sample.dtypes, strict=True))
    return tuple(_corrected(column, found.get(column.name), sample) for column in columns)


def _corrected(column: CatalogColumn, dtype: pl.DataType | None, sample: pl.DataFrame) -> CatalogColumn:
    if dtype is None or sample.get_column(column.name).null_count() == sample.height:
        return column
    kind = column.kind
    if isinstance(dtype, pl.Datetime):
        kind = Kind.TIMESTAMP
    elif dtype == pl.Date:
        kind = Kind.DATE
    elif dtype == pl.Float64 and kind in {Kind.TEXT, Kind.INTEGER}:
        kind = Kind.NUMBER
    elif dtype == pl.Int64 and kind in {Kind.TEXT, Kind.TIMESTAMP, Kind.DATE}:
        kind = Kind.INTEGER
    elif dtype == pl.String and kind in {Kind.INTEGER, Kind.NUMBER, Kind.TIMESTAMP, Kind.DATE}:
        kind = Kind.TEXT
    return msgspec.structs.replace(column, kind=kind)


def _foreign_key(rows: list[Any], keys: dict[str, tuple[str, ...]]) -> ForeignKey:
    other = rows[0][2]
    named = tuple(row[4] for row in rows if row[4] is not None)
    # Without column names a reference means the other table's primary key.
    return ForeignKey(
        columns=tuple(row[3] for row in rows), table=other, referenced_columns=named or keys.get(other, ())
    )
