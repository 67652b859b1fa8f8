"""What saved questions look like from outside."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.parameters import Parameter
from gridlens.shared.auth import Person
from gridlens.shared.results import KeptSeconds
from gridlens.shared.sharing import Access

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Description = Annotated[str, Meta(max_length=5_000)]
Words = Annotated[str, Meta(min_length=1, max_length=500)]
Sql = Annotated[str, Meta(min_length=1, max_length=65_536)]
Parameters = Annotated[tuple[Parameter, ...], Meta(max_length=30)]


class NewQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Either ``plan`` or ``sql``; parameters belong to SQL.

    ``keptSeconds`` is how long its answers are shown again; nothing leaves it to its source.
    """

    name: Name
    source_id: UUID
    description: Description = ""
    words: Words | None = None
    sql: Sql | None = None
    plan: QueryPlan | None = None
    parameters: Parameters = ()
    kept_seconds: KeptSeconds | None = None


class QuestionChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """The whole question anew; ``version`` is the one it was read with."""

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    name: Name
    description: Description = ""
    words: Words | None = None
    sql: Sql | None = None
    plan: QueryPlan | None = None
    parameters: Parameters = ()
    kept_seconds: KeptSeconds | None = None


class QuestionSummary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A question in a list. ``kind`` says how it is kept: as a plan or as SQL."""

    question_id: UUID
    name: str
    description: str
    kind: str
    source_id: UUID
    source_name: str | None
    owner: Person | None
    access: Access
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None


class QuestionDetail(QuestionSummary, frozen=True, kw_only=True, rename="camel"):
    """``source_name`` is missing when the source was deleted."""

    words: str | None = None
    sql: str | None = None
    plan: QueryPlan | None = None
    parameters: tuple[Parameter, ...] = ()
    kept_seconds: int | None = None
