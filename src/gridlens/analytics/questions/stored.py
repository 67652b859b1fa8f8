"""Saved questions as rows: found within their organisation, filled, and told."""

from uuid import UUID

import msgspec
from sqlalchemy import null, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.analytics.access import is_admin
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.errors import QuestionNotFound
from gridlens.analytics.models import Question
from gridlens.analytics.parameters import Parameter
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail, QuestionSummary
from gridlens.core.errors import NotFound, Refused
from gridlens.core.principal import Principal
from gridlens.shared.auth import Person
from gridlens.shared.permissions import Permission


async def find(
    session: AsyncSession, principal: Principal, question_id: UUID, *, is_deleted: bool = False
) -> Question:
    row = await session.scalar(
        select(Question).where(
            Question.id == question_id, Question.organisation_id == principal.organisation_id
        )
    )
    if row is None or (row.deleted_at is not None) != is_deleted:
        raise QuestionNotFound("This question does not exist, or was deleted. Choose another one.")
    return row


async def find_own(
    session: AsyncSession, principal: Principal, question_id: UUID, *, is_deleted: bool = False
) -> Question:
    row = await find(session, principal, question_id, is_deleted=is_deleted)
    if row.owner_id != principal.user_id and not is_admin(principal):
        raise Refused("Only the owner of this question may change it. Save a copy of your own.")
    return row


def fill(row: Question, written: NewQuestion | QuestionChange) -> None:
    row.name = written.name.strip()
    row.description = written.description
    row.words = written.words
    row.sql = written.sql
    row.plan = null() if written.plan is None else msgspec.to_builtins(written.plan)
    row.parameters = msgspec.to_builtins(written.parameters)


def plan_of(row: Question) -> QueryPlan:
    if row.plan is None:
        raise NotFound("This question holds neither SQL nor a plan.")
    return msgspec.convert(row.plan, QueryPlan)


def parameters_of(row: Question) -> tuple[Parameter, ...]:
    return msgspec.convert(row.parameters, tuple[Parameter, ...])


def summary_of(
    row: Question, principal: Principal, people: dict[UUID, Person], sources: dict[UUID, str]
) -> QuestionSummary:
    return QuestionSummary(
        question_id=row.id,
        name=row.name,
        description=row.description,
        kind="sql" if row.sql is not None else "plan",
        source_id=row.source_id,
        source_name=sources.get(row.source_id),
        owner=people.get(row.owner_id),
        can_edit=principal.may(Permission.EDIT_QUESTIONS)
        and (row.owner_id == principal.user_id or is_admin(principal)),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def detail_of(
    row: Question, principal: Principal, people: dict[UUID, Person], sources: dict[UUID, str]
) -> QuestionDetail:
    return QuestionDetail(
        **msgspec.structs.asdict(summary_of(row, principal, people, sources)),
        words=row.words,
        sql=row.sql,
        plan=None if row.sql is not None else plan_of(row),
        parameters=parameters_of(row),
    )


def holds(row: Question, words: str) -> bool:
    """Whether every word is somewhere in a question; databases differ in how they fold letters."""
    text = "\n".join(filter(None, (row.name, row.description, row.words, row.sql))).casefold()
    return all(word in text for word in words.casefold().split())
