"""Names in SQL: plain where that is safe in every dialect, quoted where it is not."""

import re

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.mysql import MySQL

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
# PostgreSQL and SQLite reserve these beyond what MySQL or DuckDB do.
_FURTHER = (
    "abort authorization autoincrement commit concurrently current_catalog current_schema date escape freeze "
    "ilike interval isnull localtime nothing notnull overlaps placing rollback session_user time timestamp "
    "transaction user values verbose"
)
_RESERVED = frozenset(
    word.casefold()
    for word in {*MySQL.Generator.RESERVED_KEYWORDS, *DuckDB.Generator.RESERVED_KEYWORDS, *_FURTHER.split()}
)


def identifier(name: str) -> exp.Identifier:
    is_plain = _PLAIN.fullmatch(name) is not None and name not in _RESERVED
    return exp.to_identifier(name, quoted=not is_plain)


def column(table: str, name: str) -> exp.Column:
    return exp.Column(this=identifier(name), table=identifier(table))
