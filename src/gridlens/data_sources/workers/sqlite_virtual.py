"""Virtual tables of an SQLite file, and the ordinary tables behind them that hold the same rows."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

VIRTUAL = """
SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE %' ORDER BY name
"""
SHADOWS = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow' ORDER BY name"
"""An SQLite before 3.37 has no such list, and one built without a module does not know its tables."""
_FTS = ("_content", "_segments", "_segdir", "_docsize", "_stat")
_BEHIND = {
    "fts3": _FTS,
    "fts4": _FTS,
    "fts5": ("_data", "_idx", "_content", "_docsize", "_config"),
    "rtree": ("_node", "_rowid", "_parent"),
    "rtree_i32": ("_node", "_rowid", "_parent"),
}
"""The modules that are read, with what they append to a table's name. All others show what is elsewhere."""
_DECLARED = re.compile(
    r"""CREATE\ VIRTUAL\ TABLE\s+(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|[^\s"'`\[]+)
    \s*USING\s+["'`\[]?(?P<module>\w+)["'`\]]?\s*(?P<arguments>.*)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_KEEPS_OWN_ROWS = {"tokenize", "prefix", "columnsize", "detail", "order", "notindexed", "matchinfo"}


class VirtualTable(NamedTuple):
    """``is_read`` where its module is one that only reads its own file; ``has_own_rows`` where it reads no
    other table's rows, as a full-text index with ``content=`` does. ``looks_across`` where a search in one
    column may name others in its text, past a rule that hides those: only the newest module confines it."""

    name: str
    is_read: bool
    has_own_rows: bool
    behind: frozenset[str]
    looks_across: bool = False


class Layout(NamedTuple):
    """Names in lower case: what no statement may name, and full-text tables that are searched as a whole."""

    unnamed: frozenset[str] = frozenset()
    searched_whole: frozenset[str] = frozenset()


def virtual_table(name: str, sql: str) -> VirtualTable:
    declared = _DECLARED.match(sql)
    module = declared["module"].lower() if declared else ""
    if declared is None or module not in _BEHIND:
        return VirtualTable(name, is_read=False, has_own_rows=False, behind=frozenset())
    # Options may be abbreviated, so that any other than these may name another table.
    options = re.findall(r"([^,()=]*)=", declared["arguments"])
    return VirtualTable(
        name,
        is_read=True,
        has_own_rows=all(option.strip().lower() in _KEEPS_OWN_ROWS for option in options),
        behind=frozenset(name + ending for ending in _BEHIND[module]),
        looks_across=module in {"fts3", "fts4"},
    )


def ready_virtual_tables(connection: sqlite3.Connection) -> Layout:
    """Let virtual tables read how they are laid out, which the authoriser would refuse at first use."""
    tables = [virtual_table(name, sql) for name, sql in connection.execute(VIRTUAL)]
    if not tables:
        return Layout()
    for table in tables:
        if table.is_read:
            quoted = table.name.replace('"', '""')
            with suppress(sqlite3.DatabaseError):  # who asks for it is told
                connection.execute(f'SELECT 1 FROM "{quoted}" LIMIT 0').fetchall()  # noqa: S608 -- quoted
    return Layout(
        unnamed=behind(tables, _shadows(connection)).union(
            table.name.lower() for table in tables if not table.is_read
        ),
        searched_whole=frozenset(table.name.lower() for table in tables if table.looks_across),
    )


def behind(tables: Iterable[VirtualTable], shadows: Iterable[str]) -> frozenset[str]:
    return frozenset(
        name.lower() for name in (*shadows, *(each for table in tables for each in table.behind))
    )


def _shadows(connection: sqlite3.Connection) -> list[str]:
    with suppress(sqlite3.OperationalError):
        return [name for (name,) in connection.execute(SHADOWS)]
    return []
