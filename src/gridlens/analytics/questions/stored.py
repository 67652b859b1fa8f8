"""Saved questions as rows: filled, and told."""

from uuid import UUID

import msgspec
from sqlalchemy import null

from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.models import Question
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail, QuestionSummary
from gridlens.core.errors import NotFound
from gridlens.shared.auth import Person
from gridlens.shared.sharing import Access


def fill(row: Question, written: NewQuestion | QuestionChange) -> None:
    row.name = written.name.strip()
    row.description = written.description
    row.words = written.words
    row.sql = written.sql
    row.plan = null() if written.plan is None else msgspec.to_builtins(written.plan)
    row.parameters = msgspec.to_builtins(written.parameters)
    row.kept_seconds = written.kept_seconds


def plan_of(row: Question) -> QueryPlan:
    if row.plan is None:
        raise NotFound("This question holds neither SQL nor a plan.")
    return msgspec.convert(row.plan, QueryPlan)


def parameters_of(row: Question) -> tuple[Parameter, ...]:
    return msgspec.convert(row.parameters, tuple[Parameter, ...])


def summary_of(
    row: Question, access: Access, people: dict[UUID, Person], sources: dict[UUID, str]
) -> QuestionSummary:
    return QuestionSummary(
        question_id=row.id,
        name=row.name,
        description=row.description,
        kind="sql" if row.sql is not None else "plan",
        source_id=row.source_id,
        source_name=sources.get(row.source_id),
        owner=people.get(row.owner_id),
        access=access,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def detail_of(
    row: Question, access: Access, people: dict[UUID, Person], sources: dict[UUID, str]
) -> QuestionDetail:
    return QuestionDetail(
        **msgspec.structs.asdict(summary_of(row, access, people, sources)),
        words=row.words,
        sql=row.sql,
        plan=None if row.sql is not None else plan_of(row),
        parameters=parameters_of(row),
        kept_seconds=row.kept_seconds,
    )


def holds(row: Question, words: str) -> bool:
    """Whether every word is somewhere in a question; databases differ in how they fold letters."""
    text = "\n".join(filter(None, (row.name, row.description, row.words, row.sql))).casefold()
    return all(word in text for word in words.casefold().split())
