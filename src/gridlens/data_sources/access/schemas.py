"""What the HTTP surface of access rules takes and gives."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.data_sources.access.rules import HeldTable, Rule
from gridlens.data_sources.schemas import Cell, Identifier, TableName
from gridlens.shared.results import Column

MOST_RULES = 500
RuleList = Annotated[tuple[Rule, ...], Meta(max_length=MOST_RULES)]


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class ReleasedTable(_Input, frozen=True, kw_only=True):
    name: Identifier
    schema: Identifier | None = None


class AccessChange(_Input, frozen=True, kw_only=True):
    """All rules of a source, in place of those of ``version``; ``released`` are held back no longer."""

    version: int
    rules: RuleList
    released: Annotated[tuple[ReleasedTable, ...], Meta(max_length=10_000)] = ()


class ConditionCheck(_Input, frozen=True, kw_only=True):
    table: Identifier
    schema: Identifier | None = None
    condition: Annotated[str, Meta(max_length=10_000)]


class AccessPreview(_Input, frozen=True, kw_only=True):
    """Whose view of which table; ``rules`` are tried in place of the stored ones."""

    user_id: UUID
    table: Identifier
    schema: Identifier | None = None
    rules: RuleList | None = None
    rows: Annotated[int, Meta(ge=1, le=200)] = 20


class AccessFile(_Input, frozen=True, kw_only=True):
    """A file of rules, as text."""

    text: Annotated[str, Meta(max_length=500_000)]


class AccessOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``version`` is 0 while there are no rules.

    ``gone`` are the tables that rules name and that the source has no more; ``held`` those that came since
    and that are kept from whom such rules bind.
    """

    version: int
    rules: tuple[Rule, ...]
    gone: tuple[TableName, ...] = ()
    held: tuple[HeldTable, ...] = ()


class CheckedCondition(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``reason`` says why it cannot be applied; without one it can, and needs those ``attributes``."""

    reason: str | None = None
    attributes: tuple[str, ...] = ()


class SeenRows(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A table as somebody sees it; counts are missing where counting takes long."""

    is_hidden: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    hidden_columns: tuple[str, ...] = ()
    masked_columns: tuple[str, ...] = ()
    visible_rows: int | None = None
    all_rows: int | None = None
