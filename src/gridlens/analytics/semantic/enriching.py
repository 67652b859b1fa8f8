"""A catalog as the semantic model has it: for questions, charts and tables alike."""

from functools import lru_cache

import msgspec

from gridlens.analytics.semantic.model import ColumnMeaning, SemanticModel, TableMeaning
from gridlens.shared.catalog import Catalog, CatalogColumn, CatalogTable, ForeignKey
from gridlens.shared.data_sources import SourceDescription

_KEPT = 32


def enriched(catalog: Catalog, model: SemanticModel) -> Catalog:
    """The catalog with what people said of it; a place that is gone from it is passed over."""
    if not (model.tables or model.joins):
        return catalog
    return msgspec.structs.replace(
        catalog, tables=tuple(_table(table, model, catalog) for table in catalog.tables)
    )


@lru_cache(maxsize=_KEPT)
def askable(catalog: Catalog, model: SemanticModel) -> Catalog:
    """The same without hidden columns, but for those that join tables."""
    hidden = {
        (table.schema, table.table, column.column)
        for table in model.tables
        for column in table.columns
        if column.is_hidden
    }
    known = enriched(catalog, model)
    if not hidden:
        return known
    joined = {
        (t.schema, t.name, name) for t in known.tables for key in t.foreign_keys for name in key.columns
    }
    joined |= {
        (key.schema or t.schema, key.table, name)
        for t in known.tables
        for key in t.foreign_keys
        for name in key.referenced_columns
    }
    tables = tuple(
        msgspec.structs.replace(
            table,
            columns=tuple(
                column
                for column in table.columns
                if (table.schema, table.name, column.name) in joined
                or not {(table.schema, table.name, column.name), (None, table.name, column.name)} & hidden
            ),
        )
        for table in known.tables
    )
    return msgspec.structs.replace(known, tables=tables)


def described(source: SourceDescription, model: SemanticModel, version: int) -> SourceDescription:
    """A source with its enriched catalog, in the zone of the model where it names one.

    Both versions only rise, so their sum names one state of the two, for whatever is cached by it.
    """
    catalog = enriched(source.catalog, model)
    catalog = msgspec.structs.replace(catalog, version=catalog.version + version)
    return msgspec.structs.replace(source, catalog=catalog, zone=model.zone or source.zone)


def _table(table: CatalogTable, model: SemanticModel, catalog: Catalog) -> CatalogTable:
    said = model.table(table.name, table.schema)
    joined = tuple(_keys(table, model, catalog))
    # What people say of columns takes the place of what their values seemed to show.
    stated = {key.columns for key in joined}
    own = tuple(key for key in table.foreign_keys if not (key.is_inferred and key.columns in stated))
    keys = (*own, *(key for key in joined if key not in own))
    if said is None:
        return table if keys == table.foreign_keys else msgspec.structs.replace(table, foreign_keys=keys)
    by_name = {column.column: column for column in said.columns}
    return msgspec.structs.replace(
        table,
        label=said.label or table.label,
        description=said.description or table.description,
        time_column=_time_column(table, said),
        interval_labels=said.interval_labels or table.interval_labels,
        columns=tuple(
            _column(column, by_name[column.name]) if column.name in by_name else column
            for column in table.columns
        ),
        foreign_keys=keys,
    )


def _time_column(table: CatalogTable, said: TableMeaning) -> str | None:
    is_there = any(column.name == said.time_column for column in table.columns)
    return said.time_column if is_there else table.time_column


def _column(column: CatalogColumn, said: ColumnMeaning) -> CatalogColumn:
    profile = column.profile
    if profile is not None and said.is_sensitive:
        profile = msgspec.structs.replace(profile, top_values=(), minimum=None, maximum=None)
    return msgspec.structs.replace(
        column,
        label=said.label or column.label,
        description=said.description or column.description,
        unit=said.unit or column.unit,
        role=said.role or column.role,
        adds_up=said.adds_up or column.adds_up,
        weighted_by=said.weighted_by or column.weighted_by,
        profile=profile,
    )


def _keys(table: CatalogTable, model: SemanticModel, catalog: Catalog) -> list[ForeignKey]:
    """The joins whose left side is this table."""
    found: list[ForeignKey] = []
    for join in model.joins:
        key = join.key
        left, right = key.columns[0], key.referenced[0]
        if left.table != table.name or left.schema not in (None, table.schema):
            continue
        schemas = [
            other.schema
            for other in catalog.tables
            if other.name == right.table and right.schema in (None, other.schema)
        ]
        schema = table.schema if table.schema in schemas else next(iter(schemas), None)
        if schemas:
            found.append(
                ForeignKey(
                    columns=tuple(column.column for column in key.columns),
                    table=right.table,
                    schema=schema,
                    referenced_columns=tuple(column.column for column in key.referenced),
                )
            )
    return found
