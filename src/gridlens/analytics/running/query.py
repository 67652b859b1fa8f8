"""What is run: one statement on one source, with how far it may go, and how far it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from gridlens.analytics.parameters import Bound
from gridlens.analytics.running.history import Door
from gridlens.analytics.running.lanes import Lane
from gridlens.shared.results import Column
from gridlens.shared.time import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One run of a query. ``columns`` are those a plan knows its answer to have."""

    source_id: UUID
    sql: str
    door: Door
    row_limit: int
    lane: Lane = "interactive"
    bound: tuple[Bound, ...] = ()
    scope: Scope | None = None
    columns: tuple[Column, ...] | None = None
    notes: tuple[str, ...] = ()
    question_id: UUID | None = None
    is_fresh: bool = False
    may_be_stale: bool = False
    kept_seconds: int | None = None
    """How old an answer may be; nothing leaves it to the source."""
    deadline_seconds: float | None = None
    is_trial: bool = False
    """A plan is only tried: nobody asked for it, so the history does not tell of it."""
    admit: Callable[[], Awaitable[None]] | None = None
    """Asked before a source is: what the cache answers wears nobody out."""
    query_id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class Progress:
    """Whether a query runs or waits; ``position`` is 1 for the next one."""

    state: Literal["waiting", "running"]
    position: int | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A query whose asker, or whose background, waits for its end."""

    query: Query
    user_id: UUID
    source_name: str
    started_at: datetime
