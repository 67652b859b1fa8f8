"""What analytics answers and tells."""

from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.results import ResultSet
from gridlens.shared.time import Scope


class QuestionDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    question_id: UUID
    name: str
    source_id: UUID
    sql: str


class DescribeQuestion(Request[QuestionDescription], frozen=True, kw_only=True):
    principal: Principal
    question_id: UUID


class RunQuestion(Request[ResultSet], frozen=True, kw_only=True):
    """Answer a saved question. ``is_fresh`` asks the source again even when an answer is cached."""

    principal: Principal
    question_id: UUID
    scope: Scope = Scope()
    is_fresh: bool = False


class RunQuery(Request[ResultSet], frozen=True, kw_only=True):
    """Run one read-only statement on a source, guarded and limited."""

    principal: Principal
    source_id: UUID
    sql: str
    row_limit: int = 10_000


class QuestionDeleted(Event, frozen=True, kw_only=True, tag="analytics.question_deleted"):
    organisation_id: UUID
    question_id: UUID


class QuestionRestored(Event, frozen=True, kw_only=True, tag="analytics.question_restored"):
    """A deletion was undone."""

    organisation_id: UUID
    question_id: UUID
