"""What a catalog lets one say of a source before anybody has said anything."""

import re
from collections.abc import Iterator

from gridlens.analytics.ask.relations import Relations, TableKey, main_time_column, relations_of
from gridlens.analytics.ask.units import Quantity, column_unit, quantity_of
from gridlens.analytics.semantic.model import ColumnMeaning, Join, SemanticModel, TableMeaning
from gridlens.shared.catalog import AddsUp, Catalog, CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole, Kind

_ADDS_UP: dict[Quantity, AddsUp] = {
    Quantity.ENERGY: "additive",
    Quantity.MONEY: "additive",
    Quantity.MASS: "additive",
    Quantity.POWER: "not_over_time",
    Quantity.PRICE: "weighted_mean",
    Quantity.TEMPERATURE: "weighted_mean",
    Quantity.SHARE: "weighted_mean",
    Quantity.INTENSITY: "weighted_mean",
    Quantity.STATE: "weighted_mean",
}
# Registers count on and on, stocks are there at every moment: neither adds up over time.
_STANDS = re.compile(
    r"(^|_)(counter|register|cumulative|zaehlerstand|zählerstand|soc|stand|stock|inventory|bestand|level|"
    r"fuellstand|füllstand)($|_)"
)
_SENSITIVE = re.compile(
    r"(^|_)(e_?mail|phone|mobile|telefon|iban|bic|ssn|tax_?id|steuer_?id|password|passwd|secret|token|"
    r"birth_?date|birthday|date_of_birth|geburtsdatum|passport|credit_?card)($|_)"
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLAIN = re.compile(r"\w+")


def proposed(catalog: Catalog) -> SemanticModel:
    """Units, sums, time columns, personal data and keys, as far as names and figures tell."""
    relations = relations_of(catalog)
    tables = tuple(found for table in catalog.tables if (found := _table(table)) is not None)
    return SemanticModel(tables=tables, joins=tuple(_joins(relations)))


def _table(table: CatalogTable) -> TableMeaning | None:
    columns = tuple(found for column in table.columns if (found := _column(column, table)) is not None)
    time = main_time_column(table) if table.interval_seconds else None
    if not columns and time is None:
        return None
    return TableMeaning(
        table=table.name,
        schema=table.schema,
        time_column=time.name if time else None,
        columns=columns,
    )


def _column(column: CatalogColumn, table: CatalogTable) -> ColumnMeaning | None:
    name = _HUMP.sub("_", column.name).casefold()
    if column.kind is Kind.TEXT and _SENSITIVE.search(name):
        return ColumnMeaning(column=column.name, is_sensitive=True)
    if column.role is not ColumnRole.MEASURE or column.kind not in (Kind.INTEGER, Kind.NUMBER):
        return None
    unit = column_unit(column)
    quantity = quantity_of(unit)
    adds_up = "not_over_time" if _STANDS.search(name) else quantity and _ADDS_UP.get(quantity)
    return ColumnMeaning(
        column=column.name,
        role=column.role,
        unit=unit,
        adds_up=adds_up or None,
        weighted_by=_weight(table) if quantity is Quantity.PRICE else None,
    )


def _weight(table: CatalogTable) -> str | None:
    """The one column of energy beside a price: what was paid that price for."""
    volumes = [c.name for c in table.columns if quantity_of(column_unit(c)) is Quantity.ENERGY]
    return volumes[0] if len(volumes) == 1 else None


def _joins(relations: Relations) -> Iterator[Join]:
    """Keys that nobody declared."""
    for link in relations.links:
        declared = {
            (key.columns, key.table, key.referenced_columns)
            for key in relations.tables[link.child].foreign_keys
            if not key.is_inferred
        }
        columns, referenced = tuple(c for c, _ in link.columns), tuple(r for _, r in link.columns)
        if (columns, link.parent.name, referenced) not in declared:
            pairs = (f"{_path(link.child, c)} = {_path(link.parent, r)}" for c, r in link.columns)
            yield Join(on=" and ".join(pairs))


def _path(table: TableKey, column: str) -> str:
    parts = (table.schema, table.name, column) if table.schema else (table.name, column)
    return ".".join(_quoted(part) for part in parts)


def _quoted(name: str) -> str:
    """As it stands where an expression reads it so, else in double quotes."""
    return name if _PLAIN.fullmatch(name) and not name[0].isdigit() else '"' + name.replace('"', '""') + '"'
