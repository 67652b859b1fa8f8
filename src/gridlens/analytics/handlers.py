"""What analytics answers, what it listens to, and what it does in the background."""

import asyncio
from uuid import UUID

from gridlens.analytics.exporting.store import ExpireExport, ExportStore
from gridlens.analytics.exporting.writing import AT_ONCE, ExportWriter, WriteExport
from gridlens.analytics.indexing import IndexSource, SourceIndexes
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic.store import SemanticStore
from gridlens.analytics.sql import SqlService
from gridlens.core.jobs import Job
from gridlens.core.module import Core
from gridlens.core.outbox import first_time
from gridlens.shared.analytics import (
    DescribeQuestion,
    GuardStatement,
    QuestionDescription,
    ReadableQuestions,
    ReadCondition,
    RunQuery,
    RunQuestion,
)
from gridlens.shared.auth import UserErased
from gridlens.shared.data_sources import CatalogChanged, SourceDeleted
from gridlens.shared.results import ResultSet


class Tidy(Job, frozen=True, kw_only=True, tag="analytics.tidy"):
    """Drop runs and exports long past, and questions deleted too long ago to be brought back."""


def connect(
    core: Core,
    queries: QueryService,
    sql: SqlService,
    questions: QuestionService,
    history: History,
    terms: SemanticStore,
    indexes: SourceIndexes,
    exports: ExportStore,
    writer: ExportWriter,
) -> None:
    bus = core.bus

    @bus.answers(RunQuery)
    async def run_query(ask: RunQuery) -> ResultSet:
        return await sql.run_for_module(ask.principal, ask.source_id, ask.sql, ask.row_limit)

    @bus.answers(RunQuestion)
    async def run_question(ask: RunQuestion) -> ResultSet:
        return await questions.run(
            ask.principal,
            ask.question_id,
            scope=ask.scope,
            is_fresh=ask.is_fresh,
            may_be_stale=ask.may_be_stale,
            most_rows=ask.row_limit,
        )

    @bus.answers(DescribeQuestion)
    async def describe_question(ask: DescribeQuestion) -> QuestionDescription:
        return await questions.describe(ask.principal, ask.question_id)

    @bus.answers(ReadableQuestions)
    async def readable_questions(ask: ReadableQuestions) -> frozenset[UUID]:
        return await questions.readable(ask.principal, ask.question_ids)

    @bus.answers(GuardStatement)
    async def guard_statement(ask: GuardStatement) -> str:
        return await asyncio.to_thread(_guarded, ask)

    @bus.answers(ReadCondition)
    async def read_condition(ask: ReadCondition) -> tuple[str, ...]:
        from gridlens.analytics.guard.conditions import read_condition

        return (await asyncio.to_thread(read_condition, ask.text, ask.table, ask.dialect)).attributes

    # Old answers cannot be found any more, since their key holds the catalog's version; this frees the disk.
    @bus.on(CatalogChanged)
    async def drop_old_answers(event: CatalogChanged) -> None:
        await queries.forget_source(event.source_id)

    @bus.on(CatalogChanged)
    async def index_anew(event: CatalogChanged) -> None:
        async with core.database.transaction() as session:
            if await first_time(session, event, "analytics.index"):
                await indexes.enqueue(session, event.organisation_id, event.source_id, event.version)

    @core.jobs.handles(IndexSource)
    async def index(job: IndexSource) -> None:
        await indexes.build(job)

    @bus.on(SourceDeleted)
    async def drop_index(event: SourceDeleted) -> None:
        indexes.forget(event.source_id)

    @bus.on(SourceDeleted)
    async def drop_answers(event: SourceDeleted) -> None:
        await queries.forget_source(event.source_id)

    @bus.on(SourceDeleted)
    async def drop_exports(event: SourceDeleted) -> None:
        await exports.forget_source(event.organisation_id, event.source_id)

    @core.jobs.handles(WriteExport, places=AT_ONCE)
    async def write_export(job: WriteExport) -> None:
        await writer.run(job)

    @core.jobs.handles(ExpireExport)
    async def expire_export(job: ExpireExport) -> None:
        await exports.expire(job)

    @bus.on(SourceDeleted)
    async def drop_terms(event: SourceDeleted) -> None:
        async with core.database.transaction() as session:
            await terms.forget_source(session, event.organisation_id, event.source_id)

    @bus.on(UserErased)
    async def hand_over(event: UserErased) -> None:
        await history.flush()  # a run that waits to be stored would be stored after all others are forgotten
        async with core.database.transaction() as session:
            if await first_time(session, event, "analytics.hand_over"):
                await questions.hand_over(session, event.organisation_id, event.user_id, event.heir_id)
                await terms.hand_over(session, event.organisation_id, event.user_id, event.heir_id)
                await history.forget_user(session, event.organisation_id, event.user_id)

    @bus.on(UserErased)
    async def drop_exports_of_user(event: UserErased) -> None:
        await exports.forget_user(event.organisation_id, event.user_id)

    @core.jobs.handles(Tidy)
    async def tidy(_job: Tidy) -> None:
        await history.forget_old()
        await questions.purge()
        await exports.tidy()

    core.jobs.declare(name="analytics.tidy", cron="23 3 * * *", zone="UTC", job=Tidy())


def _guarded(ask: GuardStatement) -> str:
    from gridlens.analytics.guard import KnownTables, guard

    source = ask.source
    known = KnownTables.of(source.catalog, source.dialect, source.restrictions, source.database)
    return guard(ask.sql, known, most_rows=ask.row_limit, zone=source.zone).sql
