"""A question as a query over a schema, by numbers of columns and tables; ``*`` is column -1."""

from dataclasses import dataclass

ROWS = -1


@dataclass(frozen=True)
class Item:
    """``aggregate`` is empty for the column as it is."""

    aggregate: str
    column: int
    is_distinct: bool = False


@dataclass(frozen=True)
class Narrowing:
    """``value`` is a value of the column, or a query of one column."""

    column: int
    operator: str
    value: object = None
    other: object = None
    aggregate: str = ""


@dataclass(frozen=True)
class Draft:
    select: tuple[Item, ...]
    tables: tuple[int, ...] = ()
    where: tuple[Narrowing, ...] = ()
    is_any: bool = False
    group: tuple[int, ...] = ()
    having: tuple[Narrowing, ...] = ()
    order: tuple[tuple[Item, bool], ...] = ()
    limit: int | None = None
    is_distinct: bool = False
    combined: "tuple[str, Draft] | None" = None
