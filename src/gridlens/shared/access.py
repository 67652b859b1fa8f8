"""Which rows, tables and columns of a source somebody may see, as it travels with the source."""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from gridlens.core.principal import Attributes
from gridlens.shared.catalog import CatalogTable

SEEN_ROWS: Final = "rows_that_may_be_seen"
"""What a restricted table is called where its rules stand: no column in them is named without it."""
_LABELS: Final = re.compile(r"\b(?:enum|set)\((?:'(?:[^']|'')*'(?:, ?)?)*\)", re.IGNORECASE)
_SHARED_LABELS: Final = re.compile(r"\bENUM\((?:'(?:[^']|'')*'(?:, ?)?)*\)")
"""In capitals, as DuckDB alone calls it."""
_CITED: Final = re.compile(r"[(\"'`]")


class RowCondition(msgspec.Struct, frozen=True, kw_only=True):
    """Keeps rows for which ``text``, in the source's SQL, is true.

    ``{user.name}`` in it stands for the values of an attribute of whoever asks; ``values`` are theirs.
    """

    text: str
    values: Attributes = ()


class Restriction(msgspec.Struct, frozen=True, kw_only=True):
    """What of a table somebody may see. ``table`` lists every column, hidden ones too.

    Rows have to pass every condition; of ``columns``, those that are ``masked`` read as empty. Those that are
    ``unlabelled`` have an ENUM for their type whose values are kept from sight elsewhere.
    """

    table: CatalogTable
    columns: tuple[str, ...]
    masked: tuple[str, ...] = ()
    unlabelled: tuple[str, ...] = ()
    conditions: tuple[RowCondition, ...] = ()


def rights_of(restrictions: Sequence[Restriction], hidden: Sequence[tuple[str | None, str]]) -> str:
    """A short text that is the same for two people only when they may see the same; empty for everything."""
    if not restrictions and not hidden:
        return ""
    return hashlib.blake2b(msgspec.msgpack.encode((restrictions, hidden)), digest_size=16).hexdigest()


def without_labels(native_type: str) -> str:
    """A type as a source calls it, where an ENUM in it lists no values: they may be those of hidden rows."""
    return _LABELS.sub("VARCHAR", native_type)


def labels_in(native_type: str) -> frozenset[str]:
    """DuckDB's ENUM types within a type, each with all of its values; other engines share none by those."""
    return frozenset(_SHARED_LABELS.findall(native_type))


def without_rules(message: str) -> str:
    """What an engine said, up to where it cites a part of the statement with access rules in it."""
    if SEEN_ROWS not in message:
        return message
    said = _CITED.split(message, maxsplit=1)[0].rstrip()
    is_harmless = said != "" and SEEN_ROWS not in said
    return said if is_harmless else "The database could not run a part of this query"
