"""Who sees which question: its owner, administrators, whom it is shared with, directly or on a dashboard."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.analytics.access import is_admin
from gridlens.analytics.errors import QuestionNotFound
from gridlens.analytics.models import Question, QuestionShare
from gridlens.core.database import Database
from gridlens.core.errors import Refused
from gridlens.core.events import Bus
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission
from gridlens.shared.sharing import Access, grantees
from gridlens.shared.visualizations import QuestionsShown

MISSING = "There is no such question, or it is not shared with you. Ask its owner, or choose another one."


def given_to(principal: Principal) -> ColumnElement[bool]:
    """The questions that are somebody's own or shared with them; those on dashboards come on top."""
    same = Question.organisation_id == principal.organisation_id
    if is_admin(principal):
        return same
    shared = exists(
        select(QuestionShare.id).where(
            QuestionShare.question_id == Question.id, QuestionShare.grantee.in_(grantees(principal))
        )
    )
    return same & or_(Question.owner_id == principal.user_id, shared)


async def find(database: Database, bus: Bus, principal: Principal, question_id: UUID) -> Question:
    """The question when this person may read it; else it does not exist for them."""
    chosen = select(Question).where(Question.id == question_id, Question.deleted_at.is_(None))
    async with database.transaction() as session:
        row = await session.scalar(chosen.where(given_to(principal)))
    if row is None and await _shown(bus, principal, (question_id,)):
        same = Question.organisation_id == principal.organisation_id
        async with database.transaction() as session:
            row = await session.scalar(chosen.where(same))
    if row is None:
        raise QuestionNotFound(MISSING)
    return row


async def readable(
    database: Database, bus: Bus, principal: Principal, question_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of the questions that this person may read."""
    if not question_ids:
        return frozenset()
    chosen = select(Question.id).where(Question.id.in_(question_ids), Question.deleted_at.is_(None))
    async with database.transaction() as session:
        given = set(await session.scalars(chosen.where(given_to(principal))))
    rest = tuple(set(question_ids) - given)
    if rest and not is_admin(principal):
        given |= await _shown(bus, principal, rest)
    return frozenset(given)


async def editable_by(session: AsyncSession, principal: Principal) -> frozenset[UUID]:
    """The questions that others have shared with this person for editing."""
    shared = select(QuestionShare.question_id).where(
        QuestionShare.access == "edit", QuestionShare.grantee.in_(grantees(principal))
    )
    return frozenset(await session.scalars(shared))


def access_to(principal: Principal, row: Question, editable: frozenset[UUID]) -> Access:
    """What somebody who sees it may do with it; the permissions of their role bound it."""
    if not principal.may(Permission.EDIT_QUESTIONS):
        return "view"
    if row.owner_id == principal.user_id or is_admin(principal):
        return "own"
    return "edit" if row.id in editable else "view"


async def find_editable(session: AsyncSession, principal: Principal, question_id: UUID) -> Question:
    row = await _given(session, principal, question_id)
    if access_to(principal, row, await editable_by(session, principal)) == "view":
        raise Refused(
            "You may read this question but not change it. Ask its owner to share it for editing, or save a "
            "copy of your own."
        )
    return row


async def find_own(
    session: AsyncSession, principal: Principal, question_id: UUID, *, is_deleted: bool = False
) -> Question:
    row = await _given(session, principal, question_id, is_deleted=is_deleted)
    if access_to(principal, row, frozenset()) != "own":
        raise Refused(
            "Only its owner or an administrator may do this to a question. Save a copy of your own."
        )
    return row


async def _given(
    session: AsyncSession, principal: Principal, question_id: UUID, *, is_deleted: bool = False
) -> Question:
    row = await session.scalar(
        select(Question).where(
            Question.id == question_id,
            Question.deleted_at.is_not(None) if is_deleted else Question.deleted_at.is_(None),
            given_to(principal),
        )
    )
    if row is None:
        raise QuestionNotFound(MISSING)
    return row


async def _shown(bus: Bus, principal: Principal, question_ids: tuple[UUID, ...]) -> frozenset[UUID]:
    return await bus.request(QuestionsShown(principal=principal, question_ids=question_ids))
