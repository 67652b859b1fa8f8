"""What analytics answers and tells."""

from uuid import UUID

import msgspec

from gridlens.core.events import Event, Request
from gridlens.core.principal import Principal
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceDescription
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


class ReadableQuestions(Request[frozenset[UUID]], frozen=True, kw_only=True):
    """Those of the questions that the asker may read: own, shared, or shown on a dashboard."""

    principal: Principal
    question_ids: tuple[UUID, ...]


class RunQuestion(Request[ResultSet], frozen=True, kw_only=True):
    """Answer a saved question. ``is_fresh`` asks the source again even when an answer is cached;
    ``may_be_stale`` takes one that is too old, for who will ask again at once; ``row_limit`` left out is
    what one page of an answer has.
    """

    principal: Principal
    question_id: UUID
    scope: Scope = Scope()
    is_fresh: bool = False
    may_be_stale: bool = False
    row_limit: int | None = None


class RunQuery(Request[ResultSet], frozen=True, kw_only=True):
    """Run one read-only statement on a source, guarded and limited."""

    principal: Principal
    source_id: UUID
    sql: str
    row_limit: int = 10_000


class GuardStatement(Request[str], frozen=True, kw_only=True):
    """What may run in place of a statement, on a source as it is described to somebody."""

    source: SourceDescription
    sql: str
    row_limit: int


class ReadCondition(Request[tuple[str, ...]], frozen=True, kw_only=True):
    """Check a condition over the columns of a table; the user's attributes that it needs.

    Refused with the reason and the place when it is more than that.
    """

    dialect: str
    table: CatalogTable
    text: str


class QuestionDeleted(Event, frozen=True, kw_only=True, tag="analytics.question_deleted"):
    organisation_id: UUID
    question_id: UUID


class QuestionRestored(Event, frozen=True, kw_only=True, tag="analytics.question_restored"):
    """A deletion was undone."""

    organisation_id: UUID
    question_id: UUID


class SemanticModelChanged(Event, frozen=True, kw_only=True, tag="analytics.semantic_model_changed"):
    """What is agreed about a source changed: its words, units, metrics or verified questions."""

    organisation_id: UUID
    source_id: UUID
    version: int
