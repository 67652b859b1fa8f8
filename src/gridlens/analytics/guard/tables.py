"""Which tables a query reads: only those of the catalog, each by its full name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sqlglot import exp

from gridlens.analytics.guard import allow_lists
from gridlens.analytics.guard.grammar import fail
from gridlens.shared.access import Restriction
from gridlens.shared.catalog import Catalog, CatalogTable

_PATH_SIGNS: Final = ("/", "\\", "*", "?", ":")
_FILE_ENDINGS: Final = (
    ".csv",
    ".tsv",
    ".txt",
    ".json",
    ".jsonl",
    ".ndjson",
    ".parquet",
    ".xlsx",
    ".gz",
    ".zst",
    ".db",
    ".duckdb",
    ".arrow",
    ".feather",
)
_TABLE: Final = "table"
"""Key under which a table node keeps its catalog table."""


class _Shared:
    """A catalog table that the copies of a tree share; copied along, it would cost more than the tree."""

    __slots__ = ("table",)

    def __init__(self, table: CatalogTable) -> None:
        self.table = table

    def __deepcopy__(self, memo: object) -> "_Shared":
        return self


def table_of(node: exp.Expr) -> CatalogTable | None:
    """The catalog table that a node was found to name."""
    kept = node.meta_get(_TABLE)
    return kept.table if isinstance(kept, _Shared) else None


def name_table(node: exp.Table, table: CatalogTable) -> None:
    """From now on the node, and what is copied of it, names this table."""
    node.meta[_TABLE] = _Shared(table)


@dataclass(frozen=True, slots=True)
class KnownTables:
    """A catalog, ready to be asked for names as its engine would resolve them.

    ``restrictions`` say by schema and name what of a table may be seen; ``with_all_columns`` is the same
    catalog with the columns in it that they hide. ``database`` is the source's own, which a query may name.
    """

    dialect: str
    by_name: Mapping[str, tuple[CatalogTable, ...]]
    restrictions: Mapping[tuple[str | None, str], Restriction] = field(default_factory=dict)
    database: str | None = None

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        dialect: str,
        restrictions: Iterable[Restriction] = (),
        database: str | None = None,
    ) -> "KnownTables":
        return cls(
            dialect,
            _by_name(catalog.tables, dialect),
            {(each.table.schema, each.table.name): each for each in restrictions},
            database,
        )

    def with_all_columns(self) -> "KnownTables":
        if not self.restrictions:
            return self
        tables = [
            self.restrictions[table.schema, table.name].table
            if (table.schema, table.name) in self.restrictions
            else table
            for tables in self.by_name.values()
            for table in tables
        ]
        return replace(self, by_name=_by_name(tables, self.dialect))

    def column_names(self) -> Iterator[str]:
        """What any column is called, also those that are hidden."""
        for tables in self.with_all_columns().by_name.values():
            for table in tables:
                for column in table.columns:
                    yield column.name

    def find(self, name: str, schema: str | None) -> tuple[CatalogTable, ...]:
        """Tables of that name, already folded; without a schema the home schema's comes first."""
        tables = self.by_name.get(name, ())
        home = allow_lists.HOME_SCHEMA[self.dialect]
        if schema is not None:
            return tuple(
                table for table in tables if _catalog_key(table.schema or home or "", self.dialect) == schema
            )
        at_home = tuple(table for table in tables if table.schema in {None, home})
        return at_home or tables


def _by_name(tables: Iterable[CatalogTable], dialect: str) -> dict[str, tuple[CatalogTable, ...]]:
    by_name: dict[str, list[CatalogTable]] = {}
    for table in tables:
        by_name.setdefault(_catalog_key(table.name, dialect), []).append(table)
    return {name: tuple(found) for name, found in by_name.items()}


def check_tables(sql: str, tree: exp.Expr, known: KnownTables) -> tuple[CatalogTable, ...]:
    """Refuse tables outside the catalog, and give the others their schema."""
    read: dict[tuple[str | None, str], CatalogTable] = {}
    for node in list(tree.find_all(exp.Table)):
        if isinstance(node.this, exp.Anonymous | exp.JSONTable):
            if node.args.get("db"):
                # A schema may have a function of its own under a name that is on the list.
                fail(sql, node, "calling a function of a schema is not allowed", node.sql(known.dialect))
            continue
        if node.args.get("rows_from"):
            continue  # its functions stand in it, each like a table
        if not isinstance(node.this, exp.Identifier):
            fail(sql, node, "only a table of this source may stand here", node.sql(known.dialect))
        if _is_local(sql, node, known.dialect):
            continue
        table = _resolve(sql, node, known)
        if table is not None:
            read[(table.schema, table.name)] = table
            name_table(node, table)
            if table.schema is not None and not node.args.get("db"):
                node.set("db", exp.to_identifier(table.schema, quoted=True))
    return tuple(read.values())


def folded(identifier: exp.Identifier, dialect: str) -> str:
    """A name as the engine compares it. Only ASCII is folded: the engines do no more either."""
    name = str(identifier.this)
    if dialect in {"duckdb", "sqlite"} or (dialect == "postgres" and not identifier.quoted):
        return _ascii_lower(name)
    return name


def _catalog_key(name: str, dialect: str) -> str:
    return _ascii_lower(name) if dialect in {"duckdb", "sqlite"} else name


def _ascii_lower(name: str) -> str:
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in name)


def _resolve(sql: str, node: exp.Table, known: KnownTables) -> CatalogTable | None:
    dialect = known.dialect
    parts = (node.args.get(part) for part in ("catalog", "db", "this"))
    written = ".".join(part.sql(dialect, comments=False) for part in parts if part)
    name = folded(node.this, dialect)
    schema_node = node.args.get("db")
    is_elsewhere = node.args.get("catalog") and not _is_own(node.args["catalog"], "postgres", known)
    if is_elsewhere or (schema_node and not isinstance(schema_node, exp.Identifier)):
        fail(sql, node, f"{written} names another database; write schema.table", written)
    schema = folded(schema_node, dialect) if schema_node else None
    if _is_own(schema_node, "mysql", known):
        schema = None
    if dialect == "mysql" and schema is None and name.upper() == "DUAL" and not node.this.quoted:
        return None
    lowered = name.lower()
    if lowered.startswith(allow_lists.SYSTEM_TABLE_PREFIXES[dialect]) or (
        schema and schema.lower() in allow_lists.SYSTEM_SCHEMAS[dialect]
    ):
        fail(sql, node, f"the system table {written} may not be read", written)
    if any(sign in name for sign in _PATH_SIGNS) or lowered.endswith(_FILE_ENDINGS):
        fail(sql, node, f"{written} looks like a file; only tables of this source may be read", written)
    found = known.find(name, schema)
    if not found:
        fail(sql, node, f"this source has no table {written}{_nearest(lowered, known)}", written)
    if len(found) > 1:
        schemas = ", ".join(sorted(str(table.schema) for table in found))
        fail(sql, node, f"{written} exists in several schemas ({schemas}); write schema.table", written)
    if found[0].schema and found[0].schema.lower() in allow_lists.SYSTEM_SCHEMAS[dialect]:
        fail(sql, node, f"the system table {written} may not be read", written)
    return found[0]


def _is_own(named: exp.Expr | None, dialect: str, known: KnownTables) -> bool:
    """Whether this part of a table's name is, in that dialect, the database that the source is."""
    return (
        known.dialect == dialect
        and isinstance(named, exp.Identifier)
        and folded(named, dialect) == known.database
    )


def _nearest(name: str, known: KnownTables) -> str:
    from difflib import get_close_matches

    names = [table.name for tables in known.by_name.values() for table in tables]
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def _is_local(sql: str, node: exp.Table, dialect: str) -> bool:
    """Whether the engine, too, takes this name for a common table expression."""
    if node.args.get("db"):
        return False
    name = folded(node.this, dialect)
    is_in_inner = False
    for clause, position in _clauses_around(node):
        for index, cte in enumerate(clause.expressions):
            alias = cte.args["alias"].this
            if not isinstance(alias, exp.Identifier):
                continue
            if folded(alias, dialect) != name:
                is_same = dialect == "mysql" and alias.name.lower() == name.lower()
                if is_same and (index != position or clause.args.get("recursive")):
                    # Only some servers take both for one; the others would read a table of that name.
                    fail(sql, node, f"write {alias.name} as it is defined: its case counts", node.name)
                continue
            if dialect == "mysql" and is_in_inner:
                # MariaDB does not look out of the WITH of a subquery, and would read a table of that name.
                fail(sql, node, f"{alias.name} is not known within another WITH; define it there", alias.name)
            if position is None or index < position or (dialect == "sqlite" and index > position):
                if dialect == "duckdb" and _is_gathered_apart(node):
                    fail(sql, node, f"a PIVOT of {alias.name} needs its values here: ON … IN (…)", alias.name)
                return True
            is_recursive = clause.args.get("recursive") or (
                dialect == "sqlite" and isinstance(cte.this, exp.SetOperation)
            )
            if index == position and is_recursive:
                if not _reads_on(node, cte, dialect) or (dialect == "duckdb" and _is_gathered_apart(node)):
                    # Engines differ in what the name means here; to some it is the table of that name.
                    fail(
                        sql,
                        node,
                        f"{alias.name} is read in its own definition, where only the part after UNION may, "
                        "behind its FROM; give one of the two another name",
                        alias.name,
                    )
                return True
            if index > position and is_recursive:
                fail(sql, node, f"{alias.name} is used before it is defined; put it first", alias.name)
        is_in_inner = is_in_inner or position is not None
    return False


def _is_gathered_apart(node: exp.Expr) -> bool:
    """Whether DuckDB looks for the values of a PIVOT over this by a statement that lacks what is around it.

    It does so unless the values are written out, and takes along one WITH alone: that of the query in which
    the PIVOT stands, if that is no part of a WITH itself.
    """
    around: exp.Expr | None = node
    while around is not None:
        for pivot in [around] if isinstance(around, exp.Pivot) else around.args.get("pivots") or []:
            own: list[int | None] = [None] if pivot.args.get("with_") else []
            places = own + [place for _, place in _clauses_around(pivot)]
            if _gathers_values(pivot) and (len(places) > 1 or any(place is not None for place in places)):
                return True
        around = around.parent
    return False


def _gathers_values(pivot: exp.Expr) -> bool:
    values = pivot.args.get("fields") or pivot.expressions
    return not pivot.args.get("unpivot") and not all(
        isinstance(each, exp.In) and each.expressions and each.find(exp.Query) is None for each in values
    )


def _reads_on(node: exp.Table, cte: exp.CTE, dialect: str) -> bool:
    """Whether a recursive definition is read by a part of it that goes on from what came before."""
    around = {id(node)}
    selects = 0
    outer = node.parent
    while outer is not None and outer is not cte:
        around.add(id(outer))
        selects += isinstance(outer, exp.Select)
        outer = outer.parent
    body = cte.this
    while isinstance(body, exp.Union) and not body.args.get("by_name"):
        if id(body.expression) in around:
            # MySQL refuses it in a subquery, and MariaDB crashes over many of those.
            return dialect != "mysql" or selects == 1
        if dialect not in {"mysql", "sqlite"}:
            return False  # the others know a single part that goes on, the last
        body = body.this
    return False


def _clauses_around(node: exp.Expr) -> Iterator[tuple[exp.With, int | None]]:
    """WITH clauses in whose reach a node stands, inner first, and which of their parts holds it."""
    inner: exp.Expr = node
    outer = node.parent
    inside: tuple[exp.With, int] | None = None
    while outer is not None:
        if isinstance(outer, exp.With):
            inside = (outer, next(i for i, cte in enumerate(outer.expressions) if cte is inner))
        clause = outer.args.get("with_")
        if isinstance(clause, exp.With):
            yield clause, inside[1] if inside and inside[0] is clause else None
        inner, outer = outer, outer.parent
