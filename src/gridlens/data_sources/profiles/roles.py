"""How a column will be used: as time, as a measure to add or average, to group by, or to join."""

import re

from gridlens.shared.catalog import CatalogColumn, CatalogTable
from gridlens.shared.results import ColumnRole, Kind

KEY_ENDINGS = {"id", "ids", "uuid", "guid", "key", "code", "nr", "ref", "ean", "eic", "mpan", "iban"}
NOT_MEASURED = {
    "year", "jahr", "month", "monat", "day", "tag", "hour", "stunde", "minute", "week", "woche", "weekday",
    "quarter", "type", "typ", "kind", "category", "class", "status", "state", "flag", "zip", "plz",
    "postcode", "version", "index", "sequence", "seq", "ordinal", "order", "rank", "level", "phase", "number",
    "num", "epoch",
}  # fmt: skip
PLACES = {"lat", "latitude", "lon", "lng", "longitude"}
MOST_CATEGORIES = 20
ROWS_PER_CATEGORY = 20
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def role_of(column: CatalogColumn, table: CatalogTable) -> ColumnRole:
    """The role that kind, keys, name, unit and, where there is one, the profile suggest."""
    if column.kind in {Kind.TIMESTAMP, Kind.DATE}:
        return ColumnRole.TIME
    joined = {name for key in table.foreign_keys for name in key.columns}
    if column.name in joined or column.name in table.primary_key:
        return ColumnRole.KEY
    words = [word.lower() for word in WORDS.findall(column.name)]
    last = words[-1] if words else ""
    if last in KEY_ENDINGS or column.native_type.lower() == "uuid":
        return ColumnRole.KEY
    if column.kind not in {Kind.INTEGER, Kind.NUMBER} or last in PLACES:
        return ColumnRole.DIMENSION
    if column.unit:
        return ColumnRole.MEASURE
    if last in NOT_MEASURED or (words and words[0] == "is"):
        return ColumnRole.DIMENSION
    if column.kind is Kind.INTEGER and _is_category(column, table.row_count):
        return ColumnRole.DIMENSION
    return ColumnRole.MEASURE


def _is_category(column: CatalogColumn, row_count: int | None) -> bool:
    """A handful of numbers over and over: numbers of substations, not measurements."""
    if column.profile is None or not row_count:
        return False
    distinct = column.profile.distinct_count
    return 0 < distinct <= MOST_CATEGORIES and row_count >= distinct * ROWS_PER_CATEGORY
