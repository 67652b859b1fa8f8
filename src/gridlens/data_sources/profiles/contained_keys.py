"""Keys that nobody declared, shown by names and by values of one column that all stand in another."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from gridlens.data_sources.profiles.roles import WORDS
from gridlens.shared.catalog import CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.results import Kind

MOST_LOOKED_AT = 200
SHORTEST_ENDING = 3
LEAST_VALUES = 5
"""Fewer values than these stand in another column by chance."""
# Names that tables use for something of their own.
UNTELLING = frozenset("id name title code type date time value number description status".split())

NAMED_AFTER, SAME_NAME, BY_VALUES = 3, 2, 1


@dataclass(frozen=True)
class Possible:
    child: CatalogTable
    column: CatalogColumn
    parent: CatalogTable
    target: CatalogColumn
    evidence: int


Contains = Callable[[Possible], Awaitable[bool]]
"""Whether every value of the column is one of the target."""


async def with_contained_keys(tables: Sequence[CatalogTable], contains: Contains) -> tuple[CatalogTable, ...]:
    """The tables with the keys that their values show; as they are where any key is declared."""
    if any(table.foreign_keys for table in tables):
        return tuple(tables)
    found: dict[tuple[str | None, str], list[ForeignKey]] = {}
    targets: Counter[tuple[str | None, str, str]] = Counter()
    taken: set[tuple[str | None, str, str]] = set()
    looked_at = 0
    for evidence in (NAMED_AFTER, SAME_NAME, BY_VALUES):
        possible = [each for each in _possible(tables) if each.evidence == evidence]
        # Among equals that parent is likelier which others refer to and which refers to no other.
        possible.sort(
            key=lambda p: (-targets[_place(p.parent, p.target)], _place(p.parent, p.target) in taken)
        )
        for each in possible:
            own, target = _place(each.child, each.column), _place(each.parent, each.target)
            if own in taken or (targets[own] and target in taken) or looked_at >= MOST_LOOKED_AT:
                continue
            looked_at += 1
            if await contains(each):
                taken.add(own)
                targets[target] += 1
                found.setdefault((each.child.schema, each.child.name), []).append(
                    ForeignKey(
                        columns=(each.column.name,),
                        table=each.parent.name,
                        schema=each.parent.schema,
                        referenced_columns=(each.target.name,),
                        is_inferred=True,
                    )
                )
    return tuple(
        msgspec.structs.replace(table, foreign_keys=tuple(found.get((table.schema, table.name), ())))
        for table in tables
    )


def _possible(tables: Sequence[CatalogTable]) -> Iterator[Possible]:
    targets = [(table, column) for table in tables for column in table.columns if _identifies(table, column)]
    for child in tables:
        if child.is_view:
            continue
        for column in child.columns:
            for parent, target in targets:
                evidence = _evidence(child, column, parent, target)
                if evidence and _may_hold(column, target):
                    yield Possible(child, column, parent, target, evidence)


def _identifies(table: CatalogTable, column: CatalogColumn) -> bool:
    profile = column.profile
    if table.is_view or column.kind not in (Kind.TEXT, Kind.INTEGER) or column.unit:
        return False
    if profile is None or not table.row_count or table.row_count < 2:
        return False
    return profile.null_share == 0 and profile.distinct_count == table.row_count


def _may_hold(column: CatalogColumn, target: CatalogColumn) -> bool:
    """What the profiles alone can tell."""
    own, their = column.profile, target.profile
    if own is None or their is None or not own.distinct_count or own.distinct_count > their.distinct_count:
        return False
    if isinstance(own.minimum, int | float) and isinstance(their.minimum, int | float):
        return own.minimum >= their.minimum and own.maximum <= their.maximum  # type: ignore[operator]
    return True


def _evidence(child: CatalogTable, column: CatalogColumn, parent: CatalogTable, target: CatalogColumn) -> int:
    if column.kind is not target.kind or column.unit:
        return 0
    own, their = _words(column.name), _words(target.name)
    is_same_table = (child.schema, child.name) == (parent.schema, parent.name)
    if not is_same_table and (own == their or own == _words(parent.name) + their):
        if set(_words(parent.name)) <= set(own):
            return NAMED_AFTER
        if target.name.casefold() not in UNTELLING:
            return SAME_NAME
    ending = "".join(their)
    if (
        len(ending) >= SHORTEST_ENDING
        and target.name.casefold() not in UNTELLING
        and "".join(own).endswith(ending)
        and own != their
    ):
        return SAME_NAME
    if is_same_table or column.kind is not Kind.TEXT or column.profile is None:
        return 0
    return BY_VALUES if column.profile.distinct_count >= LEAST_VALUES else 0


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORDS.findall(name))


def _place(table: CatalogTable, column: CatalogColumn) -> tuple[str | None, str, str]:
    return table.schema, table.name, column.name
