"""The part of time and data a reader looks at."""

from datetime import datetime
from typing import Literal

import msgspec


class TimeRange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A half-open span ``[start, end)`` of aware UTC instants, read in ``zone``."""

    start: datetime
    end: datetime
    zone: str


class Filter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Keeps rows whose ``column`` is (or is not) among ``values``."""

    column: str
    values: tuple[str | int | float | bool | None, ...]
    operator: Literal["in", "not_in"] = "in"


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What a dashboard or report narrows every one of its questions to."""

    time_range: TimeRange | None = None
    filters: tuple[Filter, ...] = ()
