"""What people said about tables and columns, laid over what was read."""

import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.data_sources.models import Source, SourceOverride
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole

Place = tuple[str | None, str, str | None]
"""Schema, table and column; no column for the table itself."""


def digest(place: Place) -> str:
    return hashlib.sha256(msgspec.json.encode(place)).hexdigest()


async def overrides_of(session: AsyncSession, source: Source) -> list[SourceOverride]:
    return list(await session.scalars(select(SourceOverride).where(SourceOverride.source_id == source.id)))


async def override_at(session: AsyncSession, source: Source, place: Place) -> SourceOverride:
    """The override of one place, made when there is none yet."""
    found = await session.scalar(
        select(SourceOverride).where(
            SourceOverride.source_id == source.id, SourceOverride.place == digest(place)
        )
    )
    if found is None:
        schema, table, column = place
        found = SourceOverride(
            organisation_id=source.organisation_id,
            source_id=source.id,
            place=digest(place),
            schema_name=schema,
            table_name=table,
            column_name=column,
        )
        session.add(found)
    return found


def apply(catalog: Catalog, overrides: Iterable[SourceOverride]) -> tuple[Catalog, tuple[CatalogTable, ...]]:
    """The catalog as people see it, and the tables they hid."""
    by_place = {(each.schema_name, each.table_name, each.column_name): each for each in overrides}
    if not by_place:
        return catalog, ()
    shown: list[CatalogTable] = []
    hidden: list[CatalogTable] = []
    for table in catalog.tables:
        said = by_place.get((table.schema, table.name, None))
        changed = msgspec.structs.replace(
            table,
            label=said.label if said else None,
            description=(said.description if said else None) or table.description,
            columns=tuple(
                _column(column, by_place.get((table.schema, table.name, column.name)))
                for column in table.columns
            ),
        )
        (hidden if said and said.is_hidden else shown).append(changed)
    return msgspec.structs.replace(catalog, tables=tuple(shown)), tuple(hidden)


def _column(column: CatalogColumn, said: SourceOverride | None) -> CatalogColumn:
    if said is None:
        return column
    return msgspec.structs.replace(
        column,
        label=said.label,
        description=said.description or column.description,
        unit=column.unit if said.unit is None else said.unit or None,
        role=ColumnRole(said.role) if said.role else column.role,
    )
