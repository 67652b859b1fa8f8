"""Rules about who sees what of a source, and what they leave of it for one person.

Rules only ever take away. Administrators are bound by none; whoever is bound by several sees what all of
them leave: rows that pass every condition, without every column that any of them hides. A view may read
what a rule takes away, past the rule: whoever is bound by any does not see it until a rule names the view.
So it is with rows that an import set aside, for whoever is bound by a rule on the table they belong to.
Where tables inherit from each other, an answer of the parent holds the rows of its children: whoever is bound
by a rule on one of them sees neither its parents nor its children until a rule names those.
A table whose rule names a column that is gone, perhaps under another name, is refused.

A ruled table may come again under another name, or be copied. So a table that arrives while there are rules
is held back from whom they bind, when the table of such a rule is gone, or when it has all columns of one;
until a rule names it, or an administrator lets it be seen.
"""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.core.principal import Attributes, Principal
from gridlens.data_sources.uploads.names import set_aside_name
from gridlens.shared.access import Restriction, RowCondition, labels_in, rights_of, without_labels
from gridlens.shared.catalog import Catalog, CatalogTable
from gridlens.shared.permissions import Role

Place: TypeAlias = tuple[str | None, str]
"""A table's schema and name."""
BoundRole: TypeAlias = Literal["analyst", "viewer"]
"""Administrators change the rules, so that binding them would bind nobody."""
Name = Annotated[str, Meta(min_length=1, max_length=255)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class People(_Part, frozen=True, kw_only=True):
    """Some of the people; whoever is in any of these."""

    roles: tuple[BoundRole, ...] = ()
    groups: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()
    users: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()

    def __bool__(self) -> bool:
        return bool(self.roles or self.groups or self.users)

    def holds(self, principal: Principal) -> bool:
        return (
            principal.role in self.roles
            or principal.user_id in self.users
            or not principal.groups.isdisjoint(self.groups)
        )


class Rule(_Part, frozen=True, kw_only=True):
    """One rule on a table. It binds everybody, or the people of ``binds``; never those of ``spares``."""

    kind: Literal["rows", "hide_table", "hide_column", "mask_column"]
    table: Name
    schema: Name | None = None
    column: Name | None = None
    condition: Annotated[str, Meta(min_length=1, max_length=4000)] | None = None
    binds_everybody: bool = False
    binds: People = People()
    spares: People = People()
    note: Annotated[str, Meta(max_length=500)] = ""

    @property
    def place(self) -> Place:
        return self.schema, self.table

    def applies_to(self, principal: Principal) -> bool:
        if principal.role == Role.ADMIN or self.spares.holds(principal):
            return False
        return self.binds_everybody or self.binds.holds(principal)


Rules = tuple[Rule, ...]


class HeldTable(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A table that arrived and may hold what the rules on another keep from sight.

    ``like_is_gone`` says that the other is not in the source any more; else it has all columns of the other.
    """

    table: str
    schema: str | None = None
    like_table: str
    like_schema: str | None = None
    like_is_gone: bool

    @property
    def place(self) -> Place:
        return self.schema, self.table


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What rules leave of a catalog for one person."""

    catalog: Catalog
    restrictions: tuple[Restriction, ...] = ()
    rights: str = ""


def seen_by(
    principal: Principal, catalog: Catalog, rules: Sequence[Rule], arrivals: AbstractSet[Place] = frozenset()
) -> Seen:
    """The catalog as that person may know it, and what may be seen of the tables in it.

    ``arrivals`` are the tables that came while there were rules and that no administrator let be seen.
    Profiles tell of every row, so those of tables and columns that are not seen whole are left out.
    """
    held = _held_by(catalog, rules, arrivals)
    rules = list(_as_spelt(rules, catalog))
    binding = [rule for rule in rules if rule.applies_to(principal)]
    gone = {each.place for rule, each in held if rule.applies_to(principal)}
    if not (binding or gone):
        return Seen(catalog=catalog)
    own = _attributes(principal)
    gone |= {rule.place for rule in binding if rule.kind == "hide_table"}
    gone |= _unspoken_views(catalog, rules) | _unspoken_set_aside(catalog, rules, binding)
    gone |= _unspoken_kin(catalog, rules, binding)
    ruled: list[tuple[CatalogTable, Restriction | None]] = []
    labels: set[str] = set()
    for table in catalog.tables:
        place = (table.schema, table.name)
        if place in gone:
            labels |= _labels(table, [column.name for column in table.columns])
            continue
        restriction = _restriction(table, [rule for rule in binding if rule.place == place], own)
        ruled.append((table, restriction))
        labels |= _labels(table, _not_seen_whole(table, restriction))
    tables: list[CatalogTable] = []
    restrictions: list[Restriction] = []
    for table, found in ruled:
        restriction = _unlabelled(table, found, labels)
        tables.append(table if restriction is None else _left(table, restriction))
        if restriction is not None:
            restrictions.append(restriction)
    hidden = {
        (table.schema, table.name, column.name)
        for table, columns in ((each.table, each.columns) for each in restrictions)
        for column in table.columns
        if column.name not in columns
    }
    shown = msgspec.structs.replace(
        catalog, tables=tuple(_without_keys(table, gone, hidden) for table in tables)
    )
    # The catalog's version stands in every key beside this, so that it need not be told of here.
    lasting = [msgspec.structs.replace(each, table=_bare(each.table)) for each in restrictions]
    rights = rights_of(lasting, sorted(gone, key=str))
    return Seen(catalog=shown, restrictions=tuple(restrictions), rights=rights)


def held_back(catalog: Catalog, rules: Sequence[Rule], arrivals: AbstractSet[Place]) -> tuple[HeldTable, ...]:
    """The arrived tables that are held back from somebody, each once for every table that it may be."""
    return tuple(dict.fromkeys(held for _, held in _held_by(catalog, rules, arrivals)))


def gone_from(catalog: Catalog, rules: Sequence[Rule]) -> tuple[Place, ...]:
    """The tables that rules name and that the source has no more."""
    return tuple(dict.fromkeys(rule.place for rule in rules if not list(_as_spelt([rule], catalog))))


def _held_by(
    catalog: Catalog, rules: Sequence[Rule], arrivals: AbstractSet[Place]
) -> list[tuple[Rule, HeldTable]]:
    """Which rule holds which arrived table back. Of a table under a new name only the rule knows the old."""
    gone, spelt = set(gone_from(catalog, rules)), list(_as_spelt(rules, catalog))
    settled = {rule.place for rule in spelt} | _unspoken_set_aside(catalog, spelt, spelt)
    arrived = [
        (place, _column_names(table))
        for table in catalog.tables
        if (place := (table.schema, table.name)) in arrivals and place not in settled and not table.is_view
    ]
    columns = {(table.schema, table.name): _column_names(table) for table in catalog.tables if arrived}
    lost = [rule for rule in rules if rule.place in gone]
    return [
        (rule, _held(place, rule, like_is_gone=rule.place in gone))
        for place, own in arrived
        for rule in (*lost, *spelt)
        if rule.place in gone or columns[rule.place] <= own
    ]


def _held(place: Place, rule: Rule, *, like_is_gone: bool) -> HeldTable:
    schema, table = place
    return HeldTable(
        table=table,
        schema=schema,
        like_table=rule.table,
        like_schema=rule.schema,
        like_is_gone=like_is_gone,
    )


def _column_names(table: CatalogTable) -> frozenset[str]:
    return frozenset(column.name.casefold() for column in table.columns)


def _as_spelt(rules: Sequence[Rule], catalog: Catalog) -> Iterator[Rule]:
    """The rules with names as the catalog spells them: a file that comes again may spell them otherwise."""
    for rule in rules:
        exact = [table for table in catalog.tables if (table.schema, table.name) == rule.place]
        alike = exact or [
            table
            for table in catalog.tables
            if table.schema == rule.schema and table.name.casefold() == rule.table.casefold()
        ]
        for table in alike:
            for column in _spelt(rule.column, table):
                yield msgspec.structs.replace(rule, table=table.name, column=column)


def _spelt(name: str | None, table: CatalogTable) -> list[str | None]:
    names: list[str | None] = [column.name for column in table.columns]
    if name is None or name in names:
        return [name]
    return [each for each in names if each and each.casefold() == name.casefold()] or [name]


def _unspoken_views(catalog: Catalog, rules: Sequence[Rule]) -> set[Place]:
    named = {rule.place for rule in rules}
    views = {(table.schema, table.name) for table in catalog.tables if table.is_view}
    return views - named


def _unspoken_set_aside(catalog: Catalog, rules: Sequence[Rule], binding: Sequence[Rule]) -> set[Place]:
    """They hold whole rows of a table as text, where neither a condition nor a hidden column reaches."""
    held = {(rule.schema, set_aside_name(rule.table)) for rule in binding}
    named = {rule.place for rule in rules}
    return {(table.schema, table.name) for table in catalog.tables} & held - named


def _unspoken_kin(catalog: Catalog, rules: Sequence[Rule], binding: Sequence[Rule]) -> set[Place]:
    """Both ways: rows of a child are read past a rule on its parent, and past its own at the parent."""
    bound, named = {rule.place for rule in binding}, {rule.place for rule in rules}
    pairs = [
        ((table.schema, table.name), (parent.schema, parent.name))
        for table in catalog.tables
        for parent in table.inherits_from
    ]
    kin = {child for child, parent in pairs if parent in bound}
    kin |= {parent for child, parent in pairs if child in bound}
    return kin - named


def _attributes(principal: Principal) -> dict[str, tuple[str | int | float | bool, ...]]:
    everybodys = {"id": (str(principal.user_id),), "email": (principal.email,)}
    return {**dict(principal.attributes), **everybodys}


def _restriction(
    table: CatalogTable, rules: Sequence[Rule], own: dict[str, tuple[str | int | float | bool, ...]]
) -> Restriction | None:
    if not rules:
        return None
    hidden = {rule.column for rule in rules if rule.kind == "hide_column"}
    columns = tuple(column.name for column in table.columns if column.name not in hidden)
    masked = {rule.column for rule in rules if rule.kind == "mask_column"}
    if not (hidden | masked) <= {column.name for column in table.columns}:
        # What was to be kept from sight may stand under any other name by now.
        columns = ()
    values: Attributes = tuple(sorted(own.items()))
    texts = dict.fromkeys(rule.condition for rule in rules if rule.kind == "rows" and rule.condition)
    return Restriction(
        table=table,
        columns=columns,
        masked=tuple(name for name in columns if name in masked),
        conditions=tuple(RowCondition(text=text, values=_needed(text, values)) for text in texts),
    )


def _not_seen_whole(table: CatalogTable, restriction: Restriction | None) -> list[str]:
    """The columns of which something is kept from sight."""
    if restriction is None:
        return []
    seen = set(restriction.columns) - set(restriction.masked) if not restriction.conditions else set[str]()
    return [column.name for column in table.columns if column.name not in seen]


def _labels(table: CatalogTable, names: Collection[str]) -> set[str]:
    """The ENUM types of columns, of which one may be the type of columns of many tables."""
    types = (column.native_type for column in table.columns if column.name in names)
    return {labels for native_type in types for labels in labels_in(native_type)}


def _unlabelled(
    table: CatalogTable, restriction: Restriction | None, labels: AbstractSet[str]
) -> Restriction | None:
    """The restriction with which a table tells no values of a type that are kept from sight elsewhere."""
    names = [column.name for column in table.columns if labels_in(column.native_type) & labels]
    if not names:
        return restriction
    if restriction is None:
        restriction = Restriction(table=table, columns=tuple(column.name for column in table.columns))
    return msgspec.structs.replace(
        restriction, unlabelled=tuple(name for name in restriction.columns if name in names)
    )


def _needed(text: str, values: Attributes) -> Attributes:
    """Those that the text names, so that others make no two people's rights differ."""
    return tuple((name, own) for name, own in values if f"user.{name}" in text)


def _left(table: CatalogTable, restriction: Restriction) -> CatalogTable:
    """The table without hidden columns, and without what tells of rows that may not be seen."""
    by_rows = bool(restriction.conditions)
    columns = tuple(
        msgspec.structs.replace(
            column,
            profile=None if by_rows or column.name in restriction.masked else column.profile,
            native_type=without_labels(column.native_type)
            if by_rows or column.name in {*restriction.masked, *restriction.unlabelled}
            else column.native_type,
        )
        for column in table.columns
        if column.name in restriction.columns
    )
    key = table.primary_key if set(table.primary_key) <= set(restriction.columns) else ()
    return msgspec.structs.replace(
        table, columns=columns, primary_key=key, row_count=None if by_rows else table.row_count
    )


def _without_keys(
    table: CatalogTable,
    gone: set[Place],
    hidden: set[tuple[str | None, str, str]],
) -> CatalogTable:
    """The table without references to and from what is hidden, and without parents that are."""
    names = {column.name for column in table.columns}
    keys = tuple(
        key
        for key in table.foreign_keys
        if set(key.columns) <= names
        and (key.schema or table.schema, key.table) not in gone
        and not any(
            (key.schema or table.schema, key.table, name) in hidden for name in key.referenced_columns
        )
    )
    parents = tuple(each for each in table.inherits_from if (each.schema, each.name) not in gone)
    if keys == table.foreign_keys and parents == table.inherits_from:
        return table
    return msgspec.structs.replace(table, foreign_keys=keys, inherits_from=parents)


def _bare(table: CatalogTable) -> CatalogTable:
    """The table's name alone."""
    return CatalogTable(name=table.name, schema=table.schema, columns=())
