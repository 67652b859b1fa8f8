"""What analytics answers, what it listens to, and what it does in the background."""

from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.sql import SqlService
from gridlens.core.jobs import Job
from gridlens.core.module import Core
from gridlens.core.outbox import first_time
from gridlens.shared.analytics import DescribeQuestion, QuestionDescription, RunQuery, RunQuestion
from gridlens.shared.auth import UserErased
from gridlens.shared.data_sources import CatalogChanged, SourceDeleted
from gridlens.shared.results import ResultSet


class Tidy(Job, frozen=True, kw_only=True, tag="analytics.tidy"):
    """Drop runs that are long past, and questions deleted too long ago to be brought back."""


def connect(
    core: Core, queries: QueryService, sql: SqlService, questions: QuestionService, history: History
) -> None:
    bus = core.bus

    @bus.answers(RunQuery)
    async def run_query(ask: RunQuery) -> ResultSet:
        return await sql.run_for_module(ask.principal, ask.source_id, ask.sql, ask.row_limit)

    @bus.answers(RunQuestion)
    async def run_question(ask: RunQuestion) -> ResultSet:
        return await questions.run(ask.principal, ask.question_id, scope=ask.scope, is_fresh=ask.is_fresh)

    @bus.answers(DescribeQuestion)
    async def describe_question(ask: DescribeQuestion) -> QuestionDescription:
        return await questions.describe(ask.principal, ask.question_id)

    # Old answers cannot be found any more, since their key holds the catalog's version; this frees the disk.
    @bus.on(CatalogChanged)
    async def drop_old_answers(event: CatalogChanged) -> None:
        await queries.forget_source(event.source_id)

    @bus.on(SourceDeleted)
    async def drop_answers(event: SourceDeleted) -> None:
        await queries.forget_source(event.source_id)

    @bus.on(UserErased)
    async def hand_over(event: UserErased) -> None:
        async with core.database.transaction() as session:
            if await first_time(session, event, "analytics.hand_over"):
                await questions.hand_over(session, event.organisation_id, event.user_id, event.heir_id)
                await history.forget_user(session, event.organisation_id, event.user_id)

    @core.jobs.handles(Tidy)
    async def tidy(_job: Tidy) -> None:
        await history.forget_old()
        await questions.purge()

    core.jobs.declare(name="analytics.tidy", cron="23 3 * * *", zone="UTC", job=Tidy())
