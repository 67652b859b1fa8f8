"""What an export holds: every row of a statement, or of a saved question's answer."""

from uuid import UUID

import msgspec

from gridlens.analytics.access import require
from gridlens.analytics.errors import ExportWithdrawn
from gridlens.analytics.models import QueryExportRow
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.schemas import ExportedQuery, ExportedQuestion, ExportTarget
from gridlens.analytics.sql import SqlService
from gridlens.core.principal import Principal
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.permissions import Permission


class Targets:
    def __init__(self, queries: QueryService, sql: SqlService, questions: QuestionService) -> None:
        self.queries = queries
        self._sql = sql
        self._questions = questions

    async def check(self, principal: Principal, target: ExportTarget) -> tuple[Query, SourceDescription]:
        """The query behind a target that somebody asks for now; refused where it could never be read."""
        if isinstance(target, ExportedQuery):
            await self._sql.allow(principal)
        query, source = await self.query(principal, target)
        await self.queries.check(principal, query, source)
        return query, source

    async def query(self, principal: Principal, target: ExportTarget) -> tuple[Query, SourceDescription]:
        match target:
            case ExportedQuery():
                return await self._sql.exported(principal, target)
            case ExportedQuestion():
                return await self._questions.exported(
                    principal, target.question_id, scope=target.scope, values=target.values
                )

    async def name_of(self, principal: Principal, question_id: UUID | None, source: SourceDescription) -> str:
        if question_id is None:
            return source.name
        return (await self._questions.get(principal, question_id)).name

    async def check_readable(self, principal: Principal, export: QueryExportRow) -> None:
        """Refused unless its owner may still ask for it, and sees just what they saw when it was read."""
        if export.question_id is None:
            require(principal, Permission.RUN_QUERIES)
        elif export.question_id not in await self._questions.readable(principal, [export.question_id]):
            raise ExportWithdrawn
        source = await self.queries.describe(principal, export.source_id)
        seen = {(table.schema, table.name) for table in source.catalog.tables}
        if source.rights != export.rights or not seen.issuperset(tuple(name) for name in export.tables):
            raise ExportWithdrawn


def target_of(export: QueryExportRow) -> ExportTarget:
    target: ExportTarget = msgspec.json.decode(export.target, type=ExportTarget)
    return target
