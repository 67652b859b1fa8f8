"""Queries over HTTP: SQL that is run, checked, stopped, completed and exported, and their history."""

import io
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from gridlens.analytics.cells import rows_of
from gridlens.analytics.routes.files import FILE, file_of
from gridlens.analytics.running.history import Status
from gridlens.analytics.schemas import (
    CheckedQuery,
    Completion,
    QueryCheck,
    QueryExport,
    QueryOrder,
    Result,
    RunOut,
    Stopped,
)
from gridlens.analytics.sql import SqlService
from gridlens.core.config import Settings
from gridlens.core.http.access import requires
from gridlens.core.principal import Principal
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ResultSet

ARROW = "application/vnd.apache.arrow.stream"
RESULT_HEADER = "Gridlens-Result"
"""Beside an Arrow stream: the result without its rows and its SQL, as percent-encoded JSON."""
LONGEST_HEADER = 24_000

RESULT = {
    200: ResponseSpec(
        data_container=Result,
        description="The rows as JSON or, with `Accept: application/vnd.apache.arrow.stream`, as an Arrow "
        f"stream with the rest in the header {RESULT_HEADER}.",
        generate_examples=False,
    )
}


class QueryController(Controller):
    path = "/api/v1/queries"
    tags = ("queries",)
    guards = (requires(Permission.RUN_QUERIES),)

    @post(operation_id="runQuery", status_code=200, responses=RESULT)
    async def run(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[QueryOrder],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Response[Any]:
        """Run one read-only statement."""
        result, told = await sql_service.run(principal, data)
        return result_response(request, result, told)

    @post("/check", operation_id="checkQuery", status_code=200)
    async def check(
        self,
        data: JSONBody[QueryCheck],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> CheckedQuery:
        """Whether a statement may run, and where it may not; nothing is run."""
        return await sql_service.check(principal, data)

    @post("/export", operation_id="exportQuery", status_code=200, responses=FILE)
    async def export(
        self,
        data: JSONBody[QueryExport],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
        analytics_settings: NamedDependency[Settings],
    ) -> Stream:
        """Every row of a statement as CSV, XLSX or Parquet."""
        result = await sql_service.export(principal, data)
        folder = analytics_settings.data_dir / "tmp"
        return await file_of(result, data.file_format, data.name or result.source_name, folder)

    @get("/completion", operation_id="getCompletion")
    async def completion(
        self,
        source_id: Annotated[UUID, QueryParameter(name="sourceId")],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Completion:
        """Tables, columns and functions that SQL on the source may name."""
        return await sql_service.completion(principal, source_id)

    @get("/history", operation_id="listQueryRuns")
    async def history(
        self,
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
        everybody: FromQuery[bool] = False,
        source_id: Annotated[UUID | None, QueryParameter(name="sourceId")] = None,
        question_id: Annotated[UUID | None, QueryParameter(name="questionId")] = None,
        status: FromQuery[Status | None] = None,
        before: FromQuery[UUID | None] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
    ) -> list[RunOut]:
        """Runs, newest first; ``before`` is the last run of the page before."""
        return await sql_service.history(
            principal,
            everybody=everybody,
            source_id=source_id,
            question_id=question_id,
            status=status,
            before=before,
            limit=limit,
        )


class RunController(Controller):
    """Whoever may start a run may stop it: viewers run saved questions."""

    path = "/api/v1/queries"
    tags = ("queries",)
    guards = (requires(Permission.READ_SOURCES),)

    @delete("/{query_id:uuid}", operation_id="stopQuery", status_code=200)
    async def stop(
        self,
        query_id: FromPath[UUID],
        principal: NamedDependency[Principal],
        sql_service: NamedDependency[SqlService],
    ) -> Stopped:
        """Stop a run of your own, at its server too."""
        return Stopped(was_running=await sql_service.stop(principal, query_id))


def result_response(request: Request[Any, Any, Any], result: ResultSet, told: Result) -> Response[Any]:
    """JSON for whoever does not ask for Arrow by name, and where the columns do not fit a header."""
    if ARROW in request.headers.get("accept", ""):
        # The asker knows the SQL, and it may be long.
        beside = msgspec.json.encode(msgspec.structs.replace(told, sql=""))
        header = quote(beside, safe='{}[]:,"')
        if len(header) <= LONGEST_HEADER:
            buffer = io.BytesIO()
            result.frame.write_ipc_stream(buffer, compression="uncompressed")
            return Response(buffer.getvalue(), media_type=ARROW, headers={RESULT_HEADER: header})
    return Response(msgspec.structs.replace(told, rows=rows_of(result.frame)))
