"""The part of time and data a reader looks at."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


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


Grain = Literal["minute15", "hour", "day", "week", "month", "quarter", "year"]
"""How long the intervals are that times are grouped by."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """An earlier span that a time range is compared with, and what a reader calls it."""

    time_range: TimeRange
    label: Annotated[str, Meta(max_length=60)]


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What a dashboard or report narrows every one of its questions to.

    ``compared`` is drawn beside the time range; ``grain`` takes the place of a plan's own.
    """

    time_range: TimeRange | None = None
    filters: tuple[Filter, ...] = ()
    compared: Comparison | None = None
    grain: Grain | None = None
