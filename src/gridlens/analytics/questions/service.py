"""Saved questions: made, found, changed, deleted and brought back, and answered."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.analytics.access import is_admin, require
from gridlens.analytics.errors import InvalidQuestion, QuestionChanged, QuestionNotFound, TooOldToRestore
from gridlens.analytics.exporting.streams import MOST_EXPORTED_ROWS, RowStream
from gridlens.analytics.models import Question, QuestionShare
from gridlens.analytics.parameters import Bound, Parameter, Value, bind_values, sample_values
from gridlens.analytics.people import people_by_id
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.reading import (
    access_to,
    editable_by,
    find,
    find_editable,
    find_own,
    given_to,
    readable,
)
from gridlens.analytics.questions.schemas import NewQuestion, QuestionChange, QuestionDetail, QuestionSummary
from gridlens.analytics.questions.scoping import GRAIN_OF_SQL, scope_parameters, scope_plan
from gridlens.analytics.questions.stored import (
    detail_of,
    fill,
    holds,
    parameters_of,
    plan_of,
    summary_of,
)
from gridlens.analytics.running.history import Door
from gridlens.analytics.running.lanes import Lane
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.core.database import Database
from gridlens.core.errors import Refused
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.core.remembered import Remembered
from gridlens.shared.analytics import QuestionDeleted, QuestionDescription, QuestionRestored
from gridlens.shared.auth import ActionAudited, Person
from gridlens.shared.data_sources import ListSources, SourceDescription
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ColumnRole, ResultSet
from gridlens.shared.time import Scope

KEPT_AFTER_DELETION = timedelta(days=30)
MOST_LISTED = 1_000
Which = Literal["all", "mine", "deleted"]


class QuestionService:
    """A question is its owner's until it is shared; administrators see and change all."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        outbox: Outbox,
        queries: QueryService,
        plans: Plans,
        most_rows: int,
    ) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox
        self._queries = queries
        self._plans = plans
        self._most_rows = most_rows
        self._rows: Remembered[tuple[Principal, UUID], Question] = Remembered(database)

    async def list_all(
        self,
        principal: Principal,
        *,
        words: str = "",
        source_id: UUID | None = None,
        which: Which = "all",
    ) -> list[QuestionSummary]:
        """Questions by name; ``words`` are looked for in names, descriptions and SQL."""
        require(principal, Permission.READ_QUESTIONS)
        names = await self._names(principal)
        chosen = select(Question).where(given_to(principal))
        if which == "deleted":
            chosen = chosen.where(Question.deleted_at > utc_now() - KEPT_AFTER_DELETION)
            if not is_admin(principal):
                chosen = chosen.where(Question.owner_id == principal.user_id)
        else:
            chosen = chosen.where(Question.deleted_at.is_(None))
        if which == "mine":
            chosen = chosen.where(Question.owner_id == principal.user_id)
        if source_id is not None:
            chosen = chosen.where(Question.source_id == source_id)
        async with self._database.transaction() as session:
            rows = [row for row in await session.scalars(chosen) if holds(row, words)]
            editable = await editable_by(session, principal)
        rows.sort(key=lambda row: (row.name.casefold(), row.id))
        return [summary_of(row, access_to(principal, row, editable), *names) for row in rows[:MOST_LISTED]]

    async def words_on(self, principal: Principal, source_id: UUID, most: int) -> list[str]:
        """The words that saved questions on a source were asked in, newest first."""
        require(principal, Permission.READ_QUESTIONS)
        chosen = select(Question.words).where(
            given_to(principal),
            Question.source_id == source_id,
            Question.deleted_at.is_(None),
            Question.words.is_not(None),
        )
        async with self._database.transaction() as session:
            found = await session.scalars(chosen.order_by(Question.id.desc()).limit(5 * most))
            return list(dict.fromkeys(words for words in found if words))[:most]

    async def get(self, principal: Principal, question_id: UUID) -> QuestionDetail:
        require(principal, Permission.READ_QUESTIONS)
        names = await self._names(principal)
        row = await find(self._database, self._bus, principal, question_id)
        return await self._detail(principal, row, names)

    async def create(self, principal: Principal, new: NewQuestion) -> QuestionDetail:
        """A question of the asker's own, checked against its source before it is kept."""
        require(principal, Permission.EDIT_QUESTIONS)
        await self._check(principal, new.source_id, new)
        names = await self._names(principal)
        row = Question(
            organisation_id=principal.organisation_id, owner_id=principal.user_id, source_id=new.source_id
        )
        fill(row, new)
        async with self._database.transaction() as session:
            session.add(row)
            # The audit log names the question by the id that it is given here.
            await session.flush()
            self._audit(session, principal, "question.created", row)
        return detail_of(row, "own", *names)

    async def change(self, principal: Principal, question_id: UUID, change: QuestionChange) -> QuestionDetail:
        """Refused when somebody else changed the question since the asker read it."""
        require(principal, Permission.EDIT_QUESTIONS)
        async with self._database.transaction() as session:
            source_id = (await find_editable(session, principal, question_id)).source_id
        await self._check(principal, source_id, change)
        names = await self._names(principal)
        async with self._database.transaction() as session:
            row = await find_editable(session, principal, question_id)
            mine = (Question.id == row.id) & (Question.version == change.version)
            # The guarded update lets one of two editors win, on every database.
            taken = await session.execute(
                update(Question)
                .where(mine)
                .values(version=change.version + 1)
                .execution_options(synchronize_session=False)
            )
            if not taken.rowcount:  # type: ignore[attr-defined]
                raise QuestionChanged(
                    "Somebody changed this question since you opened it. Look at their version, then save "
                    "yours over it or as a copy.",
                    extra={"version": row.version},
                )
            await session.refresh(row)
            fill(row, change)
            self._audit(session, principal, "question.changed", row)
        return await self._detail(principal, row, names)

    async def delete(self, principal: Principal, question_id: UUID) -> QuestionSummary:
        """Take it away; for 30 days it can be brought back as it was."""
        require(principal, Permission.EDIT_QUESTIONS)
        names = await self._names(principal)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, question_id)
            row.deleted_at = utc_now()
            gone = QuestionDeleted(organisation_id=row.organisation_id, question_id=row.id)
            self._outbox.save(session, gone)
            self._audit(session, principal, "question.deleted", row)
        return summary_of(row, "own", *names)

    async def restore(self, principal: Principal, question_id: UUID) -> QuestionDetail:
        require(principal, Permission.EDIT_QUESTIONS)
        names = await self._names(principal)
        async with self._database.transaction() as session:
            row = await find_own(session, principal, question_id, is_deleted=True)
            if row.deleted_at is None or row.deleted_at < utc_now() - KEPT_AFTER_DELETION:
                raise TooOldToRestore("This question was deleted more than 30 days ago and is gone.")
            row.deleted_at = None
            back = QuestionRestored(organisation_id=row.organisation_id, question_id=row.id)
            self._outbox.save(session, back)
            self._audit(session, principal, "question.restored", row)
        return detail_of(row, "own", *names)

    async def readable(self, principal: Principal, question_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of the questions that the asker may read."""
        if not principal.may(Permission.READ_QUESTIONS):
            return frozenset()
        if len(question_ids) > 1:
            return await readable(self._database, self._bus, principal, question_ids)
        # Who asks about one is about to run it, and then it has been read already.
        for question_id in question_ids:
            with suppress(QuestionNotFound):
                return frozenset({(await self._row(principal, question_id)).id})
        return frozenset()

    async def _row(self, principal: Principal, question_id: UUID) -> Question:
        """The question as it was read a moment ago, when this person may read it."""
        find_it = partial(find, self._database, self._bus, principal, question_id)
        return await self._rows.get((principal, question_id), find_it)

    async def describe(self, principal: Principal, question_id: UUID) -> QuestionDescription:
        """Its name and its SQL of today."""
        require(principal, Permission.READ_QUESTIONS)
        row = await find(self._database, self._bus, principal, question_id)
        sql = row.sql
        if sql is None:
            source = await self._queries.describe(principal, row.source_id)
            sql = (await self._plans.render(plan_of(row), source)).sql
        return QuestionDescription(question_id=row.id, name=row.name, source_id=row.source_id, sql=sql)

    async def run(
        self,
        principal: Principal,
        question_id: UUID,
        *,
        scope: Scope | None = None,
        values: Mapping[str, Value] | None = None,
        is_fresh: bool = False,
        may_be_stale: bool = False,
        lane: Lane = "shared",
        door: Door = "question",
        most_rows: int | None = None,
        query_id: UUID | None = None,
    ) -> ResultSet:
        """Answer a question within a scope; what of the scope cannot be applied is among the notes."""
        require(principal, Permission.READ_QUESTIONS)
        row = await self._row(principal, question_id)
        source = await self._queries.describe(principal, row.source_id)
        query = await self._query(row, source, scope or Scope(), values or {})
        query = replace(
            query,
            is_fresh=is_fresh,
            may_be_stale=may_be_stale,
            kept_seconds=row.kept_seconds,
            lane=lane,
            door=door,
            row_limit=most_rows or self._most_rows,
            query_id=query_id or query.query_id,
        )
        result = await self._queries.run(principal, query, source)
        if scope and scope.grain and row.sql is not None and _has_times(result):
            result = replace(result, notes=(*result.notes, GRAIN_OF_SQL))
        return result

    async def export(
        self, principal: Principal, question_id: UUID, *, scope: Scope, values: Mapping[str, Value]
    ) -> RowStream:
        """Every row of its answer, for a file of any size."""
        query, source = await self.exported(principal, question_id, scope=scope, values=values)
        return await self._queries.stream(principal, query, source)

    async def exported(
        self, principal: Principal, question_id: UUID, *, scope: Scope, values: Mapping[str, Value]
    ) -> tuple[Query, SourceDescription]:
        """The query that reads every row of its answer, and its source as the asker sees it."""
        require(principal, Permission.READ_QUESTIONS)
        row = await find(self._database, self._bus, principal, question_id)
        source = await self._queries.describe(principal, row.source_id)
        query = await self._query(row, source, scope, values)
        return replace(query, door="export", lane="export", row_limit=MOST_EXPORTED_ROWS), source

    async def purge(self) -> None:
        """Remove what was deleted too long ago to be brought back."""
        async with self._database.transaction() as session:
            old = Question.deleted_at < utc_now() - KEPT_AFTER_DELETION
            await session.execute(delete(Question).where(old))

    async def hand_over(
        self, session: AsyncSession, organisation_id: UUID, user_id: UUID, heir_id: UUID
    ) -> None:
        owned = (Question.organisation_id == organisation_id) & (Question.owner_id == user_id)
        await session.execute(update(Question).where(owned).values(owner_id=heir_id))
        await session.execute(delete(QuestionShare).where(QuestionShare.grantee == f"user:{user_id}"))

    async def _query(
        self, row: Question, source: SourceDescription, scope: Scope, values: Mapping[str, Value]
    ) -> Query:
        if row.sql is not None:
            parameters = parameters_of(row)
            filled, rest = scope_parameters(parameters, values, scope)
            return Query(
                source_id=row.source_id,
                sql=row.sql,
                door="question",
                row_limit=self._most_rows,
                bound=bind_values(parameters, filled),
                scope=rest,
                question_id=row.id,
            )
        bind_values((), values)
        plan, notes = scope_plan(plan_of(row), scope, source)
        rendered = await self._plans.render(plan, source)
        return Query(
            source_id=row.source_id,
            sql=rendered.sql,
            door="question",
            row_limit=self._most_rows,
            columns=rendered.columns,
            notes=notes,
            question_id=row.id,
        )

    async def _check(
        self, principal: Principal, source_id: UUID, written: NewQuestion | QuestionChange
    ) -> None:
        """Refuse what could never be answered: both doors at once, SQL the guard refuses, a wrong plan."""
        if (written.sql is None) == (written.plan is None):
            raise InvalidQuestion(
                "A question is either SQL or a plan. Send one of them.", fields={"sql": "or plan"}
            )
        source = await self._queries.describe(principal, source_id)
        if written.plan is not None:
            if written.parameters:
                raise InvalidQuestion(
                    "Parameters belong to SQL; a plan has filters instead.",
                    fields={"parameters": "only for SQL"},
                )
            await self._plans.render(written.plan, source)
            return
        bound = check_parameters(written.parameters)
        query = Query(
            source_id=source_id,
            sql=written.sql or "",
            door="question",
            row_limit=self._most_rows,
            bound=bound,
        )
        await self._queries.check(principal, query)

    async def _detail(
        self, principal: Principal, row: Question, names: tuple[dict[UUID, Person], dict[UUID, str]]
    ) -> QuestionDetail:
        async with self._database.transaction() as session:
            editable = await editable_by(session, principal)
        return detail_of(row, access_to(principal, row, editable), *names)

    async def _names(self, principal: Principal) -> tuple[dict[UUID, Person], dict[UUID, str]]:
        people = await people_by_id(self._bus, principal)
        try:
            sources = await self._bus.request(ListSources(principal=principal))
        except Refused:
            sources = ()
        return people, {source.source_id: source.name for source in sources}

    def _audit(self, session: AsyncSession, principal: Principal, action: str, row: Question) -> None:
        self._outbox.save(
            session,
            ActionAudited(
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                action=action,
                subject=f"question:{row.id}",
                detail={"name": row.name},
            ),
        )


def _has_times(result: ResultSet) -> bool:
    return any(column.role is ColumnRole.TIME for column in result.columns)


def check_parameters(parameters: tuple[Parameter, ...]) -> tuple[Bound, ...]:
    """Parameters with stand-ins for values, once their names and defaults are found to be right."""
    names = [parameter.name.lower() for parameter in parameters]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise InvalidQuestion(
            "Two parameters have the same name. Rename one.", fields=dict.fromkeys(twice, "used twice")
        )
    return bind_values(parameters, sample_values(parameters))
